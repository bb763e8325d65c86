"""Findings are the same words whatever their signs, headings, boxes and pages look like."""

import io
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from tests.methods import letters_of_our_own as own
from tests.methods.letters_of_our_own import Break, Bullet, Heading, Text, plain
from tests.methods.reading import EXPECTED_2018, STRENGTHS, findings, kinds, read, texts
from throughline.methods.letters.pages import read_pages
from throughline.methods.letters.read import read_letter


def test_findings_are_the_same_wherever_pages_end(tmp_path: Path) -> None:
    crossing = 0
    for height in range(300, 860, 40):
        letter = read(own.LETTER_2018.but(height=height), tmp_path)
        assert findings(letter) == EXPECTED_2018, height
        assert letter["recipients"] == list(own.ADDRESSED)
        crossing += sum(each["end_page"] > each["page"] for each in letter["findings"])
    assert crossing > 5


def test_a_finding_is_on_the_page_that_it_says(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(own.pdf(own.LETTER_2018.but(height=340)))
    pages = {page.number: page.text.replace("\n", " ") for page in read_pages(path)}
    letter = read_letter(path)
    assert len({each.page for each in letter.findings}) > 2
    for each in letter.findings:
        assert each.text[:20] in pages[each.page]
        assert each.text.split()[-1] in pages[each.end_page]


@kinds
def test_priority_action_and_improvement_may_come_before_strengths(kind: str, tmp_path: Path) -> None:
    letter = read(own.LETTER_2018.with_body(*own.sections_2018(strengths_first=False)), tmp_path, kind)
    assert sorted(findings(letter)) == sorted(
        (ref.replace("CAS-1", "CAS-0").replace("CAS-2", "CAS-1").replace("CAS-0", "CAS-2"), *rest)
        for ref, *rest in EXPECTED_2018
    )
    assert [each["ref"] for each in letter["findings"]][:2] == ["APA-1", "AFI-1"]


@pytest.mark.parametrize(
    "sign", ["\uf06e", "\uf0b7", "◼", "■", "•", "▪", "●", "-", "–", "o", "\u2212", "→", "»", "*", "n", "q"]
)
def test_any_sign_may_be_a_bullet(sign: str, tmp_path: Path) -> None:
    letter = read(own.LETTER_2018.with_body(*own.sections_2018(sign=sign)), tmp_path)
    assert findings(letter) == EXPECTED_2018


@pytest.mark.parametrize("sign", ["\u2212", "–", "o", "▪", "◼"])
def test_bullets_further_in_are_parts_of_the_finding_above(sign: str, tmp_path: Path) -> None:
    body = (
        Heading("Areas for priority action"),
        Bullet("Leaders need to act at once to understand risk. This includes:", "◼"),
        Bullet("enough people in the hub, and enough time for them to talk to one another every day and "
               "to those who referred", sign, 16),
        Bullet("audits that tell how children fare", sign, 16),
        Bullet("The police need to improve what they record.", "◼"),
        *own.sections_2018()[-8:],
    )  # fmt: skip
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert findings(letter, "priority_action") == [
        ("APA-1", body[1].text, [body[2].text, body[3].text]),
        ("APA-2", body[4].text, []),
    ]


def test_bullets_further_in_are_parts_in_word_too(tmp_path: Path) -> None:
    body = (
        Heading("Areas for improvement"),
        Bullet("Leaders should improve:"),
        Bullet("audits", indent=16),
        Bullet("supervision.", indent=16),
        Bullet("Minutes come late."),
    )
    letter = read(own.LETTER_2018.with_body(*body), tmp_path, "docx")
    assert findings(letter) == [
        ("AFI-1", "Leaders should improve:", ["audits", "supervision."]),
        ("AFI-2", "Minutes come late.", []),
    ]


@kinds
@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Key strengths", "strength"),
        ("KEY STRENGTHS:", "strength"),
        ("Strengths.", "strength"),
        ("Early help strengths", "strength"),
        ("Areas for priority actions", "priority_action"),
        ("Area(s) for priority action", "priority_action"),
        ("Area for Improvement", "improvement"),
        ("Areas for improvement:", "improvement"),
        ("What needs to improve", "improvement"),
        ("What needs to improve?", "improvement"),
    ],
)
def test_headings_are_known_in_their_variations(heading: str, section: str, kind: str, tmp_path: Path) -> None:
    body = (Heading(heading), Bullet("One thing here."), Bullet("Another thing there."))
    others = (Heading("Areas for improvement"), Bullet("Something else.")) if section == "strength" else STRENGTHS
    letter = read(own.LETTER_2018.with_body(*body, *others), tmp_path, kind)
    assert texts(letter, section)[:2] == ["One thing here.", "Another thing there."]
    assert len(letter["findings"]) == (3 if section == "strength" else 4)


