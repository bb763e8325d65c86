"""The styles of a Word document: real ones, so that a board can restyle, navigate and continue what it is given.

In a council's own template a style that exists is used as it stands; only missing ones are added.
"""

from __future__ import annotations

from dataclasses import dataclass

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.styles import BabelFish

from throughline.documents.fonts import FAMILY

INK, ACCENT, QUIET, HAIRLINE, TINT = "14252C", "0B4F5C", "4D5D64", "C3CED2", "EAF2F3"
TABLE_STYLE = "Throughline Table"


def _text(size: float, colour: str = INK, bold: bool = False) -> str:
    half = round(size * 2)
    strong = "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    return f'{strong}<w:color w:val="{colour}"/><w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'


def _space(before: float, after: float, line: float = 1.12) -> str:
    """Space before and after in points, and the line's height as a multiple."""
    heights = f'w:before="{round(before * 20)}" w:after="{round(after * 20)}"'
    return f'<w:spacing {heights} w:line="{round(line * 240)}" w:lineRule="auto"/>'


def _edge(side: str, colour: str, eighths: int, space: int) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


_KEEP = "<w:keepNext/><w:keepLines/>"
_FACT_EDGES = f"<w:pBdr>{_edge('bottom', HAIRLINE, 4, 3)}{_edge('between', HAIRLINE, 4, 3)}</w:pBdr>"
_QUOTE = f"<w:pBdr>{_edge('left', ACCENT, 20, 12)}</w:pBdr>"
_THREAD = f"<w:pBdr>{_edge('left', ACCENT, 12, 16)}</w:pBdr>"
_NOTICE_EDGES = _edge("top", "FDF0CF", 4, 5) + _edge("left", "6B4A00", 36, 8) + _edge("bottom", "FDF0CF", 4, 5)
_NOTICE = f'<w:pBdr>{_NOTICE_EDGES}</w:pBdr><w:shd w:val="clear" w:color="auto" w:fill="FDF0CF"/>'


@dataclass(frozen=True, slots=True)
class _Style:
    """One paragraph style; `paragraph` and `text` are its properties in the schema's order."""

    paragraph: str
    text: str
    next: str = "Normal"
    outline: int | None = None


# Name -> style. The names that Word knows keep their meaning in every council's template.
STYLES = {
    "Normal": _Style(_space(0, 6.5), _text(10.5)),
    "Title": _Style(_KEEP + _space(0, 3, 0.95), _text(25, INK, True)),
    "Subtitle": _Style(_KEEP + _space(0, 6, 1.0), _text(14, QUIET)),
    "Document Kind": _Style(_KEEP + _space(0, 3), _text(10.5, ACCENT, True)),
    "Heading 1": _Style(_KEEP + _space(20, 6, 1.0), _text(16, ACCENT, True), outline=0),
    "Heading 2": _Style(_KEEP + _space(15, 5, 1.0), _text(12.5, INK, True), outline=1),
    "Heading 3": _Style(_KEEP + _space(12, 4, 1.0), _text(10.5, INK, True), outline=2),
    "Lead": _Style(_space(4, 8, 1.1), _text(12.5)),
    "Note": _Style(_space(0, 6, 1.05), _text(9, QUIET)),
    "Numbered Paragraph": _Style(_space(0, 6.5), _text(10.5), next="Numbered Paragraph"),
    "List Bullet": _Style(_space(0, 3.5), _text(10.5), next="List Bullet"),
    "List Number": _Style(_space(0, 3.5), _text(10.5), next="List Number"),
    "Key Fact": _Style(
        f'<w:keepLines/>{_FACT_EDGES}<w:tabs><w:tab w:val="left" w:pos="2440"/></w:tabs>'
        f'{_space(3, 3, 1.0)}<w:ind w:left="2440" w:hanging="2440"/>',
        _text(10.5),
        next="Key Fact",
    ),
    "Quote": _Style(_QUOTE + _space(8, 0) + '<w:ind w:left="300"/>', _text(10.5), next="Quote Source"),
    "Quote Source": _Style(_space(2, 10) + '<w:ind w:left="300"/>', _text(9, QUIET)),
    "Notice": _Style("<w:keepLines/>" + _NOTICE + _space(10, 10) + '<w:ind w:left="220"/>', _text(10.5, INK, True)),
    "Thread Step": _Style(
        '<w:keepNext/><w:keepLines/><w:tabs><w:tab w:val="left" w:pos="400"/></w:tabs>'
        f'{_space(0, 0, 1.0)}<w:ind w:left="400" w:hanging="400"/>',
        _text(10.5, ACCENT, True),
        next="Thread Text",
    ),
    "Thread Text": _Style("<w:keepLines/>" + _THREAD + _space(1, 7) + '<w:ind w:left="400"/>', _text(10.5)),
    "Caption": _Style(_KEEP + _space(12, 4, 1.0), _text(10, INK, True)),
    "Table Text": _Style(_space(2.5, 2.5, 1.0), _text(9.5), next="Table Text"),
    "Table Heading": _Style("<w:keepNext/>" + _space(2.5, 2.5, 1.0), _text(9.5, ACCENT, True), next="Table Text"),
    "Table Note": _Style(_space(4, 12, 1.0), _text(9, QUIET)),
    "Marking": _Style(_space(0, 0, 1.0) + '<w:jc w:val="center"/>', _text(10, INK, True)),
    "Page Line": _Style(_space(0, 0, 1.0), _text(8.5, QUIET), next="Page Line"),
    "TOC Heading": _Style(_KEEP + _space(14, 5, 1.0), _text(16, ACCENT, True)),
    "Contents Entry": _Style(_space(0, 3, 1.0), _text(10.5), next="Contents Entry"),
}


