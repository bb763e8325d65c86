"""The parts of reading a letter, each on its own: dates, areas, authorities, addressees, headings."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.methods.letters import facts
from throughline.methods.letters.dates import MONTHS, WEEKDAYS, dates_in, spans_in
from throughline.methods.letters.headings import FINDINGS, Section, heading_of, simple
from throughline.methods.letters.letter import PREFIXES
from throughline.methods.letters.lines import Line
from throughline.methods.letters.paragraphs import Joiner, joined, measure, once, without_furniture
from throughline.methods.letters.recipients import is_named, recipients_in
from throughline.methods.letters.sections import says_none

days = st.dates(date(2016, 1, 1), date(2035, 12, 31))


@given(days, st.booleans(), st.booleans(), st.sampled_from(["", "st", "nd", "rd", "th"]))
def test_a_day_is_read_back_however_it_is_printed(day: date, weekday: bool, short_year: bool, ending: str) -> None:
    year = f"{day:%y}" if short_year else str(day.year)
    named = f"{WEEKDAYS[day.weekday()]} " if weekday else ""
    text = f"by {named}{day.day}{ending} {MONTHS[day.month - 1]} {year}. This statement"
    found = dates_in(text)
    assert [each.day for each in found] == [day]
    assert found[0].weekday == named.strip()
    assert found[0].words == f"{named}{day.day}{ending} {MONTHS[day.month - 1]} {year}"
    assert not found[0].inferred


@given(days, st.integers(1, 20), st.sampled_from(["between {} and {}", "from {} to {}", "{} – {}", "{} until {}"]))
def test_a_visit_is_read_back_from_however_little_is_printed(first: date, length: int, form: str) -> None:
    last = first + timedelta(days=length)
    begins = str(first.day)
    if first.month != last.month:
        begins += f" {MONTHS[first.month - 1]}"
    text = form.format(begins, f"{last.day} {MONTHS[last.month - 1]} {last.year}")
    assert [(each.first, each.last) for each in spans_in(text, published=None)] == [(first, last)]
    without = form.format(begins, f"{last.day} {MONTHS[last.month - 1]}")
    if (last.month, last.day) != (2, 29):
        found = spans_in(f"{without}, Ofsted", published=last + timedelta(days=40))
        assert [(each.first, each.last, each.inferred) for each in found] == [(first, last, True)]


@given(st.text(max_size=400))
def test_no_text_breaks_the_reading_of_dates_and_facts(text: str) -> None:
    dates_in(text)
    spans_in(text, published=date(2020, 2, 29))
    facts.answer_in(text, published=None)
    facts.area_and_theme(text, text, text, text)
    facts.inspectorates_in(text)
    heading_of(text, bold=True)
    once(text)


def test_a_year_of_two_figures_is_one_only_where_the_date_ends() -> None:
    assert [each.day for each in dates_in("Between 9 and 13 July 15 inspectors came", not_before=date(2018, 1, 1))] == [
        date(2018, 7, 13)
    ]
    assert dates_in("30 February 2018, 31 April 2019") == []


def test_a_day_that_is_not_about_the_statement_is_not_when_it_is_due() -> None:
    day = date(2018, 8, 24)
    assert facts.answer_in("The statement is due on 3 December 2018.", published=day).due is not None
    assert facts.answer_in("Inspectors will come again on 3 December 2018.", published=day).due is None


def test_only_a_month_is_a_month() -> None:
    assert spans_in("Between 7 and 12 separate agencies took 2 decisions", published=date(2018, 1, 1)) == []
    assert dates_in("in 2 decisions and 3 markets", not_before=date(2018, 1, 1)) == []
    assert [each.day for each in dates_in("by 3 Febuary 2018 or by 04/12/2018")] == [
        date(2018, 2, 3),
        date(2018, 12, 4),
    ]
    assert [each.first for each in spans_in("from 5 through to 9 June 2017", published=None)] == [date(2017, 6, 5)]


@pytest.mark.parametrize(
    ("title", "area", "theme"),
    [
        ("the multi-agency response to abuse and neglect in Mere-on-Sea", "Mere-on-Sea", "abuse and neglect"),
        ("the multi-agency response to abuse in the family in St. Orme", "St Orme", "abuse in the family"),
        ("the multi-agency response to neglect in Aldermere, Mere and Vale", "Aldermere, Mere and Vale", "neglect"),
        ("the multi-agency response to neglect in the London Borough of Vale and Mere", "Vale and Mere", "neglect"),
        ("the multi-agency response to neglect in Vale City Council", "Vale", "neglect"),
        ("the multi-agency response to children in the Isle of Vale", "Isle of Vale", "children"),
        ("the multi-agency response to children aged 7 to 15 in County Mere", "County Mere", "children aged 7 to 15"),
        ("the multi-agency response to children and families in Vale who need help", "Vale",
         "children and families who need help"),
        ("Vale & Mere", "Vale & Mere", ""),
        ("the Royal Borough of Upper Vale and Mere", "Upper Vale and Mere", ""),
    ],
)  # fmt: skip
def test_area_and_theme_are_parted(title: str, area: str, theme: str) -> None:
    printed, found, gathered = facts.area_and_theme(f"Joint targeted area inspection of {title}", "", "Dear all", "")
    assert (facts.bare_area(printed), found, gathered) == (area, theme, False)


@pytest.mark.parametrize(
    ("title", "area", "theme"),
    [
        (" of the multi-agency responses to neglect in Vale", "Vale", "neglect"),
        (" of the multi\u2013agency response to neglect in Vale", "Vale", "neglect"),
        (" of the multi-agency response to neglect in the local authority area of Vale", "Vale", "neglect"),
        (" of Vale: the multi-agency response to neglect", "Vale", "neglect"),
        (" \u2013 Vale and Mere", "Vale and Mere", ""),
        (": Vale", "Vale", ""),
    ],
)
def test_a_title_may_be_put_otherwise(title: str, area: str, theme: str) -> None:
    found = facts.area_and_theme(f"Joint targeted area inspection{title}", "", "Dear local partnership", "")
    assert found == (area, theme, False)


def test_an_area_that_no_title_names_is_gathered_from_the_text() -> None:
    title = "Joint targeted area inspection of the multi-agency response to children who go missing"
    body = "Health providers in Vale local authority. Vale Council acts. The Mere Council does not."
    assert facts.area_and_theme(title, "", "Dear local partnership", body) == ("Vale", "children who go missing", True)
    services = "Joint targeted area inspection of services for children at risk in the Vale of Mere"
    assert facts.area_and_theme(services, "", "", "") == ("Vale of Mere", "services for children at risk", False)
    dear = "Dear Upper Vale Local Safeguarding Partnership"
    assert facts.area_and_theme(title, "", dear, "")[0] == "Upper Vale"


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("We have determined that the MSP chair is the principal authority and should prepare a", "MSP chair"),
        ("We have determined that the director of children’s services, Vale, is the principal authority.",
         "director of children’s services, Vale"),
        ("The principal authority is Vale Council, which should prepare a written statement.", "Vale Council"),
        ("As principal authority, Vale Council should prepare a written statement of action.", "Vale Council"),
        ("To respond, the director of services must prepare a written statement.", "director of services"),
        ("The local authority should coordinate the preparation of a written statement of action.", "local authority"),
        ("35. The DCS should prepare a written statement of proposed action.", "DCS"),
        ("A written statement of proposed action should be prepared by the chair of the board.", "chair of the board"),
        ("Vale Council will act as the principal authority.", "Vale Council"),
        ("The DCS, on behalf of the partnership, should prepare a written statement of action.", "DCS"),
        ("We have determined the local authority is the principal authority and should prepare a", "local authority"),
        ("We have determined that, Vale Council, as principal authority, should prepare a", "Vale Council"),
        ("We have determined that Vale and Mere Councils are the principal authorities.", "Vale and Mere Councils"),
        ("The principal authority is Vale Council and it should prepare a written statement.", "Vale Council"),
        ("The local authority, together with schools, should prepare a written statement.", "local authority"),
        ("The findings are set out. St. Orme Council should prepare a written statement of action.",
         "St. Orme Council"),
        ("The DCS is asked to prepare a written statement of action.", "DCS"),
        ("You should prepare a written statement of proposed action.", ""),
        ("Somebody should prepare tea.", ""),
    ],
)  # fmt: skip
def test_who_must_answer_is_found_in_every_wording(text: str, authority: str) -> None:
    assert facts.answer_in(text, published=None).authority == authority


@pytest.mark.parametrize(
    ("intro", "found"),
    [
        ("Ofsted, the Care Quality Commission, HMI Constabulary (HMIC) and HMI Probation (HMIP) came",
         ("Ofsted", "CQC", "HMIC", "HMI Probation")),
        ("inspectors from Ofsted, the CQC and His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services",
         ("Ofsted", "CQC", "HMICFRS")),
        ("the Chief Inspector of Education, the Care Quality Commission, the Chief Inspector of Constabulary and Fire "
         "& Rescue Services and the Chief Inspector of Probation", ("Ofsted", "CQC", "HMICFRS", "HMI Probation")),
        ("Ofsted and the Care Quality Commission came with HMI Constabulary.\nHMI Probation came another year.",
         ("Ofsted", "CQC", "HMIC")),
        ("The Care Inspectorate Wales came.", ()),
    ],
)  # fmt: skip
def test_inspectorates_are_those_that_came(intro: str, found: tuple[str, ...]) -> None:
    assert facts.inspectorates_in(intro) == found


def lines(*texts: str, gaps: tuple[int, ...] = (), limit: float = 523.0) -> list[Line]:
    """Lines below each other; a gap before those numbered in `gaps`. A letter is six points wide."""
    base, made = 700.0, []
    for number, text in enumerate(texts):
        base -= 30 if number in gaps else 15
        right = min(72 + 6.0 * len(text), limit)
        made.append(Line(text, text, 72, right, base + 9, base - 3, base, 72, 12.0))
    return made


FULL = "w" * 75  # a line to the right edge, so that the letter knows where that is
A, B = "Imogen Farrow, Director of Children’s Services, Aldermere", "Wren Castellane, Chief Constable"


@pytest.mark.parametrize(
    ("addressed", "expected"),
    [
        ((A, B), [A, B]),
        (("Tobias Rook, Director of Nursing for the Marshes Clinical Commissioning Groups", "and Aldermere CCG", B),
         ["Tobias Rook, Director of Nursing for the Marshes Clinical Commissioning Groups and Aldermere CCG", B]),
        (("Tobias Rook, Director of Nursing, the Marshes Clinical", "Commissioning Group", B),
         ["Tobias Rook, Director of Nursing, the Marshes Clinical Commissioning Group", B]),
        (("Bronwen Ash, Chief Executive of the Aldermere Community Rehabilitation Company", B),
         ["Bronwen Ash, Chief Executive of the Aldermere Community Rehabilitation Company", B]),
        (("Acting Chief Constable Basil Orme, Vale Police", "T/Chief Constable Odette Marsh", B),
         ["Acting Chief Constable Basil Orme, Vale Police", "T/Chief Constable Odette Marsh", B]),
        (("Petra Lindqvist, Accountable Officer for the Integrated Care Board of", "Upper Vale, Mere and Orme ICB", B),
         ["Petra Lindqvist, Accountable Officer for the Integrated Care Board of Upper Vale, Mere and Orme ICB", B]),
        (("Petra Lindqvist, Accountable Officer of Thornmoor, Harbourside and Lower", "Upper Vale, Mere and Orme ICB"),
         ["Petra Lindqvist, Accountable Officer of Thornmoor, Harbourside and Lower Upper Vale, Mere and Orme ICB"]),
        (("Police and Crime Commissioner", B), ["Police and Crime Commissioner", B]),
        (("Hugo Tamm, Scrutineer of the Thornmoor Local Safeguarding Children Partnership", "(TLSCP)"),
         ["Hugo Tamm, Scrutineer of the Thornmoor Local Safeguarding Children Partnership (TLSCP)"]),
        (("Lindsay Vale, CEO, Community Rehabilitation Company for Upper Aldermere and the Marshes", B),
         ["Lindsay Vale, CEO, Community Rehabilitation Company for Upper Aldermere and the Marshes", B]),
        ((f"{A} City Council and its schools", "Jane de Souza, Chair", "Tim North, Director"),
         [f"{A} City Council and its schools", "Jane de Souza, Chair", "Tim North, Director"]),
        ((f"{A} City Council and its schools", "Acting Chief Constable Ada West, Vale Police", B),
         [f"{A} City Council and its schools", "Acting Chief Constable Ada West, Vale Police", B]),
        ((f"{A} City Council and its schools", "The Rt Hon Lord Mere, Chair", "Kit Ash OBE – Mayor"),
         [f"{A} City Council and its schools", "The Rt Hon Lord Mere, Chair", "Kit Ash OBE – Mayor"]),
        (("Dr A. Person-Smith,", "Head of Nothing, Vale", B), ["Dr A. Person-Smith, Head of Nothing, Vale", B]),
    ],
)  # fmt: skip
def test_each_addressee_is_one_entry_however_lines_break(addressed: tuple[str, ...], expected: list[str]) -> None:
    whole = lines(*addressed, FULL)
    assert recipients_in(whole[:-1], measure([whole]), Joiner(whole)) == expected


def test_space_parts_addressees_where_it_is_there() -> None:
    whole = lines("Imogen Farrow", "Director", "Wren Castellane", "Chief", "Hugo Tamm", FULL, FULL, gaps=(2, 4, 5))
    assert recipients_in(whole[:5], measure([whole]), Joiner(whole)) == [
        "Imogen Farrow Director",
        "Wren Castellane Chief",
        "Hugo Tamm",
    ]


def test_posts_and_organisations_are_no_names() -> None:
    assert is_named("Katrina D’Orme, Lead")
    assert is_named("Ms Jill Vale")
    assert is_named("Chief Supt Raj Mere, Borough Commander")
    for words in ("Youth Offending Team", "Chief Constable, Vale", "Vale, Mere and Thornmoor", "and Vale, Mere"):
        assert not is_named(words)


def test_what_is_printed_twice_over_itself_is_read_once() -> None:
    assert once("Youth Strategic Board. Youth Strategic Board") == "Youth Strategic Board."
    assert once("OOffffeennddiinngg TTeeaamm") == "Offending Team"
    assert once("Bath and wells and bath and mere") is None
    assert once("bookkeeper") is None


def test_a_footnote_in_type_as_large_as_the_text_is_known_by_its_figure_and_the_space_above_it() -> None:
    whole = lines(*["Minutes come late and children wait."] * 6, "The Act of 2004.", "It has many sections.", gaps=(6,))
    noted = [*whole[:6], replace(whole[6], text="3 The Act of 2004."), whole[7]]
    usual = measure([whole])
    assert without_furniture([noted], usual, [842.0]) == [whole[:6]]
    assert without_furniture([whole], usual, [842.0]) == [whole]


@pytest.mark.parametrize("below", [-14.0, -4.0, 0.0, 4.0])
def test_a_bullet_belongs_to_the_words_beside_or_below_it(below: float) -> None:
    sign = Line("◼", "◼", 72, 78, 709, 697, 700, 72, 12.0)
    words = Line("Minutes are", "Minutes are", 90, 160, 709 + below, 697 + below, 700 + below, 90, 12.0)
    assert [(each.words, each.left, each.body, each.base) for each in joined([sign, words])] == [
        ("◼ Minutes are", 72, 90, 700 + below)
    ]


def test_a_hyphen_at_a_lines_end_goes_only_where_the_letter_knows_the_word() -> None:
    known = lines("information is shared between multi-agency teams")
    assert Joiner(known).join(lines("that infor-", "mation is multi-", "agency and co-", "operative")) == (
        "that information is multi-agency and co-operative"
    )


def test_a_hyphen_between_two_words_stays_though_the_letter_prints_them_as_one_elsewhere() -> None:
    known = lines("wellbeing and coordinated care, done well")
    assert Joiner(known).join(lines("their well-", "being and co-", "ordinated care")) == (
        "their well-being and co-ordinated care"
    )


def test_every_wording_of_a_heading_says_one_thing() -> None:
    for text, section in (
        ("Case studies: what we saw", Section.CASE_STUDY),
        ("Places and spaces – effective practice", Section.CASE_STUDY),
        ("Areas requiring priority action", Section.PRIORITY_ACTION),
        ("Next Steps.", Section.NEXT_STEPS),
        ("Headline findings", Section.HEADLINE),
        ("Overall headline findings", Section.HEADLINE),
        ("Highly effective practice: case study", Section.CASE_STUDY),
        ("Area for improvement: practice study", Section.CASE_STUDY),
        ("Practice study (effective practice)", Section.CASE_STUDY),
        ("Area for urgent action", Section.PRIORITY_ACTION),
        ("What needs improvement?", Section.IMPROVEMENT),
        ("What does the partnership need to do better?", Section.IMPROVEMENT),
        ("Areas where improvement is needed", Section.IMPROVEMENT),
        ("What works well", Section.STRENGTH),
        ("Areas of good practice", Section.STRENGTH),
        ("Our main findings", Section.MAIN),
        ("What happens next?", Section.NEXT_STEPS),
    ):
        found = heading_of(text, bold=True)
        assert found is not None
        assert found.section is section
    for text in ("Strengths and areas for improvement", "Areas for priority action and improvement"):
        both = heading_of(text, bold=True)
        assert both is not None
        assert "names two kinds" in both.doubt
    assert heading_of("Case study work with families is strong and valued", bold=False) is None
    assert heading_of("Areas for improvement are many", bold=False) is None
    assert simple("  Area(s) FOR\nimprovement: ") == "areas for improvement"


def test_every_kind_of_finding_has_a_prefix_that_the_register_knows() -> None:
    from throughline.inspections.frameworks import JTAI

    assert set(PREFIXES) == {str(section) for section in FINDINGS}
    assert {key: JTAI.kind(key).prefix for key in PREFIXES} == PREFIXES


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("There are no areas for priority action.", True),
        ("There were no areas for priority action identified during this inspection.", True),
        ("Inspectors did not identify any areas for priority action.", True),
        ("None.", True),
        ("There are no areas identified for priority action.", True),
        ("There were no priority actions identified during this inspection.", True),
        ("None were identified at this inspection.", True),
        ("There are no areas for urgent action", True),
        ("N/A", True),
        ("None of the agencies shares what it knows. Children wait.", False),
        ("None of the agencies shares what it knows.", False),
        ("There is no priority given to children.", False),
        ("Areas for priority action were shared late by leaders.", False),
        ("Leaders have no plan.", False),
    ],
)
def test_only_a_sentence_that_says_so_means_that_there_is_no_priority_action(text: str, none: bool) -> None:
    assert says_none(text) is none