@pytest.mark.parametrize(
    "look",
    [{"weight": "regular"}, {"style": "italic"}, {"weight": "regular", "size": 15}],
    ids=["plain", "sloped", "large"],
)
def test_headings_are_known_by_their_words_when_they_are_not_in_bold(look: dict[str, Any], tmp_path: Path) -> None:
    body = tuple(
        Heading(block.text, indent=block.indent, **look) if isinstance(block, Heading) and block.size == 14 else block
        for block in own.sections_2018()
    )
    assert findings(read(own.LETTER_2018.with_body(*body), tmp_path)) == EXPECTED_2018


def test_a_heading_over_two_lines_is_one_heading(tmp_path: Path) -> None:
    study = "Practice study: areas for priority action and improvement in the response to children who go missing often"
    body = (*STRENGTHS, Heading("Areas for improvement"), Bullet("Minutes come late."), Heading(study, indent=20),
            Text(own.POOR[0], 20))  # fmt: skip
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert findings(letter, "improvement", "case_study") == [
        ("AFI-1", "Minutes come late.", []),
        ("CAS-1", own.POOR[0], []),
    ]
    assert study in letter["headings"]


@kinds
def test_paragraphs_without_bullets_are_one_finding_each(kind: str, tmp_path: Path) -> None:
    body = (
        Heading("Key strengths", 14),
        *(Text(plain(each)) for each in own.STRENGTHS),
        Heading("Areas for improvement", 14),
        Heading("Response to children"),
        *(Text(each) for each in own.IMPROVEMENTS[:2]),
        Heading("Leadership and management"),
        Text(own.IMPROVEMENTS[2]),
    )
    letter = read(own.LETTER_2018.with_body(*body), tmp_path, kind)
    assert texts(letter, "strength") == [plain(each) for each in own.STRENGTHS]
    assert texts(letter, "improvement") == list(own.IMPROVEMENTS)


@kinds
def test_a_list_may_say_that_there_is_nothing_in_it(kind: str, tmp_path: Path) -> None:
    for block in (
        Bullet("There are no areas for priority action."),
        Text("No areas for priority action were identified."),
    ):
        body = (*STRENGTHS, Heading("Areas for priority action"), block, Heading("Areas for improvement"),
                Bullet("No agency sends its minutes."))  # fmt: skip
        letter = read(own.LETTER_2018.with_body(*body), tmp_path, kind)
        assert texts(letter, "priority_action") == []
        assert texts(letter, "improvement") == ["No agency sends its minutes."]
        assert block.text in [each["text"] for each in letter["passages"]]


def test_an_indented_paragraph_belongs_to_the_bullet_above_and_one_at_the_margin_to_nobody(tmp_path: Path) -> None:
    body = (
        *STRENGTHS,
        Heading("Areas for improvement"),
        Bullet("Minutes come late."),
        Text("This is not only so here.", 15),
        Text("Housing officers are not asked."),
    )
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert texts(letter, "improvement") == [
        "Minutes come late.\nThis is not only so here.",
        "Housing officers are not asked.",
    ]
    assert any("without a bullet" in each and "Housing officers" in each for each in letter["warnings"])


def test_a_lead_in_to_a_list_is_no_finding(tmp_path: Path) -> None:
    body = (Heading("Strengths"), Text("Inspectors saw that:"), *STRENGTHS[1:], Heading("Areas for improvement"),
            Bullet("Minutes come late."))  # fmt: skip
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert texts(letter, "strength") == list(own.STRENGTHS_2023)


def test_a_list_goes_on_behind_a_box(tmp_path: Path) -> None:
    for indent in (0, 20):
        body = (
            *STRENGTHS,
            Heading("Case study: effective practice", indent=indent),
            *(Text(each, indent) for each in own.GOOD),
            Bullet("Families know whom to ring."),
            Heading("Areas for improvement"),
            Bullet("Minutes come late."),
        )
        letter = read(own.LETTER_2018.with_body(*body), tmp_path)
        assert texts(letter, "strength") == [*own.STRENGTHS_2023, "Families know whom to ring."]
        assert texts(letter, "case_study") == ["\n".join(own.GOOD)]


def test_running_text_under_an_unknown_heading_of_the_second_structure_is_no_finding(tmp_path: Path) -> None:
    at = own.BODY_2023.index(Heading("Early help strengths"))
    body = (*own.BODY_2023[2:at], Heading("Thornmoor Safeguarding Partnership"), Text("The partnership is young."),
            *own.BODY_2023[at : own.BODY_2023.index(own.NEXT_HEADING)])  # fmt: skip
    letter = read(own.LETTER_2023.with_body(*body), tmp_path)
    assert texts(letter, "improvement") == list(own.NEEDS)
    assert ("Thornmoor Safeguarding Partnership", "The partnership is young.") in [
        (each["heading"], each["text"]) for each in letter["passages"]
    ]
    assert any("Thornmoor Safeguarding Partnership" in each for each in letter["warnings"])


