"""From an upload to stored bytes: through the gate, then into the store. Before any action begins."""

from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import TemporaryUploadedFile

from throughline.files import gate, store
from throughline.files.names import safe_name
from throughline.files.verdict import DEFAULT, Limits, Verdict
from throughline.history import door


@dataclass(frozen=True)
class Received:
    """An upload that passed the gate and is in the store, ready for `actions.store_file`."""

    blob: store.Blob
    verdict: Verdict
    name: str


def receive(upload: TemporaryUploadedFile, *, limits: Limits = DEFAULT) -> Received:
    """Judge and store what a form brought. Raises Refused with a sentence for the person; then nothing is stored."""
    return receive_path(Path(upload.temporary_file_path()), name=upload.name or "", limits=limits)


def receive_path(path: Path, *, name: str, limits: Limits = DEFAULT) -> Received:
    """The same for a file that is on this machine already, as the command line has it."""
    if door.in_action():
        raise RuntimeError("files are judged before an action begins, never inside one")
    verdict = gate.inspect(path, name=name, limits=limits)
    with path.open("rb") as file:
        blob = store.put(file)
    return Received(blob, verdict, safe_name(name))
