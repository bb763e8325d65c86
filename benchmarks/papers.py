"""A list of 10,000 rows as CSV and Excel beside the bare writers, and a report in three formats beside plain text."""

import csv
import io
from collections.abc import Iterator
from datetime import date

from openpyxl import Workbook

from benchmarks.measure import Beside, beside, reference_loop
from throughline.documents import html, pdf, tables, word
from throughline.documents.fonts import font_dir
from throughline.documents.model import Cell, Column, Document, Heading, Paragraph, Quotation, Table, Tone

ROWS = [
    (f"ACT-{number:03d}", f"Action number {number} with a title of usual length", date(2019, 1, 1), number)
    for number in range(10_000)
]
COLUMNS = ("Reference", "Title", "Due", "Number")


def _bare_csv() -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(ROWS)
    return text.getvalue().encode()


def _bare_xlsx() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in ROWS:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def report() -> Document:
    """A report of 43 findings and 100 actions."""
    blocks: list = [Heading(1, "Findings")]
    for number in range(43):
        blocks += [
            Quotation("Meetings are held late and key agencies are absent. " * 3, f"AFI-{number}"),
            Paragraph("Text."),
        ]
    rows = tuple((f"ACT-{number:03d}", "What will be done", Cell("On track", Tone.INFO)) for number in range(100))
    blocks += [
        Heading(1, "Actions"),
        Table("Actions", (Column("Reference"), Column("Action", 4), Column("Delivery")), rows),
    ]
    return Document(title="Report", organisation="Partnership", prepared_on=date(2019, 1, 30), blocks=tuple(blocks))


def run() -> Iterator[Beside]:
    """Lists and reports."""
    table = tables.Table("Actions", COLUMNS, ROWS)
    yield beside("CSV of 10,000 rows, every cell inert", lambda: tables.csv_bytes(table), "bare csv.writer", _bare_csv)
    yield beside(
        "Excel of 10,000 rows, typed and inert",
        lambda: tables.xlsx_bytes(table),
        "bare openpyxl, write-only",
        _bare_xlsx,
        runs=3,
    )
    document = report()
    fonts = font_dir()
    yield beside(
        "report of 43 findings and 100 actions: Word, PDF and HTML",
        lambda: (word.render(document), pdf.render(document, font_dir=fonts), html.render(document)),
        "reference loop (SHA-256 of 64 MiB)",
        reference_loop,
        runs=3,
    )
