"""Reminders: once for each person, thing and planned day, gathered into one message a person and day."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from throughline.history.moments import day_of
from throughline.methods.printed import count, day
from throughline.notify import outbox
from throughline.notify.dated import DatedKind, DueItem, kinds
from throughline.notify.models import Message, Reminder
from throughline.partners.models import Partnership, Person

log = logging.getLogger("throughline.notify")


@dataclass(frozen=True)
class Planned:
    """One thing of which one person is to be reminded, for one planned day."""

    kind: DatedKind
    item: DueItem
    for_day: date


def planned_on(on: date) -> dict[UUID, list[Planned]]:
    """By person's id: everything that a reminder is planned for up to a day, reminded of already or not."""
    found: dict[UUID, list[Planned]] = defaultdict(list)
    for kind in kinds():
        for item in kind.due_on(on):
            for_day = kind.reminded_for(item.due, on)
            if for_day is not None:
                for person in dict.fromkeys(item.recipients):
                    found[person].append(Planned(kind, item, for_day))
    return found


def _sentence(planned: Planned, on: date) -> str:
    item = planned.item
    if item.due == on:
        when = "today"
    elif item.due > on:
        when = f"on {day(item.due)}, in {count((item.due - on).days, 'day')}"
    else:
        when = f"on {day(item.due)}: it is {count((on - item.due).days, 'day')} overdue"
    return f"{item.sentence.rstrip('.')} {when}.\n{outbox.link_to(item.url)}"


def _subject(owed: list[Planned], on: date) -> str:
    if len(owed) > 1:
        return f"Reminder of {count(len(owed), 'thing')} that you are asked for"
    item = owed[0].item
    return f"{owed[0].kind.printed} {'today' if item.due == on else f'on {day(item.due)}'}"


@transaction.atomic
def _remind(person: Person, planned: list[Planned], on: date, now: datetime) -> Message | None:
    """Write one person's message for a day, unless they had one today or were reminded of all of it. None if so."""
    key = f"reminders:{person.pk}:{on.isoformat()}"
    if Message.objects.filter(key=key).exists():
        return None
    done = set(Reminder.objects.filter(person=person).values_list("kind", "thing", "for_day"))
    owed = [each for each in planned if (each.kind.name, each.item.key, each.for_day) not in done]
    if not owed:
        return None
    owed.sort(key=lambda each: (each.item.due, each.item.sentence))
    partnerships = list(Partnership.objects.filter(pk__in={each.item.partnership_id for each in owed}).order_by("name"))
    message = outbox.enqueue(
        to=str(person.email),
        subject=_subject(owed, on),
        sentences=[_sentence(each, on) for each in owed],
        url="/",
        key=key,
        now=now,
        partnership=partnerships[0] if len(partnerships) == 1 else None,
        marking=" / ".join(sorted({each.marking for each in partnerships})),
    )
    Reminder.objects.bulk_create(
        Reminder(
            partnership_id=each.item.partnership_id, person=person, kind=each.kind.name, thing=each.item.key,
            for_day=each.for_day, message=message,
        )
        for each in owed
    )  # fmt: skip
    return message


def remind(now: datetime) -> int:
    """Write today's reminders that are not written yet. How many messages.

    Nobody is reminded on behalf of an illustrative partnership that shows a day of its own: its dates are not today's.
    """
    on = day_of(now)
    elsewhen = set(Partnership.objects.filter(shown_today__isnull=False).values_list("pk", flat=True))
    by_person = {
        person: [each for each in planned if each.item.partnership_id not in elsewhen]
        for person, planned in planned_on(on).items()
    }
    people = Person.objects.filter(pk__in=by_person, is_active=True, email__isnull=False, withdrawn_at__isnull=True)
    written = 0
    for person in people.order_by("pk"):
        try:
            written += _remind(person, by_person[person.pk], on, now) is not None
        except IntegrityError:
            log.info("another worker reminded person %s at the same moment", person.pk)
        except outbox.Unsendable:
            log.warning("person %s has an address that no mail can be sent to", person.pk)
    return written
