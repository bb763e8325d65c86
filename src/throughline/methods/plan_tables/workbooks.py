"""The sheets of an Excel workbook as grids: cached values of formulas, errors by name, merged cells.

The file was written by strangers: run this in a process of its own with limits of time and memory. openpyxl reads it
row by row; what it does not say in that mode (merged cells, formulas without a saved value) is taken from the sheet's
own XML by two patterns that cannot occur inside text, where < is always escaped.
"""

import re
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import range_boundaries

from throughline.methods.plan_tables.grids import (
    EMPTY,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_GRIDS,
    MOST_ROWS,
    Cell,
    Grid,
    Row,
    Tables,
    Unreadable,
    check_size,
    letter_of,
    trimmed,
)
from throughline.methods.plan_tables.workbook_fills import Fills
from throughline.methods.printed import day

_PIECE, _OVERLAP = 1 << 20, 1 << 14
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})"')
_UNSAVED = re.compile(
    rb'<(?:\w+:)?c r="([A-Z]{1,3}\d{1,7})"[^<>]*>\s*<(?:\w+:)?f(?:\s[^<>]*)?(?:/>|>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_HIDDEN = re.compile(rb'<(?:\w+:)?(row|col)\s([^<>]*\bhidden="(?:1|true)"[^<>]*)>')
_NUMBERS = re.compile(rb'\b(r|min|max)="(\d{1,7})"')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_DECIMALS = re.compile(r"#?,?#*0\.(0+)$")
_MOST_MERGED = 20_000
_MOST_NAMED = 8
NOT_SAVED = "a formula whose result was not saved"
# What openpyxl and the zip library raise for a file that is damaged in one of its many ways.
_DAMAGE = (KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError, zipfile.BadZipFile, OSError)


def read_workbook(path: Path, *, name: str) -> Tables:
    """The sheets of a workbook that are shown. `name` is what sentences call the file. Raises Unreadable."""
    try:
        # Opened here, because openpyxl looks at a path's ending and a stored file has none.
        with path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # parts that a plan does not need: drawings, validation, slicers
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
            try:
                return _sheets(book, path, name)
            finally:
                book.close()
    except Unreadable:
        raise
    except _DAMAGE as error:
        raise Unreadable(
            f"{name} could not be read as a workbook: open it in Excel, save it again as .xlsx and upload that."
        ) from error


def _sheets(book: Any, path: Path, name: str) -> Tables:
    grids, notes, said = [], [], 0
    fills = Fills(book)
    for number, sheet in enumerate(book.worksheets, start=1):
        if number > MOST_GRIDS:
            raise Unreadable(f"{name} has more than {MOST_GRIDS} sheets: upload one that holds only the plan.")
        called = f"sheet ‘{sheet.title}’"
        if sheet.sheet_state != "visible":
            notes.append(f"{name}, {called} is hidden and was not read. Show it in Excel if it belongs to the plan.")
            continue
        across, down, unsaved, hidden = _from_xml(path, sheet)
        rows = []
        for row in _rows(sheet, across, down, unsaved, fills, f"{name}, {called}"):
            said += sum(len(each.text) for each in row.cells)
            if said > MOST_CHARACTERS:
                raise Unreadable(f"{name} has more text than any plan: delete what is not the plan and upload it.")
            rows.append(row)
        if kept := trimmed(rows):
            grids.append(Grid(called, sheet.title, kept, lettered=True))
            notes += _hidden(kept, *hidden, f"{name}, {called}")
    return Tables(tuple(grids), tuple(notes))


def _hidden(rows: Sequence[Row], hidden_rows: set[int], hidden_columns: set[int], where: str) -> Iterator[str]:
    """What a sheet hides and says something all the same: it is read, and a person should know."""
    kept = [str(row.number) for row in rows if row.number in hidden_rows]
    if kept:
        yield f"{where}: {_named('row', kept)} hidden and read all the same. Skip what does not belong to the plan."
    width = len(rows[0].cells)
    said = [index for index in range(width) if any(row.cells[index].text for row in rows)]
    letters = [letter_of(index) for index in said if index + 1 in hidden_columns]
    if letters:
        yield f"{where}: {_named('column', letters)} hidden and read all the same. Leave out what is not for the plan."


def _named(what: str, names: Sequence[str]) -> str:
    if len(names) == 1:
        return f"{what} {names[0]} is"
    if len(names) > _MOST_NAMED:
        return f"{len(names)} {what}s, among them {', '.join(names[:_MOST_NAMED])}, are"
    return f"{what}s {', '.join(names[:-1])} and {names[-1]} are"


def _rows(
    sheet: Any, across: set[tuple[int, int]], down: set[tuple[int, int]], unsaved: set[str], fills: Fills, where: str
) -> Iterator[Row]:
    """The rows that have a cell with a value, each as wide as its last such cell or merge.

    A sheet that is formatted to its end has a million rows without one: they are passed over at once.
    """
    sheet.reset_dimensions()
    covered: dict[int, list[int]] = defaultdict(list)
    for row, column in across | down:
        covered[row].append(column)
    for number, found in enumerate(sheet.iter_rows(), start=1):
        if not found:
            continue
        cells: list[Cell] = []
        for index, each in enumerate(found[:MOST_COLUMNS]):
            made = _cell(each, fills)
            if made.is_empty and unsaved and f"{letter_of(index)}{number}" in unsaved:
                made = Cell(fault=NOT_SAVED)
            cells.append(made)
        if any(not _cell(each, fills).is_empty for each in found[MOST_COLUMNS:]):
            check_size(0, MOST_COLUMNS + 1, where)
        if all(each.is_empty for each in cells):
            continue
        check_size(number, 0, where)
        for column in covered.get(number, ()):
            cells += [EMPTY] * (column - len(cells))
            cells[column - 1] = Cell(across=(number, column) in across, down=(number, column) in down)
        yield Row(number, tuple(cells))


def _cell(found: Any, fills: Fills) -> Cell:
    value, fill = found.value, fills.of(found)
    if value is None:
        return _coloured(fill)
    if found.data_type == "e":
        return Cell(fault=str(value))
    if isinstance(value, datetime | date):
        on = value.date() if isinstance(value, datetime) else value
        return Cell(day(on), on, fill=fill)
    return Cell(_text(value, str(getattr(found, "number_format", "") or "")), fill=fill)


@lru_cache(maxsize=256)
def _coloured(fill: str) -> Cell:
    """The one empty cell of a colour: a sheet may have a hundred thousand of them."""
    return Cell(fill=fill) if fill else EMPTY


def _text(value: Any, look: str) -> str:
    """A value as its cell shows it: 83%, 1.10, Yes."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        if look.rstrip().endswith("%"):
            return f"{_short(value * 100)}%"
        decimals = _DECIMALS.search(look)
        return f"{value:.{len(decimals[1])}f}" if decimals else _short(value)
    if isinstance(value, time | timedelta):
        return str(value)
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _short(value: int | float) -> str:
    """A number without what arithmetic left behind: 1.1, 12, 83.5."""
    return str(value) if isinstance(value, int) else f"{value:.10g}"


def _from_xml(
    path: Path, sheet: Any
) -> tuple[set[tuple[int, int]], set[tuple[int, int]], set[str], tuple[set[int], set[int]]]:
    """What only a sheet's XML says: (cells covered from the left, cells covered from above, formulas without a saved
    value, (hidden rows, hidden columns))."""
    across: set[tuple[int, int]] = set()
    down: set[tuple[int, int]] = set()
    unsaved: set[str] = set()
    hidden: tuple[set[int], set[int]] = (set(), set())
    part = str(sheet._worksheet_path).lstrip("/")
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
        kept = b""
        while piece := file.read(_PIECE):
            text = kept + piece
            unsaved.update(each.decode() for each in _UNSAVED.findall(text))
            for each in _MERGED.findall(text):
                _cover(each.decode(), across, down)
            for what, attributes in _HIDDEN.findall(text):
                _hide(what, dict(_NUMBERS.findall(attributes)), *hidden)
            if len(across) + len(down) > _MOST_MERGED or len(unsaved) > _MOST_MERGED:
                break
            kept = text[-_OVERLAP:]
    return across, down, unsaved, hidden


def _hide(what: bytes, numbers: dict[bytes, bytes], rows: set[int], columns: set[int]) -> None:
    if what == b"row" and b"r" in numbers:
        rows.add(int(numbers[b"r"]))
    elif what == b"col" and b"min" in numbers:
        first, last = int(numbers[b"min"]), int(numbers.get(b"max", numbers[b"min"]))
        columns.update(range(first, min(last, MOST_COLUMNS) + 1))


def _cover(merged: str, across: set[tuple[int, int]], down: set[tuple[int, int]]) -> None:
    left, top, right, bottom = range_boundaries(merged)
    bottom, right = min(bottom, MOST_ROWS), min(right, MOST_COLUMNS)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            if (row, column) != (top, left):
                (across if column > left else down).add((row, column))
            if len(across) + len(down) > _MOST_MERGED:
                return
