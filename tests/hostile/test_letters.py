"""The letter reader meets files that are no letters, are broken or never end, and reads each or says why not."""

import re
import time
from pathlib import Path

import pytest

from tests.hostile import builders
from tests.hostile.corpus import HOSTILE
from tests.methods import letters_of_our_own as own
from throughline.files import child
from throughline.files.verdict import Refused

SECONDS, MEGABYTES = 5.0, 256.0
FRONT = ("5 June 2018", "Imogen Farrow, Director", "Dear local partnership",
         "Joint targeted area inspection of the multi-agency response to neglect in Aldermere")  # fmt: skip
LONG = " ".join(f"multi-agency {number}" for number in range(5_700))  # 102,490 characters
ENDLESS = (
    "a" * 100_000, "- " * 50_000, "1. " * 33_000, "(" * 100_000, "the " * 25_000, ", " * 50_000, "by 3 " * 20_000,
    "between 3 and " * 7_000, "no areas for " * 7_700, "A" * 50_000 + "’" * 50_000,
)  # fmt: skip


def told(content: bytes, tmp_path: Path, name: str = "letter.pdf") -> tuple[dict | None, str, float]:
    """(the letter or None, the refusal or nothing, megabytes). Fails when it takes too long or too much."""
    path = tmp_path / "upload"
    path.write_bytes(content)
    began = time.monotonic()
    try:
        answer = child.run("letter", path, name=name, arguments={"name": name})
        letter, sentence, extra = answer.value["letter"], "", answer.extra_mb
    except Refused as refused:
        letter, sentence, extra = None, refused.sentence, refused.extra_mb
    assert time.monotonic() - began <= SECONDS + 0.5
    assert extra <= MEGABYTES
    if letter is None:
        assert sentence.startswith(name)
        assert re.search(r": .+\.$", sentence)
        assert "Traceback" not in sentence
    return letter, sentence, extra


def test_a_letter_is_read_here(tmp_path: Path) -> None:
    letter, _, extra = told(own.pdf(own.LETTER_2018), tmp_path)
    assert letter is not None
    assert len(letter["findings"]) == 9
    assert extra < 64


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.title)
def test_what_the_gate_refuses_is_no_letter_either(case, tmp_path: Path) -> None:
    letter, _, _ = told(case.build(), tmp_path)
    assert letter is None


def test_a_protected_letter_says_so(tmp_path: Path) -> None:
    _, sentence, _ = told(builders.pdf(password="secret"), tmp_path)
    assert sentence == "letter.pdf is protected by a password: save a copy without one and upload that."


def test_a_scan_says_so(tmp_path: Path) -> None:
    _, sentence, _ = told(builders.pdf("", "", ""), tmp_path)
    assert sentence.startswith("letter.pdf is a scan without text")


def test_five_thousand_pages_are_too_many(tmp_path: Path) -> None:
    _, sentence, _ = told(builders.pdf(*[""] * 5_000), tmp_path)
    assert sentence.startswith("letter.pdf has 5,000 pages and the limit is 300: ")


def test_a_long_file_that_is_no_letter_is_not_read_to_its_end(tmp_path: Path) -> None:
    lines = ") Tj 0 -3 Td (".join(f"{number} {LONG[:700]}" for number in range(200))
    content = builders.pdf(*["A paper for the board"] * 4, *[lines] * 12)
    began = time.monotonic()
    _, sentence, _ = told(content, tmp_path)
    assert "is not a joint targeted area inspection letter" in sentence
    assert time.monotonic() - began < 1.5


@pytest.mark.parametrize("bulleted", [True, False])
def test_a_paragraph_of_a_hundred_thousand_characters_is_read_from_word(bulleted: bool, tmp_path: Path) -> None:
    block = own.Bullet(LONG) if bulleted else own.Text(LONG)
    body = (own.Heading("Strengths"), own.Bullet("One."), own.Heading("Areas for improvement"), block)
    letter, _, _ = told(own.docx_of(own.LETTER_2018.with_body(*body)), tmp_path, "letter.docx")
    assert letter is not None
    assert letter["findings"][-1]["text"] == LONG


def test_a_paragraph_of_a_hundred_thousand_characters_is_read_from_a_pdf(tmp_path: Path) -> None:
    body = (own.Heading("Strengths"), own.Bullet("One."), own.Heading("Areas for improvement"), own.Bullet(LONG))
    letter, _, _ = told(own.pdf(own.LETTER_2018.with_body(*body).but(height=842)), tmp_path)
    assert letter is not None
    assert letter["findings"][-1]["text"] == LONG
    assert letter["findings"][-1]["end_page"] > letter["findings"][-1]["page"] + 10


def test_a_line_of_a_hundred_thousand_characters_is_read_or_refused(tmp_path: Path) -> None:
    lines = [*FRONT, "Strengths", LONG, "Areas for improvement", LONG]
    letter, sentence, _ = told(builders.pdf(") Tj 0 -30 Td (".join(lines)), tmp_path)
    assert letter is not None or sentence


@pytest.mark.parametrize("place", [2, 4, 6, 8, 10])
@pytest.mark.parametrize("endless", ENDLESS, ids=lambda text: repr(text[:14]))
def test_no_repetition_wherever_it_stands_keeps_the_reader_busy(endless: str, place: int, tmp_path: Path) -> None:
    texts = [*FRONT, "Some text.", "Strengths", "Something.", "Areas for improvement", "Something.", "Next steps"]
    letter, _, _ = told(builders.word(*texts[:place], endless, *texts[place:]), tmp_path, "letter.docx")
    assert letter is not None


def test_a_hundred_thousand_short_paragraphs_are_answered_in_time(tmp_path: Path) -> None:
    pages = [") Tj 0 -3 Td (".join(["x"] * 5_000)] * 20
    front = ") Tj 0 -30 Td (".join(FRONT)
    letter, sentence, _ = told(builders.pdf(front, *pages), tmp_path)
    assert letter is not None or sentence