def test_words_are_not_broken_where_lines_end(tmp_path: Path) -> None:
    word = "interdisciplinary"
    text = " ".join([f"{word} and multi-agency"] * 30)
    letter = read(own.LETTER_2018.with_body(*STRENGTHS, Heading("Areas for improvement"), Bullet(f"{text}.")), tmp_path)
    assert texts(letter, "improvement") == [f"{text}."]


def test_numbered_findings_lose_their_numbers_wherever_pages_end(tmp_path: Path) -> None:
    body = (
        Heading("Key strengths", 14),
        *(Bullet(plain(text), f"{number}.") for number, text in enumerate(own.STRENGTHS, start=1)),
        Heading("Areas for improvement", 14),
        *(Bullet(text, f"{number}.") for number, text in enumerate(own.IMPROVEMENTS, start=4)),
    )
    for height in range(300, 600, 60):
        letter = read(own.LETTER_2018.with_body(*body).but(height=height), tmp_path)
        assert texts(letter, "strength") == [plain(each) for each in own.STRENGTHS]
        assert texts(letter, "improvement") == list(own.IMPROVEMENTS)


@kinds
def test_several_leads_without_bullets_have_their_own_parts(kind: str, tmp_path: Path) -> None:
    body = (
        Heading("Areas for priority action"),
        Text("The local authority and the police must take swift and decisive action to improve:"),
        Bullet("the quality of decisions"),
        Bullet("oversight."),
        Text("The trust must ensure that:"),
        Bullet("staff record harm."),
        Text("Leaders need to find enough staff for the hub."),
        *STRENGTHS,
    )
    letter = read(own.LETTER_2018.with_body(*body), tmp_path, kind)
    assert findings(letter, "priority_action") == [
        ("APA-1", body[1].text, ["the quality of decisions", "oversight."]),
        ("APA-2", body[4].text, ["staff record harm."]),
        ("APA-3", body[6].text, []),
    ]


def test_case_study_and_what_it_is_a_case_of_may_stand_below_each_other(tmp_path: Path) -> None:
    body = (
        *STRENGTHS, Heading("Areas for improvement"), Bullet("Minutes come late."),
        Heading("Practice study", indent=20), Heading("Area for improvement", indent=20), Text(own.POOR[0], 20),
    )  # fmt: skip
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert findings(letter, "improvement", "case_study") == [
        ("AFI-1", "Minutes come late.", []),
        ("CAS-1", own.POOR[0], []),
    ]
    assert letter["findings"][-1]["heading"] == "Practice study Area for improvement"


def test_letterhead_references_and_a_title_above_the_salutation_are_no_addressees(tmp_path: Path) -> None:
    addressed = ("By e-mail", *own.ADDRESSED, "Our ref: 12/7", "clerk@aldermere.example")
    assert read(own.LETTER_2018.but(addressed=addressed), tmp_path)["recipients"] == list(own.ADDRESSED)


def test_a_sentence_that_a_box_interrupts_goes_on_behind_it(tmp_path: Path) -> None:
    body = (*STRENGTHS, Heading("Areas for improvement"), Bullet("Minutes come late and are not"),
            Heading("Case study: area for improvement", indent=20), Text(own.POOR[0], 20),
            Text("read by those who should."), Bullet("Nobody asks."))  # fmt: skip
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert texts(letter, "improvement") == ["Minutes come late and are not read by those who should.", "Nobody asks."]


def test_words_at_the_foot_of_every_page_are_no_part_of_a_finding(tmp_path: Path) -> None:
    for height in (420, 500, 580):
        letter = read(own.LETTER_2018.but(height=height, foot="Letter to the partnership, page "), tmp_path)
        assert findings(letter) == EXPECTED_2018


@pytest.mark.parametrize("look", [{"weight": "regular"}, {"weight": "regular", "size": 14}], ids=["plain", "large"])
def test_a_heading_left_at_a_pages_foot_is_no_part_of_the_text_over_the_page(
    look: dict[str, Any], tmp_path: Path
) -> None:
    at = own.BODY_2023.index(Heading("Early help strengths"))
    main = own.BODY_2023.index(Heading("Main findings"))
    body = (
        *own.BODY_2023[2:at],
        Break(),
        *own.BODY_2023[at:main],
        Heading("Main findings", **look),
        Break(),
        Text("Referrals are read on the day on which they come."),
    )
    letter = read(own.LETTER_2023.with_body(*body), tmp_path)
    assert texts(letter, "strength") == list(own.STRENGTHS_2023)
    assert ("Main findings", "Referrals are read on the day on which they come.") in [
        (each["heading"], each["text"]) for each in letter["passages"]
    ]


