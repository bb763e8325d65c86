"""The tables of a stored file, read in a reader's process each time they are wanted. Nothing of them is kept."""

from pathlib import Path

from throughline.files import child, store
from throughline.files.verdict import Kind, Refused
from throughline.methods.plan_tables.grids import Tables, from_json

READABLE = frozenset({Kind.DOCX, Kind.XLSX})
_SECONDS = 5.0


def check_readable(kind: str, name: str) -> None:
    """Raise Refused unless a file of this kind can hold a plan's table."""
    if kind not in READABLE:
        raise Refused(f"{name} holds no table that can be read: choose the plan as Excel (.xlsx) or Word (.docx).")


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
