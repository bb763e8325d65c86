"""Lists as they are shown, as CSV and Excel: every cell inert, any number of rows, in constant memory.

A spreadsheet runs what looks like a formula. Text is therefore written so that no program reads it as one: in CSV with
an apostrophe in front, in Excel as a cell of type string. Numbers and dates stay numbers and dates.
"""

from __future__ import annotations

import csv
import io
import itertools
import math
import re
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import IO, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel

from throughline.documents.archives import write_without_clock
from throughline.methods.printed import LONDON

Value = str | int | float | Decimal | bool | date | datetime | None

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Nearly every text: it begins with a letter or digit of ASCII, and holds nothing that a file cannot.
_SOUND = re.compile("[0-9A-Za-z][^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]*", re.DOTALL)
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_LONGEST_CELL = 32_767
_CUT = " … (cut: a cell holds no more)"
_EARLIEST_EXCEL_DAY = date(1900, 3, 1)
_ROWS_LOOKED_AT_FOR_WIDTHS = 200
_ACCENT = "0B4F5C"


@dataclass(frozen=True)
class Table:
    """A list to be written. `rows` may be an iterator, which is then read once.

    `note_lines` (a marking, who may see it, the as-of day) stand above the headings.
    """

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Value]]
    note_lines: Sequence[str] = ()
    prepared_on: date | None = None

    def checked_rows(self) -> Iterator[Sequence[Value]]:
        """The rows; ValueError names the first one that has not one cell for each column."""
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"'{self.title}', row {number}: {len(row)} cells for {len(self.columns)} columns.")
            yield row


def looks_live(text: str) -> bool:
    """Whether a spreadsheet might read `text` as a formula.

    That is text whose first visible sign is = + - @ in any width or form, or that begins with a tab, line end or NUL.
    """
    if text[:1] in ("\t", "\r", "\n", "\x00"):
        return True
    for character in text:
        if character.isspace() or unicodedata.category(character) in ("Cf", "Cc"):
            continue
        return unicodedata.normalize("NFKC", character)[:1] in ("=", "+", "-", "@")
    return False


