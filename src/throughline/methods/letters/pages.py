"""The pages of a letter: their text as printed, and their pictures. For PDF and Word files.

These functions open files that strangers wrote. Run them in a process of its own with limits of time and memory.
"""

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.methods.letters.word_pages import word_pages

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 300
MOST_CHARACTERS = 200_000
MOST_PIXELS = 12_000_000
_HYPHEN = "\x02"  # PDFium's mark for a hyphen printed at the end of a line
_SEVERAL = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_LIGHT = str.maketrans({**_SEVERAL, "\u00ad": None, "\ufffe": None, "\u00a0": " ", "\r": None})
_JUMP = 20.0


class Unreadable(ValueError):
    """A letter that cannot be read. The text is one sentence that begins with the file's name."""

    @property
    def sentence(self) -> str:
        """The sentence as it is shown."""
        return str(self.args[0])


@dataclass(frozen=True)
class PageText:
    """One page. `number` counts from 1; `width` and `height` in points (1/72 inch); lines end with a line feed.

    `text` is as printed, in reading order, footers and page numbers included. Ligatures are spelled out, soft hyphens
    and carriage returns dropped; a hyphen printed at a line's end stays before the line feed.
    """

    number: int
    text: str
    width: float
    height: float


@dataclass(frozen=True)
class _Line:
    text: str
    top: float
    bottom: float


def read_pages(path: Path, *, name: str = "") -> list[PageText]:
    """Every page of a PDF or Word letter. `name` is what sentences call the file.

    A scanned letter gives pages without text: `has_text` tells. A Word file has a page for each page break that
    somebody set. Raises Unreadable past 300 pages, past 200,000 characters on a page, and for a damaged file.
    """
    shown = name or path.name
    if _is_word(path):
        try:
            pages = word_pages(path)
        except MemoryError:
            raise
        except Exception as error:
            raise Unreadable(_damaged(shown)) from error
        _check_count(len(pages.texts), shown)
        for number, text in enumerate(pages.texts, start=1):
            _check_length(len(text), number, shown)
        return [PageText(number, text, pages.width, pages.height) for number, text in enumerate(pages.texts, start=1)]
    document = _open(path, shown)
    _check_count(len(document), shown)
    return [_read_page(document, number, shown) for number in range(1, len(document) + 1)]


def has_text(pages: list[PageText]) -> bool:
    """Whether a letter can be read by a machine at all. Without text it is a scan: its pages can only be looked at."""
    return any(page.text.strip() for page in pages)


def scanned_sentence(name: str) -> str:
    """What to tell a person whose letter has no text."""
    return (
        f"{name} is a scan without text, so findings cannot be read from it: ask the inspectorate for the published "
        "PDF, or copy the findings in by hand beside its pages."
    )


