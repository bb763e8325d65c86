"""Taking words out of the record that must not be there, by two people, with the chain still verifying.

One person asks, naming the words where they stand in one event; another approves. Then the words are replaced by a
tombstone in every event body of the partnership that repeats them and in every live row, frozen reports included. The
events stay, and each replaced body has a new commitment in the record. Rooms that keep copies elsewhere (files) follow
the consequence 'history.redacted'.
"""

import hashlib
import json
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from throughline.access import Scope, check, check_new
from throughline.history import consequences, door, snapshots
from throughline.history.canonical import commitment_of, new_salt, text_of
from throughline.history.door import action
from throughline.history.models import Event, EventBody, Redaction
from throughline.history.moments import day_of
from throughline.history.permissions import REDACTION


class CannotRedact(ValueError):
    """The redaction cannot be asked for or approved; the sentence says why and what to do."""


def _passage(event_id: UUID, field: str, start: int, end: int) -> str:
    """The words named by an event, a field of its state ('' for its reason) and two character positions."""
    body = json.loads(EventBody.objects.get(event_id=event_id).text)
    whole = body["reason"] if field == "" else body["state"].get(field, "")
    words = str(whole)[start:end]
    if not words.strip():
        raise CannotRedact("There are no words at that place. Mark the words that must go.")
    return words


def mark_of(asked: Redaction) -> str:
    """What an approver was shown, as a short text: another one as soon as other words are marked."""
    place = [asked.passage_of, asked.field, asked.start, asked.end, asked.asked_by]
    return hashlib.sha256(text_of(place).encode()).hexdigest()[:32]


# A search pattern of a database may not be endless; what it finds is looked at in full.
_SOUGHT = 200


def _bodies_repeating(partnership_id: UUID, words: str) -> list[EventBody]:
    """Every event body of the partnership in which somebody wrote the words, oldest first."""
    near = EventBody.objects.filter(
        event__chain__partnership_id=partnership_id, text__contains=text_of(words[:_SOUGHT])[1:-1]
    )
    return [
        body
        for body in near.select_related("event").order_by("event__sequence").iterator(chunk_size=500)
        if _body_cleaned(body, lambda text: text.replace(words, "")) is not None
    ]


def _body_cleaned(body: EventBody, clean: Callable[[str], str]) -> str | None:
    """The body's text with its words cleaned, None when that changes nothing. Ids, dates and codes stay as they are."""
    said = json.loads(body.text)
    snapshot = snapshots.of_kind(body.event.thing_kind)
    fixed = set(snapshot.columns) - snapshot.worded
    state = {
        name: value if name in fixed else _cleaned(value, clean, snapshot.inner_codes)
        for name, value in said["state"].items()
    }
    cleaned = {**said, "reason": clean(said["reason"]), "state": state}
    return text_of(cleaned) if cleaned != said else None


@action("partnership")
def request_redaction(
    *, by: Any, partnership: Any, event_id: UUID, field: str, start: int, end: int, reason: str, now: datetime
) -> list[Redaction]:
    """Ask for words to be taken out: one redaction for each event that repeats them. Nothing is changed yet.

    `reason` is kept for ever, so it says why without repeating the words. Raises AccessDenied, CannotRedact.
    """
    scope = Scope(frozenset({partnership.pk}))
    check_new(by, "request", REDACTION, scope, day_of(now))
    if not Event.objects.filter(pk=event_id, chain__partnership_id=partnership.pk).exists():
        raise CannotRedact("There is no such entry in this partnership's record.")
    words = _passage(event_id, field, start, end)
    if words.casefold() in reason.casefold():
        raise CannotRedact("The reason repeats the words that are to go. Say why without them.")
    found = _bodies_repeating(partnership.pk, words)
    if not found:
        raise CannotRedact("Nobody wrote these words: they are part of how the record is kept. Mark other words.")
    place: dict[str, Any] = {"passage_of": event_id, "field": field, "start": start, "end": end}
    asked = []
    for body in found:
        earlier = Redaction.objects.filter(pk=body.event_id).first()
        if earlier is None:
            asked.append(
                door.create(
                    Redaction,
                    by=by,
                    verb="redaction requested",
                    now=now,
                    reason=reason,
                    id=body.event_id,
                    partnership_id=partnership.pk,
                    asked_by=by.id,
                    **place,
                )
            )
        else:
            asked.append(
                door.change(
                    by=by,
                    thing=earlier,
                    expected_version=earlier.version,
                    verb="redaction requested",
                    now=now,
                    reason=reason,
                    asked_by=by.id,
                    approved_by=None,
                    **place,
                )
            )
    return asked


