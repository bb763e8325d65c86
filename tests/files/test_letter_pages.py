"""A letter's pages say what is printed on them, in the order in which people read."""

import json
import os
import re
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_BREAK

from tests.hostile import builders
from throughline.files import child, gate
from throughline.methods.letters.pages import PageText, Unreadable, has_text, read_pages, render_page

CASES = os.environ.get("THROUGHLINE_CASES", "")
LETTERS = sorted(Path(CASES, "letters").glob("*.pdf")) if CASES else []
needs_cases = pytest.mark.skipif(not LETTERS, reason="THROUGHLINE_CASES names no folder with letters/")


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def word_pages(document, tmp_path: Path) -> list[str]:
    path = tmp_path / "plan.docx"
    document.save(path)
    return [page.text for page in read_pages(path)]


def test_a_page_knows_its_number_and_size(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(builders.pdf("Key strengths", "Next steps"))
    assert read_pages(path) == [PageText(1, "Key strengths", 595, 842), PageText(2, "Next steps", 595, 842)]


def test_a_page_number_that_was_drawn_first_is_read_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(builders.pdf("Findings) Tj 0 -20 Td (More findings) Tj 0 -680 Td (Page 13) Tj 0 740 Td (Heading"))
    assert read_pages(path)[0].text.split("\n") == ["Heading", "Findings", "More findings", "Page 13"]


def test_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    left = "Left one) Tj 0 -300 Td (Left two) Tj 250 300 Td "
    path.write_bytes(builders.pdf(f"{left}(Right one) Tj 0 -300 Td (Right two"))
    assert read_pages(path)[0].text.split("\n") == ["Left one", "Left two", "Right one", "Right two"]


def test_a_word_letter_is_cut_at_its_page_breaks(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("First page")
    document.add_paragraph("still first").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("Second page")
    document.add_paragraph("Third page").paragraph_format.page_break_before = True
    document.add_section(WD_SECTION.NEW_PAGE)
    document.add_paragraph("Fourth page")
    texts = word_pages(document, tmp_path)
    assert [text.strip().split("\n")[0] for text in texts] == ["First page", "Second page", "Third page", "Fourth page"]


def test_a_word_letter_shows_its_bullets_numbers_and_tables(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Strategy meetings are timely.", style="List Bullet")
    document.add_paragraph("Send the statement.", style="List Number")
    document.add_paragraph("Publish it.", style="List Number")
    table = document.add_table(1, 2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Action", "Owner"
    lines = [line for line in word_pages(document, tmp_path)[0].split("\n") if line]
    assert lines == ["• Strategy meetings are timely.", "1. Send the statement.", "2. Publish it.", "Action", "Owner"]


def test_a_word_letter_reads_as_if_its_changes_were_accepted_and_hidden_words_were_not_there(tmp_path: Path) -> None:
    from tests.hostile.corpus import VALID

    path = tmp_path / "tracked.docx"
    path.write_bytes(next(each for each in VALID if each.title == "tracked changes").build())
    assert read_pages(path)[0].text == "new"
    document = docx.Document()
    paragraph = document.add_paragraph("seen")
    paragraph.add_run(" unseen").font.hidden = True
    assert word_pages(document, tmp_path) == ["seen"]


def test_a_scan_has_pages_without_text(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(builders.pdf("", ""))
    pages = read_pages(path)
    assert len(pages) == 2
    assert not has_text(pages)


def test_a_picture_of_a_page_has_the_width_that_was_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "letter.pdf"
    path.write_bytes(builders.pdf("Key strengths"))
    picture = render_page(path, 1, width_px=640)
    assert picture.startswith(b"\x89PNG")
    assert 640 <= int.from_bytes(picture[16:20], "big") <= 641
    with pytest.raises(Unreadable, match=r"^letter\.pdf has 1 pages and no page 2: "):
        render_page(path, 2, width_px=640)


def test_a_damaged_letter_says_so_by_name(tmp_path: Path) -> None:
    for name, content in (("letter.pdf", b"%PDF-1.7 nothing"), ("plan.docx", b"PK\x03\x04 nothing")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(Unreadable, match=rf"^{name} is damaged .+: .+\.$"):
            read_pages(path)


@needs_cases
@pytest.mark.parametrize("path", LETTERS, ids=lambda path: path.stem)
def test_a_published_letter_passes_the_gate_and_every_finding_is_on_its_page(path: Path) -> None:
    assert gate.inspect(path, name=path.name) == gate.Verdict(gate.Kind.PDF)
    answer = child.run("letter_pages", path)
    assert answer.extra_mb < 64
    pages = [squeezed(page["text"]) for page in answer.value["pages"]]
    truth = json.loads((path.parent / "truth" / f"{path.stem}.json").read_text(encoding="utf-8"))
    # A footnote's figure is printed right behind its word, which the annotation leaves out: the first words will do.
    missing = [
        finding["start"]
        for finding in truth["findings"]
        if squeezed(" ".join(finding["start"].split()[:2]))
        not in "".join(pages[finding["page"] - 1 : finding["page"] + 1])
    ]
    assert missing == []


@needs_cases
def test_the_durham_letter_reads_from_its_date_to_its_first_footnote() -> None:
    path = next(each for each in LETTERS if each.stem.startswith("durham"))
    pages = child.run("letter_pages", path).value["pages"]
    assert len(pages) == 15
    assert pages[0]["text"].startswith("24 August 2018\nMargaret Whellans, Corporate Director")
    assert pages[0]["text"].endswith("1 This joint inspection was conducted under section 20 of the Children Act 2004.")
