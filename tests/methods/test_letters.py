"""Letters of our own writing are read word for word, as PDF and as Word, in both structures and many layouts."""

from pathlib import Path
from typing import Any

import pytest

from tests.methods import letters_of_our_own as own
from tests.methods.letters_of_our_own import Bullet, Heading, Text, plain
from throughline.methods.letters.pages import Unreadable, read_pages
from throughline.methods.letters.read import letter_task, read_letter

MAKERS = {"pdf": own.pdf, "docx": own.docx_of}
kinds = pytest.mark.parametrize("kind", MAKERS)


def read(letter: own.Letter, tmp_path: Path, kind: str = "pdf") -> dict[str, Any]:
    path = tmp_path / f"letter.{kind}"
    path.write_bytes(MAKERS[kind](letter))
    return read_letter(path).as_json()


def findings(letter: dict[str, Any], *kinds: str) -> list[tuple[str, str, list[str]]]:
    """(ref, text, parts) of the findings of these kinds, or of all."""
    return [
        (each["ref"], each["text"], [part["text"] for part in each["sub"]])
        for each in letter["findings"]
        if not kinds or each["kind"] in kinds
    ]


def texts(letter: dict[str, Any], kind: str) -> list[str]:
    return [each["text"] for each in letter["findings"] if each["kind"] == kind]


EXPECTED_2018 = [
    *((f"STR-{number}", plain(text), []) for number, text in enumerate(own.STRENGTHS, start=1)),
    ("CAS-1", "\n".join(own.GOOD), []),
    ("APA-1", own.ACTION, []),
    *((f"AFI-{number}", text, []) for number, text in enumerate(own.IMPROVEMENTS, start=1)),
    ("CAS-2", own.POOR[0], []),
]


@kinds
def test_a_letter_of_the_first_structure_is_read_word_for_word(kind: str, tmp_path: Path) -> None:
    letter = read(own.LETTER_2018, tmp_path, kind)
    assert findings(letter) == EXPECTED_2018
    facts = {key: value for key, value in letter.items() if key not in ("findings", "passages", "pages", "headings")}
    assert facts == {
        "area": "Aldermere",
        "published": "2018-06-05",
        "fieldwork_start": "2018-04-29",
        "fieldwork_end": "2018-05-03",
        "inspectorates": ["Ofsted", "CQC", "HMICFRS", "HMI Probation"],
        "theme": "children who go missing",
        "principal_authority": "director of children’s services",
        "statement_due": "2018-08-14",
        "recipients": list(own.ADDRESSED),
        "warnings": [
            "The days of the inspection are printed without a year: it follows from the letter’s date, so check it."
        ],
        "title": own.LETTER_2018.title,
        "area_printed": "Aldermere",
        "statement_sender": "director of children’s services",
        "statement_due_printed": "14 August 2018",
        "structure": "2016",
    }
    assert [each["text"] for each in letter["passages"]][1:] == [own.INTRO_2018[1].text]


@kinds
def test_a_letter_of_the_second_structure_is_read_word_for_word(kind: str, tmp_path: Path) -> None:
    letter = read(own.LETTER_2023, tmp_path, kind)
    assert findings(letter) == [
        ("HEA-1", own.HEADLINES[0], []),
        ("HEA-2", own.HEADLINES[1], []),
        ("APA-1", own.URGENT, list(own.URGENT_PARTS)),
        *((f"AFI-{number}", text, []) for number, text in enumerate(own.NEEDS, start=1)),
        *((f"STR-{number}", text, []) for number, text in enumerate(own.STRENGTHS_2023, start=1)),
        ("CAS-1", "\n".join(own.GOOD), []),
        ("CAS-2", own.POOR[0], []),
    ]
    assert [(each["heading"], each["text"]) for each in letter["passages"]][2:] == [
        ("Context", "Thornmoor is a district of hills and one harbour."),
        ("Main findings", "Referrals are read on the day on which they come."),
        ("Main findings", "Managers read plans, though not always before they are sent."),
    ]
    assert letter["area"] == "Thornmoor"
    assert letter["area_printed"] == "Royal Borough of Thornmoor"
    assert letter["theme"] == "identification of initial need and risk"
    assert letter["inspectorates"] == ["Ofsted", "CQC", "HMICFRS"]
    assert (letter["fieldwork_start"], letter["fieldwork_end"]) == ("2023-01-30", "2023-02-03")
    assert (letter["principal_authority"], letter["statement_sender"]) == ("Vale Integrated Care Board", "ICB")
    assert (letter["statement_due"], letter["statement_due_printed"]) == ("2023-06-23", "Friday 23 June 2023")
    assert letter["recipients"] == list(own.LETTER_2023.addressed)
    assert letter["warnings"] == []
    assert letter["structure"] == "2022"


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