def _printable(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _plain(value: Value) -> Value:
    """`value` as text, number, day or None: the kinds that a cell can have."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, str):
        return str.__str__(value)
    if value is None or isinstance(value, int | float | Decimal | date):
        return value
    raise ValueError(f"A list holds text, numbers and dates, not {type(value).__name__}.")


# CSV ------------------------------------------------------------------------------------------------------------------


def _csv_cell(value: Value) -> str | int | float | Decimal:
    if type(value) is str and _SOUND.fullmatch(value):
        return value
    value = _plain(value)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value.astimezone(LONDON) if value.tzinfo else value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return ("'" if looks_live(value) else "") + _printable(value)
    return value


def write_csv(table: Table, file: IO[bytes]) -> None:
    """Write `table` to a binary file: UTF-8 with its mark, text in quotes, days as 2018-12-03."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=False)
    try:
        writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        for line in table.note_lines:
            writer.writerow([_csv_cell(line)])
        writer.writerow([_csv_cell(column) for column in table.columns])
        for row in table.checked_rows():
            writer.writerow([_csv_cell(value) for value in row])
        text.flush()
    finally:
        text.detach()  # the file stays the caller's to close


def csv_bytes(table: Table) -> bytes:
    """The CSV file of a table that fits in memory."""
    file = io.BytesIO()
    write_csv(table, file)
    return file.getvalue()


# Excel ----------------------------------------------------------------------------------------------------------------


def _excel_text(text: str) -> str:
    text = _printable(text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _LONGEST_CELL:
        text = text[: _LONGEST_CELL - len(_CUT)] + _CUT
    return _ESCAPE_LIKE.sub("_x005F_", text)  # else Excel reads the words "_x0041_" as the letter A


_TEXT = {"alignment": Alignment(vertical="top", wrap_text=True)}
_LOOKS: dict[str, dict[str, Any]] = {
    "text": _TEXT,
    "inert": {**_TEXT, "quotePrefix": True},
    "number": {"alignment": Alignment(vertical="top")},
    "day": {"alignment": Alignment(vertical="top"), "number_format": "d mmmm yyyy"},
    "moment": {"alignment": Alignment(vertical="top"), "number_format": "d mmmm yyyy hh:mm"},
    "note": {"font": Font(italic=True, color="4D5D64"), "alignment": Alignment(vertical="top", wrap_text=False)},
    "heading": {
        "font": Font(bold=True, color="FFFFFF"),
        "fill": PatternFill("solid", fgColor=_ACCENT),
        "border": Border(bottom=Side("medium", color=_ACCENT)),
        "alignment": Alignment(vertical="center", wrap_text=True),
    },
}
_LOOKS["inert note"] = {**_LOOKS["note"], "quotePrefix": True}
_LOOKS["inert heading"] = {**_LOOKS["heading"], "quotePrefix": True}


class _Looks:
    """A sheet's looks, each worked out once: as openpyxl's style, and as the number that a cell's markup names."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.patterns: dict[str, Any] = {}

    def pattern(self, look: str) -> Any:
        """A cell of this look, from which others take it."""
        if look not in self.patterns:
            pattern = WriteOnlyCell(self.sheet)
            for name, setting in _LOOKS[look].items():
                setattr(pattern, name, setting)
            self.patterns[look] = pattern
        return self.patterns[look]

    def cell(self, text: str, look: str) -> Any:
        """A cell of a note or heading: text, whatever it looks like."""
        cell = WriteOnlyCell(self.sheet)
        cell.value = _excel_text(text)
        cell.data_type = "s"
        cell._style = self.pattern(f"inert {look}" if looks_live(text) else look)._style
        return cell

    def numbers(self) -> dict[str, int]:
        """The number of each look that the rows' cells have."""
        return {look: self.pattern(look).style_id for look in ("text", "inert", "number", "day", "moment")}


def _excel_value(value: Value) -> Value:
    """`value` as Excel has it: moments as London's clocks showed them, days before its calendar in words."""
    value = _plain(value)
    if isinstance(value, datetime):
        value = (value.astimezone(LONDON) if value.tzinfo else value).replace(tzinfo=None)
    if isinstance(value, date) and date(value.year, value.month, value.day) < _EARLIEST_EXCEL_DAY:
        return value.isoformat()
    return value


def _row_markup(number: int, row: Sequence[Value], letters: Sequence[str], looks: dict[str, int]) -> str:
    """One row of the sheet as markup. openpyxl would make several objects for each of its cells."""
    cells = []
    for letter, given in zip(letters, row, strict=True):
        if given is None or given == "":
            continue
        if type(given) is str and _SOUND.fullmatch(given) and len(given) <= _LONGEST_CELL and "_x" not in given:
            text, look = given, looks["text"]
        elif isinstance(value := _excel_value(given), str):
            text, look = _excel_text(value), looks["inert" if looks_live(value) else "text"]
        else:
            if value is not None:
                kind = "moment" if isinstance(value, datetime) else "day" if isinstance(value, date) else "number"
                shown = to_excel(value) if isinstance(value, date) else value
                cells.append(f'<c r="{letter}{number}" s="{looks[kind]}" t="n"><v>{shown}</v></c>')
            continue
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        keep = ' xml:space="preserve"' if text != text.strip() else ""
        cells.append(f'<c r="{letter}{number}" s="{look}" t="inlineStr"><is><t{keep}>{escape(text)}</t></is></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _widths(columns: Sequence[str], sample: Sequence[Sequence[Value]]) -> list[float]:
    """Column widths in characters: wide enough for the first rows' longest line, within reason."""

    def length(value: Value) -> int:
        if isinstance(value, date):
            return 18 if not isinstance(value, datetime) else 24
        return max(map(len, str("" if value is None else value).split("\n")))

    return [
        float(min(60, max(10, len(label) + 4, *(length(row[n]) + 2 for row in sample), 0)))
        for n, label in enumerate(columns)
    ]


def write_xlsx(table: Table, file: IO[bytes]) -> None:
    """Write `table` to a binary file: headings frozen and filtered, days as days, text never a formula.

    Reads the rows once and holds only the first 200 in memory. The same table gives the same bytes. openpyxl makes the
    workbook; the rows are spooled as markup and put into its sheet.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(table.title))
    with tempfile.TemporaryFile() as rows, tempfile.SpooledTemporaryFile(max_size=1 << 22) as draft:
        try:
            _fill(sheet, table, rows)
        except BaseException:
            sheet.close()
            sheet._writer.cleanup()  # else the rows written so far would stay in the temporary folder
            raise
        book.save(draft)
        draft.seek(0)
        write_without_clock(
            draft, file, {"docProps/core.xml": _properties(table)}, {"xl/worksheets/sheet1.xml": partial(_with, rows)}
        )


_END_OF_ROWS = b"</sheetData>"


def _with(rows: IO[bytes], sheet: IO[bytes], target: IO[bytes]) -> None:
    """Write the sheet with the rows that were spooled behind its own."""
    own = sheet.read()  # notes and headings only
    before, end, after = own.partition(_END_OF_ROWS)
    if not end:
        raise ValueError("The sheet has no end of rows.")
    target.write(before)
    rows.seek(0)
    shutil.copyfileobj(rows, target, 1 << 16)
    target.write(end + after)


def _fill(sheet: Any, table: Table, spool: IO[bytes]) -> None:
    rows = table.checked_rows()
    sample = list(itertools.islice(rows, _ROWS_LOOKED_AT_FOR_WIDTHS))
    for n, width in enumerate(_widths(table.columns, sample), start=1):
        sheet.column_dimensions[get_column_letter(n)].width = width
    heading_row = len(table.note_lines) + 1
    sheet.freeze_panes = f"A{heading_row + 1}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    looks = _Looks(sheet)
    for line in table.note_lines:
        sheet.append([looks.cell(line, "note")])
    sheet.append([looks.cell(column, "heading") for column in table.columns])
    numbers, last = looks.numbers(), heading_row
    letters = [get_column_letter(n) for n in range(1, len(table.columns) + 1)]
    for last, row in enumerate(itertools.chain(sample, rows), start=heading_row + 1):
        spool.write(_row_markup(last, row, letters, numbers).encode())
    if table.columns:
        sheet.auto_filter.ref = f"A{heading_row}:{get_column_letter(len(table.columns))}{last}"
        sheet.print_title_rows = f"{heading_row}:{heading_row}"


def xlsx_bytes(table: Table) -> bytes:
    """The Excel file of a table that fits in memory."""
    file = io.BytesIO()
    write_xlsx(table, file)
    return file.getvalue()


def _sheet_name(title: str) -> str:
    """`title` as Excel allows a sheet's name: 31 characters, without []:*?/\\ or an apostrophe at an end."""
    name = re.sub(r"[\[\]:*?/\\]", " ", _printable(title)).replace("\n", " ")
    return re.sub(r"\s+", " ", name)[:31].strip(" '") or "List"


def _properties(table: Table) -> bytes:
    moment = f"{table.prepared_on.isoformat()}T00:00:00Z" if table.prepared_on else ""
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(_printable(table.title))}</dc:title>{times if moment else ''}</cp:coreProperties>"
    ).encode()
