"""The PDF, read back: tagged, titled, in our typeface alone, and with every text as text."""

import io
import re
import subprocess
from datetime import date

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.documents.hostile import PAYLOADS
from tests.documents.specimen import actions_table, document
from throughline.documents import fonts, pdf
from throughline.documents.model import Bullets, Cell, Column, Document, Heading, Link, Paragraph, Table, Tone
from throughline.documents.text import clean


@pytest.fixture(scope="module")
def printed() -> bytes:
    return pdf.render(document(contents=True), font_dir=fonts.font_dir())


def words_of(content: bytes) -> list[str]:
    with pypdfium2.PdfDocument(content) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b\ufffe\xad]+", "", text)


def tags_of(content: bytes) -> list[str]:
    found = []
    with pikepdf.open(io.BytesIO(content)) as opened:
        waiting = [opened.Root.StructTreeRoot.K]
        while waiting:
            node = waiting.pop()
            if isinstance(node, pikepdf.Array):
                waiting.extend(node)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    found.append(str(node.S))
                if "/K" in node:
                    waiting.append(node.K)
    return found


def test_the_pdf_declares_its_tags_language_title_and_standard(printed):
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert opened.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in opened.Root
        assert str(opened.Root.Lang) == "en-GB"
        assert opened.Root.ViewerPreferences.DisplayDocTitle
        assert str(opened.docinfo.Title) == document().title
        assert str(opened.docinfo.Author) == document().author
        with opened.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == document().title


def test_headings_tables_lists_and_figures_are_tagged_as_what_they_are(printed):
    tags = set(tags_of(printed))
    assert {
        "/H1",
        "/H2",
        "/H3",
        "/P",
        "/L",
        "/LI",
        "/Table",
        "/TR",
        "/TH",
        "/TD",
        "/Figure",
        "/Caption",
        "/Link",
    } <= tags
    assert "/BlockQuote" in tags


def test_a_figure_says_in_words_what_it_shows(printed):
    with pikepdf.open(io.BytesIO(printed)) as opened:
        texts = [
            str(thing.Alt) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing
        ]
    assert any("rises from 57 per cent" in text for text in texts)


def test_only_our_typeface_is_used_and_all_of_it_is_embedded(printed):
    with pikepdf.open(io.BytesIO(printed)) as opened:
        described = [
            thing
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        ]
        assert described
        for font in described:
            assert "SourceSans3" in str(font.FontName)
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys())


def test_each_page_carries_marking_number_and_dates(printed):
    pages = words_of(printed)
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        assert page.count("OFFICIAL-SENSITIVE") >= 2
        assert f"Page {number} of {len(pages)}" in page
        assert "NSCP/EG/2019/02 · as at 30 January 2019 · prepared 1 February 2019" in page
        assert "Illustrative: not a real partnership" in page


def test_a_table_over_pages_repeats_its_headings_and_splits_no_row():
    content = pdf.render(document(blocks=(actions_table(80),)), font_dir=fonts.font_dir())
    pages = words_of(content)
    assert len(pages) >= 3
    assert all("Lead agency" in page for page in pages)
    tasks = [page.count("withdraw the three that it replaces") for page in (" ".join(p.split()) for p in pages)]
    assert sum(tasks) == 20  # each such row is whole on one page, else its words would be cut by the page's furniture


def test_the_same_document_gives_the_same_bytes_and_another_day_other_ones(printed):
    assert pdf.render(document(contents=True), font_dir=fonts.font_dir()) == printed
    later = pdf.render(document(contents=True, prepared_on=date(2019, 2, 2)), font_dir=fonts.font_dir())
    assert later != printed
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert str(opened.docinfo.CreationDate).startswith("D:20190201")


def test_no_text_of_a_document_is_ever_run_as_markup():
    blocks = (
        Heading(1, PAYLOADS[0]),
        *(Paragraph(payload) for payload in PAYLOADS),
        Bullets(PAYLOADS),
        Table("All", (Column("Payload"), Column("Again")), tuple((p, Cell(p, Tone.INFO)) for p in PAYLOADS)),
    )
    content = pdf.render(document(title="#panic()", subtitle="*b*", blocks=blocks), font_dir=fonts.font_dir())
    shown = squeezed("".join(words_of(content)))
    for payload in PAYLOADS:
        assert shown.count(squeezed(payload)) >= 3, payload
    assert "49" not in shown


def test_a_character_that_the_typeface_lacks_is_shown_as_missing_and_said_so():
    content = pdf.render(document(blocks=(Paragraph("محمد and 😀, \ufeffseen"),)), font_dir=fonts.font_dir())
    shown = " ".join(words_of(content)[0].split())
    assert "□□□□ and □, seen" in shown
    assert "5 characters are not in this document's typeface" in shown


