"""What passes the gate may still be made to exhaust a reader. It is stopped in time and memory, with a sentence."""

import time
from pathlib import Path

import pytest

from tests.hostile import builders
from throughline.files import child
from throughline.files.verdict import Refused
from throughline.methods.letters.pages import MOST_CHARACTERS


def pages_of(content: bytes, tmp_path: Path, name: str = "letter.pdf") -> child.Answer:
    path = tmp_path / "upload"
    path.write_bytes(content)
    return child.run("letter_pages", path, name=name, arguments={"name": name})


def test_a_valid_letter_is_read(tmp_path: Path) -> None:
    answer = pages_of(builders.pdf("Key strengths", "Areas for improvement"), tmp_path)
    assert [page["text"] for page in answer.value["pages"]] == ["Key strengths", "Areas for improvement"]
    assert answer.value["note"] == ""


@pytest.mark.parametrize(
    ("title", "packed"),
    [
        ("two gigabytes of blanks", builders.deflated(b" " * 1_000_000, 2_000)),
        ("endless drawing", builders.deflated(b"0 0 m 9 9 l S\n" * 10_000, 1_000)),
        ("deep nesting of states", builders.deflated(b"q " * 100_000, 100)),
        ("deep nesting of arrays", builders.deflated(b"[" * 1_000_000, 50)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_page_that_unpacks_without_end_is_stopped_or_read_within_limits(
    title: str, packed: bytes, tmp_path: Path
) -> None:
    began = time.monotonic()
    try:
        extra_mb = pages_of(builders.pdf_with_stream(packed), tmp_path).extra_mb
    except Refused as refused:
        extra_mb = refused.extra_mb
    assert extra_mb <= 256
    assert time.monotonic() - began <= 5.5


def test_a_letter_of_too_many_pages_says_how_many_may_be(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"letter\.pdf has 301 pages and the limit is 300: "):
        pages_of(builders.pdf(*[""] * 301), tmp_path)


def test_a_page_of_too_much_text_says_which_page(tmp_path: Path) -> None:
    crowded = " ".join(["multi-agency"] * (MOST_CHARACTERS // 12))
    with pytest.raises(Refused, match=r"characters on page 1 and the limit is 200,000: "):
        pages_of(builders.word(crowded), tmp_path, "plan.docx")
    lines = [f"{number} {crowded[number:1_000]}" for number in range(240)]
    with pytest.raises(Refused, match=r"characters on page 2 and the limit is 200,000: "):
        pages_of(builders.pdf("first", ") Tj 0 -3 Td (".join(lines)), tmp_path)


def test_a_paragraph_of_a_hundred_thousand_characters_is_read_whole(tmp_path: Path) -> None:
    answer = pages_of(builders.word("a(" * 50_000), tmp_path, "plan.docx")
    assert len(answer.value["pages"][0]["text"]) == 100_000


def test_a_scan_says_that_it_has_no_text_and_its_pages_can_still_be_looked_at(tmp_path: Path) -> None:
    answer = pages_of(builders.pdf("", ""), tmp_path, "scan.pdf")
    assert answer.value["note"].startswith("scan.pdf is a scan without text")
    assert len(answer.value["pages"]) == 2
    picture = child.run("page_picture", tmp_path / "upload", arguments={"number": 2, "width_px": 640})
    assert picture.data.startswith(b"\x89PNG")


def test_a_page_of_enormous_size_becomes_no_enormous_picture(tmp_path: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(builders.pdf("x").replace(b"595 842", b"5 99999"))
    picture = child.run("page_picture", path, arguments={"number": 1, "width_px": 1240})
    width, height = (int.from_bytes(picture.data[at : at + 4], "big") for at in (16, 20))
    assert width * height < 12_500_000
    assert picture.extra_mb < 256
