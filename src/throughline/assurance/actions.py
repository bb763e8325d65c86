"""What is done with the programme of scrutiny and audit: activities are planned, changed, reported on, withdrawn."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from throughline.access import Scope, check, check_new
from throughline.assurance import permissions, rules
from throughline.assurance.models import AssuranceActivity, TestedAction, TestedImpact
from throughline.assurance.outcomes import ActivityKind
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Participation, Person
from throughline.plans.models import Action, DesiredImpact, Plan
from throughline.plans.rules import next_number, why_not_due


class CannotDo(ValueError):
    """What was asked breaks a rule of the programme; the sentence says which and what to do."""


def _check_words(plan: Plan, kind: str, due: date, agency: Agency | None, group: Group | None) -> None:
    if kind not in set(ActivityKind):
        raise CannotDo("Choose what kind of activity it is.")
    if doubt := why_not_due(due, not_before=None):
        raise CannotDo(doubt)
    if (agency is None) == (group is None):
        raise CannotDo("Choose the agency or the group that carries it out, and only one.")
    if (
        agency is not None
        and not Participation.objects.filter(
            partnership_id=plan.partnership_id, agency=agency, withdrawn_at__isnull=True
        ).exists()
    ):
        raise CannotDo(f"{agency} does not take part in this partnership. Choose who carries it out.")


def _check_tested(plan: Plan, actions: Sequence[Action], impacts: Sequence[DesiredImpact]) -> None:
    tested: list[Action | DesiredImpact] = [*actions, *impacts]
    for each in tested:
        if each.plan_id != plan.pk:
            raise CannotDo(f"{each.reference} belongs to another plan.")


@action("plan")
def plan_activity(
    *, by: Person, plan: Plan, title: str, kind: str, tests: str, due: date, now: datetime,
    agency: Agency | None = None, group: Group | None = None, actions: Sequence[Action] = (),
    impacts: Sequence[DesiredImpact] = (),
) -> AssuranceActivity:  # fmt: skip
    """Put an activity into the programme: what it tests in a sentence, who carries it out and by when.

    `actions` and `impacts` are the rows of the plan that it tests. Raises AccessDenied, Foreign, CannotDo.
    """
    check_new(by, "create", permissions.ACTIVITY, Scope(frozenset({plan.partnership_id})), day_of(now))
    _check_words(plan, kind, due, agency, group)
    number = next_number(AssuranceActivity.objects.filter(plan=plan).values_list("number", flat=True))
    made = door.create(
        AssuranceActivity, by=by, verb="planned", now=now, partnership_id=plan.partnership_id, plan=plan,
        number=number, reference=rules.reference(number), title=title, kind=str(kind), tests=tests, agency=agency,
        group=group, due=due,
    )  # fmt: skip
    set_tested(by=by, activity=made, actions=actions, impacts=impacts, now=now)
    return made


@action("activity")
def change_activity(
    *, by: Person, activity: AssuranceActivity, expected_version: int, title: str, kind: str, tests: str, due: date,
    now: datetime, agency: Agency | None = None, group: Group | None = None, actions: Sequence[Action] = (),
    impacts: Sequence[DesiredImpact] = (),
) -> AssuranceActivity:  # fmt: skip
    """Put an activity right; afterwards it tests exactly these actions and desired impacts.

    What it found is reported by its own verb. Raises AccessDenied, Conflict, Foreign, CannotDo.
    """
    current = _standing(activity)
    check(by, "change", current, day_of(now))
    _check_words(current.plan, kind, due, agency, group)
    changed = door.change(
        by=by, thing=current, expected_version=expected_version, verb="changed", now=now, title=title, kind=str(kind),
        tests=tests, due=due, agency=agency, group=group,
    )  # fmt: skip
    set_tested(by=by, activity=changed, actions=actions, impacts=impacts, now=now)
    return changed


@action("activity")
def set_tested(
    *, by: Person, activity: AssuranceActivity, actions: Sequence[Action], impacts: Sequence[DesiredImpact],
    now: datetime,
) -> None:  # fmt: skip
    """Have an activity test exactly these actions and desired impacts. Raises AccessDenied, CannotDo."""
    check(by, "change", activity, day_of(now))
    _check_tested(activity.plan, actions, impacts)
    _set_links(by, TestedAction, activity, "action", actions, now)
    _set_links(by, TestedImpact, activity, "desired_impact", impacts, now)


def _set_links(
    by: Person, model: Any, activity: AssuranceActivity, end: str, things: Sequence[Any], now: datetime
) -> None:
    held = {
        getattr(each, f"{end}_id"): each for each in model.objects.filter(activity=activity, withdrawn_at__isnull=True)
    }
    for thing in dict.fromkeys(things):
        if held.pop(thing.pk, None) is None:
            ends = {"activity": activity, end: thing}
            door.link(model, by=by, now=now, partnership_id=activity.partnership_id, **ends)
    for link in held.values():
        door.unlink(by=by, thing=link, expected_version=link.version, now=now)


def _standing(activity: AssuranceActivity) -> AssuranceActivity:
    current = AssuranceActivity.objects.select_related("plan").get(pk=activity.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.reference} was withdrawn. Plan another activity.")
    return current


@action("activity")
def record_result(
    *, by: Person, activity: AssuranceActivity, expected_version: int, done_on: date, result: str, found: str,
    now: datetime, reason: str = "",
) -> AssuranceActivity:  # fmt: skip
    """Record what an activity found: when it was done, what it says about what it tests, and in words.

    A result that stands already is put right only with a reason. Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(activity)
    check(by, "change", current, day_of(now))
    if wrong := rules.why_not_outcome(done_on, result, found, on=day_of(now)):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    if current.done_on is not None and not reason.strip():
        raise CannotDo(f"{current.reference} has its result already. Say why it has to be put right.")
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="result recorded", now=now, reason=reason,
        done_on=done_on, result=str(result), found=found,
    )  # fmt: skip


@action("activity")
def withdraw_activity(
    *, by: Person, activity: AssuranceActivity, expected_version: int, reason: str, now: datetime
) -> AssuranceActivity:
    """Take an activity out of the programme, with the reason. What was found stays: one that is done cannot be.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(activity)
    check(by, "change", current, day_of(now))
    if current.done_on is not None:
        raise CannotDo(f"{current.reference} is done, and what it found stays on record. Correct its result instead.")
    if not reason.strip():
        raise CannotDo("Say why it will not be done. The reason stays on record.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)
