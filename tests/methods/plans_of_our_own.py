"""Improvement plans of our own writing, headed as councils head theirs, as workbooks and Word documents.

Each is a list of tables; a table has the rows that stand in it, headings included. `None` is an empty cell; `ABOVE` is
covered by a merged cell above it, `LEFT` by one to its left.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx
import openpyxl
from openpyxl.utils import get_column_letter

ABOVE, LEFT = object(), object()
Rows = Sequence[Sequence[Any]]


@dataclass(frozen=True)
class Table:
    """A table with the heading above it (in Word) or the sheet's name (in Excel)."""

    title: str
    rows: Rows


HIERARCHY = Table(
    "Action tracker",
    [
        ["Children’s services improvement tracker, version 4", *[LEFT] * 7],
        ["NOS", "What?", "Who?", "How?", "When?", "Success measures", "Current Status",
         "Outcome (report for Q1, Q2, Q3, Q4)"],
        [1, "Front door", None, None, None, None, None, None],
        ["1.1", "Decide on every contact within one working day", "Council", "A rota of duty managers", "31/12/18",
         "83% of contacts decided in a day", "9.12.16 Training held. 14.1.17: Rota agreed.", None],
        ["1.2", "Tell referrers what was decided", "Vale Police", "A letter to each referrer", "Ongoing", None,
         "COMPLETED - next phase is feedback to schools", "Q1: 40 letters"],
        [2, "Management oversight", None, None, None, None, None, None],
        ["2.1", "Supervise every month", "Head of safeguarding, Council", None, date(2019, 3, 31),
         "Files show supervision", None, None],
    ],
)  # fmt: skip
INSPECTORS = Table(
    "Improvement plan",
    [
        ["No.", "Ofsted Para No", "Ofsted Area for Improvement", "Lead", "Action", "By When", "Progress", "R/A/G",
         "Monitoring and Evaluation"],
        ["1", "17 (57,138)", "Strategy meetings are held late.", "Vale Police", "Hold them within a day", "31 Dec 2018",
         "Meetings now daily", "A", "Monthly audit"],
        [None, None, None, "Hospitals", "Send a nurse to each of them", "Dec 2018", None, "R", None],
        ["No.", "Ofsted Para No", "Ofsted Area for Improvement", "Lead", "Action", "By When", "Progress", "R/A/G",
         "Monitoring and Evaluation"],
        ["2", "18", "Plans lack dates.", "Council", "Give each plan its dates", "TBC", None, "G", "Dip sample"],
    ],
)  # fmt: skip
RECOMMENDATIONS = Table(
    "Multi-agency action plan",
    [
        ["Recommendation", "Scope", "Action to be taken", "Lead Agency", "Key milestones", "Target date",
         "Progress indicator (R/A/G)", "Agency response to recommendations", "Date of completion and outcome"],
        ["Police should share what they know", "Local", "Agree a protocol for sharing", "Vale Police",
         "Draft ready 1/11/18\nConsult partners", "31/12/18 draft agreed\n31/01/19 staff trained\n31/03/19",
         "Amber", "E-mail of 5 December: agreed in principle", None],
        ["Hospitals should flag children", "Regional", "Put flags on records", "Ashvale Hospitals NHS Trust", None,
         "30 June 2019", "Green", None, "14 June 2019 flags in use"],
    ],
)  # fmt: skip
BUSINESS_PLAN = Table(
    "Strategic business plan",
    [
        ["How will the LSCB do this?", "What will it do?", "Responsible lead-group", "By when",
         "What is desired outcome", "What will impact be and how measured"],
        ["Through its strategy meetings group", "Audit forty strategy meetings", "Strategy meetings",
         "March 2019", "Children at risk are safeguarded in time", "Nine in ten meetings within a day"],
        ["By a survey", "Ask children what changed", "Strategy meetings group", "30/9/2019",
         "Children say that they are heard", "Answers of fifty children"],
    ],
)  # fmt: skip
HIGHLIGHT = Table(
    "Highlight report",
    [
        ["Priority area", "Action", "SRO", "Timescale", LEFT, "RAG", "Comments", "Risk appetite"],
        [ABOVE, ABOVE, ABOVE, "Original date", "Revised date", ABOVE, ABOVE, ABOVE],
        ["Front door", "Review thresholds", "Council", date(2018, 12, 31), date(2019, 2, 28), "Red",
         "31/10/18: late start", "Low"],
        [ABOVE, "Train screeners", "Hospitals", date(2018, 11, 30), None, "Amber", None, None],
    ],
)  # fmt: skip
AREA_ROWS = (
    Table("Acronyms", [["CSC", "Children’s social care"], ["YOS", "Youth offending service"]]),
    Table(
        "Key Improvement Areas",
        [
            ["Action", "Lead", "Due date", "Desired impact", "Notes"],
            ["Key Improvement Area 1: Strategy meetings", *[LEFT] * 4],
            ["Hold them within a day", "Vale Police", "31 March 2019", "Children are safeguarded in time", None],
            ["Send the minutes to all", "Council", "As soon as possible", None, "3.1.19 Template agreed"],
            ["Key Improvement Area 2: Voice of the child", *[LEFT] * 4],
            ["Ask each child alone", "Vale Police", "30 April 2019", None, None],
        ],
    ),
)
ALL: dict[str, tuple[Table, ...]] = {
    "hierarchy": (HIERARCHY,),
    "inspectors": (INSPECTORS,),
    "recommendations": (RECOMMENDATIONS,),
    "business plan": (BUSINESS_PLAN,),
    "highlight": (HIGHLIGHT,),
    "area rows": AREA_ROWS,
}


def workbook(*tables: Table, formats: dict[str, str] | None = None) -> bytes:
    """The tables as a workbook, one sheet each. `formats`: number formats of cells by their place (A1)."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.title)
        for number, row in enumerate(table.rows, start=1):
            for column, value in enumerate(row, start=1):
                if value is not None and value is not ABOVE and value is not LEFT:
                    sheet.cell(number, column, value)
        for top, left, bottom, right in _merges(table.rows):
            sheet.merge_cells(f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}")
        for place, look in (formats or {}).items():
            sheet[place].number_format = look
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def word(*tables: Table) -> bytes:
    """The tables in a Word document, each under its heading."""
    document = docx.Document()
    for table in tables:
        document.add_heading(table.title, 1)
        width = max(len(row) for row in table.rows)
        made = document.add_table(len(table.rows), width)
        for cells, row in zip(made.rows, table.rows, strict=True):
            for cell, value in zip(cells.cells, row, strict=False):
                if value is not None and value is not ABOVE and value is not LEFT:
                    cell.text = value.strftime("%d/%m/%Y") if isinstance(value, date) else str(value)
        for top, left, bottom, right in _merges(table.rows):
            made.cell(top - 1, left - 1).merge(made.cell(bottom - 1, right - 1))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _merges(rows: Rows) -> list[tuple[int, int, int, int]]:
    """(top, left, bottom, right) of each merged cell, from 1."""
    found = []
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row, start=1):
            if value is ABOVE or value is LEFT:
                continue
            right = column
            while right < len(row) and row[right] is LEFT:
                right += 1
            bottom = number
            while bottom < len(rows) and column <= len(rows[bottom]) and rows[bottom][column - 1] is ABOVE:
                bottom += 1
            if (bottom, right) != (number, column):
                found.append((number, column, bottom, right))
    return found
