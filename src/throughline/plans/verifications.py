"""Verification: somebody independent says what they have seen of an action that its lead calls delivered.

Nothing is green on somebody's word: a verification that satisfies at a level that is enough makes the action delivered
(verified); one that does not leaves the claim standing as a claim, on the record beside it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughline.access import Scope, check, check_new
from throughline.access.roles import PRINTED as ROLES
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.plans import conflicts, permissions
from throughline.plans.actions import CannotDo, delivered, in_the_plan
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models import Action, ActionFinding, Contributor, Verification
from throughline.plans.rules import next_number
from throughline.plans.verifying import (
    LEVELS,
    PRIORITY_KINDS,
    Level,
    answering_for,
    capacity_for,
    is_enough,
    levels_for,
    needed,
)

CAN_BE_VERIFIED: frozenset[Delivery] = frozenset({Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED})

# A higher room's reason why this person may not verify this action, as a sentence; empty for none.
Bar = Callable[[Person, Action], str]
_BARS: list[Bar] = []


def bar(source: Bar) -> None:
    """Have a higher room bar people from verifying what they said themselves: who signed the claim, say. Once each."""
    if source not in _BARS:
        _BARS.append(source)


def verifications_of(act: Action) -> list[Verification]:
    """Everything that was said on an action by those who verify, the newest first. One query."""
    return list(Verification.objects.filter(action=act, withdrawn_at__isnull=True).order_by("-number"))


def answers_priority(act: Action) -> bool:
    """Whether an action answers an area for priority action, so that only a confirmation verifies it."""
    return ActionFinding.objects.filter(
        action=act, withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True, finding__kind__in=PRIORITY_KINDS
    ).exists()


def bodies_carrying(act: Action) -> frozenset[UUID]:
    """The bodies that lead an action or contribute to it."""
    parts = Contributor.objects.filter(action=act, withdrawn_at__isnull=True).values_list("agency_id", "group_id")
    lead = act.lead_agency_id or act.lead_group_id
    return frozenset({*(agency or group for agency, group in parts), lead})  # type: ignore[arg-type]


@dataclass(frozen=True)
class MayVerify:
    """The levels that a person reaches for an action. Empty, `why_not` says why in a sentence."""

    levels: tuple[Level, ...] = ()
    why_not: str = ""


def may_verify(person: Person, act: Action, on: date, *, declared: bool | None = None) -> MayVerify:
    """At which levels a person may verify an action on a day, by capacity held and not by employer; or why not.

    declared: whether the person's conflict is declared, where that is known already; None looks it up.
    Whether the action stands to be verified at all is another question (`CAN_BE_VERIFIED`).
    """
    grants = person.grants_on(on)
    levels = levels_for(each.role for each in grants if each.partnership == act.partnership_id)
    if not levels:
        return MayVerify(why_not=f"You hold no capacity that verifies. These do: {who_verifies()}.")
    if (answering := answering_for(grants, bodies_carrying(act))) is not None:
        what = "leads" if answering.body in {act.lead_agency_id, act.lead_group_id} else "contributes to"
        return MayVerify(
            why_not=f"You are {ROLES[answering.role].lower()} of a body that {what} {act.reference}, so you answer for"
            " it. Somebody independent has to verify it."
        )
    if conflicts.is_declared(person, act) if declared is None else declared:
        return MayVerify(why_not=f"You have a declared conflict of interest in {act.reference}.")
    if said := next((sentence for each in _BARS if (sentence := each(person, act))), ""):
        return MayVerify(why_not=said)
    return MayVerify(levels)


def need_in_words(kinds: Iterable[str]) -> str:
    """What an action needs to count as delivered (verified), from the kinds of finding that it answers."""
    if PRIORITY_KINDS.isdisjoint(kinds):
        return "It counts as delivered (verified) once somebody independent has checked, assured or confirmed it."
    who = " or ".join(_role(role) for role in LEVELS[Level.CONFIRMED].roles)
    return f"It answers an area for priority action, so it needs to be confirmed: by the {who}."


def who_verifies() -> str:
    """The capacities that reach each level, in words."""
    return "; ".join(
        f"{LEVELS[level].printed.lower()}: {' or '.join(_role(role) for role in LEVELS[level].roles)}"
        for level in Level
    )


def _role(role: str) -> str:
    words = ROLES[role]  # type: ignore[index]
    return words if words.startswith("Executive Group") else words.lower()


@action("act")
def verify(
    *, by: Person, act: Action, level: Level, satisfied: bool, basis: str, on: date, now: datetime
) -> Verification:
    """Say what was seen of an action that is delivered as claimed: at a level, on a day, and whether it satisfied.

    Satisfied at a level that is enough, a claim becomes delivered (verified). Not satisfied, a claim stays a claim, and
    what was verified falls back to at risk. An action that answers an area for priority action needs a confirmation.
    Raises AccessDenied for whoever holds no capacity that verifies, and CannotDo with why not.
    """
    current = in_the_plan(act)
    check_new(by, "create", permissions.VERIFICATION, Scope(frozenset({current.partnership_id})), day_of(now))
    _refuse(by, current, level, basis, on, now)
    roles = [each.role for each in by.grants_on(day_of(now)) if each.partnership == current.partnership_id]
    capacity = capacity_for(level, roles)
    assert capacity is not None
    number = next_number(Verification.objects.filter(action=current).values_list("number", flat=True))
    said = door.create(
        Verification, by=by, verb="verified" if satisfied else "not confirmed", now=now,
        partnership_id=current.partnership_id, action=current, number=number, level=level.value, satisfied=satisfied,
        basis=basis, on=on, by_id=by.pk, by_name=by.name, capacity=ROLES[capacity],
    )  # fmt: skip
    to = _leads_to(current, level, satisfied)
    if to != current.delivery:
        delivered(
            by=by, act=current, expected_version=current.version, state=to, now=now,
            reason=f"Verification {number} of {day(on)}: {'' if satisfied else 'not '}{LEVELS[level].printed.lower()}.",
        )  # fmt: skip
    return said


def _refuse(by: Person, act: Action, level: Level, basis: str, on: date, now: datetime) -> None:
    """Raise CannotDo with the reason why this cannot be said."""
    if Delivery(act.delivery) not in CAN_BE_VERIFIED:
        raise CannotDo(
            f"{act.reference} is {PRINTED[Delivery(act.delivery)].lower()}. Only what its lead calls delivered, in a"
            " return that was accepted, can be verified."
        )
    may = may_verify(by, act, day_of(now))
    if may.why_not:
        raise CannotDo(may.why_not)
    if answering_for(by.grants_on(on), bodies_carrying(act)) is not None:
        raise CannotDo(
            f"On {day(on)} you answered for {act.reference} yourself. Somebody independent has to verify it."
        )
    if level not in may.levels:
        reached = " or ".join(LEVELS[each].printed.lower() for each in may.levels)
        raise CannotDo(
            f"In your role, what you have seen counts as ‘{reached}’, not as ‘{LEVELS[level].printed.lower()}’."
        )
    if on > day_of(now):
        raise CannotDo(f"{day(on)} has not come yet. Give the day on which you looked.")
    if not basis.strip():
        raise CannotDo("Say what you have seen, so that others can tell what this rests on.")


def _leads_to(act: Action, level: Level, satisfied: bool) -> Delivery:
    """Where a verification leaves an action."""
    current = Delivery(act.delivery)
    if not satisfied:
        return Delivery.AT_RISK if current is Delivery.DELIVERED_VERIFIED else current
    return Delivery.DELIVERED_VERIFIED if is_enough(level, answers_priority=answers_priority(act)) else current


@action("act")
def fall_back(*, by: Person, act: Action, expected_version: int, reason: str, now: datetime) -> Action:
    """Say that what was verified does not hold any more, and why: it is at risk again. By those who keep the plan.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = in_the_plan(act)
    check(by, "change", current, day_of(now))
    if Delivery(current.delivery) is not Delivery.DELIVERED_VERIFIED:
        raise CannotDo(f"{current.reference} is not verified, so there is nothing to fall back from.")
    return delivered(
        by=by, act=current, expected_version=expected_version, state=Delivery.AT_RISK, reason=reason, now=now
    )


def needs(act: Action) -> Level:
    """The level from which an action counts as delivered (verified)."""
    return needed(answers_priority=answers_priority(act))
