"""What evidence may belong to. Higher rooms register their kinds of thing; this room knows none of them.

A kind is known by its name in history. Things are looked up as the person may see them, so a link never tells more
than its end would.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Model

from throughline.history import snapshots
from throughline.partners.models import Partnership, Person


def _never(_thing: Any) -> bool:
    return False


@dataclass(frozen=True)
class ThingKind:
    """One kind of thing that evidence may belong to.

    name: the kind in history ("plans.action"); printed: the heading under which things are chosen; title, url: how one
    is called and where its page is; related, order: for `select_related` and `order_by`. holds_back: whether evidence
    that is held for this thing stays with its body for now (a return that is not submitted). is_chosen: whether
    people link to it in this room's own forms.
    """

    name: str
    printed: str
    model: type[Model]
    title: Callable[[Any], str]
    url: Callable[[Any], str]
    related: tuple[str, ...] = ()
    order: tuple[str, ...] = ("pk",)
    holds_back: Callable[[Any], bool] = field(default=_never)
    is_chosen: bool = True

    def seen_by(self, person: Person) -> Any:
        """The standing things of this kind that the person may see."""
        manager: Any = self.model._default_manager
        rows = manager.visible_to(person).filter(withdrawn_at__isnull=True).order_by(*self.order)
        return rows.select_related(*self.related) if self.related else rows


_KINDS: dict[str, ThingKind] = {}


class NoSuchThing(LookupError):
    """Nothing of that kind is there for this person."""


def register(kind: ThingKind) -> None:
    """Let evidence belong to things of a kind. A second kind of its name is a mistake (ValueError)."""
    if _KINDS.get(kind.name, kind) != kind:
        raise ValueError(f"Evidence may belong to '{kind.name}' already.")
    _KINDS[kind.name] = kind


def kinds() -> tuple[ThingKind, ...]:
    """Every registered kind, in the order of their names."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def kind_of(thing: Model) -> ThingKind:
    """The kind of a thing. Raises NoSuchThing for one that evidence may not belong to."""
    name = snapshots.of_model(type(thing)).kind
    if name not in _KINDS:
        raise NoSuchThing(name)
    return _KINDS[name]


def token_of(thing: Model) -> str:
    """A thing as an address or a form names it: 'plans.action:<id>'."""
    return f"{kind_of(thing).name}:{thing.pk}"


def find(token: str, *, partnership: Partnership, for_person: Person) -> Any:
    """The thing that a token names, if this person may see it and may choose it. Raises NoSuchThing."""
    name, _, id_ = token.partition(":")
    kind = _KINDS.get(name)
    try:
        key = UUID(id_)
    except ValueError:
        raise NoSuchThing(token) from None
    if kind is None or not kind.is_chosen:
        raise NoSuchThing(token)
    found = kind.seen_by(for_person).filter(partnership_id=partnership.pk, pk=key).first()
    if found is None:
        raise NoSuchThing(token)
    return found


def choices(partnership: Partnership, *, for_person: Person) -> list[tuple[str, list[tuple[str, str]]]]:
    """What may be chosen in a form, by heading: (token, title). One query a kind."""
    found = []
    for kind in kinds():
        if kind.is_chosen:
            rows = kind.seen_by(for_person).filter(partnership_id=partnership.pk)
            found.append((kind.printed, [(token_of(each), kind.title(each)) for each in rows]))
    return [each for each in found if each[1]]


@dataclass(frozen=True)
class Linked:
    """A thing that evidence belongs to, as a page shows it."""

    title: str
    url: str
    thing: Any


def things_of(links: Iterable[Any], *, for_person: Person) -> Mapping[UUID, Linked]:
    """By link id: what each link leads to, as far as the person may see it. One query for each kind that is there."""
    by_kind: dict[str, list[Any]] = {}
    for link in links:
        by_kind.setdefault(link.thing_kind, []).append(link)
    found: dict[UUID, Linked] = {}
    for name, some in by_kind.items():
        kind = _KINDS.get(name)
        if kind is None:
            continue
        rows = kind.seen_by(for_person).filter(pk__in=[link.thing_id for link in some]).in_bulk()
        for link in some:
            thing = rows.get(link.thing_id)
            if thing is not None:
                found[link.pk] = Linked(kind.title(thing), kind.url(thing), thing)
    return found


def holds_back(things: Sequence[Model]) -> bool:
    """Whether evidence that is held for these things stays with its body for now."""
    return any(kind_of(each).holds_back(each) for each in things)
