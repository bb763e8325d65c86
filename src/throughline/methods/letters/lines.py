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
_LINE_END = re.compile(f"[\r\n]+|{HYPHEN}")
_FIGURE = re.compile(r"\d")
_SIGN = re.compile(
    r"(?:\S|\(?(?:[0-9a-z]{1,3}|[ivxl]{1,7}|([A-Z])\1{0,2}|[IVXL]{1,7})[.)])\s+(?=\S)"
)  # a bullet or a number, and then words
_SYMBOLS = ("wingding", "symbol", "dingbat")
_JUMP = 20.0
_SMALLER = 0.85  # a footnote's figure is printed at two thirds of its line's size
_RAISED = 0.2  # or, in some typefaces, at its full size but so much higher
_BOLD = 600
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
        self.pointers = [ctypes.byref(each) for each in self.box]  # a character's left, right, low, high
        self.corners = self.pointers  # a rectangle's left, high, right, low
        self.matrix = pdfium.FS_MATRIX()
        self.name = ctypes.create_string_buffer(128)
        self.flags = ctypes.c_int()

    def text(self) -> str:
        """One character for each index. Asking for all at once is ten times as fast, and nearly always possible."""
        held = (ctypes.c_ushort * (self.count + 1))()
        length = self.pdfium.FPDFText_GetText(self.raw, 0, self.count, held) - 1
        text = bytes(held)[: 2 * max(length, 0)].decode("utf-16-le", "surrogatepass")
        if len(text) == self.count:
            return text.replace("\ufffe", HYPHEN)
        codes = (self.pdfium.FPDFText_GetUnicode(self.raw, index) for index in range(self.count))
        return "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)

    def is_raised(self, index: int, base: float, size: float) -> bool:
        """Whether a figure is clearly smaller than its line, or drawn high above the line's foot."""
        if self.size(index) < size * _SMALLER:
            return True
        self.pdfium.FPDFText_GetCharBox(self.raw, index, *self.pointers)
        return self.box[2].value > base + size * _RAISED

    def sides(self, index: int) -> tuple[float, float]:
        """Where a character begins and ends."""
        self.pdfium.FPDFText_GetCharBox(self.raw, index, *self.pointers)
        return self.box[0].value, self.box[1].value

    def heights(self, start: int, end: int) -> tuple[float, float]:
        """(lowest, highest) place of the characters from `start` to before `end`."""
        low, high = math.inf, 0.0
        for number in range(self.pdfium.FPDFText_CountRects(self.raw, start, end - start)):
            self.pdfium.FPDFText_GetRect(self.raw, number, *self.corners)
            low, high = min(low, self.box[3].value), max(high, self.box[1].value)
        return low, high

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
    whole = page.text()
    start = 0
    for found in _LINE_END.finditer(whole):
        end = found.end() if found[0] == HYPHEN else found.start()
        if end > start:
            yield _line(page, whole[start:end], start)
        start = found.end()
    if start < len(whole):
        yield _line(page, whole[start:], start)


def _line(page: _Page, printed: str, start: int) -> Line:
    """One line; `start` is the index of its first character in the page."""
    text = plain(printed.replace(HYPHEN, "-"))
    shown = printed.strip()
    if not shown:
        return Line(text, "", 0.0, 0.0, 0.0, math.inf)
    first = start + len(printed) - len(printed.lstrip())
    last = first + len(shown) - 1
    letters = [index for index, character in enumerate(printed, start) if character.isalnum()] or [first]
    middle = letters[len(letters) // 2]
    size, base = page.size(middle), page.base(middle)
    opening = page.font(first)
    left, right = page.sides(first)[0], page.sides(last)[1]
    low, high = page.heights(first, last + 1)
    sign = _SIGN.match(shown)
    body = page.sides(first + sign.end())[0] if sign else left
    return Line(
        text=text,
        words=plain(_without_raised(page, printed, start, base, size).replace(HYPHEN, "-")).strip(),
        left=left,
        right=right,
        top=high,
        bottom=low,
        base=base,
        body=body,
        size=size,
        bold=page.is_bold(letters[0]) and page.is_bold(letters[-1]),
        symbol=any(each in opening for each in _SYMBOLS),
        soft=shown[-1] == SOFT,
    )


def _without_raised(page: _Page, printed: str, start: int, base: float, size: float) -> str:
    """The line without the small figures that point at footnotes; a line of nothing else keeps them."""
    if not _FIGURE.search(printed):
        return printed
    kept = []
    # Only what stands behind a word or begins the line can point at a note: '2018' needs no closer look.
    might = True
    for index, character in enumerate(printed, start):
        raised = might and character.isdigit() and page.is_raised(index, base, size)
        might = raised or not character.isdigit()
        if not raised:
            kept.append(character)
    found = "".join(kept)
    return found if found.strip() else printed


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
