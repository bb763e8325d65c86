"""What happened to a thing, told from the record: who did what, when, and what changed by it.

Shown only while the thing itself may be seen by whoever asks. A room may say how its things are called and where they
stand (`tell`); without that a kind's own name is used.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from throughline.access import GuardedQuerySet, allows
from throughline.access.engine import reach
from throughline.access.rows import q_of
from throughline.history import snapshots
from throughline.history.models import Event
from throughline.methods import printed
from throughline.partners.models import Partnership, Person

_UNTOLD = frozenset({"id", "version", "partnership_id", "sign_outs"})


@dataclass(frozen=True)
class Teller:
    """How a room's things are told. `url` may give None; `labels` names columns whose own names would not do.

    related: what `title` and `url` read beside the thing itself, for `select_related`. last_only: the thing opens only
    at some stage of its life, and what was written over before then stays with those who could read it all along.
    untold: columns that everybody who sees the thing may not read at every stage of its life.
    """

    title: Callable[[Any], str]
    url: Callable[[Any], str | None] = lambda _thing: None
    labels: Mapping[str, str] = field(default_factory=dict)
    related: tuple[str, ...] = ()
    last_only: bool = False
    untold: frozenset[str] = frozenset()


_TELLERS: dict[str, Teller] = {}


def tell(kind: str, teller: Teller) -> None:
    """Say how things of a kind are called in the record, and where their pages are."""
    _TELLERS[kind] = teller


@dataclass(frozen=True)
class Change:
    """One field before and after. Both are text for a page; an empty one means that there was nothing."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """One event as a page shows it."""

    event: Event
    kind: str
    title: str
    url: str | None
    reason: str = ""
    changes: tuple[Change, ...] = ()

    @property
    def by(self) -> str:
        """Who did it, as the record printed them then."""
        return ", ".join(part for part in (self.event.by_name, self.event.by_role, self.event.by_agency) if part)


def kind_words(kind: str) -> str:
    """A kind as people call it."""
    declared = getattr(snapshots.of_kind(kind).model, "access_kind", None)
    return declared.printed if declared is not None else kind.rpartition(".")[2]


def visible_kinds() -> list[snapshots.Snapshot]:
    """The kinds whose events can be shown at all: those about which the access engine can decide."""
    return [
        each
        for each in snapshots.registered()
        if hasattr(each.model, "access_kind") and isinstance(each.model._default_manager.all(), GuardedQuerySet)
    ]


def events_visible_to(person: Person, partnership: Partnership) -> QuerySet[Event]:
    """The partnership's events about things that this person may see now, newest first. One query."""
    seen = Q(pk__in=[])
    for each in visible_kinds():
        manager: Any = each.model._default_manager
        if any(column.attname == "partnership_id" for column in each.model._meta.concrete_fields):
            mine = manager.visible_to(person).filter(partnership_id=partnership.pk)
        elif each.model is Partnership:
            mine = manager.visible_to(person).filter(pk=partnership.pk)
        else:
            continue  # people and agencies belong to the deployment's chain
        seen |= Q(thing_kind=each.kind, thing_id__in=mine.order_by().values("pk")) & _open_events(each, person)
    return Event.objects.filter(seen, chain__partnership_id=partnership.pk).order_by("-sequence")


def _open_all_along(snapshot: snapshots.Snapshot, person: Person) -> Q:
    """The things of a kind that the person may see at every stage, for telling what they said at an earlier one."""
    kind: Any = snapshot.model.access_kind  # type: ignore[attr-defined]
    clauses = reach(person.grants_on(timezone.localdate()), "view", kind)
    return q_of([each for each in clauses if each.stages is None], kind.columns)


def _is_last_only(kind: str) -> bool:
    return kind in _TELLERS and _TELLERS[kind].last_only


def _open_events(snapshot: snapshots.Snapshot, person: Person) -> Q:
    """Of the events of a kind whose things open at some stage: the last of each, and all where it was never closed."""
    if not _is_last_only(snapshot.kind):
        return Q()
    always = snapshot.model._base_manager.filter(_open_all_along(snapshot, person)).order_by().values("pk")
    later = Event.objects.filter(thing_id=OuterRef("thing_id"), sequence__gt=OuterRef("sequence"))
    return Q(thing_id__in=always) | ~Q(Exists(later))


def told(events: Iterable[Event]) -> list[Told]:
    """Events with the names of the things that they are about; a constant number of queries for each kind."""
    found = list(events)
    things: dict[str, dict[UUID, Any]] = {}
    for kind in {each.thing_kind for each in found}:
        ids = {each.thing_id for each in found if each.thing_kind == kind}
        related = _TELLERS[kind].related if kind in _TELLERS else ()
        rows = snapshots.of_kind(kind).model._base_manager.all()
        things[kind] = (rows.select_related(*related) if related else rows).in_bulk(ids)
    return [_told(each, things[each.thing_kind].get(each.thing_id)) for each in found]


