"""What follows when words are taken out of the record: statements that repeat them are reprinted."""

import functools
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughline.files import pictures_of_pages, store
from throughline.files.models import StoredFile
from throughline.history import consequences
from throughline.history.models import Event
from throughline.statements import submitting
from throughline.statements.models import Statement


def follow(*, by: Any, cause: Event, now: datetime, partnership_id: UUID, **_facts: Any) -> None:
    """Withdraw the files of every statement whose content was cleaned just now."""
    cleaned = Event.objects.filter(
        chain__partnership_id=partnership_id, thing_kind="statements.statement", verb="redacted",
        sequence__gt=cause.sequence,
    ).values_list("thing_id", flat=True)  # fmt: skip
    for statement in Statement.objects.filter(pk__in=set(cleaned)).select_related("partnership"):
        taken = submitting.withdraw_files(by=by, statement=statement, now=now)
        transaction.on_commit(functools.partial(remove, tuple(taken)))


def remove(hashes: tuple[str, ...]) -> None:
    """Delete bytes that no standing file has any more, and their pictures: they hold the very words that had to go."""
    for sha256 in hashes:
        if not StoredFile.objects.filter(sha256=sha256, withdrawn_at__isnull=True).exists():
            store.path_of(sha256).unlink(missing_ok=True)
            pictures_of_pages.forget(sha256)


def subscribe() -> None:
    """Have it follow every redaction."""
    consequences.subscribe("history.redacted", "withdraw and reprint statements that repeat the words", follow)