@action("partnership")
def approve_redaction(*, by: Any, partnership: Any, event_id: UUID, now: datetime, seen: str | None = None) -> int:
    """Approve what another person asked for, by the event whose words they marked. Gives the number changed.

    `seen` is the mark (`mark_of`) of what the approver was shown: nobody approves that other words go. Raises
    AccessDenied, and CannotRedact when the same person asked, or the words were marked or written again since.
    """
    waiting = list(
        Redaction.objects.filter(partnership_id=partnership.pk, passage_of=event_id, approved_by__isnull=True)
    )
    if not waiting:
        raise CannotRedact("Nobody has asked for this, or it is done already.")
    check(by, "approve", waiting[0], day_of(now))
    if any(each.asked_by == by.id for each in waiting):
        raise CannotRedact("You asked for this redaction. Another person must approve it.")
    first = waiting[0]
    if seen is not None and any(mark_of(each) != seen for each in waiting):
        raise CannotRedact("Other words were marked while you read these. Look at them again before you approve.")
    words = _passage(event_id, first.field, first.start, first.end)
    bodies = _bodies_repeating(partnership.pk, words)
    if {body.event_id for body in bodies} - {each.pk for each in waiting}:
        raise CannotRedact("The words were written again since this was asked. Ask again, so that they all go.")
    tombstone = f"[redacted {day_of(now).isoformat()}]"
    by_event = {each.pk: each for each in waiting}
    cause: Event | None = None
    for body in bodies:
        text = _body_cleaned(body, lambda text: text.replace(words, tombstone)) or body.text
        salt = new_salt()
        asked = by_event[body.event_id]
        door.change(
            by=by, thing=asked, expected_version=asked.version, verb="redacted", now=now, approved_by=by.id,
            commitment=commitment_of(salt, text),
        )  # fmt: skip
        EventBody.objects.filter(pk=body.pk).update(salt=salt, text=text)
        cause = cause or Event.objects.filter(thing_id=body.event_id, verb="redacted").latest("sequence")
    _clean_rows(by, partnership.pk, lambda text: text.replace(words, tombstone), now)
    if cause is not None:
        consequences.follow("history.redacted", by=by, cause=cause, now=now, partnership_id=partnership.pk, words=words)
    return len(bodies)


def _clean_rows(by: Any, partnership_id: UUID, clean: Callable[[str], str], now: datetime) -> None:
    """Replace the words in every live row of the partnership, through the door like any other change."""
    for snapshot in snapshots.registered():
        model = snapshot.model
        if model is Redaction or not issubclass(model, door.Recorded):
            continue
        if not any(each.attname == "partnership_id" for each in model._meta.concrete_fields):
            continue
        of_the_partnership: dict[str, Any] = {"partnership_id": partnership_id}
        for row in model._base_manager.filter(**of_the_partnership):
            cleaned = {
                name: _cleaned(getattr(row, name), clean, snapshot.inner_codes) for name in sorted(snapshot.worded)
            }
            changed = {
                name: _fitting(model, name, value) for name, value in cleaned.items() if value != getattr(row, name)
            }
            if changed:
                door.change(by=by, thing=row, expected_version=row.version, verb="redacted", now=now, **changed)


def _fitting(model: type[models.Model], column: str, value: Any) -> Any:
    """The value cut to what its column holds: a tombstone may be longer than the words that it replaces."""
    longest = getattr(model._meta.get_field(column), "max_length", None)
    return value[:longest] if isinstance(value, str) and longest else value


def _cleaned(value: Any, clean: Callable[[str], str], inner_codes: Collection[str]) -> Any:
    """A column's value with the words replaced, JSON columns as deep as they go, except under `inner_codes`."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each, clean, inner_codes) for each in value]
    if isinstance(value, dict):
        return {key: each if key in inner_codes else _cleaned(each, clean, inner_codes) for key, each in value.items()}
    return value
