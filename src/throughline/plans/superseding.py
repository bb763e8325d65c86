"""One action takes another's place. What was written of the old one stays, and it names the new one."""

from datetime import datetime

from throughline.access import check
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Person
from throughline.plans import actions
from throughline.plans.actions import CannotDo, delivered, in_the_plan
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding, ActionImpact


@action("act")
def supersede(
    *, by: Person, act: Action, expected_version: int, successor: Action, reason: str, now: datetime,
    take_over: bool = False,
) -> Action:  # fmt: skip
    """Have another action of the plan take an action's place, with the reason.

    Links and notes of the old one stay where they are. take_over: the successor answers the same findings and serves
    the same impacts from now on, so that none of them is left without an action. Raises AccessDenied, Conflict,
    CannotDo.
    """
    current = in_the_plan(act)
    check(by, "change", current, day_of(now))
    if successor.pk == current.pk:
        raise CannotDo("An action cannot take its own place. Choose another one.")
    if successor.plan_id != current.plan_id:
        raise CannotDo("The action that takes its place must be of the same plan.")
    new = in_the_plan(successor)
    ended = delivered(
        by=by, act=current, expected_version=expected_version, state=Delivery.SUPERSEDED, reason=reason, now=now,
        superseded_by=new,
    )  # fmt: skip
    if take_over:
        _take_over(by, current, new, now)
    return ended


def _take_over(by: Person, old: Action, new: Action, now: datetime) -> None:
    answered = set(
        ActionFinding.objects.filter(action=new, withdrawn_at__isnull=True).values_list("finding", flat=True)
    )
    for answer in ActionFinding.objects.filter(
        action=old, withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True
    ).select_related("finding"):
        if answer.finding_id not in answered:
            actions.answer_finding(by=by, act=new, finding=answer.finding, now=now)
    served = set(ActionImpact.objects.filter(action=new, withdrawn_at__isnull=True).values_list(
        "desired_impact", flat=True
    ))  # fmt: skip
    for link in ActionImpact.objects.filter(action=old, withdrawn_at__isnull=True).select_related("desired_impact"):
        if link.desired_impact_id not in served:
            actions.serve_impact(by=by, act=new, impact=link.desired_impact, now=now)
