"""A Word letter's text as a reader of the printed letter sees it: accepted changes, no hidden text, bullets shown."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.methods.letters.word_looks import Looks, is_on, is_raised

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Deleted and moved-away words, their marks, the second copy of every drawing, and instructions to fields.
_NOT_SHOWN = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", f"{_MC}Fallback", f"{_W}pPr", f"{_W}rPr"}
_A4 = (595.3, 841.9)
_RAISED = re.compile("\x0e[^\x0f]*\x0f")
_RAISED_MARKS = re.compile("[\x0e\x0f]")


def _letter(number: int) -> str:
    """1 as 'a', 26 as 'z', 27 as 'aa', as Word counts with letters."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    """1 as 'i', 4 as 'iv'."""
    made = ""
    for value, sign in ((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        made += sign * (number // value)
        number %= value
    return made


_COUNTED: dict[str, Callable[[int], str]] = {
    "decimal": str, "decimalZero": "{:02}".format, "lowerLetter": _letter, "lowerRoman": _roman,
    "upperLetter": lambda number: _letter(number).upper(), "upperRoman": lambda number: _roman(number).upper(),
}  # fmt: skip


@dataclass(frozen=True)
class WordParagraph:
    """One paragraph, or what of it stands on one page. `indent` (where its words begin) and `size` are in points.

    `bullet` is what Word prints before it, or empty. `continued` says that it began on the page before. Raised figures,
    which point at notes, are left out of `text`.
    """

    text: str
    page: int
    bullet: str
    indent: float
    size: float
    bold: bool
    continued: bool


@dataclass(frozen=True)
class WordPages:
    """The text of each page, cut at the page breaks that somebody set; width and height in points."""

    texts: tuple[str, ...]
    width: float
    height: float
    paragraphs: tuple[WordParagraph, ...] = ()


@dataclass
class _Reader:
    """One walk over the body. `lines` are the current page's."""

    numbering: dict[tuple[str, int], tuple[str, str]]
    style_lists: dict[str, tuple[str, int]]
    counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    pages: list[list[str]] = field(default_factory=lambda: [[]])
    looks: Looks | None = None
    made: list[WordParagraph] = field(default_factory=list)

    def block(self, element: Any) -> None:
        """The paragraphs in whatever holds them: the body, a table cell by cell, a content control, a text box."""
        for child in element:
            if child.tag == f"{_W}p":
                self.paragraph(child)
            elif child.tag not in _NOT_SHOWN and isinstance(child.tag, str):
                self.block(child)

    def paragraph(self, paragraph: Any) -> None:
        """One paragraph with its bullet or number; text boxes anchored in it follow it."""
        properties = paragraph.find(f"{_W}pPr")
        if is_on(properties, "pageBreakBefore") and any(self.pages[-1]):
            self.pages.append([])
        pieces: list[str] = []
        boxes: list[Any] = []
        self.run(paragraph, pieces, boxes)
        text = "".join(pieces)
        marker = self.marker(properties) if text.strip("\f \n") else ""
        self.keep(paragraph, text, marker)
        first, *others = _RAISED_MARKS.sub("", text).split("\f")
        self.pages[-1].append(marker + first)
        for other in others:
            self.pages.append([other] if other else [])
        for box in boxes:
            self.block(box)
        if properties is not None and _starts_page(properties.find(f"{_W}sectPr")):
            self.pages.append([])

    def keep(self, paragraph: Any, text: str, marker: str) -> None:
        """Remember a paragraph with its look, page by page."""
        if self.looks is None or not text.strip("\f \n"):
            return
        look = self.looks.of(paragraph, self.list_of(paragraph.find(f"{_W}pPr")))
        for offset, part in enumerate(_RAISED.sub("", text).split("\f")):
            page = len(self.pages) + offset
            bullet = marker.strip() if not offset else ""
            self.made.append(WordParagraph(part, page, bullet, look.indent, look.size, look.bold, offset > 0))

    def run(self, element: Any, pieces: list[str], boxes: list[Any]) -> None:
        """Collect what is shown inside a paragraph; a form feed stands for a page break."""
        for child in element:
            tag = child.tag
            if tag in _NOT_SHOWN or not isinstance(tag, str):
                continue
            if tag == f"{_W}t":
                pieces.append(child.text or "")
            elif tag == f"{_W}tab":
                pieces.append("\t")
            elif tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\f" if child.get(f"{_W}type") == "page" else "\n")
            elif tag == f"{_W}noBreakHyphen":
                pieces.append("-")
            elif tag == f"{_W}txbxContent":
                boxes.append(child)
            elif tag != f"{_W}r" or not is_on(child.find(f"{_W}rPr"), "vanish"):
                start = len(pieces)
                self.run(child, pieces, boxes)
                if tag == f"{_W}r" and is_raised(child) and "".join(pieces[start:]).strip().isdigit():
                    pieces[start:] = ["\x0e", *pieces[start:], "\x0f"]

    def marker(self, properties: Any) -> str:
        """The bullet or number that Word prints before a list's paragraph."""
        key = self.list_of(properties)
        if key is None or key not in self.numbering:
            return ""
        form, text = self.numbering[key]
        if form == "bullet":
            return "• " if key[1] == 0 else "– "
        if form not in _COUNTED:
            return ""
        self.counts[key] += 1
        for deeper in [each for each in self.counts if each[0] == key[0] and each[1] > key[1]]:
            del self.counts[deeper]
        for level in range(9):
            counted = _COUNTED.get(self.numbering.get((key[0], level), ("decimal", ""))[0], str)
            text = text.replace(f"%{level + 1}", counted(self.counts[(key[0], level)]))
        return f"{text} "

    def list_of(self, properties: Any) -> tuple[str, int] | None:
        """The list and level (from 0) that a paragraph belongs to, by itself or by its style."""
        if properties is None:
            return None
        number = properties.find(f"{_W}numPr/{_W}numId")
        level = properties.find(f"{_W}numPr/{_W}ilvl")
        style = properties.find(f"{_W}pStyle")
        inherited = self.style_lists.get(style.get(f"{_W}val", "")) if style is not None else None
        if number is None:
            return inherited
        return number.get(f"{_W}val", ""), int(level.get(f"{_W}val", "0")) if level is not None else 0


