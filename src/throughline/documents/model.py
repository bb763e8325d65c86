"""What a printed document is: its title, its marking, and blocks of plain text in reading order.

`pdf`, `word` and `html` print the same `Document`. Everything is frozen and checked when it is made, so that a document
that exists can be printed: a ValueError says in one sentence what is wrong with a block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from throughline.documents.svg import checked_svg
from throughline.documents.text import Link, Run, Strong, Text, clean, clean_line, clean_text, plain, required, runs

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Column",
    "Document",
    "Figure",
    "Heading",
    "KeyFacts",
    "Link",
    "Notice",
    "PageBreak",
    "Paragraph",
    "Quotation",
    "Run",
    "Signatures",
    "Step",
    "Strong",
    "Style",
    "Table",
    "Text",
    "Thread",
    "Tone",
    "plain",
    "runs",
]


class Style(StrEnum):
    """How a paragraph speaks."""

    BODY = "body"
    LEAD = "lead"
    NOTE = "note"


class Tone(StrEnum):
    """What a table cell says beyond its words. Printed as a sign and shading, never as colour alone."""

    NONE = "none"
    NEUTRAL = "neutral"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    INFO = "info"


# The sign for each tone; all are in the typeface and differ in outline, so that they survive a black-and-white copy.
GLYPHS = {
    Tone.NONE: "",
    Tone.NEUTRAL: "○",
    Tone.GOOD: "✓",
    Tone.WARNING: "▲",
    Tone.BAD: "✗",
    Tone.INFO: "◆",
}


def _set(thing: object, **values: Any) -> None:
    for name, value in values.items():
        object.__setattr__(thing, name, value)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside the document; level 1 stands directly under the title."""

    level: int
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3):
            raise ValueError(f"A heading has level 1, 2 or 3, not {self.level}.")
        _set(self, text=clean_line(str(required(self.text, "A heading"))))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. Numbered ones count on through the whole document, so that a meeting can refer to them."""

    text: Text
    numbered: bool = False
    style: Style = Style.BODY

    def __post_init__(self) -> None:
        _set(self, text=required(self.text, "A paragraph"), style=Style(self.style))
        if self.numbered and self.style is not Style.BODY:
            raise ValueError("Only a body paragraph can be numbered.")


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `ordered` prints 1, 2, 3, and `lettered` (a), (b), (c), as boards number what they are asked to do."""

    items: tuple[Text, ...]
    ordered: bool = False
    lettered: bool = False

    def __post_init__(self) -> None:
        if not self.items:
            raise ValueError("A list has no items.")
        if self.ordered and self.lettered:
            raise ValueError("A list is numbered or lettered, not both.")
        _set(self, items=tuple(required(item, "An item of a list") for item in self.items))


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Short facts as (label, text) rows."""

    rows: tuple[tuple[str, Text], ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("Key facts have no rows.")
        for row in self.rows:
            if len(row) != 2:
                raise ValueError("A key fact is a label and a text.")
        _set(
            self,
            rows=tuple(
                (clean_line(str(required(label, "A key fact's label"))), clean_text(t)) for label, t in self.rows
            ),
        )


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column. `width_share` is relative to the other columns'; numeric columns align to the right."""

    label: str
    width_share: float = 1
    numeric: bool = False

    def __post_init__(self) -> None:
        _set(self, label=clean_line(str(required(self.label, "A column's heading"))))
        if not 0 < self.width_share < 1000:
            raise ValueError(f"Column '{self.label}' has a width share of {self.width_share}: give a number above 0.")


