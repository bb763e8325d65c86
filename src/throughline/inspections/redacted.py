"""What follows when words are taken out of the record: what was read of bytes that nobody keeps any more is forgotten.

A letter's own bytes stay as the inspectors sent them: no redaction withdraws them, nor what is read from them.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from throughline.files.models import StoredFile
from throughline.history import consequences
from throughline.inspections import letter_reading


def follow(**_facts: Any) -> None:
    """Once the files that repeat the words are withdrawn, forget what was read of them."""
    transaction.on_commit(forget_unkept)


def forget_unkept() -> None:
    """Delete readings and texts of bytes that no standing file has. A file still being taken in is read again."""
    derived = Path(settings.VAR) / "derived"
    read = {
        kept.parent.name + kept.name.split("-")[0]
        for room in ("letters", "texts")
        for kept in (derived / room).glob("??/*.json")
    }
    standing = set(StoredFile.objects.filter(withdrawn_at__isnull=True).values_list("sha256", flat=True))
    for sha256 in read - standing:
        letter_reading.forget(sha256)


def subscribe() -> None:
    """Have it follow every redaction."""
    consequences.subscribe("history.redacted", "forget what was read of files that are withdrawn", follow)
