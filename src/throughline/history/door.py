"""The write door: the only way to the tables of the register.

Every function here compares and swaps the row's version, saves, and appends the event in the same transaction. They
work only inside an `@action`, which has locked the chain's head before anything else was read, so that time, sequence
and state agree. No parsing, rendering or network may happen inside an action.
"""

import functools
import inspect
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import connection, models, transaction

from throughline.history import snapshots
from throughline.history.canonical import (
    FORMAT_VERSION,
    GENESIS,
    body_text,
    commitment_of,
    event_hash,
    new_salt,
    text_of,
)
from throughline.history.models import Chain, Event, EventBody, Recorded
from throughline.history.moments import day_of

Row = TypeVar("Row", bound=Recorded)
Params = ParamSpec("Params")
Returned = TypeVar("Returned")


@dataclass(frozen=True)
class Standing:
    """How a person's name, role and agency are printed in the record on a day."""

    name: str
    role: str = ""
    agency: str = ""


class Actor(Protocol):
    """A person, as the record sees one."""

    id: uuid.UUID

    def standing(self, partnership_id: uuid.UUID | None, on: date) -> Standing:
        """Name, role and agency in a partnership on a day."""


class Conflict(Exception):
    """Somebody else changed the row first. `mine` is what was to be written, `theirs` the row as it is now."""

    def __init__(self, mine: Mapping[str, Any], theirs: models.Model) -> None:
        super().__init__("Somebody else saved this first.")
        self.mine = dict(mine)
        self.theirs = theirs


class Foreign(Exception):
    """A row would point at a row of another partnership."""


class OutsideAction(RuntimeError):
    """The door was used outside an `@action`, or for a partnership whose chain the action has not locked."""


@dataclass
class _Open:
    """The chains that the running action has locked, and the event that a consequence is because of."""

    chains: dict[uuid.UUID | None, Chain] = field(default_factory=dict)
    because_of: uuid.UUID | None = None


_running: ContextVar[_Open | None] = ContextVar("running_action", default=None)


def action(chain: str | None) -> Callable[[Callable[Params, Returned]], Callable[Params, Returned]]:
    """Make a function one action: a transaction whose first statement locks the chain's head.

    `chain` names the keyword argument whose partnership owns the chain (a partnership, or a row with
    `partnership_id`); None is the deployment's own chain. An action called within an action joins its transaction.
    Partnerships' chains are locked before the deployment's, always.
    """

    def decorate(function: Callable[Params, Returned]) -> Callable[Params, Returned]:
        parameters = inspect.signature(function).parameters
        if any(each.kind is not inspect.Parameter.KEYWORD_ONLY for each in parameters.values()):
            raise TypeError(f"{function.__name__}: an action takes keyword arguments only")
        if next(iter(parameters), None) != "by" or (chain is not None and chain not in parameters):
            raise TypeError(f"{function.__name__}: an action takes `by` first, and the argument that names its chain")

        @functools.wraps(function)
        def run(*args: Params.args, **kwargs: Params.kwargs) -> Returned:
            owner = None if chain is None else _partnership_of(kwargs[chain])
            with transaction.atomic():
                outer = _running.get()
                token = _running.set(_Open(dict(outer.chains), outer.because_of) if outer else _Open())
                try:
                    lock_chain(owner)
                    return function(*args, **kwargs)
                finally:
                    _running.reset(token)

        run.is_action = True  # type: ignore[attr-defined]
        return run

    return decorate


def _partnership_of(thing: Any) -> uuid.UUID:
    """The partnership that a row belongs to, or is."""
    if hasattr(thing, "partnership_id"):
        return uuid.UUID(str(thing.partnership_id))
    return uuid.UUID(str(thing.pk))


def lock_chain(partnership_id: uuid.UUID | None) -> Chain:
    """Lock a chain's head for the running action, making the chain at its first use. Returns the head."""
    running = _running.get()
    if running is None:
        raise OutsideAction("The write door opens only inside an action.")
    if partnership_id in running.chains:
        return running.chains[partnership_id]
    if partnership_id is not None and None in running.chains and _exists(partnership_id):
        raise OutsideAction("The deployment's chain is locked last: lock the partnership's chain first.")
    Chain.objects.get_or_create(
        partnership_id=partnership_id,
        defaults={"head_hash": GENESIS, "head_at": datetime(1970, 1, 1, tzinfo=UTC)},
    )
    running.chains[partnership_id] = Chain.objects.select_for_update().get(partnership_id=partnership_id)
    return running.chains[partnership_id]


def _exists(partnership_id: uuid.UUID) -> bool:
    """Whether a chain exists. One that does not is not contended: a new partnership's first event makes it."""
    return Chain.objects.filter(partnership_id=partnership_id).exists()