@dataclass(frozen=True, slots=True)
class Cell:
    """A table's cell. A toned cell has words, and the tone's sign in front of them unless `glyph` gives another."""

    text: Text
    tone: Tone = Tone.NONE
    bold: bool = False
    glyph: str = ""

    def __post_init__(self) -> None:
        tone = Tone(self.tone)
        _set(self, text=clean_text(self.text), tone=tone, glyph=clean_line(self.glyph) or GLYPHS[tone])
        if tone is not Tone.NONE and not plain(self.text).strip():
            raise ValueError("A shaded cell has no words: colour alone says nothing to a reader who cannot see it.")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption and a heading for every column. Rows hold `Cell` or text, one for each column.

    With `row_headings` the first column names its row, and is announced and printed so.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Text, ...], ...]
    note: str = ""
    row_headings: bool = False

    def __post_init__(self) -> None:
        _set(self, caption=clean_line(str(required(self.caption, "A table's caption"))), note=clean(self.note))
        if not self.columns:
            raise ValueError(f"Table '{self.caption}' has no columns.")
        for number, row in enumerate(self.rows, start=1):
            if isinstance(row, str) or len(row) != len(self.columns):
                found = 1 if isinstance(row, str) else len(row)
                raise ValueError(
                    f"Table '{self.caption}', row {number}: {found} cells for {len(self.columns)} columns."
                )
        _set(self, columns=tuple(self.columns), rows=tuple(tuple(_cell(cell) for cell in row) for row in self.rows))

    @property
    def cells(self) -> Sequence[Sequence[Cell]]:
        """The rows, every cell as `Cell`."""
        return [[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in self.rows]


def _cell(cell: Cell | Text) -> Cell:
    return cell if isinstance(cell, Cell) else Cell(cell)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Somebody's words exactly as they stand, such as an inspector's, and where they stand."""

    text: str
    source: str = ""

    def __post_init__(self) -> None:
        _set(self, text=required(self.text, "A quotation"), source=clean_line(self.source))


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing. `title` is its caption; `description` says in words what it shows, to those who cannot see it."""

    svg: str
    title: str
    description: str

    def __post_init__(self) -> None:
        _set(
            self,
            svg=checked_svg(self.svg),
            title=clean_line(str(required(self.title, "A figure's title"))),
            description=clean_line(str(required(self.description, "A figure's description"))),
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a thread: what it is ("Finding AFI-17"), what it says, and when or by whom."""

    label: str
    text: Text
    detail: str = ""

    def __post_init__(self) -> None:
        _set(
            self,
            label=clean_line(str(required(self.label, "A step's label"))),
            text=clean_text(self.text),
            detail=clean_line(self.detail),
        )


@dataclass(frozen=True, slots=True)
class Thread:
    """Connected steps, from a finding to the action, the update and the decision. Steps may be plain triples."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        if not self.steps:
            raise ValueError("A thread has no steps.")
        _set(self, steps=tuple(step if isinstance(step, Step) else Step(*step) for step in self.steps))


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign: rows of (role, name, date as text; empty where it is to be written by hand)."""

    rows: tuple[tuple[str, str, str], ...]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("Signatures have no rows.")
        for row in self.rows:
            if len(row) != 3:
                raise ValueError("A signature is a role, a name and a date.")
            required(row[0], "A signature's role")
        _set(self, rows=tuple((clean_line(role), clean_line(name), clean_line(on)) for role, name, on in self.rows))


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A boxed sentence that must not be overlooked, such as "Illustrative: not a real partnership"."""

    text: Text

    def __post_init__(self) -> None:
        _set(self, text=required(self.text, "A notice"))


Block = Heading | Paragraph | Bullets | KeyFacts | Table | Quotation | Figure | Thread | Signatures | PageBreak | Notice


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that can be printed.

    `as_of` is the day whose register it shows; None where the document shows none. `prepared_on` is also the day that
    the files' own properties carry, so that the same document always gives the same bytes. `short_title` runs along the
    head of each page. Headings start at level 1 and skip no level: readers that navigate by headings rely on it.
    """

    title: str
    organisation: str
    prepared_on: date
    subtitle: str = ""
    kind: str = ""
    marking: str = ""
    audience: str = ""
    as_of: date | None = None
    reference: str = ""
    language: str = "en-GB"
    blocks: tuple[Block, ...] = ()
    footer_note: str = ""
    short_title: str = ""
    contents: bool = False
    subject: str = ""
    keywords: tuple[str, ...] = ()
    author: str = ""

    def __post_init__(self) -> None:
        for name in ("title", "organisation"):
            required(getattr(self, name), f"A document's {name}")
        lines = ("title", "organisation", "subtitle", "kind", "marking", "audience", "reference", "footer_note")
        for name in (*lines, "short_title", "subject", "author"):
            _set(self, **{name: clean_line(getattr(self, name))})
        if isinstance(self.keywords, str):
            raise ValueError("Keywords are a tuple of words.")
        _set(
            self,
            keywords=tuple(clean_line(word) for word in self.keywords),
            blocks=tuple(self.blocks),
            short_title=self.short_title or _shortened(self.title),
            author=self.author or self.organisation,
        )
        if not _language(self.language):
            raise ValueError(f"'{self.language}' is not a language such as en-GB.")
        _check_headings(self.blocks)


def _shortened(title: str, limit: int = 72) -> str:
    if len(title) <= limit:
        return title
    return title[:limit].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _language(language: str) -> bool:
    main, _, region = language.partition("-")
    return (
        main.isascii()
        and main.isalpha()
        and len(main) in (2, 3)
        and ("-" not in language or (region.isascii() and region.isalpha() and len(region) == 2))
    )


def _check_headings(blocks: Sequence[Block]) -> None:
    above = 0
    for block in blocks:
        if not isinstance(block, Block):
            raise ValueError(f"{type(block).__name__} is not a block of a document.")
        if isinstance(block, Heading):
            if block.level > above + 1:
                raise ValueError(
                    f"Heading '{block.text}' has level {block.level} below level {above}: headings skip no level."
                )
            above = block.level
