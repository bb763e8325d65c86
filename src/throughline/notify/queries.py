"""Reads of the outbox."""

from collections.abc import Sequence

from django.utils import timezone

from throughline.methods.printed import count, lapse
from throughline.notify.models import Message

State = Message.State


def health() -> Sequence[tuple[str, str, bool]]:
    """How the outbox stands: (label, text, all well)."""
    unsent = Message.objects.filter(state__in=[State.WAITING, State.CLAIMED, State.SENDING])
    oldest = unsent.order_by("written_at").first()
    age = timezone.now() - oldest.written_at if oldest else None
    text = count(unsent.count(), "message waiting", "messages waiting")
    stuck = age is not None and age.total_seconds() > 3600
    if stuck and oldest is not None and age is not None:
        text += f"; the oldest was written {lapse(age)} ago. {oldest.error or 'Start the worker: throughline work'}"
    refused = Message.objects.filter(state=State.REFUSED).count()
    doubtful = Message.objects.filter(state=State.DOUBTFUL).count()
    return [
        ("Outbox", text, not stuck),
        ("Mail not accepted", count(refused, "message"), refused == 0),
        ("Mail not confirmed", count(doubtful, "message"), doubtful == 0),
    ]
