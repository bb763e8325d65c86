"""A plan's file taken in, and what it holds, read each time it is wanted. Nothing of it is kept."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import TemporaryUploadedFile

from throughline.files import child, intake, store
from throughline.files.intake import Received
from throughline.files.names import ending_of, safe_name
from throughline.files.verdict import Kind, Refused
from throughline.methods.plan_tables.grids import Tables, from_json
from throughline.plans.importing import interchange

JSON = "json"
READABLE = frozenset({Kind.DOCX, Kind.XLSX})
_SECONDS = 5.0


def check_readable(kind: str, name: str) -> None:
    """Raise Refused unless a file of this kind can hold a plan's table."""
    if kind not in READABLE:
        raise Refused(
            f"{name} holds no table that can be read: choose the plan as Excel (.xlsx), Word (.docx) or JSON."
        )


def receive(upload: TemporaryUploadedFile) -> Received:
    """An uploaded plan: judged at the gate and in the store. JSON is judged as the plain text that it is, and is the
    only text that comes through. Raises Refused."""
    name = safe_name(upload.name or "")
    if ending_of(name) != JSON:
        received = intake.receive(upload)
        check_readable(received.verdict.kind, received.name)
        return received
    as_text = safe_name(f"{name}.txt")
    try:
        received = intake.receive_path(Path(upload.temporary_file_path()), name=as_text)
    except Refused as refused:
        said = refused.sentence.replace(as_text, name).replace("ends in .txt", "ends in .json")
        raise Refused(said) from refused
    return Received(received.blob, received.verdict, name)


def is_json(received: Received) -> bool:
    """Whether what `receive` took in is JSON."""
    return received.verdict.kind is Kind.TEXT


def json_of(received: Received) -> Mapping[str, Any]:
    """The plan in a stored JSON file, by the schema. Raises `interchange.NotInterchange`, and `store.Missing`."""
    with store.open_blob(received.blob.sha256) as file:
        content = file.read()
    return interchange.value_in(interchange.decoded(content, name=received.name), name=received.name)


def tables_of(sha256: str, *, name: str) -> Tables:
    """The tables of stored bytes. Raises Refused with one sentence, and `store.Missing`.

    Checks no rights: the caller has just been given the file.
    """
    with store.open_blob(sha256) as file:
        path = Path(file.name)
    return tables_in_file(path, name=name)


def tables_in_file(path: Path, *, name: str) -> Tables:
    """The same for a file that has passed the gate and is on this machine."""
    return from_json(child.run("plan_tables", path, arguments={"name": name}, name=name, seconds=_SECONDS).value)
