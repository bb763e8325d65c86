"""How stored files look in history."""

from throughline.files.models import StoredFile
from throughline.files.permissions import OPEN
from throughline.history import snapshots
from throughline.history.snapshots import Snapshot, State


def _before_it_could_be_kept_apart(state: State) -> State:
    """In version 1 every file was open to every member."""
    return {**state, "kept": OPEN}


snapshots.register(
    Snapshot(
        "files.file", StoredFile, version=2, codes=frozenset({"sha256"}), upcasters={1: _before_it_could_be_kept_apart}
    )
)
