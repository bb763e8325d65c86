"""One access engine: what a grant reaches, as a decision about one row and as the same clauses for a query.

The engine knows no noun. A room declares a `Kind` for each of its models (in its `permissions.py`): which role may do
which verb, how far, and which columns hold the row's scope. `decide` tests a row's `Scope`; `throughline.access.rows`
turns the very same clauses into a query. What is not declared is refused.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from throughline.access.roles import Role


@dataclass(frozen=True)
class Scope:
    """Where a row belongs. `partnerships` has one member for partnership data; people and agencies may have several.

    `bodies` are the agencies or groups whose row it is; `people` those whom it names as its own; `stage` is the row's
    workflow state; `sensitivity` is 'ordinary' unless the row says otherwise.
    """

    partnerships: frozenset[UUID]
    bodies: frozenset[UUID] = frozenset()
    people: frozenset[UUID] = frozenset()
    stage: str = ""
    sensitivity: str = "ordinary"


@dataclass(frozen=True)
class Grant:
    """One membership in force: a person is `role` in `partnership`, acting for `body` (an agency or group) if given."""

    person: UUID
    partnership: UUID
    role: Role
    body: UUID | None = None


@dataclass(frozen=True)
class Reach:
    """How far a role's arm goes within its own partnership. The default is everything of the kind."""

    own_body: bool = False
    own_self: bool = False
    stages: frozenset[str] | None = None
    sensitivities: frozenset[str] | None = None


EVERYTHING = Reach()
OWN_BODY = Reach(own_body=True)
OWN_SELF = Reach(own_self=True)


def at_stages(*stages: str) -> Reach:
    """Everything of the kind that is at one of these stages."""
    return Reach(stages=frozenset(stages))


@dataclass(frozen=True)
class Columns:
    """The lookups, from the kind's own model, that hold each part of a row's scope. Empty: no such part."""

    partnership: str = "partnership_id"
    bodies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    stage: str = ""
    sensitivity: str = ""


@dataclass(frozen=True)
class Kind:
    """What a room declares about one of its models.

    `verbs` maps each verb to the roles that may do it and how far. Every kind has the verb 'view'.
    """

    name: str
    printed: str
    columns: Columns
    verbs: Mapping[str, Mapping[Role, tuple[Reach, ...]]]
    stages: tuple[str, ...] = ("",)
    sensitivities: tuple[str, ...] = ("ordinary",)


@dataclass(frozen=True)
class Clause:
    """A reach bound to one grant: every part that is not None must hold. An empty set can never hold."""

    partnership: UUID
    bodies: frozenset[UUID] | None = None
    people: frozenset[UUID] | None = None
    stages: frozenset[str] | None = None
    sensitivities: frozenset[str] | None = None

    def admits(self, scope: Scope) -> bool:
        """Whether a row of this scope lies within the clause."""
        return (
            self.partnership in scope.partnerships
            and (self.bodies is None or bool(self.bodies & scope.bodies))
            and (self.people is None or bool(self.people & scope.people))
            and (self.stages is None or scope.stage in self.stages)
            and (self.sensitivities is None or scope.sensitivity in self.sensitivities)
        )


class AccessDenied(Exception):
    """The person may not do this. Pages answer it as they answer a thing that does not exist."""


_KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Register a room's kind. ValueError for a second kind of its name, an unknown stage, or no 'view'."""
    if kind.name in _KINDS and _KINDS[kind.name] != kind:
        raise ValueError(f"the kind {kind.name} is declared twice")
    if "view" not in kind.verbs:
        raise ValueError(f"the kind {kind.name} does not say who may view it")
    for verb, roles in kind.verbs.items():
        for role, reaches in roles.items():
            for reach_ in reaches:
                unknown = (reach_.stages or frozenset()) - set(kind.stages)
                unknown |= (reach_.sensitivities or frozenset()) - set(kind.sensitivities)
                if unknown:
                    raise ValueError(f"{kind.name}, {verb}, {role}: unknown stage or sensitivity {sorted(unknown)}")
    _KINDS[kind.name] = kind
    return kind


def kinds() -> Mapping[str, Kind]:
    """Every declared kind by name: the whole role matrix."""
    return dict(sorted(_KINDS.items()))


def everyone(roles: Iterable[Role], *reaches: Reach) -> dict[Role, tuple[Reach, ...]]:
    """The same reach for several roles: a row of the matrix in one line."""
    return dict.fromkeys(roles, reaches or (EVERYTHING,))


def reach(grants: Iterable[Grant], verb: str, kind: Kind) -> tuple[Clause, ...]:
    """The clauses within which these grants allow `verb` on `kind`. KeyError for an unknown verb."""
    roles = kind.verbs[verb]
    return tuple(
        Clause(
            partnership=grant.partnership,
            bodies=(frozenset({grant.body}) if grant.body else frozenset()) if each.own_body else None,
            people=frozenset({grant.person}) if each.own_self else None,
            stages=each.stages,
            sensitivities=each.sensitivities,
        )
        for grant in grants
        for each in roles.get(grant.role, ())
    )


def decide(grants: Iterable[Grant], verb: str, kind: Kind, scope: Scope) -> bool:
    """Whether these grants allow `verb` on a row of this scope. Default deny."""
    return any(clause.admits(scope) for clause in reach(grants, verb, kind))
