"""Who may say that an action was delivered: levels of verification, who reaches each, and which is needed. Pure.

Independence goes by the capacity that a person holds, not by who employs them: nobody verifies in a capacity that
answers for the action, and a declared conflict bars that person at every level.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from throughline.access.engine import Grant
from throughline.access.roles import Role


class Level(StrEnum):
    """How far somebody looked, the weakest first."""

    CHECKED = "checked"
    ASSURED = "assured"
    CONFIRMED = "confirmed"


@dataclass(frozen=True)
class Terms:
    """What a level means and which capacities reach it."""

    printed: str
    means: str
    roles: tuple[Role, ...]


LEVELS: Mapping[Level, Terms] = {
    Level.CHECKED: Terms(
        "Checked", "The business unit compared the claim with the evidence.", (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
    ),
    Level.ASSURED: Terms(
        "Assured",
        "An audit or an observation looked at the work itself.",
        (Role.QUALITY_LEAD, Role.AUDITOR),
    ),
    Level.CONFIRMED: Terms(
        "Confirmed",
        "The independent scrutineer or the Executive Group is satisfied.",
        (Role.SCRUTINEER, Role.EXECUTIVE_CHAIR),
    ),
}
ORDER: tuple[Level, ...] = tuple(Level)

# Capacities that answer for an action of their own body. Whoever holds one for a body that leads or contributes may not
# verify that action in any other capacity.
ANSWERS_FOR_ACTIONS: frozenset[Role] = frozenset(
    {
        Role.AGENCY_LEAD,
        Role.DEPUTY,
        Role.ACCOUNTABLE_EXECUTIVE,
        Role.ACTION_OWNER,
        Role.GROUP_CHAIR,
        Role.CHIEF_OFFICER,
    }
)

# The kinds of finding for which nothing less than the highest level will do.
PRIORITY_KINDS: frozenset[str] = frozenset({"priority_action"})


def answering_for(grants: Iterable[Grant], bodies: Container[UUID]) -> Grant | None:
    """The first capacity in which somebody answers for one of the bodies that carry an action; None for nobody's.

    grants: everything that the person holds, in every partnership: a body that works in two is one body.
    """
    return next((each for each in grants if each.role in ANSWERS_FOR_ACTIONS and each.body in bodies), None)


def levels_for(roles: Iterable[Role]) -> tuple[Level, ...]:
    """The levels that somebody who holds these roles reaches, the weakest first."""
    held = set(roles)
    return tuple(level for level in ORDER if held & set(LEVELS[level].roles))


def capacity_for(level: Level, roles: Iterable[Role]) -> Role | None:
    """The role by which somebody reaches a level; None for whoever does not."""
    held = set(roles)
    return next((role for role in LEVELS[level].roles if role in held), None)


def needed(*, answers_priority: bool) -> Level:
    """The level from which an action counts as delivered (verified): confirmed when it answers a priority action."""
    return Level.CONFIRMED if answers_priority else Level.CHECKED


def is_enough(level: Level, *, answers_priority: bool) -> bool:
    """Whether a verification of this level makes an action delivered (verified)."""
    return ORDER.index(level) >= ORDER.index(needed(answers_priority=answers_priority))
