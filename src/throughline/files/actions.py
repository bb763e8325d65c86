"""What is done with files: they are stored, and their downloads are recorded."""

from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.files import permissions
from throughline.files.models import StoredFile
from throughline.files.names import safe_name
from throughline.files.store import Blob
from throughline.files.verdict import Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Partnership, Person


@action("partnership")
def store_file(
    *, by: Person, partnership: Partnership, blob: Blob, verdict: Verdict, name: str, now: datetime
) -> StoredFile:
    """Make bytes that are already in the store a file of the partnership. Raises AccessDenied.

    `blob` and `verdict` come from `intake.receive`, before the action begins: nothing is parsed inside it.
    """
    check_new(by, "create", permissions.FILE, Scope(frozenset({partnership.pk})), day_of(now))
    return door.create(
        StoredFile, by=by, verb="stored", now=now, partnership=partnership, sha256=blob.sha256, size=blob.size,
        kind=verdict.kind.value, name=safe_name(name),
    )  # fmt: skip


@action("file")
def record_download(*, by: Person, file: StoredFile, now: datetime) -> None:
    """Put on record that a person was given a file. Raises AccessDenied."""
    check(by, "view", file, day_of(now))
    door.note(by=by, thing=file, verb="downloaded", now=now)
