"""Seeing evidence: somebody independent has looked at it, in a capacity, and says whether it satisfied them."""

from datetime import date, datetime

from throughline.access import check
from throughline.access.engine import Grant
from throughline.access.roles import PRINTED
from throughline.evidence import permissions, rules
from throughline.evidence.actions import CannotDo, standing
from throughline.evidence.models import Evidence, EvidenceSeen
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person


def capacities(person: Person, evidence: Evidence, on: date) -> list[str]:
    """The capacities, as printed, in which a person may say that they have seen evidence.

    Empty for whoever acts for the body that holds it: one's own evidence satisfies nobody.
    """
    grants = _grants(person, evidence, on)
    if not rules.is_independent((each.body for each in grants), evidence.body.pk):
        return []
    held = {each.role for each in grants}
    return [PRINTED[role] for role in permissions.SEERS if role in held]


def _grants(person: Person, evidence: Evidence, on: date) -> list[Grant]:
    return [each for each in person.grants_on(on) if each.partnership == evidence.partnership_id]


@action("evidence")
def see(
    *, by: Person, evidence: Evidence, on: date, satisfied: bool, satisfied_that: str, now: datetime, capacity: str = ""
) -> EvidenceSeen:
    """Say that evidence was seen on a day, in a capacity that one holds, and whether it satisfied one, and of what.

    capacity: as printed ("Independent scrutineer"); the first that the person holds if left out. Raises AccessDenied,
    CannotDo.
    """
    current = standing(evidence)
    check(by, "see", current, day_of(now))
    held = capacities(by, current, day_of(now))
    if not held:
        raise CannotDo(f"You act for {current.body}, which holds this evidence. Somebody else has to see it.")
    if capacity and capacity not in held:
        raise CannotDo(f"You do not hold that capacity. Choose one of: {', '.join(held)}.")
    if on > day_of(now):
        raise CannotDo(f"{day(on)} has not come yet. Give the day on which you saw it.")
    if not satisfied_that.strip():
        raise CannotDo("Say of what it satisfied you, or of what it did not.")
    return door.create(
        EvidenceSeen, by=by, verb="seen", now=now, partnership_id=current.partnership_id, evidence=current,
        agency_id=current.agency_id, group_id=current.group_id, on=on, by_id=by.pk, by_name=by.name,
        capacity=capacity or held[0], satisfied=satisfied, satisfied_that=satisfied_that,
    )  # fmt: skip


@action("sighting")
def take_back(*, by: Person, sighting: EvidenceSeen, expected_version: int, reason: str, now: datetime) -> EvidenceSeen:
    """Take back what one said of evidence, with the reason. Only whoever said it can. Raises AccessDenied, Conflict."""
    current = EvidenceSeen.objects.select_related("evidence").get(pk=sighting.pk)
    check(by, "see", current.evidence, day_of(now))
    if current.by_id != by.pk:
        raise CannotDo(f"{current.by_name} said this. Say beside it what you have seen yourself.")
    if current.withdrawn_at is not None:
        raise CannotDo("It was taken back already.")
    if not reason.strip():
        raise CannotDo("Say why you take it back. The reason stays on record.")
    return door.withdraw(
        by=by, thing=current, expected_version=expected_version, now=now, reason=reason, verb="taken back"
    )
