"""A table as a file that a browser keeps: CSV or Excel."""

import tempfile
from collections.abc import Callable, Mapping
from typing import Any

from django.http import FileResponse

from throughline.documents import tables

# How a table is written to a file of a kind, and what the file is called on its way.
FORMATS: Mapping[str, tuple[str, Callable[[tables.Table, Any], None]]] = {
    "csv": ("text/csv; charset=utf-8", tables.write_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", tables.write_xlsx),
}


def download(table: tables.Table, stem: str, format_: str) -> FileResponse:
    """`table` as the attachment `stem.format_`. It is written before the answer begins: no cursor outlives the view.

    Raises KeyError for a format that is none of `FORMATS`.
    """
    content_type, write = FORMATS[format_]
    file = tempfile.SpooledTemporaryFile(max_size=1 << 20)  # noqa: SIM115 - the response closes it
    write(table, file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=f"{stem}.{format_}", content_type=content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
