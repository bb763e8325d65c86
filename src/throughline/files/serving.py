"""How bytes that people uploaded leave: as an attachment that no browser runs or keeps."""

from typing import TypeVar

from django.db import connection
from django.http import FileResponse
from django.http.response import HttpResponseBase

from throughline.files import store
from throughline.files.names import attachment
from throughline.files.verdict import Kind

Response = TypeVar("Response", bound=HttpResponseBase)

CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.TEXT: "text/plain",
    Kind.CSV: "text/csv",
}


def as_attachment(*, sha256: str, size: int, kind: str, name: str) -> FileResponse:
    """Stream stored bytes. The caller has checked rights. Raises `store.Missing`.

    The database connection is given back first: a slow reader must not hold one for as long as it reads.
    """
    file = store.open_blob(sha256)
    if not connection.in_atomic_block:
        connection.close()
    response = FileResponse(file, content_type=CONTENT_TYPES[Kind(kind)])
    response["Content-Length"] = str(size)
    response["Content-Disposition"] = attachment(name)
    return harmless(response)


def harmless(response: Response) -> Response:
    """Set what keeps a browser from running, guessing, embedding elsewhere or keeping a response."""
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