def word_pages(path: Path) -> WordPages:
    """Read a .docx file. Headers, footers and notes are left out. Raises whatever python-docx raises when damaged."""
    import docx  # a fifth of a second: not for those who read a PDF

    document = docx.Document(str(path))
    reader = _Reader(_numbering(document), {}, looks=Looks(document))
    reader.style_lists = _style_lists(document, reader)
    reader.block(document.element.body)
    texts = ["\n".join(line.rstrip() for line in lines).strip("\n") for lines in reader.pages]
    while len(texts) > 1 and not texts[-1].strip():
        texts.pop()
    section = document.sections[0] if len(document.sections) else None
    width, height = (section.page_width, section.page_height) if section else (None, None)
    size = (width.pt if width else _A4[0], height.pt if height else _A4[1])
    return WordPages(tuple(texts), *size, tuple(reader.made))


def _starts_page(section: Any) -> bool:
    if section is None:
        return False
    kind = section.find(f"{_W}type")
    return kind is None or kind.get(f"{_W}val") != "continuous"


def _numbering(document: "Document") -> dict[tuple[str, int], tuple[str, str]]:
    """(list, level) -> (format, text such as '%1.'), from the numbering part where there is one."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract: dict[str, dict[int, tuple[str, str]]] = {}
    for each in root.iterfind(f"{_W}abstractNum"):
        abstract[each.get(f"{_W}abstractNumId", "")] = {
            int(level.get(f"{_W}ilvl", "0")): (_value(level, "numFmt"), _value(level, "lvlText"))
            for level in each.iterfind(f"{_W}lvl")
        }
    return {
        (number.get(f"{_W}numId", ""), level): form
        for number in root.iterfind(f"{_W}num")
        for level, form in abstract.get(_value(number, "abstractNumId"), {}).items()
    }


def _style_lists(document: "Document", reader: _Reader) -> dict[str, tuple[str, int]]:
    found = {}
    for style in document.styles.element.iterfind(f"{_W}style"):
        key = reader.list_of(style.find(f"{_W}pPr"))
        if key is not None:
            found[style.get(f"{_W}styleId", "")] = key
    return found


def _value(element: Any, name: str) -> str:
    found = element.find(f"{_W}{name}")
    return str(found.get(f"{_W}val", "")) if found is not None else ""
