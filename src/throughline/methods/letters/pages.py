"""The pages of a letter: their text as printed, and their pictures. For PDF and Word files.

These functions open files that strangers wrote. Run them in a process of its own with limits of time and memory.
"""

import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from throughline.methods.letters.lines import Line, in_reading_order, lines_of
from throughline.methods.letters.word_pages import WordPages, word_pages

if TYPE_CHECKING:
    import pypdfium2

MOST_PAGES = 300
MOST_CHARACTERS = 200_000
MOST_PIXELS = 12_000_000
_NEEDS_PASSWORD = 4  # FPDF_ERR_PASSWORD


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


def read_pages(path: Path, *, name: str = "") -> list[PageText]:
    """Every page of a PDF or Word letter. `name` is what sentences call the file.

    A scanned letter gives pages without text: `has_text` tells. A Word file has a page for each page break that
    somebody set. Raises Unreadable past 300 pages, past 200,000 characters on a page, and for a damaged file.
    """
    shown = name or path.name
    if is_word(path):
        return word_document(path, name=shown)[1]
    return [page for page, _ in pdf_pages(path, name=shown)]


def word_document(path: Path, *, name: str) -> tuple[WordPages, list[PageText]]:
    """A Word file's pages with the paragraphs that they were made of. Raises Unreadable as `read_pages` does."""
    try:
        pages = word_pages(path)
    except MemoryError:
        raise
    except Exception as error:
        raise Unreadable(_damaged(name)) from error
    _check_count(len(pages.texts), name)
    for number, text in enumerate(pages.texts, start=1):
        _check_length(len(text), number, name)
    return pages, [
        PageText(number, text, pages.width, pages.height) for number, text in enumerate(pages.texts, start=1)
    ]


def pdf_pages(path: Path, *, name: str) -> Iterator[tuple[PageText, list[Line]]]:
    """Each page of a PDF with its lines in reading order, one at a time. Raises Unreadable as `read_pages` does."""
    document = _open(path, name)
    _check_count(len(document), name)
    for number in range(1, len(document) + 1):
        yield _read_page(document, number, name)


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
    if is_word(path):
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


def is_word(path: Path) -> bool:
    """Whether a file is a Word document, by its first bytes."""
    with path.open("rb") as file:
        return file.read(4) == b"PK\x03\x04"


def _damaged(shown: str) -> str:
    return f"{shown} is damaged or of another kind: open it, save it again as PDF and upload that."


def _locked(shown: str) -> str:
    return f"{shown} is protected by a password: save a copy without one and upload that."


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
        locked = getattr(error, "err_code", None) == _NEEDS_PASSWORD
        raise Unreadable(_locked(shown) if locked else _damaged(shown)) from error


def _read_page(document: "pypdfium2.PdfDocument", number: int, shown: str) -> tuple[PageText, list[Line]]:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Unreadable(_damaged(shown)) from error
    text_page = page.get_textpage()
    _check_length(text_page.count_chars(), number, shown)
    lines = in_reading_order(list(lines_of(text_page)))
    width, height = page.get_size()
    text_page.close()
    page.close()
    return PageText(number, "\n".join(line.text.rstrip() for line in lines), width, height), lines


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