def prepare_styles(document: WordDocument, *, language: str, own_template: bool) -> dict[str, str]:
    """See that every name in STYLES is a paragraph style; without an own template, make each look as ours.

    Returns each name's identity in the file, by which paragraphs are styled far faster than by name.
    """
    root = document.styles.element
    _defaults(document, language, fonts=not own_template)
    for name, style in STYLES.items():
        found = next((each for each in document.styles if each.name == name), None)
        if found is not None and found.type is not WD_STYLE_TYPE.PARAGRAPH:
            found.element.find(qn("w:name")).set(qn("w:val"), f"{name} (template)")
            found = None
        if found is None:
            root.append(_new_style(name, style, taken={each.style_id for each in document.styles}))
        elif not own_template:
            _restyle(found.element, style)
    if TABLE_STYLE not in document.styles:
        root.append(_table_style())
    return {name: document.styles[name].style_id for name in STYLES}


def _properties(style: _Style) -> tuple[str, str]:
    level = "" if style.outline is None else f'<w:outlineLvl w:val="{style.outline}"/>'
    return f"<w:pPr {nsdecls('w')}>{style.paragraph}{level}</w:pPr>", f"<w:rPr {nsdecls('w')}>{style.text}</w:rPr>"


def _new_style(name: str, style: _Style, taken: set[str]) -> BaseOxmlElement:
    identity = name.replace(" ", "")
    while identity in taken:
        identity += "T"
    paragraph, text = _properties(style)
    following = style.next.replace(" ", "")
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="paragraph" w:customStyle="1" w:styleId="{identity}">'
        f'<w:name w:val="{BabelFish.ui2internal(name)}"/><w:basedOn w:val="Normal"/>'
        f'<w:next w:val="{following}"/><w:qFormat/>'
        f"{paragraph}{text}</w:style>"
    )


def _restyle(element: BaseOxmlElement, style: _Style) -> None:
    for name in ("w:pPr", "w:rPr"):
        for old in element.findall(qn(name)):
            element.remove(old)
    for properties in _properties(style):
        element.append(parse_xml(properties))


def _defaults(document: WordDocument, language: str, *, fonts: bool) -> None:
    root = document.styles.element
    defaults = root.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = OxmlElement("w:docDefaults")
        root.insert(0, defaults)
    run_defaults = defaults.find(qn("w:rPrDefault"))
    if run_defaults is None:
        run_defaults = OxmlElement("w:rPrDefault")
        defaults.insert(0, run_defaults)
    properties = run_defaults.find(qn("w:rPr"))
    if properties is None:
        properties = OxmlElement("w:rPr")
        run_defaults.append(properties)
    for name in ("w:lang", *(("w:rFonts",) if fonts else ())):
        for old in properties.findall(qn(name)):
            properties.remove(old)
    if fonts:
        names = " ".join(f'w:{use}="{FAMILY}"' for use in ("ascii", "hAnsi", "cs", "eastAsia"))
        properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>"))
    properties.append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{language}" w:eastAsia="{language}" w:bidi="ar-SA"/>'))
    for theme in document.settings.element.findall(qn("w:themeFontLang")):
        theme.set(qn("w:val"), language)


def _table_style() -> BaseOxmlElement:
    hairline = 'w:val="single" w:sz="4" w:space="0"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ThroughlineTable">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:uiPriority w:val="59"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders><w:bottom {hairline} w:color="{HAIRLINE}"/>'
        f'<w:insideH {hairline} w:color="{HAIRLINE}"/></w:tblBorders>'
        '<w:tblCellMar><w:top w:w="20" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>'
        '<w:bottom w:w="20" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders><w:bottom w:val="single" w:sz="8" w:space="0" '
        f'w:color="{ACCENT}"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="{TINT}"/>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
        '<w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr></w:style>'
    )