def _chain_for(row: models.Model) -> Chain:
    """The locked chain that a row's events belong to: its partnership's, or the deployment's."""
    running = _running.get()
    if running is None:
        raise OutsideAction("The write door opens only inside an action.")
    partnership_id = getattr(row, "partnership_id", None)
    if partnership_id is not None and partnership_id not in running.chains and _exists(partnership_id):
        raise OutsideAction("This action has locked another partnership's chain.")
    return lock_chain(partnership_id)


def _current(snapshot: snapshots.Snapshot, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """The rows as the database holds them, by id: what is recorded is what was stored, not what was meant."""
    rows = snapshot.model._base_manager.filter(pk__in=list(ids)).values(*snapshot.columns)
    return {row["id"]: row for row in rows}


def _refuse_foreign(row: models.Model) -> None:
    """A row of partnership data may point only at rows of its own partnership."""
    owner = getattr(row, "partnership_id", None)
    if owner is None:
        return
    for each in row._meta.concrete_fields:
        target = each.related_model
        if not isinstance(target, type) or not any(f.attname == "partnership_id" for f in target._meta.concrete_fields):
            continue
        value = getattr(row, each.attname)
        if value is None:
            continue
        theirs = (
            getattr(row, each.name).partnership_id
            if each.is_cached(row)  # type: ignore[attr-defined]
            else target._base_manager.filter(pk=value).values_list("partnership_id", flat=True).first()
        )
        if theirs != owner:
            raise Foreign(f"{each.name} belongs to another partnership")


def _append(by: Actor, rows: Sequence[models.Model], verb: str, reason: str, now: datetime) -> list[Event]:
    """Append one event a row, all rows of one model and one chain."""
    if not rows:
        return []
    snapshot = snapshots.of_model(type(rows[0]))
    chain = _chain_for(rows[0])
    # An inner action's savepoint may have moved the head, or been rolled back: read it as this transaction has it.
    chain.refresh_from_db()
    running = _running.get()
    because_of = running.because_of if running else None
    at = max(now.astimezone(UTC), chain.head_at + timedelta(microseconds=1))
    standing = by.standing(chain.partnership_id, day_of(at))
    stored = _current(snapshot, [row.pk for row in rows])
    events, bodies = [], []
    sequence, previous = chain.head_sequence, chain.head_hash
    for row in rows:
        state = snapshots.state_of(snapshot, stored[row.pk])
        salt, text = new_salt(), body_text(reason=reason, state=state, state_version=snapshot.version)
        sequence += 1
        event = Event(
            chain=chain, sequence=sequence, recorded_at=at, by_id=by.id, by_name=standing.name,
            by_role=standing.role, by_agency=standing.agency, verb=verb, thing_kind=snapshot.kind, thing_id=row.pk,
            scope=_scope_text(row), because_of=because_of, format_version=FORMAT_VERSION,
            commitment=commitment_of(salt, text), previous_hash=previous,
        )  # fmt: skip
        event.hash = event_hash({**event.__dict__, "partnership_id": chain.partnership_id})
        previous = event.hash
        at += timedelta(microseconds=1)
        events.append(event)
        bodies.append(EventBody(event=event, salt=salt, text=text))
    Event.objects.bulk_create(events)
    EventBody.objects.bulk_create(bodies)
    chain.head_sequence, chain.head_hash, chain.head_at = sequence, previous, events[-1].recorded_at
    chain.save(update_fields=["head_sequence", "head_hash", "head_at"])
    return events


def _scope_text(row: models.Model) -> str:
    """The row's partnership, and its agency or group where it has one, for whoever reads the record alone."""
    names = ("partnership_id", "agency_id", "group_id")
    return text_of({name: getattr(row, name) for name in names if getattr(row, name, None) is not None})


def create(model: type[Row], *, by: Actor, verb: str, now: datetime, reason: str = "", **fields: Any) -> Row:
    """Store a new row and its event. Raises Foreign, UnrecordableText, and the database's own IntegrityError."""
    return bulk(model, by=by, verb=verb, now=now, reason=reason, rows=[fields])[0]


def bulk(
    model: type[Row], *, by: Actor, verb: str, now: datetime, rows: Iterable[Mapping[str, Any]], reason: str = ""
) -> list[Row]:
    """Store many new rows of one model and one partnership, each with its event, in a constant number of writes."""
    things = [model(**fields) for fields in rows]
    for thing in things:
        _refuse_foreign(thing)
        _refuse_unrecordable(vars(thing))
    if len({getattr(thing, "partnership_id", None) for thing in things}) > 1:
        raise Foreign("rows of several partnerships in one call")
    if things:
        _chain_for(things[0])
    model._base_manager.bulk_create(things)
    _append(by, things, verb, reason, now)
    return things


def change(
    *, by: Actor, thing: Row, expected_version: int, verb: str, now: datetime, reason: str = "", **fields: Any
) -> Row:
    """Change a row that is still at `expected_version`, and record it. Returns the row as stored.

    Raises Conflict(mine, theirs) when somebody was first, Foreign, UnrecordableText.
    """
    model = type(thing)
    _chain_for(thing)
    _refuse_unrecordable(fields)
    for name, value in fields.items():
        setattr(thing, name, value)
    _refuse_foreign(thing)
    columns = {
        model._meta.get_field(name).attname: getattr(thing, model._meta.get_field(name).attname)  # type: ignore[union-attr]
        for name in fields
    }
    swapped = model._base_manager.filter(pk=thing.pk, version=expected_version).update(
        **columns, version=expected_version + 1
    )
    stored = model._base_manager.get(pk=thing.pk)
    if not swapped:
        raise Conflict(fields, stored)
    _append(by, [stored], verb, reason, now)
    return stored


def change_many(
    *, by: Actor, changes: Sequence[tuple[Row, int, Mapping[str, Any]]], verb: str, now: datetime, reason: str = ""
) -> list[Row]:
    """Change many rows of one model and one partnership, each with its event, in a constant number of queries.

    changes: (row, expected version, fields) of each; all rows change the same fields. Returns the rows as stored, in
    the order given. Raises as `change` does, and then none is changed.
    """
    if not changes:
        return []
    model, names = type(changes[0][0]), list(changes[0][2])
    if any(type(thing) is not model or list(fields) != names for thing, _, fields in changes):
        raise ValueError("rows of one model that change the same fields")
    if len({getattr(thing, "partnership_id", None) for thing, _, _ in changes}) > 1:
        raise Foreign("rows of several partnerships in one call")
    _chain_for(changes[0][0])
    for thing, expected, fields in changes:
        _refuse_unrecordable(fields)
        for name, value in fields.items():
            setattr(thing, name, value)
        _refuse_foreign(thing)
        thing.version = expected + 1
    ids = [thing.pk for thing, _, _ in changes]
    # Whoever writes to these rows holds the chain's lock: what is read here stays so until this transaction ends.
    held = dict(model._base_manager.filter(pk__in=ids).values_list("pk", "version"))
    for thing, expected, fields in changes:
        if held.get(thing.pk) != expected:
            raise Conflict(fields, model._base_manager.get(pk=thing.pk))
    model._base_manager.bulk_update([thing for thing, _, _ in changes], [*names, "version"])
    by_id = model._base_manager.in_bulk(ids)
    stored = [by_id[each] for each in ids]
    _append(by, stored, verb, reason, now)
    return stored


def link(model: type[Row], *, by: Actor, now: datetime, verb: str = "linked", reason: str = "", **ends: Any) -> Row:
    """Tie two rows together by a link row of its own. A link that was withdrawn is made anew with a new id."""
    return create(model, by=by, verb=verb, now=now, reason=reason, **ends)


def unlink(*, by: Actor, thing: Row, expected_version: int, now: datetime, reason: str = "") -> Row:
    """Withdraw a link row."""
    return withdraw(by=by, thing=thing, expected_version=expected_version, now=now, reason=reason, verb="unlinked")


def withdraw(
    *, by: Actor, thing: Row, expected_version: int, now: datetime, reason: str, verb: str = "withdrawn"
) -> Row:
    """Mark a row as no longer holding. Nothing of the register is deleted."""
    return change(
        by=by, thing=thing, expected_version=expected_version, verb=verb, now=now, reason=reason, withdrawn_at=now
    )


def note(*, by: Actor, thing: Recorded, verb: str, now: datetime, reason: str = "") -> Event:
    """Record that something happened to a row that did not change its columns: a download, a password, a sign-in."""
    return _append(by, [thing], verb, reason, now)[0]


def _refuse_unrecordable(fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        if isinstance(value, str | list | dict) and not name.startswith("_"):
            text_of(value)


@contextmanager
def because_of(event: Event) -> Iterator[None]:
    """What is written inside is a consequence of `event`, and its events say so. Once for each verb and row."""
    running = _running.get()
    if running is None:
        raise OutsideAction("A consequence happens inside the action that caused it.")
    before, running.because_of = running.because_of, event.pk
    try:
        yield
    finally:
        running.because_of = before


def in_action() -> bool:
    """Whether an action is running: what may not happen inside one asks this."""
    return _running.get() is not None and connection.in_atomic_block
