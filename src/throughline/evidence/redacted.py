"""What follows when words are taken out of the record: a shared file that was called by them is taken away.

A redaction never opens a file. One whose name repeats the words is about them, so nobody may be given it any more; any
other file that repeats them is taken away by hand.
"""

import functools
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from throughline.evidence.models import EvidenceRevision
from throughline.evidence.taking_away import remove
from throughline.history import consequences, door
from throughline.history.models import Event

REASON = "Its name repeated words that were redacted."


def follow(*, by: Any, cause: Event, now: datetime, partnership_id: UUID, **_facts: Any) -> None:
    """Withdraw every revision of evidence whose file's name was cleaned just now, and delete the bytes."""
    cleaned = Event.objects.filter(
        chain__partnership_id=partnership_id, thing_kind="files.file", verb="redacted", sequence__gt=cause.sequence
    ).values_list("thing_id", flat=True)
    called = EvidenceRevision.objects.filter(file__in=set(cleaned), withdrawn_at__isnull=True).select_related("file")
    for each in called:
        file = each.file
        if file is None:
            continue
        door.withdraw(by=by, thing=each, expected_version=each.version, now=now, reason=REASON)
        door.withdraw(by=by, thing=file, expected_version=file.version, now=now, reason=REASON)
        transaction.on_commit(functools.partial(remove, file.sha256))


def subscribe() -> None:
    """Have it follow every redaction."""
    consequences.subscribe("history.redacted", "take away files of evidence that were called by the words", follow)
