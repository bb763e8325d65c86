"""The parts of a Word file that need its own XML: numbering, fields, links, bookmarks, rows, shading, alt text."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.numbering import NumberingPart
from docx.table import Table as WordTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from throughline.documents.word_styles import ACCENT, QUIET


class Numbering:
    """Lists as Word's own lists: bullets, lists from 1, and paragraphs that count on through the document."""

    def __init__(self, document: WordDocument) -> None:
        self.root = _numbering_root(document)
        self._bullets = self._define("bullet", "•", 400, 280, f'<w:color w:val="{ACCENT}"/>')
        self._ordered = self._define("decimal", "%1.", 440, 360, f'<w:color w:val="{QUIET}"/>')
        self._lettered = self._define("lowerLetter", "(%1)", 500, 420, f'<w:color w:val="{QUIET}"/>')
        self._paragraphs = self._define("decimal", "%1.", 567, 567, f'<w:b w:val="0"/><w:color w:val="{QUIET}"/>')
        self.bullets = self._use(self._bullets)
        self.paragraphs = self._use(self._paragraphs)

    def new_ordered(self) -> int:
        """A list that begins at 1 again."""
        return self._use(self._ordered, restart=True)

    def new_lettered(self) -> int:
        """A list that begins at (a)."""
        return self._use(self._lettered, restart=True)

    def _define(self, kind: str, sign: str, left: int, hanging: int, text: str) -> int:
        abstracts = self.root.findall(qn("w:abstractNum"))
        number = max((int(each.get(qn("w:abstractNumId"))) for each in abstracts), default=-1) + 1
        definition = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
            f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{sign}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
            f"<w:rPr>{text}</w:rPr></w:lvl></w:abstractNum>"
        )
        if abstracts:
            abstracts[-1].addnext(definition)
        else:
            self.root.insert(0, definition)
        return number

    def _use(self, abstract: int, *, restart: bool = False) -> int:
        used = self.root.findall(qn("w:num"))
        number = max((int(each.get(qn("w:numId"))) for each in used), default=0) + 1
        start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if restart else ""
        use = parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{start}</w:num>'
        )
        if used:
            used[-1].addnext(use)
        else:
            self.root.append(use)
        return number


def _numbering_root(document: WordDocument) -> Any:
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part.element
    blank = f"<w:numbering {nsdecls('w')}/>".encode()
    part = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, blank, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part.element


def number_paragraph(paragraph: WordParagraph, number: int) -> None:
    """Make `paragraph` an item of the list `number`."""
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number


def set_style(paragraph: WordParagraph, style: str) -> None:
    """Give a paragraph its style, by the style's id. A new one has no properties yet, which is most of them."""
    if paragraph._p.pPr is not None:
        paragraph._p.style = style
        return
    properties, name = OxmlElement("w:pPr"), OxmlElement("w:pStyle")
    name.set(qn("w:val"), style)
    properties.append(name)
    paragraph._p.insert(0, properties)


def add_words(paragraph: WordParagraph, text: str, *, bold: bool = False) -> Run:
    """Words at the end of `paragraph`; newlines and tabs become Word's own.

    python-docx looks at each character by itself, which takes most of the time of a long paper.
    """
    run = OxmlElement("w:r")
    if bold:
        properties = OxmlElement("w:rPr")
        properties.append(OxmlElement("w:b"))
        run.append(properties)
    for number, line in enumerate(text.split("\n")):
        if number:
            run.append(OxmlElement("w:br"))
        for place, piece in enumerate(line.split("\t")):
            if place:
                run.append(OxmlElement("w:tab"))
            if piece:
                words = OxmlElement("w:t")
                words.text = piece
                if piece.strip() != piece:
                    words.set(qn("xml:space"), "preserve")
                run.append(words)
    paragraph._p.append(run)
    return Run(run, paragraph)  # type: ignore[arg-type]


def add_field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field that Word computes, such as PAGE, with what it shows until then."""
    open_field(paragraph, instruction)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: WordParagraph, instruction: str) -> None:
    """Begin a field whose shown content follows, in this paragraph and later ones, until `close_field`."""
    _field_mark(paragraph, "begin")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    paragraph.add_run()._r.append(code)
    _field_mark(paragraph, "separate")


def close_field(paragraph: WordParagraph) -> None:
    """End the field that `open_field` began."""
    _field_mark(paragraph, "end")


def _field_mark(paragraph: WordParagraph, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def add_link(paragraph: WordParagraph, words: str, *, address: str = "", anchor: str = "") -> None:
    """Words that lead to a web address, or to a bookmark of this document."""
    link = OxmlElement("w:hyperlink")
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    else:
        link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(words)
    run.font.underline = True
    properties = run._r.get_or_add_rPr()
    properties.append(parse_xml(f'<w:color {nsdecls("w")} w:val="{ACCENT}"/>'))
    properties.append(properties.find(qn("w:u")))  # the schema's order: colour before underline
    link.append(run._r)
    paragraph._p.append(link)


def add_bookmark(paragraph: WordParagraph, name: str, number: int) -> None:
    """Name the whole of `paragraph`, so that a link can lead to it."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name="{name}"/>')
    end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>')
    paragraph._p.insert_element_before(start, "w:r", "w:hyperlink")
    paragraph._p.append(end)


def edge(paragraph: WordParagraph, side: str, colour: str, eighths: int, space: int) -> None:
    """A rule at one side of `paragraph`, `eighths` of a point thick."""
    properties = paragraph._p.get_or_add_pPr()
    edges = OxmlElement("w:pBdr")
    edges.append(
        parse_xml(f'<w:{side} {nsdecls("w")} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>')
    )
    after = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")
    properties.insert_element_before(edges, *after)


def describe_table(table: WordTable, title: str, description: str, *, row_headings: bool) -> None:
    """Say which row and column are headings, and give the table a title and a description in words."""
    properties = table._tbl.tblPr
    for old in properties.findall(qn("w:tblLook")):
        properties.remove(old)
    look = (
        f'<w:tblLook {nsdecls("w")} w:val="{"04A0" if row_headings else "0420"}" w:firstRow="1" w:lastRow="0" '
        f'w:firstColumn="{int(row_headings)}" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )
    properties.append(parse_xml(look))
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), text)
        properties.append(element)


def add_row(table: WordTable) -> _Row:
    """A new last row."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row


def heading_row(row: _Row) -> None:
    """Repeat `row` at the head of each page."""
    _row_property(row, "w:tblHeader")


def keep_row(row: _Row) -> None:
    """Keep `row` whole on one page."""
    _row_property(row, "w:cantSplit")


def keep_with_next(row: _Row) -> None:
    """Keep `row` on the page of the row after it."""
    for cell in row.cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _row_property(row: _Row, name: str) -> None:
    properties = row._tr.get_or_add_trPr()
    element = OxmlElement(name)
    if name == "w:cantSplit":
        properties.insert(0, element)
    else:
        properties.append(element)


def shade(cell: _Cell, colour: str) -> None:
    """Fill the cell's background."""
    properties = cell._tc.get_or_add_tcPr()
    properties.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{colour}"/>'))


def describe_picture(picture: Any, title: str, description: str) -> None:
    """The picture's title and its text for those who cannot see it."""
    properties = picture._inline.docPr
    properties.set("descr", description)
    properties.set("title", title)
