"""Ways to tamper with the record by direct SQL, as somebody with the database's own keys could."""

import random
from collections.abc import Callable

from django.db import connection, transaction

from throughline.history import triggers
from throughline.history.models import Chain, Event, EventBody


class Undo(Exception):
    """Rolls one tampering back."""


def without_triggers() -> None:
    """Take every trigger away, as an owner of the tables can."""
    with connection.cursor() as cursor:
        for name, each in triggers.guards().items():
            on = f" ON {each.table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")


def some_event(dice: random.Random, chain: Chain) -> Event:
    return Event.objects.get(chain=chain, sequence=dice.randint(1, chain.head_sequence))


def edit_column(dice: random.Random, chain: Chain) -> None:
    event = some_event(dice, chain)
    column = dice.choice(["by_name", "by_role", "verb", "thing_kind", "scope", "commitment", "hash", "previous_hash"])
    Event.objects.filter(pk=event.pk).update(**{column: getattr(event, column)[::-1][:-1] + "x"})


def back_date(dice: random.Random, chain: Chain) -> None:
    from datetime import timedelta

    event = some_event(dice, chain)
    Event.objects.filter(pk=event.pk).update(recorded_at=event.recorded_at - timedelta(days=dice.randint(1, 90)))


def edit_body(dice: random.Random, chain: Chain) -> None:
    body = some_event(dice, chain).body
    position = dice.randrange(len(body.text))
    EventBody.objects.filter(pk=body.pk).update(
        text=body.text[:position] + chr((ord(body.text[position]) + 1) % 1000 + 33) + body.text[position + 1 :]
    )


def delete_event(dice: random.Random, chain: Chain) -> None:
    event = some_event(dice, chain)
    EventBody.objects.filter(event=event)._raw_delete("default")
    Event.objects.filter(pk=event.pk)._raw_delete("default")


def delete_body(dice: random.Random, chain: Chain) -> None:
    EventBody.objects.filter(event=some_event(dice, chain))._raw_delete("default")


def insert_event(dice: random.Random, chain: Chain) -> None:
    import uuid

    event = some_event(dice, chain)
    body = event.body
    event.pk, event.sequence = uuid.uuid4(), chain.head_sequence + dice.randint(1, 3)
    Event.objects.bulk_create([event])
    EventBody.objects.bulk_create([EventBody(event=event, salt=body.salt, text=body.text)])


def swap_events(dice: random.Random, chain: Chain) -> None:
    first, second = dice.sample(range(1, chain.head_sequence + 1), 2)
    Event.objects.filter(chain=chain, sequence=first).update(sequence=9_000_000)
    Event.objects.filter(chain=chain, sequence=second).update(sequence=first)
    Event.objects.filter(chain=chain, sequence=9_000_000).update(sequence=second)


def cut_tail(dice: random.Random, chain: Chain) -> None:
    """Cut the end off and mend the head so that the chain looks whole: only a head kept elsewhere shows it."""
    keep = dice.randint(1, chain.head_sequence - 1)
    gone = Event.objects.filter(chain=chain, sequence__gt=keep)
    EventBody.objects.filter(event__in=gone)._raw_delete("default")
    gone._raw_delete("default")
    last = Event.objects.get(chain=chain, sequence=keep)
    Chain.objects.filter(pk=chain.pk).update(head_sequence=keep, head_hash=last.hash, head_at=last.recorded_at)


def rewrite_history(dice: random.Random, chain: Chain) -> None:
    """Change one event and recompute every hash after it: whole inside, and another chain to whoever kept a head."""
    from throughline.history.canonical import event_hash

    start = dice.randint(1, chain.head_sequence)
    previous = None
    for event in Event.objects.filter(chain=chain, sequence__gte=start).order_by("sequence"):
        if previous is None:
            event.by_name = "Somebody else"
        else:
            event.previous_hash = previous
        event.hash = previous = event_hash({**event.__dict__, "partnership_id": chain.partnership_id})
        Event.objects.filter(pk=event.pk).update(
            by_name=event.by_name, previous_hash=event.previous_hash, hash=event.hash
        )
    Chain.objects.filter(pk=chain.pk).update(head_hash=previous)


def change_row(dice: random.Random, chain: Chain) -> None:
    """Change a live row around the door."""
    from throughline.partners.models import Group, Membership

    if dice.random() < 0.5:
        Group.objects.filter(pk=Group.objects.order_by("?").first().pk).update(name=f"Changed {dice.random()}")
    else:
        member = Membership.objects.exclude(role="executive_chair").order_by("?").first()
        Membership.objects.filter(pk=member.pk).update(role="executive_chair")


KINDS: tuple[Callable[[random.Random, Chain], None], ...] = (
    edit_column, back_date, edit_body, delete_event, delete_body, insert_event, swap_events, cut_tail,
    rewrite_history, change_row,
)  # fmt: skip


def tampered(
    kind: Callable[[random.Random, Chain], None], dice: random.Random, chain: Chain, look: Callable[[], bool]
) -> bool:
    """Whether `look` finds what `kind` did; the tampering is undone afterwards."""
    found = False
    try:
        with transaction.atomic():
            without_triggers()
            kind(dice, chain)
            triggers.install()
            found = look()
            raise Undo
    except Undo:
        return found
