"""The engine's clauses as database queries, and checks of one row.

A model that takes part has `access_kind` (its declared Kind) and a manager from `GuardedQuerySet`. The person is
anything with `grants_on(day)`; this module knows no noun.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils import timezone

from throughline.access.engine import AccessDenied, Clause, Columns, Grant, Kind, Scope, decide, reach


class HasGrants(Protocol):
    """A person, as the engine sees one."""

    def grants_on(self, on: date) -> tuple[Grant, ...]:
        """The grants in force on a day."""


def q_of(clauses: Iterable[Clause], columns: Columns) -> Q:
    """The rows that at least one clause admits. No clause: no row."""
    whole = Q(pk__in=[])
    for clause in clauses:
        part = Q(**{columns.partnership: clause.partnership})
        for wanted, lookups in ((clause.bodies, columns.bodies), (clause.people, columns.people)):
            if wanted is not None:
                either = Q(pk__in=[])
                for lookup in lookups:
                    either |= Q(**{f"{lookup}__in": wanted})
                part &= either
        # A kind without the column has the default there ('' or 'ordinary'), and the clause must name it.
        for allowed, lookup, default in (
            (clause.stages, columns.stage, ""),
            (clause.sensitivities, columns.sensitivity, "ordinary"),
        ):
            if allowed is not None:
                part &= Q(**{f"{lookup}__in": allowed}) if lookup else (Q() if default in allowed else Q(pk__in=[]))
        whole |= part
    return whole


class GuardedQuerySet(models.QuerySet[Any]):
    """A query set whose reads on behalf of a person start from `visible_to`."""

    def visible_to(self, person: HasGrants, on: date | None = None, verb: str = "view") -> "GuardedQuerySet":
        """The rows that `person` may view (or do `verb` to), on a day (today unless given). Default deny."""
        kind: Kind = self.model.access_kind
        clauses = reach(person.grants_on(on or timezone.localdate()), verb, kind)
        found = q_of(clauses, kind.columns)
        if "__" in kind.columns.partnership or any("__" in each for each in kind.columns.bodies + kind.columns.people):
            # The scope lies in other tables: a sub-query keeps joins from repeating rows.
            return self.filter(pk__in=self.model._base_manager.filter(found).values("pk"))
        return self.filter(found)


def _values(row: models.Model, lookup: str) -> frozenset[Any]:
    """What a lookup such as 'partnership_id' or 'return_record__state' gives for this row; empty for NULL."""
    if not lookup:
        return frozenset()
    if "__" in lookup:
        found = row.__class__._base_manager.filter(pk=row.pk).values_list(lookup, flat=True)
        return frozenset(value for value in found if value is not None)
    value = getattr(row, lookup)
    return frozenset() if value is None else frozenset({value})


def scope_of(row: models.Model) -> Scope:
    """The scope of a live row, read through the columns that its kind declares."""
    columns: Columns = row.access_kind.columns  # type: ignore[attr-defined]
    bodies: frozenset[UUID] = frozenset().union(*(_values(row, each) for each in columns.bodies))
    people: frozenset[UUID] = frozenset().union(*(_values(row, each) for each in columns.people))
    stage = next(iter(_values(row, columns.stage)), "")
    sensitivity = next(iter(_values(row, columns.sensitivity)), "ordinary")
    return Scope(_values(row, columns.partnership), bodies, people, str(stage), str(sensitivity))


def allows(person: HasGrants, verb: str, row: models.Model, on: date | None = None) -> bool:
    """Whether `person` may do `verb` to this row: for offering a button, never instead of `check` in an action."""
    return decide(person.grants_on(on or timezone.localdate()), verb, row.access_kind, scope_of(row))  # type: ignore[attr-defined]


def check(person: HasGrants, verb: str, row: models.Model, on: date | None = None) -> None:
    """Raise AccessDenied unless `person` may do `verb` to this row."""
    if not allows(person, verb, row, on):
        raise AccessDenied(f"{verb} {row.access_kind.name}")  # type: ignore[attr-defined]


def allows_new(person: HasGrants, verb: str, kind: Kind, scope: Scope, on: date | None = None) -> bool:
    """Whether `person` may do `verb` (usually 'create') to a row that does not exist yet and would have this scope."""
    return decide(person.grants_on(on or timezone.localdate()), verb, kind, scope)


def check_new(person: HasGrants, verb: str, kind: Kind, scope: Scope, on: date | None = None) -> None:
    """Raise AccessDenied unless `allows_new`."""
    if not allows_new(person, verb, kind, scope, on):
        raise AccessDenied(f"{verb} {kind.name}")