def test_every_character_that_the_typeface_claims_can_be_printed():
    claimed = sorted(code for code in fonts.printable(fonts.font_dir()) if code > 32)
    text = " ".join(chr(code) for code in claimed)
    pdf.render(document(blocks=(Paragraph(text),)), font_dir=fonts.font_dir())  # PDF/UA refuses a missing glyph


def test_a_word_too_long_for_its_column_stays_on_the_page():
    long = "https://www.example.org/" + "safeguarding-" * 30
    table = Table("Links", (Column("A", 1), Column("B", 8)), ((long, long), ("x" * 300, "y")))
    content = pdf.render(document(blocks=(table, Paragraph(long))), font_dir=fonts.font_dir())
    with pypdfium2.PdfDocument(content) as opened:
        for page in opened:
            text = page.get_textpage()
            boxes = [text.get_rect(n) for n in range(text.count_rects())]
            assert max(right for _, _, right, _ in boxes) <= page.get_width() - 50


def test_a_row_longer_than_a_page_is_still_printed_whole():
    table = Table("Long", (Column("A"), Column("B")), (("word " * 3000 + "the end", "b"),))
    content = pdf.render(document(blocks=(table,)), font_dir=fonts.font_dir())
    assert "the end" in words_of(content)[-1]


def test_links_lead_where_they_say(printed):
    with pikepdf.open(io.BytesIO(printed)) as opened:
        addresses = [
            str(note.A.URI)
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        ]
    assert addresses == ["https://www.legislation.gov.uk/uksi/2015/1792/contents"]
    assert Link("a", "mailto:someone@example.org").address.startswith("mailto:")


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ("#panic()", "could not be printed"),
        ('#set document(title: "x")\n#set text(font: "Times")\nx', "without a warning: unknown font"),
        ('#import "@preview/cetz:0.3.0"', "stand alone"),
        ('#set document(title: "x")\n#read("/etc/passwd")', "could not be printed"),
    ],
)
def test_a_layout_that_fails_or_warns_is_an_error(layout, message):
    with pytest.raises(pdf.PrintError, match=message):
        pdf.render(document(), font_dir=fonts.font_dir(), layout=layout)


def test_a_partnership_may_supply_its_own_layout():
    layout = (
        "#let d = json(bytes(sys.inputs.document))\n#set document(title: d.title)\n"
        '#set text(font: "Source Sans 3", lang: d.language)\n#d.title by #d.organisation'
    )
    content = pdf.render(document(), font_dir=fonts.font_dir(), layout=layout)
    assert "by Northmoor Safeguarding Children Partnership" in " ".join(words_of(content)[0].split())


def test_an_empty_font_folder_says_what_to_do(tmp_path):
    with pytest.raises(fonts.FontsMissingError, match=r"^Fonts are missing\. Run make setup\.$"):
        pdf.render(document(), font_dir=tmp_path)


def test_no_file_of_the_machine_is_left_behind_by_printing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    pdf.render(document(), font_dir=fonts.font_dir())
    assert list(tmp_path.iterdir()) == []


def test_another_reader_finds_the_pdf_tagged_and_on_a4(printed, tmp_path):
    file = tmp_path / "report.pdf"
    file.write_bytes(printed)
    try:
        read = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True)
    except FileNotFoundError:
        pytest.skip("pdfinfo is not installed")
    assert re.search(r"Tagged:\s+yes", read.stdout)
    assert re.search(r"Page size:.*A4", read.stdout)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60), min_size=1, max_size=8))
def test_there_is_no_text_that_cannot_be_printed(texts):
    said = [text for text in texts if clean(text).strip()]
    blocks = [Paragraph(text) for text in said]
    blocks += [Table("T", (Column("A"), Column("B", numeric=True)), tuple((text, text) for text in said))]
    pdf.render(document(blocks=tuple(blocks)), font_dir=fonts.font_dir())


def test_the_barest_document_is_printed():
    bare = Document(title="T", organisation="O", prepared_on=date(2019, 2, 1))
    assert "Page 1 of 1" in words_of(pdf.render(bare, font_dir=fonts.font_dir()))[0]
    empty = Table("Nothing to show", (Column("A"), Column("B")), ())
    assert "Nothing to show" in words_of(pdf.render(document(blocks=(empty,)), font_dir=fonts.font_dir()))[0]


def test_marks_without_a_form_are_kept_or_counted_but_never_stop_the_printing():
    texts = ("a\u200bb\u200fc\u00add", "\u0600\u06dd\ufff9", "\ue000\ufffc\U000e0041")
    content = pdf.render(document(blocks=tuple(map(Paragraph, texts))), font_dir=fonts.font_dir())
    assert "5 characters are not in this document's typeface" in " ".join(words_of(content)[0].split())
