"""The register as it was: states of rows at a moment, from events alone.

A day is resolved once to a `Moment` (a sequence number and the head's hash then); everything that is shown for that day
is read at that sequence, and the hash is printed with it. What is returned is what the register held then; whether a
person may see it is decided by whoever asks, by what they may see now.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from throughline.history import snapshots
from throughline.history.canonical import GENESIS
from throughline.history.models import Event, EventBody
from throughline.history.moments import end_of
from throughline.history.snapshots import State


@dataclass(frozen=True)
class Moment:
    """A point in a partnership's chain. `sequence` 0 is before anything happened."""

    partnership_id: UUID
    sequence: int
    hash: str
    at: datetime | None


def moment_at(partnership_id: UUID, day: date) -> Moment:
    """The last event of a partnership's chain on or before a day in Europe/London."""
    return _moment(partnership_id, recorded_at__lt=end_of(day))


def head(partnership_id: UUID) -> Moment:
    """The chain's head now."""
    return _moment(partnership_id)


def _moment(partnership_id: UUID, **limits: Any) -> Moment:
    last = Event.objects.filter(chain__partnership_id=partnership_id, **limits).order_by("-sequence").first()
    if last is None:
        return Moment(partnership_id, 0, GENESIS, None)
    return Moment(partnership_id, last.sequence, last.hash, last.recorded_at)


def states_at(moment: Moment, kinds: Sequence[str]) -> dict[str, dict[UUID, State]]:
    """For each kind, the state of every row at the moment, by id. One query, however many kinds and rows."""
    events = Event.objects.filter(
        chain__partnership_id=moment.partnership_id, sequence__lte=moment.sequence, thing_kind__in=kinds
    )
    last = events.values("thing_id").annotate(last=Max("sequence")).values("last")
    bodies = EventBody.objects.filter(
        event__chain__partnership_id=moment.partnership_id, event__sequence__in=last
    ).values_list("event__thing_kind", "event__thing_id", "text")
    found: dict[str, dict[UUID, State]] = {kind: {} for kind in kinds}
    for kind, thing, text in bodies:
        found[kind][thing] = state_in(kind, text)
    return found


def state_in(kind: str, text: str) -> State:
    """The row's state in an event body's text, as the current version of its kind has it."""
    body = json.loads(text)
    snapshot = snapshots.of_kind(kind)
    return snapshots.brought_up(snapshot, body["state"], body["state_version"])
