"""Milestones: the steps of an action, each with a day of its own. The first day stays beside every later one."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.plans import permissions
from throughline.plans.actions import CannotDo, check_day, in_the_plan
from throughline.plans.models import Action, Milestone
from throughline.plans.rules import next_number


def milestones_of(act: Action) -> list[Milestone]:
    """The milestones of an action by their days. One query; whoever sees the action sees them."""
    rows = list(Milestone.objects.filter(action=act, withdrawn_at__isnull=True).order_by("due", "number"))
    for each in rows:
        each.action = act
    return rows


def _standing(milestone: Milestone) -> Milestone:
    current: Milestone = Milestone.objects.select_related("action__plan").get(pk=milestone.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"Milestone {current.number} was taken out of the plan. Add another one.")
    in_the_plan(current.action)
    return current


def _check_move(milestone: Milestone, due: date, reason: str) -> None:
    if milestone.reached is not None:
        raise CannotDo(
            f"Milestone {milestone.number} was reached on {day(milestone.reached)}. Its day no longer moves."
        )
    if not reason.strip():
        raise CannotDo("Say why it moves. The reason is printed beside the new day.")
    check_day(milestone.action, due)


@action("act")
def add_milestone(*, by: Person, act: Action, title: str, due: date, now: datetime) -> Milestone:
    """Add a step with its own day at the end of an action's. Raises AccessDenied, CannotDo."""
    scope = Scope(frozenset({act.partnership_id}))
    check_new(by, "create", permissions.MILESTONE, scope, day_of(now))
    current = in_the_plan(act)
    if not title.strip():
        raise CannotDo("Say what will be reached.")
    check_day(current, due)
    number = next_number(Milestone.objects.filter(action=current).values_list("number", flat=True))
    return door.create(
        Milestone, by=by, verb="added", now=now, partnership_id=current.partnership_id, action=current, number=number,
        title=title, original_due=due, due=due,
    )  # fmt: skip


@action("milestone")
def change(
    *, by: Person, milestone: Milestone, expected_version: int, title: str, due: date, now: datetime, reason: str = ""
) -> Milestone:
    """Put a milestone in other words, and on another day with the reason, in one step. Raises as `move` does."""
    current = _standing(milestone)
    check(by, "change", current, day_of(now))
    if not title.strip():
        raise CannotDo("Say what will be reached.")
    if due != current.due:
        _check_move(current, due, reason)
    verb = "changed" if due == current.due else "re-dated"
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb=verb, now=now, reason=reason, title=title, due=due
    )


@action("milestone")
def move(
    *, by: Person, milestone: Milestone, expected_version: int, due: date, reason: str, now: datetime
) -> Milestone:
    """Give a milestone another day, with the reason; the first one stays beside it. Raises AccessDenied, Conflict,
    CannotDo."""
    current = _standing(milestone)
    check(by, "change", current, day_of(now))
    if due == current.due:
        raise CannotDo("That is its day already. Give another one.")
    _check_move(current, due, reason)
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="re-dated", now=now, reason=reason, due=due
    )


@action("milestone")
def reach(*, by: Person, milestone: Milestone, expected_version: int, reached: date, now: datetime) -> Milestone:
    """Say on which day a milestone was reached. The same day again changes nothing. Raises AccessDenied, Conflict,
    CannotDo."""
    current = _standing(milestone)
    check(by, "change", current, day_of(now))
    if reached > day_of(now):
        raise CannotDo(f"{day(reached)} has not come yet. Give the day on which it was reached.")
    check_day(current.action, reached)
    if current.reached == reached:
        return current
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="reached", now=now, reached=reached
    )


@action("milestone")
def not_reached(*, by: Person, milestone: Milestone, expected_version: int, reason: str, now: datetime) -> Milestone:
    """Say that a milestone was not reached after all, and why. Raises AccessDenied, Conflict, CannotDo."""
    current = _standing(milestone)
    check(by, "change", current, day_of(now))
    if current.reached is None:
        raise CannotDo(f"Milestone {current.number} is not recorded as reached.")
    if not reason.strip():
        raise CannotDo("Say why it does not count as reached. The reason stays on record.")
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="not reached after all", now=now, reason=reason,
        reached=None,
    )  # fmt: skip


@action("milestone")
def withdraw(*, by: Person, milestone: Milestone, expected_version: int, reason: str, now: datetime) -> Milestone:
    """Take a milestone out of its action, with the reason. Raises AccessDenied, Conflict, CannotDo."""
    current = _standing(milestone)
    check(by, "change", current, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why it is taken out. The reason stays on record.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)
