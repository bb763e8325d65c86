"""Read the tables of an Excel workbook or Word document, as a reader's task."""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from throughline.methods.plan_tables.grids import Tables, Unreadable, as_json
from throughline.methods.plan_tables.word_tables import read_document
from throughline.methods.plan_tables.workbooks import read_workbook


def read_tables(path: Path, *, name: str) -> Tables:
    """The tables of a file, told apart by its content. Raises Unreadable."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        parts = set()
    if "word/document.xml" in parts:
        tables = read_document(path, name=name)
    elif any(each.startswith("xl/") for each in parts):
        tables = read_workbook(path, name=name)
    else:
        raise Unreadable(f"{name} is neither an Excel workbook nor a Word document: upload the plan as .xlsx or .docx.")
    if not tables.grids:
        raise Unreadable(f"{name} has no table with words in it: upload the file that holds the plan's table.")
    return tables


def tables_task(path: Path, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`read_tables` as a reader's task, as `grids.as_json` gives them."""
    return as_json(read_tables(path, name=arguments.get("name", "") or path.name)), b""
