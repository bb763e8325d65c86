"""How rows look in history: each room registers its models, with a version and pure upcasters.

A row's state is every column of its table by column name, in canonical form, except those that a room names as kept
out (a password has no place in a record that never forgets).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from throughline.history.canonical import plain

State = dict[str, Any]
Upcaster = Callable[[State], State]


@dataclass(frozen=True)
class Snapshot:
    """How one model's rows are recorded. `upcasters[n]` turns a state of version n into one of version n + 1.

    codes: columns of text that hold the program's own terms and nobody's words (a stage, a hash). inner_codes: keys
    inside JSON columns of which the same is true. A redaction leaves both alone.
    """

    kind: str
    model: type[models.Model]
    version: int = 1
    kept_out: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()
    inner_codes: frozenset[str] = frozenset()
    upcasters: Mapping[int, Upcaster] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are recorded, in the table's order."""
        return tuple(each.attname for each in self.model._meta.concrete_fields if each.attname not in self.kept_out)

    @property
    def worded(self) -> frozenset[str]:
        """The columns in which people's own words stand."""
        return frozenset(
            each.attname
            for each in self.model._meta.concrete_fields
            if isinstance(each, models.CharField | models.TextField | models.JSONField)
            and not (each.choices or isinstance(each, models.SlugField))
            and each.attname in self.columns
            and each.attname not in self.codes
        )


_BY_KIND: dict[str, Snapshot] = {}
_BY_MODEL: dict[type[models.Model], Snapshot] = {}


def register(snapshot: Snapshot) -> Snapshot:
    """Make a model known to history. Every version below the current one needs its upcaster."""
    missing = [each for each in range(1, snapshot.version) if each not in snapshot.upcasters]
    if missing:
        raise ValueError(f"{snapshot.kind}: no upcaster from version {missing}")
    if _BY_KIND.get(snapshot.kind, snapshot) != snapshot:
        raise ValueError(f"the kind {snapshot.kind} is registered twice")
    _BY_KIND[snapshot.kind] = _BY_MODEL[snapshot.model] = snapshot
    return snapshot


def record(
    kind: str, model: type[models.Model], *, kept_out: Iterable[str] = (), codes: Iterable[str] = (),
    inner_codes: Iterable[str] = (),
) -> Snapshot:  # fmt: skip
    """Register a model whose states need no upcasting yet."""
    return register(
        Snapshot(kind, model, kept_out=frozenset(kept_out), codes=frozenset(codes), inner_codes=frozenset(inner_codes))
    )


def of_model(model: type[models.Model]) -> Snapshot:
    """The snapshot of a model. KeyError when its room forgot to register it: then it cannot be written at all."""
    return _BY_MODEL[model]


def of_kind(kind: str) -> Snapshot:
    """The snapshot of a kind by its name."""
    return _BY_KIND[kind]


def registered() -> tuple[Snapshot, ...]:
    """Every registered snapshot, by kind."""
    return tuple(_BY_KIND[kind] for kind in sorted(_BY_KIND))


def state_of(snapshot: Snapshot, row: Mapping[str, Any]) -> State:
    """The canonical state of a row given as a mapping from column name to value."""
    return {column: plain(row[column]) for column in snapshot.columns}


def brought_up(snapshot: Snapshot, state: State, version: int) -> State:
    """A recorded state of some version as the current version has it."""
    for each in range(version, snapshot.version):
        state = snapshot.upcasters[each](state)
    return state
