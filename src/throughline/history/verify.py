"""Whether the record is as it was written: every event's place, hash and body, and the rows against their last event.

`verify_chain` reads a chain from its first event to its head and names the first thing that is wrong. A head file that
somebody else keeps (`heads`, `against`) shows a chain that was cut short or rewritten as a whole, which no check
inside the database can.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from throughline.history import snapshots, triggers
from throughline.history.canonical import GENESIS, HASHED, commitment_of, event_hash, plain
from throughline.history.models import Chain, Event

REDACTED = "redacted"


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written. `chain` is a partnership's id or 'deployment'."""

    chain: str
    sequence: int
    sentence: str


def _name(partnership_id: UUID | None) -> str:
    return str(partnership_id) if partnership_id else "deployment"


def _redactions(partnership_id: UUID | None) -> dict[UUID, str]:
    """For each event whose body was redacted by two people: the commitment of the body that replaced it."""
    events = Event.objects.filter(chain__partnership_id=partnership_id, thing_kind="history.redaction").order_by(
        "sequence"
    )
    asked: dict[UUID, set[UUID]] = {}
    found: dict[UUID, str] = {}
    for event in events.select_related("body"):
        if event.verb == "redaction requested":
            asked.setdefault(event.thing_id, set()).add(event.by_id)
        elif event.verb == REDACTED and asked.get(event.thing_id, set()) - {event.by_id}:
            found[event.thing_id] = json.loads(event.body.text)["state"]["commitment"]
    return found


def verify_chain(chain: Chain) -> Iterator[Fault]:
    """Every fault of one chain in order; none when it is whole. Reads in pages, so memory stays flat."""
    name, redacted = _name(chain.partnership_id), _redactions(chain.partnership_id)
    previous, expected, last_at = GENESIS, 1, None
    events = Event.objects.filter(chain=chain).select_related("body").order_by("sequence")
    for event in events.iterator(chunk_size=2000):
        if event.sequence != expected:
            yield Fault(name, expected, f"Event {expected} is missing: the next one is number {event.sequence}.")
            expected = event.sequence
        values = {**{key: getattr(event, key, None) for key in HASHED}, "partnership_id": chain.partnership_id}
        if event.previous_hash != previous:
            yield Fault(name, event.sequence, f"Event {event.sequence} does not follow the one before it.")
        if event.hash != event_hash(values):
            yield Fault(name, event.sequence, f"Event {event.sequence} was changed after it was written.")
        if last_at is not None and event.recorded_at <= last_at:
            yield Fault(name, event.sequence, f"Event {event.sequence} is dated before the one that it follows.")
        yield from _body_faults(name, event, redacted)
        previous, expected, last_at = event.hash, expected + 1, event.recorded_at
    if (chain.head_sequence, chain.head_hash) != (expected - 1, previous):
        yield Fault(name, expected, f"The chain's head says {chain.head_sequence} events; {expected - 1} are there.")


def _body_faults(name: str, event: Event, redacted: Mapping[UUID, str]) -> Iterator[Fault]:
    body = getattr(event, "body", None)
    if body is None:
        yield Fault(name, event.sequence, f"What event {event.sequence} said is gone.")
        return
    commitment = commitment_of(body.salt, body.text)
    if commitment != redacted.get(event.pk, event.commitment):
        yield Fault(
            name, event.sequence, f"What event {event.sequence} said was changed without two people's redaction."
        )


def row_faults() -> Iterator[Fault]:
    """Rows that are not as their last event says, were never recorded, or are recorded but gone.

    This finds a change made straight in a table, around the write door.
    """
    for snapshot in snapshots.registered():
        recorded = _last_states(snapshot)
        for row in snapshot.model._base_manager.order_by("pk").values(*snapshot.columns).iterator(chunk_size=2000):
            state = snapshots.state_of(snapshot, row)
            was = recorded.pop(row["id"], None)
            if was is None:
                yield Fault(_owner(row), 0, f"{snapshot.kind} {row['id']} is in its table and nobody recorded it.")
            elif was[1] != state:
                changed = ", ".join(sorted(key for key in state if state[key] != was[1].get(key)))
                yield Fault(_owner(row), was[0], f"{snapshot.kind} {row['id']} differs from its last event: {changed}.")
        for thing, (sequence, state) in recorded.items():
            yield Fault(_owner(state), sequence, f"{snapshot.kind} {thing} was recorded and is gone from its table.")


def _owner(row: Mapping[str, Any]) -> str:
    return str(row.get("partnership_id") or "deployment")


def _last_states(snapshot: snapshots.Snapshot) -> dict[UUID, tuple[int, snapshots.State]]:
    """The sequence and state of each row's last event. A note changes no column, so its state is the row's as well."""
    found: dict[UUID, tuple[int, snapshots.State]] = {}
    events = Event.objects.filter(thing_kind=snapshot.kind).select_related("body").order_by("sequence")
    for event in events.iterator(chunk_size=2000):
        body = getattr(event, "body", None)
        try:
            held = json.loads(body.text) if body else None
            state = snapshots.brought_up(snapshot, held["state"], held["state_version"]) if held else {}
        except (ValueError, KeyError, TypeError):
            state = {}  # an unreadable body is already a fault of its chain
        found[event.thing_id] = (event.sequence, state)
    return found


def verify(*, rows: bool = True) -> list[Fault]:
    """Every fault of every chain, of the triggers and (unless `rows` is false) of the rows. Empty when all is well."""
    faults = [
        Fault("database", 0, f"The trigger {name} is not there. Run 'throughline check'.")
        for name in sorted(triggers.missing())
    ]
    chains = list(Chain.objects.order_by("partnership_id"))
    for chain in chains:
        faults.extend(verify_chain(chain))
    orphans = Event.objects.exclude(chain__in=chains).count()
    if orphans:
        faults.append(Fault("database", 0, f"{orphans} events belong to no chain."))
    return faults + (list(row_faults()) if rows else [])


def heads(now: datetime) -> dict[str, Any]:
    """The heads of all chains, to be kept somewhere else: the file that `against` compares with."""
    return {
        "format": 1,
        "made_at": plain(now),
        "heads": {
            _name(chain.partnership_id): {"sequence": chain.head_sequence, "hash": chain.head_hash}
            for chain in Chain.objects.order_by("partnership_id")
        },
    }


class UnreadableHeads(ValueError):
    """The head file is not one that `throughline verify --export` wrote."""


def against(kept: Mapping[str, Any]) -> list[Fault]:
    """Faults of the chains against a head file made earlier: each head in it must still be in its chain."""
    faults: list[Fault] = []
    try:
        entries = [(str(name), int(head["sequence"]), str(head["hash"])) for name, head in kept["heads"].items()]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableHeads("This is not a head file. Give one that 'throughline verify --export' wrote.") from error
    for name, sequence, digest in entries:
        if sequence == 0:
            continue
        owner = None if name == "deployment" else name
        found = Event.objects.filter(chain__partnership_id=owner, sequence=sequence).values_list("hash", flat=True)
        if not found:
            faults.append(Fault(name, sequence, f"The head file knows event {sequence}; the chain does not have it."))
        elif found[0] != digest:
            faults.append(Fault(name, sequence, f"Event {sequence} is not the one that the head file knows."))
    return faults
