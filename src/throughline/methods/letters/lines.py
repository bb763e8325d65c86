"""The lines of a PDF page with what a reader sees of them: where they stand, how large, how heavy."""

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

HYPHEN = "\x02"  # PDFium's mark for a hyphen printed at the end of a line
SOFT = "\u00ad"
_SEVERAL = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGHT = str.maketrans({**_SEVERAL, SOFT: None, "\ufffe": None, "\u00a0": " ", "\r": None})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_JUMP = 20.0
_RAISED = 0.85  # a footnote's figure is printed at two thirds of its line's size
_BOLD = 600
# (index in the page, character, left, right, low, high)
_Character = tuple[int, str, float, float, float, float]
_HEAVY = ("bold", "black", "heavy", "semibold", "demi")


@dataclass(frozen=True)
class Line:
    """One printed line. Places in points from the page's lower left corner.

    `text` is as printed; `words` is the same without the raised figures of footnotes. `body` is where the words begin
    behind a bullet. `bold` holds for first and last letter. `soft` says that the line ends in a soft hyphen.
    """

    text: str
    words: str
    left: float
    right: float
    top: float
    bottom: float
    base: float = 0.0
    body: float = 0.0
    size: float = 0.0
    bold: bool = False
    symbol: bool = False
    soft: bool = False


class _Page:
    """PDFium's text of one page. Buffers are made once: they are filled some ten thousand times a page."""

    def __init__(self, text_page: "pypdfium2.PdfTextPage") -> None:
        import pypdfium2.raw as pdfium

        self.pdfium = pdfium
        self.raw = text_page.raw
        self.count = text_page.count_chars()
        self.box = [ctypes.c_double() for _ in range(4)]
        self.pointers = [ctypes.byref(each) for each in self.box]
        self.matrix = pdfium.FS_MATRIX()
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def place(self, index: int) -> tuple[float, float, float, float]:
        """(left, right, low, high) of a character."""
        self.pdfium.FPDFText_GetCharBox(self.raw, index, *self.pointers)
        left, right, low, high = (each.value for each in self.box)
        return left, right, low, high

    def base(self, index: int) -> float:
        """How high the foot of a character's line stands."""
        self.pdfium.FPDFText_GetCharOrigin(self.raw, index, self.pointers[0], self.pointers[1])
        return self.box[1].value

    def size(self, index: int) -> float:
        """The printed size of a character. Some files state a size of 1 and enlarge it by the matrix."""
        stated = float(self.pdfium.FPDFText_GetFontSize(self.raw, index))
        if self.pdfium.FPDFText_GetMatrix(self.raw, index, ctypes.byref(self.matrix)):
            return round(stated * math.hypot(self.matrix.c, self.matrix.d), 1)
        return round(stated, 1)

    def font(self, index: int) -> str:
        """The name of a character's typeface in lower case, without its subset's prefix."""
        self.pdfium.FPDFText_GetFontInfo(self.raw, index, self.name, len(self.name), ctypes.byref(self.flags))
        return self.name.value.decode("latin-1").rpartition("+")[2].lower()

    def is_bold(self, index: int) -> bool:
        """Whether a character is set in a bold face, by its weight or by its name."""
        return self.pdfium.FPDFText_GetFontWeight(self.raw, index) >= _BOLD or any(
            each in self.font(index) for each in _HEAVY
        )


def lines_of(text_page: "pypdfium2.PdfTextPage") -> Iterator[Line]:
    """The page's lines in the order in which the file draws them."""
    page = _Page(text_page)
    unicode_of = page.pdfium.FPDFText_GetUnicode
    held: list[_Character] = []
    for index in range(page.count):
        code = unicode_of(page.raw, index)
        character = chr(code) if code <= 0x10FFFF else "\ufffd"
        if character not in "\r\n":
            place = (0.0, 0.0, 0.0, 0.0) if character.isspace() else page.place(index)
            held.append((index, character, *place))
        if character in ("\n", HYPHEN) and held:
            yield _line(page, held)
            held = []
    if held:
        yield _line(page, held)


def _line(page: _Page, held: list[_Character]) -> Line:
    text = plain("".join("-" if each[1] == HYPHEN else each[1] for each in held))
    shown = [each for each in held if not each[1].isspace()]
    if not shown:
        return Line(text, text.strip(), 0.0, 0.0, 0.0, math.inf)
    first, last = shown[0], shown[-1]
    words = [each for each in shown if each[1].isalnum()] or shown
    size = page.size(words[len(words) // 2][0])
    opening = page.font(first[0])
    kept = _without_raised(page, held, size)
    behind = next((b for a, b in pairwise(held) if a[1].isspace() and not b[1].isspace()), first)
    return Line(
        text=text,
        words=plain("".join("-" if each[1] == HYPHEN else each[1] for each in kept)).strip(),
        left=min(each[2] for each in shown),
        right=max(each[3] for each in shown),
        top=max(each[5] for each in shown),
        bottom=min(each[4] for each in shown),
        base=page.base(words[len(words) // 2][0]),
        body=behind[2] if len(held) > 1 and first is held[0] and held[1][1].isspace() else first[2],
        size=size,
        bold=page.is_bold(words[0][0]) and page.is_bold(words[-1][0]),
        symbol="wingding" in opening or "symbol" in opening or "dingbat" in opening,
        soft=last[1] == SOFT,
    )


def _without_raised(page: _Page, held: list[_Character], size: float) -> list[_Character]:
    """The line without the small figures that point at footnotes; a line of nothing else keeps them."""
    if not any(each[1].isdigit() for each in held):
        return held
    kept = []
    # Only what stands behind a word or begins the line can point at a note: '2018' needs no closer look.
    might = True
    for each in held:
        raised = might and each[1].isdigit() and page.size(each[0]) < size * _RAISED
        might = raised or not each[1].isdigit()
        if not raised:
            kept.append(each)
    return kept if any(not each[1].isspace() for each in kept) else held


def plain(text: str) -> str:
    """Text without ligatures, soft hyphens and control characters."""
    if not text.isascii():
        # Two halves of a character outside the first plane come one by one.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(_LIGHT)
    return _CONTROL.sub("", text).replace("\r", "")


def in_reading_order(lines: list[Line]) -> list[Line]:
    """Move blocks that were drawn out of turn, as page numbers often are, to where they stand on the page.

    A block ends where the next line stands higher. Blocks beside each other (columns) keep the order of drawing.
    """
    if not lines:
        return []
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(lines), start=1) if b.bottom > a.bottom + _JUMP), len(lines)]
    blocks = [lines[a:b] for a, b in pairwise(cuts)]
    groups: list[tuple[float, float, list[tuple[int, list[Line]]]]] = []
    for order, block in enumerate(blocks):
        top = max(line.top for line in block)
        bottom = min(line.bottom for line in block)
        members = [(order, block)]
        apart = []
        for group in groups:
            if group[0] > bottom and group[1] < top:
                top, bottom = max(top, group[0]), min(bottom, group[1])
                members = group[2] + members
            else:
                apart.append(group)
        groups = [*apart, (top, bottom, members)]
    groups.sort(key=lambda group: -group[0])
    return [line for group in groups for _, block in sorted(group[2], key=lambda each: each[0]) for line in block]