def _told(event: Event, thing: Any, reason: str = "", changes: tuple[Change, ...] = ()) -> Told:
    teller, words = _TELLERS.get(event.thing_kind), kind_words(event.thing_kind)
    title = teller.title(thing) if teller and thing is not None else words
    return Told(event, words, title, teller.url(thing) if teller and thing is not None else None, reason, changes)


def story_of(thing: models.Model, for_person: Person) -> list[Told]:
    """Everything that happened to a thing, newest first, each with its reason and what it changed.

    Empty when `for_person` may not see the thing now. Reads the thing's events in one query, and the names of what
    they point to in one more for each kind.
    """
    if not allows(for_person, "view", thing):
        return []
    snapshot = snapshots.of_model(type(thing))
    closed = (
        _is_last_only(snapshot.kind)
        and not type(thing)
        ._base_manager.filter(  # type: ignore[attr-defined]
            _open_all_along(snapshot, for_person), pk=thing.pk
        )
        .exists()
    )
    events = list(Event.objects.filter(thing_id=thing.pk, thing_kind=snapshot.kind).select_related("body").order_by(
        "recorded_at", "sequence"
    ))  # fmt: skip
    if closed:
        events = events[-1:]
    bodies = [json.loads(each.body.text) for each in events]
    states = [snapshots.brought_up(snapshot, body["state"], body["state_version"]) for body in bodies]
    names = _names(snapshot.model, states, for_person)
    before: Mapping[str, Any] = {}
    story = []
    for event, body, state in zip(events, bodies, states, strict=True):
        changes = tuple(_changes(snapshot, before, state, names))
        story.append(_told(event, thing, body["reason"], changes))
        before = state
    return story[::-1]


def entry_of(event: Event, for_person: Person) -> Told | None:
    """One event with its reason and what it changed; None when its thing is not for this person to see."""
    thing = snapshots.of_kind(event.thing_kind).model._base_manager.filter(pk=event.thing_id).first()
    story = story_of(thing, for_person) if thing is not None else []
    return next((each for each in story if each.event.pk == event.pk), None)


def _changes(
    snapshot: snapshots.Snapshot, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> Iterable[Change]:
    labels = _TELLERS[snapshot.kind].labels if snapshot.kind in _TELLERS else {}
    untold = _UNTOLD | (_TELLERS[snapshot.kind].untold if snapshot.kind in _TELLERS else frozenset())
    for column in snapshot.columns:
        value, was = after.get(column), before.get(column)
        if column in untold or value == was or (not before and value in (None, "", [], {})):
            continue
        yield Change(
            labels.get(column) or label_of(snapshot.model, column),
            _text(snapshot.model, column, was, names),
            _text(snapshot.model, column, value, names),
        )


def _field(model: type[models.Model], column: str) -> models.Field | None:
    return next((each for each in model._meta.concrete_fields if each.attname == column), None)


def label_of(model: type[models.Model], column: str) -> str:
    """A column's name as people read it."""
    found = _field(model, column)
    words = str(found.verbose_name) if found is not None else column.removesuffix("_id").replace("_", " ")
    return words[:1].upper() + words[1:]


def _text(model: type[models.Model], column: str, value: Any, names: Mapping[str, str]) -> str:
    """A recorded value as a page prints it."""
    found = _field(model, column)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(found, models.ForeignKey):
        return names.get(str(value), "not shown to you")
    if isinstance(found, models.DateTimeField):
        return printed.moment(datetime.fromisoformat(value))
    if isinstance(found, models.DateField):
        return printed.day(date.fromisoformat(value))
    if found is not None and found.choices:
        return str(dict(found.flatchoices).get(value, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _names(model: type[models.Model], states: Iterable[Mapping[str, Any]], for_person: Person) -> dict[str, str]:
    """The names of what the states point to, as far as this person may see them, by id."""
    names: dict[str, str] = {}
    held = list(states)
    for each in model._meta.concrete_fields:
        if not isinstance(each, models.ForeignKey) or each.attname in _UNTOLD:
            continue
        ids = {state[each.attname] for state in held if state.get(each.attname)}
        if not ids:
            continue
        target: Any = each.related_model
        rows = target._default_manager.filter(pk__in=ids)
        teller = _TELLERS.get(_kind_of(target))
        if teller and teller.related:
            rows = rows.select_related(*teller.related)
        if isinstance(rows, GuardedQuerySet):
            rows = rows.visible_to(for_person)
        names.update({str(row.pk): teller.title(row) if teller else _named(row) for row in rows})
    return names


def _named(row: models.Model) -> str:
    for name in ("name", "reference", "title"):
        try:
            row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        return str(getattr(row, name))
    return kind_words(_kind_of(type(row)))


def _kind_of(model: type[models.Model]) -> str:
    return next((each.kind for each in snapshots.registered() if each.model is model), model._meta.label_lower)
