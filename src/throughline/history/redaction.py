"""Taking words out of the record that must not be there, by two people, with the chain still verifying.

One person asks, naming the words where they stand in one event; another approves. Then the words are replaced by a
tombstone in every event body of the partnership that repeats them and in every live row, frozen reports included. The
events stay, and each replaced body has a new commitment in the record. Rooms that keep copies elsewhere (files) follow
the consequence 'history.redacted'.
"""

import json
from collections.abc import Callable
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


def _inside_json(words: str) -> str:
    """The words as they stand inside canonical JSON text."""
    return text_of(words)[1:-1]


def _bodies_repeating(partnership_id: UUID, words: str) -> list[EventBody]:
    """Every event body of the partnership in which the words stand, oldest first."""
    return list(
        EventBody.objects.filter(event__chain__partnership_id=partnership_id, text__contains=_inside_json(words))
        .select_related("event")
        .order_by("event__sequence")
    )


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
def approve_redaction(*, by: Any, partnership: Any, event_id: UUID, now: datetime) -> int:
    """Approve what another person asked for, by the event whose words they marked. Gives the number changed.

    Raises AccessDenied, and CannotRedact when the same person asked, or the words were written again since.
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
    words = _passage(event_id, first.field, first.start, first.end)
    bodies = _bodies_repeating(partnership.pk, words)
    if {body.event_id for body in bodies} - {each.pk for each in waiting}:
        raise CannotRedact("The words were written again since this was asked. Ask again, so that they all go.")
    tombstone = f"[redacted {day_of(now).isoformat()}]"
    by_event = {each.pk: each for each in waiting}
    cause: Event | None = None
    for body in bodies:
        text = body.text.replace(_inside_json(words), tombstone)
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
        texts = [
            each.attname
            for each in model._meta.concrete_fields
            if isinstance(each, models.CharField | models.TextField | models.JSONField)
            and each.attname in snapshot.columns
        ]
        of_the_partnership: dict[str, Any] = {"partnership_id": partnership_id}
        for row in model._base_manager.filter(**of_the_partnership):
            cleaned = {name: _cleaned(getattr(row, name), clean) for name in texts}
            changed = {name: value for name, value in cleaned.items() if value != getattr(row, name)}
            if changed:
                door.change(by=by, thing=row, expected_version=row.version, verb="redacted", now=now, **changed)


def _cleaned(value: Any, clean: Callable[[str], str]) -> Any:
    """A column's value with the words replaced, JSON columns as deep as they go."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(each, clean) for each in value]
    if isinstance(value, dict):
        return {key: _cleaned(each, clean) for key, each in value.items()}
    return value
