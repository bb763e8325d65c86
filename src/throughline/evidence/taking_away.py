"""A file that should never have been shared is taken away: its rows stay withdrawn, its bytes are deleted."""

import functools
from datetime import datetime

from django.db import transaction

from throughline.access import check
from throughline.evidence.actions import CannotDo, tell_changed
from throughline.evidence.models import EvidenceRevision
from throughline.files import pictures_of_pages, store
from throughline.files.models import StoredFile
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Person


@action("revision")
def take_away(
    *, by: Person, revision: EvidenceRevision, expected_version: int, reason: str, now: datetime
) -> EvidenceRevision:
    """Take a file or link away that was shared as evidence, with the reason. Nobody can fetch the file afterwards.

    The bytes go once this is committed, unless another standing file has the same ones. Copies in backups stay until
    those are deleted. Raises AccessDenied, Conflict, CannotDo.
    """
    current = EvidenceRevision.objects.select_related("evidence", "file").get(pk=revision.pk)
    check(by, "change", current.evidence, day_of(now))
    if current.withdrawn_at is not None:
        raise CannotDo("It was taken away already.")
    if not reason.strip():
        raise CannotDo("Say why it is taken away. The reason stays on record.")
    gone = door.withdraw(
        by=by, thing=current, expected_version=expected_version, now=now, reason=reason, verb="taken away"
    )
    if current.file is not None:
        door.withdraw(by=by, thing=current.file, expected_version=current.file.version, now=now, reason=reason)
        transaction.on_commit(functools.partial(remove, current.file.sha256))
    tell_changed(by, gone, current.evidence, now)
    return gone


def remove(sha256: str) -> None:
    """Delete bytes that no standing file has any more, and the pictures of their pages."""
    if not StoredFile.objects.filter(sha256=sha256, withdrawn_at__isnull=True).exists():
        store.path_of(sha256).unlink(missing_ok=True)
        pictures_of_pages.forget(sha256)