@pytest.mark.parametrize("sign", ["\uf06e", "\uf0b7", "◼", "■", "•", "▪", "●", "-", "–", "o", "\u2212"])
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


STRENGTHS = (Heading("Strengths"), *(Bullet(each) for each in own.STRENGTHS_2023))


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


@pytest.mark.parametrize(
    ("sentence", "due", "warned"),
    [
        ("by Friday 18 August 2018", "2018-08-18", ["Saturday: ask", "Saturday: plan"]),
        ("by Tuesday 14 August 2018", "2018-08-14", []),
        ("no later than 13 August 18", "2018-08-13", []),
        ("by 14 August 2018.This", "2018-08-14", []),
        ("by 14 August", "2018-08-14", ["without a year"]),
        ("by 14 May 2018", "2018-05-14", ["not after the letter’s own date"]),
        ("soon", None, ["prints no day"]),
    ],
)
def test_what_is_odd_about_a_due_date_is_said(sentence: str, due: str, warned: list[str], tmp_path: Path) -> None:
    steps = (own.NEXT_2018[0], f"The DCS should send the written statement of action to a@ofsted.gov.uk {sentence}.")
    letter = read(own.LETTER_2018.with_next_steps(*steps), tmp_path)
    assert letter["statement_due"] == due
    told = [each for each in letter["warnings"] if "days of the inspection" not in each]
    assert len(told) == len(warned)
    for sentence_told, words in zip(told, warned, strict=True):
        assert words in sentence_told
        assert sentence_told.endswith(".")


def test_a_letter_of_unknown_structure_has_its_text_and_no_findings(tmp_path: Path) -> None:
    body = (Heading("What we saw"), Bullet("Something."), Heading("What we did not see"), Bullet("Something else."))
    letter = read(own.LETTER_2018.with_body(*body), tmp_path)
    assert letter["findings"] == []
    assert letter["structure"] == ""
    assert ("What we saw", "Something.") in [(each["heading"], each["text"]) for each in letter["passages"]]
    assert any("no finding was read: mark the findings by hand" in each for each in letter["warnings"])


@kinds
@pytest.mark.parametrize(
    ("title", "text", "looks"),
    [
        (
            "Health and Wellbeing Board",
            "Purpose of the Report: joint targeted area inspection",
            "a paper for a council",
        ),
        ("Inspection of Aldermere children’s services", "The experiences and progress of children", "(ILACS)"),
        ("Area SEND inspection of Aldermere", "Special educational needs", "an area SEND inspection"),
        ("An inspection of youth offending services in Aldermere", "HM Inspectorate of Probation", "HMI Probation"),
        ("A cake", "Flour and eggs", "another kind of document"),
    ],
)
def test_what_is_no_such_letter_is_refused_by_name(
    title: str, text: str, looks: str, kind: str, tmp_path: Path
) -> None:
    other = own.Letter("5 June 2018", ("A. Person",), "To all", title, (Text(text),))
    with pytest.raises(
        Unreadable, match=r"^letter\.\w+ is not a joint targeted area inspection letter: it looks like"
    ) as told:
        read(other, tmp_path, kind)
    assert looks in told.value.sentence
    assert told.value.sentence.endswith("Add it under its own kind and mark its findings by hand.")


def test_the_task_gives_letter_and_pages_in_one_opening(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(own.pdf(own.LETTER_2018))
    answer, data = letter_task(path, {"pages": True, "name": "a.pdf"})
    assert data == b""
    assert answer["letter"] == read_letter(path).as_json()
    assert [page["text"] for page in answer["pages"]] == [page.text for page in read_pages(path)]
    assert answer["note"] == ""
    assert letter_task(path, {})[0] == {"letter": answer["letter"], "pages": [], "note": ""}


def test_the_task_gives_the_pages_of_what_is_no_letter_with_a_note(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(own.pdf(own.Letter("1 May 2018", ("A",), "To all", "A cake", (Text("Flour"),))))
    answer, _ = letter_task(path, {"pages": True, "name": "cake.pdf"})
    assert answer["letter"] is None
    assert answer["note"].startswith("cake.pdf is not a joint targeted area inspection letter")
    assert "Flour" in answer["pages"][0]["text"]
    with pytest.raises(Unreadable):
        letter_task(path, {"name": "cake.pdf"})
