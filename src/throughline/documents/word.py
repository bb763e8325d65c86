"""A document as Word: real headings, lists, captions and repeated table headings, ready for a board to edit.

The same look as the PDF, or the council's own where its template is given.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.section import Section, _BaseHeaderFooter
from docx.shared import Cm, Emu, Pt, RGBColor
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from throughline.documents import fonts, furniture, word_fonts, word_parts
from throughline.documents.archives import write_without_clock
from throughline.documents.model import (
    Block,
    Bullets,
    Cell,
    Document,
    Figure,
    Heading,
    KeyFacts,
    Link,
    Notice,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Strong,
    Style,
    Table,
    Text,
    Thread,
    Tone,
    plain,
    runs,
)
from throughline.documents.pdf import compile_typst
from throughline.documents.word_columns import column_widths
from throughline.documents.word_styles import ACCENT, HAIRLINE, QUIET, TABLE_STYLE, prepare_styles
from throughline.documents.word_template import TemplateError, open_template

__all__ = ["TemplateError", "render"]

# Tone -> (fill, colour of the sign), as in the PDF.
_TONES = {
    Tone.NEUTRAL: ("ECEFF1", "37474F"),
    Tone.GOOD: ("DCEFE3", "0B5A34"),
    Tone.WARNING: ("FDF0CF", "6B4A00"),
    Tone.BAD: ("F9DCD9", "8F1D14"),
    Tone.INFO: ("DBE9F4", "124A73"),
}
_PICTURE_SOURCE = f"""
#set text(font: "{fonts.FAMILY}")
#set page(width: 16.4cm, height: auto, margin: 0pt)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)
"""
_PICTURE_PPI = 220
_CHARACTERS_KEPT_TOGETHER = 900
_ROWS_KEPT_TOGETHER = 8  # a table that is no longer stays on one page
_TYPES = "[Content_Types].xml"


def render(document: Document, *, template: bytes | None = None, font_dir: Path | None = None) -> bytes:
    """The .docx of `document`, in the council's `template` when given. The same input gives the same bytes.

    With `font_dir`, figures are drawn with its typeface and the file carries it, so that it prints like the PDF on a
    machine without it; a council's own template keeps its own. Raises TemplateError when the template cannot be used,
    FontsMissingError when `font_dir` lacks a face.
    """
    word = open_template(template)
    styles = prepare_styles(word, language=document.language, own_template=template is not None)
    if template is None:
        _set_page(word.sections[0])
        word_fonts.set_typeface(word, font_dir)
    writer = _Writer(word, document.prepared_on, styles, font_dir=font_dir, own_template=template is not None)
    writer.front(document)
    inset = furniture.under_numbers(document)
    for place, (block, number) in enumerate(furniture.numbered_blocks(document)):
        writer.under_number = place in inset
        writer.block(block, number)
    for section in word.sections:
        _Furniture(document, section).write()
    _properties(word, document)
    draft, out = io.BytesIO(), io.BytesIO()
    word.save(draft)
    with zipfile.ZipFile(draft) as package:
        types = word_fonts.typed_by_ending(package.read(_TYPES))
    draft.seek(0)
    write_without_clock(draft, out, {_TYPES: types})
    return out.getvalue()


def _set_page(section: Section) -> None:
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin, section.bottom_margin = Cm(2.9), Cm(2.7)
    section.header_distance, section.footer_distance = Cm(1.3), Cm(1.0)
    section.different_first_page_header_footer = True


def _text_width(section: Section) -> Emu:
    width = (section.page_width or Cm(21)) - (section.left_margin or Cm(2.3)) - (section.right_margin or Cm(2.3))
    return Emu(max(width, Cm(4)))


def _properties(word: WordDocument, document: Document) -> None:
    moment = datetime(document.prepared_on.year, document.prepared_on.month, document.prepared_on.day)  # noqa: DTZ001
    properties = word.core_properties
    properties.title = document.title[:255]
    properties.subject = document.subject[:255]
    properties.author = document.author[:255]
    properties.last_modified_by = document.author[:255]
    properties.keywords = ", ".join(document.keywords)[:255]
    properties.category = document.kind[:255]
    properties.identifier = document.reference[:255]
    properties.language = document.language
    properties.comments = ""
    properties.content_status = document.marking[:255]
    properties.created = properties.modified = moment
    properties.revision = 1


class _Writer:
    """Writes blocks, one after another, at the end of a Word document."""

    def __init__(
        self,
        word: WordDocument,
        prepared_on: date,
        styles: dict[str, str],
        *,
        font_dir: Path | None,
        own_template: bool,
    ) -> None:
        self.word = word
        self.styles = styles
        self.own_template = own_template
        self.prepared_on = prepared_on
        self.font_dir = font_dir
        self.width = _text_width(word.sections[-1])
        self.numbering = word_parts.Numbering(word)
        self.headings = 0
        self.break_before_next = False
        self.under_number = False

    def paragraph(self, style: str, text: Text = "") -> WordParagraph:
        paragraph = self.word.add_paragraph()
        word_parts.set_style(paragraph, self.styles[style])
        if self.break_before_next:
            paragraph.paragraph_format.page_break_before = True
            paragraph.paragraph_format.space_before = Pt(0)
            self.break_before_next = False
        write_words(paragraph, text)
        return paragraph

    def front(self, document: Document) -> None:
        """The title, who publishes it, and the facts under it."""
        self.paragraph("Document Kind", furniture.eyebrow(document))
        last = self.paragraph("Title", document.title)
        if len(document.title) > furniture.LONG_TITLE and not self.own_template:
            for run in last.runs:
                run.font.size = Pt(19)
        if document.subtitle:
            last = self.paragraph("Subtitle", document.subtitle)
        word_parts.edge(last, "bottom", ACCENT, 20, 8)
        self.facts(tuple((label, text) for label, text in furniture.front_facts(document)))
        if document.contents:
            self.contents(document)

    def contents(self, document: Document) -> None:
        """A table of contents that Word can bring up to date; it opens with the headings already in it."""
        entries = [
            (number, block)
            for number, block in enumerate((b for b in document.blocks if isinstance(b, Heading)), start=1)
            if block.level <= 2
        ]
        self.paragraph("TOC Heading", "Contents")
        for place, (number, heading) in enumerate(entries):
            entry = self.paragraph("Contents Entry")
            if heading.level == 2:
                entry.paragraph_format.left_indent = Pt(14)
            if place == 0:
                word_parts.open_field(entry, r'TOC \n \h \z \t "Heading 1,1,Heading 2,2"')
            word_parts.add_link(entry, heading.text, anchor=_bookmark(number))
            if place == len(entries) - 1:
                word_parts.close_field(entry)

    def block(self, block: Block, number: int) -> None:
        match block:
            case Heading(level, text):
                self.heading(level, text)
            case Paragraph():
                self.body(block)
            case Bullets():
                self.bullets(block)
            case KeyFacts(rows):
                self.facts(rows)
            case Table():
                self.table(block, number)
            case Quotation(text, source):
                quote = self.paragraph("Quote", text)
                if source:
                    quote.paragraph_format.keep_with_next = True
                    line = self.paragraph("Quote Source", source)
                    if not self.own_template:  # a council's own quotation may have no rule beside it to continue
                        word_parts.edge(line, "left", ACCENT, 20, 12)
            case Figure():
                self.figure(block, number)
            case Thread():
                self.thread(block)
            case Signatures(rows):
                self.signatures(rows)
            case Notice(text):
                self.paragraph("Notice", text)
            case PageBreak():
                self.break_before_next = True

    def heading(self, level: int, text: str) -> None:
        self.headings += 1
        heading = self.paragraph(f"Heading {level}", text)
        word_parts.add_bookmark(heading, _bookmark(self.headings), self.headings)

    def body(self, block: Paragraph) -> None:
        name = {Style.BODY: "Normal", Style.LEAD: "Lead", Style.NOTE: "Note"}[block.style]
        paragraph = self.paragraph("Numbered Paragraph" if block.numbered else name, block.text)
        if block.numbered:
            word_parts.number_paragraph(paragraph, self.numbering.paragraphs)
        if plain(block.text).rstrip().endswith(":"):
            paragraph.paragraph_format.keep_with_next = True

    def bullets(self, block: Bullets) -> None:
        number = self.numbering.bullets
        if block.lettered:
            number = self.numbering.new_lettered()
        elif block.ordered:
            number = self.numbering.new_ordered()
        for item in block.items:
            paragraph = self.paragraph("List Number" if block.ordered or block.lettered else "List Bullet", item)
            word_parts.number_paragraph(paragraph, number)
            if self.under_number:  # in from the margin, like the words of the numbered paragraph above
                paragraph.paragraph_format.left_indent = Pt(48)
                paragraph.paragraph_format.first_line_indent = Pt(-20)

    def facts(self, rows: tuple[tuple[str, Text], ...]) -> None:
        for label, text in rows:
            paragraph = self.paragraph("Key Fact")
            run = word_parts.add_words(paragraph, label, bold=True)
            run.font.color.rgb = RGBColor.from_string(QUIET)
            paragraph.add_run("\t")
            write_words(paragraph, text)

    def caption(self, kind: str, number: int, text: str) -> None:
        paragraph = self.paragraph("Caption")
        start = len(paragraph.runs)
        paragraph.add_run(f"{kind} ")
        word_parts.add_field(paragraph, rf"SEQ {kind} \* ARABIC", str(number))
        for run in paragraph.runs[start:]:
            run.font.color.rgb = RGBColor.from_string(ACCENT)
        paragraph.add_run(f"   {text}")

    def table(self, block: Table, number: int) -> None:
        self.caption("Table", number, block.caption)
        widths = column_widths(block, self.width)
        labels = ", ".join(column.label for column in block.columns)
        table = self._new_table(widths, block.caption, f"Columns: {labels}.", row_headings=block.row_headings)
        head = word_parts.add_row(table)
        word_parts.heading_row(head)
        word_parts.keep_row(head)
        for column, cell in zip(block.columns, head.cells, strict=True):
            self.cell(cell, Cell(column.label), "Table Heading", numeric=column.numeric)
        letters = sum(len(plain(value.text)) for values in block.cells for value in values)
        is_short = len(block.cells) <= _ROWS_KEPT_TOGETHER and letters < 2 * _CHARACTERS_KEPT_TOGETHER
        if is_short:
            word_parts.keep_with_next(head)
        for at, values in enumerate(block.cells, start=1):
            row = word_parts.add_row(table)
            if sum(len(plain(value.text)) for value in values) < _CHARACTERS_KEPT_TOGETHER:
                word_parts.keep_row(row)
            for n, (value, cell) in enumerate(zip(values, row.cells, strict=True)):
                shown = replace(value, bold=True) if block.row_headings and n == 0 else value
                self.cell(cell, shown, "Table Text", numeric=block.columns[n].numeric)
            if is_short and at < len(block.cells):
                word_parts.keep_with_next(row)
        self.paragraph("Table Note", block.note)

    def _new_table(self, widths: list[Emu], title: str, description: str, *, row_headings: bool) -> WordTable:
        table: WordTable = self.word.add_table(rows=0, cols=len(widths))
        table.style = TABLE_STYLE
        table.autofit = False
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        word_parts.describe_table(table, title, description, row_headings=row_headings)
        return table

    def cell(self, cell: _Cell, value: Cell, style: str, *, numeric: bool = False) -> None:
        paragraph = cell.paragraphs[0]
        word_parts.set_style(paragraph, self.styles[style])
        if value.tone is not Tone.NONE:
            fill, sign = _TONES[value.tone]
            word_parts.shade(cell, fill)
        if value.glyph:
            glyph = word_parts.add_words(paragraph, f"{value.glyph}\u00a0", bold=True)
            if value.tone is not Tone.NONE:
                glyph.font.color.rgb = RGBColor.from_string(sign)
        write_words(paragraph, value.text, bold=value.bold)
        if numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def figure(self, figure: Figure, number: int) -> None:
        self.caption("Figure", number, figure.title)
        png = compile_typst(
            _PICTURE_SOURCE,
            "png",
            font_dir=self.font_dir or fonts.font_dir(),
            inputs={"drawing": figure.svg},
            on=self.prepared_on,
            ppi=_PICTURE_PPI,
        )[0]
        paragraph = self.paragraph("Normal")
        paragraph.paragraph_format.line_spacing = 1.0  # any less, or an exact height in a template, would crop it
        picture = paragraph.add_run().add_picture(io.BytesIO(png), width=self.width)
        word_parts.describe_picture(picture, figure.title, figure.description)

    def thread(self, thread: Thread) -> None:
        for place, step in enumerate(thread.steps, start=1):
            last = place == len(thread.steps)
            paragraph = self.paragraph("Thread Step", f"●\t{step.label}")
            if step.detail:
                detail = word_parts.add_words(paragraph, f"   {step.detail}")
                detail.bold = False
                detail.font.size = Pt(9)
                detail.font.color.rgb = RGBColor.from_string(QUIET)
            words = self.paragraph("Thread Text", step.text)
            if last:
                word_parts.edge(words, "left", "FFFFFF", 0, 16)
                words.paragraph_format.space_after = Pt(12)

    def signatures(self, rows: tuple[tuple[str, str, str], ...]) -> None:
        widths = [Emu(round(self.width * share / 9.5)) for share in (2.6, 2.2, 2.8, 1.9)]
        table = self._new_table(widths, "Signatures", "Role, name, signature and date.", row_headings=False)
        head = word_parts.add_row(table)
        word_parts.heading_row(head)
        for cell, label, width in zip(head.cells, ("Role", "Name", "Signature", "Date"), widths, strict=True):
            cell.width = width
            self.cell(cell, Cell(label), "Table Heading")
        for role, name, on in rows:
            row = word_parts.add_row(table)
            row.height = Cm(1.35)
            word_parts.keep_row(row)
            for cell, text, width in zip(row.cells, (role, name, "", on), widths, strict=True):
                cell.width = width
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                self.cell(cell, Cell(text, bold=text is name), "Table Text")
        self.paragraph("Table Note")


def _bookmark(heading: int) -> str:
    return f"_Toc{heading:08d}"


def write_words(paragraph: WordParagraph, text: Text, *, bold: bool = False) -> None:
    """Append `text` to a Word paragraph, run by run; a newline becomes a line break. `bold` makes all of it strong."""
    for run in runs(text):
        if isinstance(run, Link):
            word_parts.add_link(paragraph, run.text, address=run.address)
        elif isinstance(run, Strong):
            word_parts.add_words(paragraph, run.text, bold=True)
        elif run:
            word_parts.add_words(paragraph, run, bold=bold)


class _Furniture:
    """The head and foot of a section's pages. What a council's template already has there stays."""

    def __init__(self, document: Document, section: Section) -> None:
        self.document = document
        self.section = section
        self.width = _text_width(section)

    def write(self) -> None:
        section = self.section
        even = bool(section.header.part.package.main_document_part.settings.odd_and_even_pages_header_footer)
        self.head(section.header, running=True)
        self.foot(section.footer)
        if section.different_first_page_header_footer:
            self.head(section.first_page_header, running=False)
            self.foot(section.first_page_footer)
        if even:
            self.head(section.even_page_header, running=True)
            self.foot(section.even_page_footer)

    def head(self, header: _BaseHeaderFooter, *, running: bool) -> None:
        empty = _is_empty(header)
        first = header.paragraphs[0]
        if self.document.marking:
            if empty:
                first.style, first.text = "Marking", self.document.marking
            else:
                first.insert_paragraph_before(self.document.marking, style="Marking")
        if not running or not empty:
            return
        title = header.add_paragraph(style="Page Line") if self.document.marking else first
        title.style = "Page Line"
        self._two_sides(title, self.document.short_title, self.document.organisation)
        word_parts.edge(title, "bottom", HAIRLINE, 4, 3)

    def foot(self, footer: _BaseHeaderFooter) -> None:
        line = footer.paragraphs[0] if _is_empty(footer) else footer.add_paragraph()
        line.style = "Page Line"
        self._two_sides(line, furniture.footer_line(self.document), "Page ")
        word_parts.add_field(line, "PAGE", "1")
        line.add_run(" of ")
        word_parts.add_field(line, "NUMPAGES", "1")
        word_parts.edge(line, "top", HAIRLINE, 4, 3)
        if self.document.footer_note:
            footer.add_paragraph(self.document.footer_note, style="Page Line")
        if self.document.marking:
            footer.add_paragraph(self.document.marking, style="Marking").paragraph_format.space_before = Pt(3)

    def _two_sides(self, paragraph: WordParagraph, left: str, right: str) -> None:
        stops = paragraph.paragraph_format.tab_stops
        stops.add_tab_stop(self.width, WD_TAB_ALIGNMENT.RIGHT)
        paragraph.add_run(f"{left}\t{right}")


def _is_empty(part: _BaseHeaderFooter) -> bool:
    if part.is_linked_to_previous:
        part.is_linked_to_previous = False
    has_drawing = bool(part._element.xpath(".//w:drawing | .//w:pict | .//w:object"))
    return not has_drawing and not part.tables and all(not each.text.strip() for each in part.paragraphs)
