"""The Word file, read back: real headings, lists, captions and tables, in ours or the council's own styles."""

import io
import re
import subprocess
import zipfile
from datetime import date, datetime

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.documents.hostile import PAYLOADS
from tests.documents.specimen import FINDING, actions_table, document
from throughline.documents import word
from throughline.documents.model import Bullets, Cell, Column, Heading, Paragraph, Table, Tone
from throughline.documents.word import TemplateError


@pytest.fixture(scope="module")
def printed() -> bytes:
    return word.render(document(contents=True))


@pytest.fixture(scope="module")
def opened(printed):
    return docx.Document(io.BytesIO(printed))


def template(change=lambda document: None) -> bytes:
    """A council's own Word file with something already written in it."""
    own = docx.Document()
    own.add_paragraph("Delete this guidance before use.")
    own.styles["Heading 1"].font.size = Pt(31)
    own.styles["Normal"].font.name = "Georgia"
    change(own)
    file = io.BytesIO()
    own.save(file)
    return file.getvalue()


def repacked(content: bytes, change) -> bytes:
    """The archive with each member (name, bytes) as `change` gives it; None leaves it out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            if (changed := change(name, old.read(name))) is not None:
                new.writestr(name, changed)
    return out.getvalue()


def test_headings_are_words_own_so_that_the_navigation_pane_works(opened):
    headings = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert ("Heading 1", "Where the plan stands") in headings
    assert ("Heading 2", "The front door") in headings
    assert ("Heading 3", "What children and families said") in headings
    assert [p.text for p in opened.paragraphs if p.style.name == "Title"] == [document().title]


def test_tables_repeat_their_headings_and_keep_their_rows_whole(opened):
    for table in opened.tables:
        first, *others = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in others)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in others)


def test_tables_have_captions_and_a_description_for_those_who_cannot_see_them(opened):
    captions = [p.text for p in opened.paragraphs if p.style.name == "Caption"]
    assert captions[0] == "Table 1   Delivery and impact by improvement area, as verified"
    assert any(text.startswith("Figure 1   Strategy discussions") for text in captions)
    for table in opened.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblDescription")).get(qn("w:val"))
        assert table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) == "1"


def test_a_toned_cell_has_its_sign_its_words_and_its_shading(opened):
    cell = opened.tables[0].rows[1].cells[3]
    assert cell.text == "▲\u00a0At risk"
    assert cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")) == "FDF0CF"


def test_a_figure_is_a_picture_that_says_in_words_what_it_shows(opened):
    assert len(opened.inline_shapes) == 1
    picture = opened.inline_shapes[0]._inline
    assert picture.docPr.get("descr").startswith("A line rises from 57 per cent")
    blob = next(part.blob for part in opened.part.package.iter_parts() if part.partname.endswith(".png"))
    assert blob.startswith(b"\x89PNG")
    assert picture.extent.cx == opened.sections[0].page_width - 2 * opened.sections[0].left_margin


def test_the_files_properties_are_the_documents(opened):
    properties = opened.core_properties
    assert properties.title == document().title
    assert properties.author == document().author
    assert properties.subject == document().subject
    assert properties.keywords == "joint inspection, improvement plan, children"
    assert properties.language == "en-GB"
    assert properties.comments == ""
    assert properties.created.date() == properties.modified.date() == date(2019, 2, 1)


def test_the_language_and_the_typeface_are_set_for_the_whole_document(opened):
    defaults = opened.styles.element.find(qn("w:docDefaults"))
    assert defaults.find(".//" + qn("w:lang")).get(qn("w:val")) == "en-GB"
    assert defaults.find(".//" + qn("w:rFonts")).get(qn("w:ascii")) == "Source Sans 3"
    fonts = next(part.blob for part in opened.part.package.iter_parts() if part.partname.endswith("fontTable.xml"))
    assert re.search(rb'w:name="Source Sans 3"><w:altName w:val="Calibri"', fonts)


def test_head_and_foot_carry_marking_number_and_dates_on_every_page(opened):
    section = opened.sections[0]
    for part in (section.header, section.first_page_header, section.footer, section.first_page_footer):
        assert "OFFICIAL-SENSITIVE" in [p.text for p in part.paragraphs]
    for part in (section.footer, section.first_page_footer):
        text = part.paragraphs[0].text
        assert text == "NSCP/EG/2019/02 · as at 30 January 2019 · prepared 1 February 2019\tPage 1 of 1"
        codes = [code.text.strip() for code in part._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]
    assert any("Joint improvement plan" in p.text for p in section.header.paragraphs)


def test_numbered_paragraphs_count_on_and_ordered_lists_begin_again():
    blocks = (
        Bullets(("a", "b"), ordered=True),
        Paragraph("First", numbered=True),
        Bullets(("c",), ordered=True),
        Paragraph("Second", numbered=True),
    )
    opened = docx.Document(io.BytesIO(word.render(document(blocks=blocks))))
    numbers = {p.text: p._p.pPr.numPr.numId.val for p in opened.paragraphs if p._p.pPr.numPr is not None}
    assert numbers["First"] == numbers["Second"]
    assert numbers["a"] == numbers["b"] != numbers["c"]
    restarted = opened.part.numbering_part.element.xpath(f"./w:num[@w:numId={numbers['c']}]//w:startOverride/@w:val")
    assert restarted == ["1"]


def test_the_contents_lead_to_their_headings(opened):
    anchors = [link.get(qn("w:anchor")) for link in opened.element.body.iter(qn("w:hyperlink"))]
    names = {mark.get(qn("w:name")) for mark in opened.element.body.iter(qn("w:bookmarkStart"))}
    asked = [anchor for anchor in anchors if anchor]
    assert len(asked) == 6
    assert set(asked) <= names


def test_the_same_document_gives_the_same_bytes_at_any_time(printed, monkeypatch):
    time_machine = pytest.importorskip("time_machine")
    with time_machine.travel(datetime(2030, 5, 5), tick=False):
        assert word.render(document(contents=True)) == printed


def test_no_text_is_ever_run_as_markup_or_a_field():
    blocks = (
        Heading(1, PAYLOADS[0]),
        *(Paragraph(payload) for payload in PAYLOADS),
        Table("All", (Column("Payload"), Column("Again")), tuple((p, Cell(p, Tone.INFO)) for p in PAYLOADS)),
    )
    opened = docx.Document(io.BytesIO(word.render(document(blocks=blocks))))
    paragraphs = [p.text for p in opened.paragraphs]
    cells = [row.cells[0].text for row in opened.tables[0].rows]
    for payload in PAYLOADS:
        assert payload in paragraphs
        assert payload in cells
    codes = [code.text.strip() for code in opened.element.body.iter(qn("w:instrText"))]
    assert codes == [r"SEQ Table \* ARABIC"]


def test_a_councils_template_gives_its_styles_and_keeps_its_letterhead():
    def letterhead(own):
        own.sections[0].header.paragraphs[0].text = "Northmoor Council"
        own.sections[0].footer.paragraphs[0].text = "www.example.org"

    opened = docx.Document(io.BytesIO(word.render(document(), template=template(letterhead))))
    assert opened.styles["Heading 1"].font.size == Pt(31)
    assert opened.styles["Normal"].font.name == "Georgia"
    assert not any("Delete this guidance" in p.text for p in opened.paragraphs)
    assert any(p.text == FINDING for p in opened.paragraphs)
    head = [p.text for p in opened.sections[0].header.paragraphs]
    assert head == ["OFFICIAL-SENSITIVE", "Northmoor Council"]
    foot = [p.text for p in opened.sections[0].footer.paragraphs]
    assert foot[0] == "www.example.org"
    assert foot[-1] == "OFFICIAL-SENSITIVE"


def test_a_template_without_our_styles_or_lists_gets_the_missing_ones():
    def bare(own):
        for name in ("Quote", "Caption", "List Bullet", "Title", "Subtitle"):
            own.styles[name].delete()
        own.styles.add_style("Lead", WD_STYLE_TYPE.CHARACTER)

    def without_numbering(name, content):
        if name == "word/numbering.xml":
            return None
        if name in ("[Content_Types].xml", "word/_rels/document.xml.rels"):
            return re.sub(rb"<(Override|Relationship)[^>]*numbering[^>]*/>", b"", content)
        return content

    own = repacked(template(bare), without_numbering)
    opened = docx.Document(io.BytesIO(word.render(document(), template=own)))
    for name in ("Quote", "Caption", "List Bullet", "Title", "Lead"):
        assert opened.styles[name].type is WD_STYLE_TYPE.PARAGRAPH
    assert opened.part.numbering_part.element.findall(qn("w:num"))


def test_a_dotx_template_is_taken_and_a_document_comes_out():
    dotx = repacked(
        template(),
        lambda name, content: content.replace(b"wordprocessingml.document.main", b"wordprocessingml.template.main"),
    )
    assert any(p.text == FINDING for p in docx.Document(io.BytesIO(word.render(document(), template=dotx))).paragraphs)


def test_a_templates_own_template_is_not_fetched_from_elsewhere():
    def attach(own):
        part = next(part for part in own.part.package.iter_parts() if part.partname.endswith("settings.xml"))
        identity = part.relate_to(
            "https://example.org/letterhead.dotm",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate",
            is_external=True,
        )
        attached = docx.oxml.OxmlElement("w:attachedTemplate")
        attached.set(qn("r:id"), identity)
        own.settings.element.insert(0, attached)

    made = word.render(document(), template=template(attach))
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not any(b"example.org/letterhead" in archive.read(name) for name in archive.namelist())


def broken_part(name, content):
    return b"<w:document" if name == "word/document.xml" else content


def with_macros(name, content):
    return content.replace(b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")


@pytest.mark.parametrize(
    ("own", "message"),
    [
        (b"", "not a Word document"),
        (b"%PDF-1.7 not Word at all", "not a Word document"),
        (template()[:3000], "not a Word document"),
        (repacked(template(), lambda name, content: None if name == "[Content_Types].xml" else content), "not a Word"),
        (
            repacked(template(), lambda name, content: None if name == "word/document.xml" else content),
            "cannot be read",
        ),
        (repacked(template(), broken_part), "cannot be read"),
        (repacked(template(), with_macros), "holds macros"),
        (repacked(template(), lambda n, c: b"0" * 70_000_000 if n == "docProps/thumbnail.jpeg" else c), "too large"),
    ],
    ids=["empty", "a PDF", "cut off", "no types", "no body", "broken body", "macros", "a bomb"],
)
def test_a_template_that_cannot_be_used_says_so_in_one_sentence(own, message):
    with pytest.raises(TemplateError, match=message) as raised:
        word.render(document(), template=own)
    assert str(raised.value).count(".") <= 3
    assert "\n" not in str(raised.value)


def test_a_long_table_is_written_in_time_that_grows_with_its_rows():
    opened = docx.Document(io.BytesIO(word.render(document(blocks=(actions_table(400),)))))
    assert len(opened.tables[0].rows) == 401


@pytest.mark.soak
def test_libreoffice_opens_the_word_file_and_prints_it(printed, tmp_path):
    file = tmp_path / "report.docx"
    file.write_bytes(printed)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
