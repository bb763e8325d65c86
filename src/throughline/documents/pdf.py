"""A document as a tagged PDF (PDF/UA-1), laid out by typst from data: no text of a document is ever markup.

The layout is `layouts/report.typ`. A partnership may give its own: typst source that reads the same JSON from
`sys.inputs.document` (its shape is what `as_data` returns), without packages or files.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from throughline.documents import fonts, furniture
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
    Step,
    Strong,
    Table,
    Text,
    Thread,
    plain,
    runs,
)

# Printed in place of a character that the typeface lacks; a line at the end says how many there were.
MISSING = "□"
# Words longer than this may be broken, at a sign that addresses use or else anywhere, so that none leaves its column.
_LONG_WORD = 28
_BREAKABLE = re.compile(r"(?<=[/?&=_@.,;:+\\|-])(?=[^\s/])")
# Marks that shape or order other characters and have no form of their own (Unicode's Default_Ignorable_Code_Point).
_INVISIBLE = re.compile(
    "[\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\U000e0020-\U000e007f]"
)
# A row with more lines than about a third of a page may split between pages; shorter rows stay whole.
_LINES_KEPT_TOGETHER = 20
_CHARACTERS_PER_FULL_LINE = 105


class PrintError(Exception):
    """The document could not be printed; the message is one sentence for a person."""


def render(document: Document, *, font_dir: Path, layout: str | None = None) -> bytes:
    """The PDF of `document`, with only the typefaces in `font_dir`. The same input gives the same bytes.

    Raises PrintError when the layout fails or gives any warning, FontsMissingError when `font_dir` holds no typeface.
    """
    source = layout if layout is not None else _report_layout()
    if "@preview/" in source or "@local/" in source:
        raise PrintError("The layout asks for a package: a layout must stand alone, so copy in what it needs.")
    data = json.dumps(as_data(document, font_dir=font_dir), ensure_ascii=False)
    return compile_typst(source, "pdf", font_dir=font_dir, inputs={"document": data}, on=document.prepared_on)[0]


def compile_typst(
    source: str, form: str, *, font_dir: Path, inputs: dict[str, str], on: date, ppi: float | None = None
) -> list[bytes]:
    """What typst makes of `source`: one PDF, or one PNG for each page. Any warning is a PrintError."""
    with tempfile.TemporaryDirectory(prefix="throughline-print-") as empty:
        try:
            compiler = typst.Compiler(
                source.encode(),
                root=empty,
                font_paths=_typefaces(font_dir),
                ignore_system_fonts=True,
                sys_inputs=inputs,
                package_path=empty,
                package_cache_path=empty,
            )
            printed, warnings = compiler.compile_with_warnings(
                format=form,  # type: ignore[arg-type]
                ppi=ppi,
                pdf_standards=["ua-1"] if form == "pdf" else [],
                timestamp=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
            )
        except typst.TypstError as error:
            raise PrintError(f"The document could not be printed: {error.message}.") from error
    if warnings:
        raise PrintError(f"The document could not be printed without a warning: {warnings[0].message}.")
    return printed if isinstance(printed, list) else [printed or b""]


def _typefaces(folder: Path) -> typst.Fonts:
    fonts.printable(folder)  # says clearly when there are none
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


@lru_cache(maxsize=1)
def _report_layout() -> str:
    return resources.files("throughline.documents.layouts").joinpath("report.typ").read_text(encoding="utf-8")


def as_data(document: Document, *, font_dir: Path) -> dict[str, Any]:
    """The document as the plain data that a layout reads; every text is a list of runs {t, strong, href}."""
    writer = _Writer(fonts.printable(font_dir))
    language, _, region = document.language.partition("-")
    line = writer.line
    data: dict[str, Any] = {
        "title": line(document.title),
        "short_title": line(document.short_title),
        "subtitle": line(document.subtitle),
        "organisation": line(document.organisation),
        "eyebrow": line(furniture.eyebrow(document)),
        "marking": line(document.marking),
        "facts": [[line(label), writer.text(text)] for label, text in furniture.front_facts(document)],
        "footer": line(furniture.footer_line(document)),
        "footer_note": line(document.footer_note),
        "contents": document.contents,
        "language": language.lower(),
        "region": region.upper(),
        "author": line(document.author),
        "subject": line(document.subject),
        "keywords": [line(word) for word in document.keywords],
        "date": [document.prepared_on.year, document.prepared_on.month, document.prepared_on.day],
        "long_title": len(document.title) > furniture.LONG_TITLE,
        "blocks": [writer.block(block, number) for block, number in furniture.numbered_blocks(document)],
    }
    for place in furniture.under_numbers(document):
        data["blocks"][place]["under_number"] = True
    data["missing"] = writer.missing_note()
    return data


class _Writer:
    """Turns blocks into data and counts the characters that the typeface lacks."""

    def __init__(self, printable: frozenset[int]) -> None:
        self.printable = printable
        self.missing = 0

    def block(self, block: Block, number: int) -> dict[str, Any]:
        match block:
            case Heading(level, text):
                return {"is": "heading", "level": level, "text": self.line(text)}
            case Paragraph(text, _, style):
                leads_in = plain(text).rstrip().endswith(":")
                return {
                    "is": "paragraph",
                    "text": self.text(text),
                    "number": number,
                    "style": style.value,
                    "leads_in": leads_in,
                }
            case Bullets(items, ordered, lettered):
                lines = [self.text(item) for item in items]
                return {
                    "is": "bullets", "items": lines, "ordered": ordered, "lettered": lettered, "under_number": False,
                }  # fmt: skip
            case KeyFacts(rows):
                return {"is": "facts", "rows": [[self.line(label), self.text(text)] for label, text in rows]}
            case Table():
                return self.table(block, number)
            case Quotation(text, source):
                whole = len(text) < _CHARACTERS_PER_FULL_LINE * _LINES_KEPT_TOGETHER
                return {"is": "quotation", "text": self.text(text), "source": self.line(source), "whole": whole}
            case Figure(svg, title, description):
                caption = [furniture.caption("Figure", number), self.line(title)]
                return {"is": "figure", "svg": svg, "caption": caption, "description": description}
            case Thread(steps):
                return {"is": "thread", "steps": [self.step(step) for step in steps]}
            case Signatures(rows):
                return {"is": "signatures", "rows": [[self.text(cell) for cell in row] for row in rows]}
            case Notice(text):
                return {"is": "notice", "text": self.text(text)}
            case PageBreak():
                return {"is": "page_break"}

    def step(self, step: Step) -> list[Any]:
        return [self.line(step.label), self.text(step.text), self.line(step.detail)]

    def table(self, table: Table, number: int) -> dict[str, Any]:
        widths = _widths(table)
        return {
            "is": "table",
            "caption": [furniture.caption("Table", number), self.line(table.caption)],
            "columns": [
                {
                    "label": self.text(column.label),
                    "share": column.width_share,
                    "numeric": column.numeric,
                    "hyphenate": _longest_word(table, n) > widths[n],
                }
                for n, column in enumerate(table.columns)
            ],
            "rows": [[self.cell(cell) for cell in row] for row in table.cells],
            "whole": [_row_lines(row, widths) <= _LINES_KEPT_TOGETHER for row in table.cells],
            "short": _lines(table, widths) <= _LINES_KEPT_TOGETHER,
            "note": self.text(table.note) if table.note else [],
            "row_headings": table.row_headings,
        }

    def cell(self, cell: Cell) -> dict[str, Any]:
        return {
            "text": self.text(cell.text),
            "tone": cell.tone.value,
            "bold": cell.bold,
            "glyph": self.line(cell.glyph),
        }

    def text(self, text: Text) -> list[dict[str, Any]]:
        return [
            {
                "t": _breakable(self.line(run if isinstance(run, str) else run.text)),
                "strong": isinstance(run, Strong),
                "href": run.address if isinstance(run, Link) else "",
            }
            for run in runs(text)
        ]

    def line(self, text: str) -> str:
        """`text` in characters that the typeface has; combining forms are joined first where a joined one exists."""
        composed = unicodedata.normalize("NFC", text).replace("\t", "    ")
        if all(ord(character) in self.printable or character == "\n" for character in composed):
            return composed.replace("\ufeff", "")
        return "".join(map(self._printed, composed))

    def _printed(self, character: str) -> str:
        if character == "\ufeff" or "\ufe00" <= character <= "\ufe0f":
            return ""  # a byte order mark and the variation selectors have no form of their own
        if character == "\n" or ord(character) in self.printable or _INVISIBLE.match(character):
            return character
        self.missing += 1
        return MISSING

    def missing_note(self) -> str:
        if not self.missing:
            return ""
        if self.missing == 1:
            return (
                f"One character is not in this document's typeface and is printed as {MISSING}; the web page shows it."
            )
        return (
            f"{self.missing} characters are not in this document's typeface and are printed as {MISSING}. "
            "The web page shows them."
        )


def _breakable(text: str) -> str:
    """`text` with zero-width spaces where words too long for a column may break."""
    if len(text) <= _LONG_WORD:
        return text

    def broken(match: re.Match[str]) -> str:
        pieces = _BREAKABLE.sub("\u200b", match.group()).split("\u200b")
        split = [piece[n : n + _LONG_WORD] for piece in pieces for n in range(0, len(piece), _LONG_WORD)]
        return "\u200b".join(split)

    return re.sub(rf"\S{{{_LONG_WORD + 1},}}", broken, text)


def _widths(table: Table) -> list[float]:
    """How many characters a line of each column holds, counted short."""
    total = sum(column.width_share for column in table.columns)
    return [max(4.0, _CHARACTERS_PER_FULL_LINE * column.width_share / total - 3) for column in table.columns]


def _longest_word(table: Table, column: int) -> int:
    texts = [table.columns[column].label, *(plain(row[column].text) for row in table.cells)]
    return max(len(word) for text in texts for word in text.split() or [""])


def _row_lines(row: Sequence[Cell], widths: list[float]) -> float:
    """How many lines a row takes at most, by a generous count."""
    return max(
        sum(1 + len(line) // width for line in plain(cell.text).split("\n"))
        for cell, width in zip(row, widths, strict=True)
    )


def _lines(table: Table, widths: list[float]) -> float:
    return sum(_row_lines(row, widths) for row in table.cells)
