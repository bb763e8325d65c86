"""Letters of our own writing are read word for word, as PDF and as Word, in both structures."""

from pathlib import Path

import pytest

from tests.methods import letters_of_our_own as own
from tests.methods.letters_of_our_own import Bullet, Heading, Text
from tests.methods.reading import EXPECTED_2018, findings, kinds, read
from throughline.methods.letters.pages import Unreadable, read_pages
from throughline.methods.letters.read import letter_task, read_letter


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
        "due_doubts": [],
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
    assert letter["due_doubts"] == [each for each in told if "without a year" not in each]
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