def render_page(path: Path, number: int, *, width_px: int, name: str = "") -> bytes:
    """One page of a PDF as a PNG picture, `width_px` (100 to 2,400) wide or narrower where it is very long.

    Raises Unreadable for a page that is not there and for a Word file, which has no fixed pages.
    """
    shown = name or path.name
    if not 100 <= width_px <= 2_400:
        raise ValueError(f"a width of {width_px} pixels")
    if _is_word(path):
        raise Unreadable(f"{shown} is a Word document and has no pictures of its pages: download it to look at it.")
    document = _open(path, shown)
    if not 1 <= number <= len(document):
        raise Unreadable(f"{shown} has {len(document)} pages and no page {number}: choose one of them.")
    page = document[number - 1]
    width, height = page.get_size()
    if width <= 0 or height <= 0:
        raise Unreadable(_damaged(shown))
    scale = min(width_px / width, (MOST_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, prefer_bgrx=False)
    return _png(bitmap.width, bitmap.height, bitmap.stride, bitmap.n_channels, memoryview(bitmap.buffer).cast("B"))


def _is_word(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _damaged(shown: str) -> str:
    return f"{shown} is damaged or of another kind: open it, save it again as PDF and upload that."


def _check_count(pages: int, shown: str) -> None:
    if pages > MOST_PAGES:
        raise Unreadable(
            f"{shown} has {pages:,} pages and the limit is {MOST_PAGES}: upload only the letter's own pages."
        )


def _check_length(characters: int, number: int, shown: str) -> None:
    if characters > MOST_CHARACTERS:
        raise Unreadable(
            f"{shown} has {characters:,} characters on page {number} and the limit is {MOST_CHARACTERS:,}: "
            "ask the sender for the letter as it was published."
        )


def _open(path: Path, shown: str) -> "pypdfium2.PdfDocument":
    import pypdfium2  # a twentieth of a second: not for those who only want the types

    try:
        return pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise Unreadable(_damaged(shown)) from error


def _read_page(document: "pypdfium2.PdfDocument", number: int, shown: str) -> PageText:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_damaged(shown)) from error
    text_page = page.get_textpage()
    _check_length(text_page.count_chars(), number, shown)
    text = "\n".join(line.text.rstrip() for line in _in_reading_order(list(_lines(text_page))))
    width, height = page.get_size()
    text_page.close()
    page.close()
    return PageText(number, text, width, height)


def _lines(text_page: "pypdfium2.PdfTextPage") -> Iterator[_Line]:
    """The page's lines in the order in which the file draws them, each with where it stands (points from the foot)."""
    import pypdfium2.raw as pdfium

    held: list[str] = []
    top, bottom = 0.0, float("inf")
    for index in range(text_page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text_page.raw, index)
        character = chr(code) if code <= 0x10FFFF else "\ufffd"
        if character not in "\r\n":
            held.append("-" if character == _HYPHEN else character)
        if not character.isspace():
            _, low, _, high = text_page.get_charbox(index)
            top, bottom = max(top, high), min(bottom, low)
        if character in ("\n", _HYPHEN) and held:
            yield _Line(_plain("".join(held)), top, bottom)
            held, top, bottom = [], 0.0, float("inf")
    if held:
        yield _Line(_plain("".join(held)), top, bottom)


def _plain(text: str) -> str:
    # Two halves of a character outside the first plane come one by one.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "", whole.translate(_LIGHT))


def _in_reading_order(lines: list[_Line]) -> list[_Line]:
    """Move blocks that were drawn out of turn, as page numbers often are, to where they stand on the page.

    A block ends where the next line stands higher. Blocks beside each other (columns) keep the order of drawing.
    """
    if not lines:
        return []
    cuts = [0, *(n for n, (a, b) in enumerate(pairwise(lines), start=1) if b.bottom > a.bottom + _JUMP), len(lines)]
    blocks = [lines[a:b] for a, b in pairwise(cuts)]
    groups: list[tuple[float, float, list[tuple[int, list[_Line]]]]] = []
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


def _png(width: int, height: int, stride: int, channels: int, pixels: memoryview) -> bytes:
    """A PNG file of 8-bit grey, RGB or RGBA rows. Source: PNG, third edition, sections 5 and 11."""
    colour = {1: 0, 3: 2, 4: 6}[channels]
    packer = zlib.compressobj(6)
    rows = [packer.compress(b"\x00" + pixels[y * stride : y * stride + width * channels]) for y in range(height)]
    header = struct.pack(">LLBBBBB", width, height, 8, colour, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", b"".join(rows) + packer.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body)) for kind, body in chunks
    )


def read_task(path: Path, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`read_pages` as a reader's task: {'pages': [{number, text, width, height}], 'note': sentence or ''}."""
    pages = read_pages(path, name=arguments.get("name", ""))
    note = "" if has_text(pages) else scanned_sentence(arguments.get("name", "") or path.name)
    return {"pages": [asdict(page) for page in pages], "note": note}, b""


def picture_task(path: Path, arguments: Mapping[str, Any]) -> tuple[None, bytes]:
    """`render_page` as a reader's task; arguments 'number' and 'width_px'."""
    return None, render_page(path, arguments["number"], width_px=arguments["width_px"], name=arguments.get("name", ""))