def test_a_heading_in_larger_type_is_one_without_bold(tmp_path: Path) -> None:
    body = (
        *STRENGTHS,
        Heading("Areas for improvement"),
        Bullet("Minutes come late."),
        Heading("Practice study: area for improvement", 14, "regular", indent=20),
        Text("All names have been changed.", 20),
        Text(own.POOR[0], 20),
    )
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert texts(letter, "case_study") == [f"All names have been changed.\n{own.POOR[0]}"]


def test_a_list_whose_signs_are_drawn_belongs_to_the_lead_above_it(tmp_path: Path) -> None:
    body = (
        Heading("Areas for priority action"),
        Text("The trust must ensure that:"),
        Text("staff record harm", 20),
        Text("managers read what staff record.", 20),
        Text("Leaders need to find enough staff for the hub."),
        *STRENGTHS,
    )
    letter = read(own.LETTER_2018.with_body(*body).but(height=842), tmp_path)
    assert findings(letter, "priority_action") == [
        ("APA-1", body[1].text, [body[2].text, body[3].text]),
        ("APA-2", body[4].text, []),
    ]


@pytest.mark.parametrize("form", ["lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero"])
def test_words_own_letters_and_roman_numbers_are_no_part_of_a_finding(form: str, tmp_path: Path) -> None:
    many = [f"Finding {number} of a long list." for number in range(1, 31)]
    body = (*STRENGTHS, Heading("Areas for improvement"), *(Bullet(each) for each in many))
    document = docx.Document(io.BytesIO(own.docx_of(own.LETTER_2018.with_body(*body))))
    for each in document.part.numbering_part.element.iter(qn("w:lvl")):
        each.find(qn("w:numFmt")).set(qn("w:val"), form)
        each.find(qn("w:lvlText")).set(qn("w:val"), "%1)")
    path = tmp_path / "letter.docx"
    document.save(str(path))
    letter = read_letter(path).as_json()
    assert texts(letter, "strength") == list(own.STRENGTHS_2023)
    assert texts(letter, "improvement") == many


def test_the_date_may_stand_below_the_addressees(tmp_path: Path) -> None:
    longer = (
        "Corin Vale, Director of Nursing and of the Quality of Care, Aldermere, Harbourside and Upper Vale, Mere and "
        "Orme Clinical Commissioning Groups"
    )
    addressed = ("Ofsted", "Agora, Manchester", *own.ADDRESSED, longer)
    letter = own.LETTER_2018.but(dated="", addressed=(*addressed, own.LETTER_2018.dated))
    found = read(letter, tmp_path)
    assert found["published"] == "2018-06-05"
    assert found["recipients"] == [*own.ADDRESSED, longer]


def _with_study_among_findings(*around: Text | Bullet) -> own.Letter:
    before = own.BODY_2023[2 : own.BODY_2023.index(Heading("Main findings")) + 1]
    return own.LETTER_2023.with_body(
        *before, around[0], Heading("Practice study: effective practice"), Text(own.POOR[0]), *around[1:]
    )


def test_numbered_main_findings_go_on_behind_a_study_that_is_not_set_in(tmp_path: Path) -> None:
    around = (Bullet("Referrals are read.", "7."), Bullet("Plans are late.", "8."), Bullet("Leaders know.", "9."))
    letter = read(_with_study_among_findings(*around), tmp_path)
    assert texts(letter, "case_study") == [own.POOR[0]]
    assert [each["text"] for each in letter["passages"] if each["heading"] == "Main findings"] == [
        each.text for each in around
    ]
    assert letter["warnings"] == []


def test_a_study_whose_end_nothing_shows_is_pointed_out(tmp_path: Path) -> None:
    letter = read(_with_study_among_findings(Text("Referrals are read."), Text("Plans are late.")), tmp_path)
    assert any("check its end" in each and "Practice study" in each for each in letter["warnings"])


@pytest.mark.parametrize("lead", ["Leaders must act on the following.", "Leaders must improve practice, including"])
def test_a_lead_may_announce_its_parts_without_a_colon(lead: str, tmp_path: Path) -> None:
    body = (Heading("Areas for priority action"), Text(lead), Bullet("supervision"), Bullet("audits."), *STRENGTHS)
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert findings(letter, "priority_action") == [("APA-1", lead, ["supervision", "audits."])]
