"""What is done to a plan: areas, actions, desired impacts and their links, due dates and delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.models import Finding
from throughline.partners.models import Agency, Group, Participation, Partnership, Person
from throughline.plans import permissions, rules
from throughline.plans.delivery import ENDED, PRINTED, STEPS, Delivery, Need
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    Contributor,
    DesiredImpact,
    ImprovementArea,
    Plan,
    Verification,
)
from throughline.plans.sufficiency import Sufficiency
from throughline.plans.verifying import PRIORITY_KINDS, Level


class CannotDo(ValueError):
    """What was asked breaks a rule of the plan; the sentence says which and what to do."""


def _may_add(by: Person, kind: permissions.Kind, plan: Plan, now: datetime) -> None:
    check_new(by, "create", kind, Scope(frozenset({plan.partnership_id})), day_of(now))


@action("partnership")
def create_plan(*, by: Person, partnership: Partnership, reference: str, title: str, now: datetime) -> Plan:
    """Begin an improvement plan. Raises AccessDenied, CannotDo when the reference is taken."""
    check_new(by, "create", permissions.PLAN, Scope(frozenset({partnership.pk})), day_of(now))
    if Plan.objects.filter(partnership=partnership, reference=reference).exists():
        raise CannotDo(f"There is a plan '{reference}' already. Open it, or choose another short name.")
    return door.create(Plan, by=by, verb="created", now=now, partnership=partnership, reference=reference, title=title)


@action("plan")
def create_area(*, by: Person, plan: Plan, title: str, now: datetime) -> ImprovementArea:
    """Add an improvement area at the end of the plan."""
    _may_add(by, permissions.AREA, plan, now)
    number = rules.next_number(ImprovementArea.objects.filter(plan=plan).values_list("number", flat=True))
    return door.create(
        ImprovementArea, by=by, verb="created", now=now, partnership_id=plan.partnership_id, plan=plan, number=number,
        title=title,
    )  # fmt: skip


@action("area")
def rename_area(
    *, by: Person, area: ImprovementArea, expected_version: int, title: str, now: datetime
) -> ImprovementArea:
    """Give an improvement area another title. Raises AccessDenied, Conflict."""
    check(by, "change", area, day_of(now))
    return door.change(by=by, thing=area, expected_version=expected_version, verb="renamed", now=now, title=title)


@action("plan")
def create_desired_impact(
    *, by: Person, plan: Plan, for_whom: str, would_see: str, now: datetime,
    sufficiency: Sufficiency = Sufficiency.TWO_KINDS,
) -> DesiredImpact:  # fmt: skip
    """Say what would be different, for whom, what one would see, and which evidence of it will be enough."""
    _may_add(by, permissions.IMPACT, plan, now)
    number = rules.next_number(DesiredImpact.objects.filter(plan=plan).values_list("number", flat=True))
    return door.create(
        DesiredImpact, by=by, verb="created", now=now, partnership_id=plan.partnership_id, plan=plan, number=number,
        reference=rules.reference("IMP", number), for_whom=for_whom, would_see=would_see, sufficiency=sufficiency,
    )  # fmt: skip


@action("impact")
def change_desired_impact(
    *, by: Person, impact: DesiredImpact, expected_version: int, for_whom: str, would_see: str, now: datetime,
    sufficiency: Sufficiency | None = None,
) -> DesiredImpact:  # fmt: skip
    """Put a desired impact in other words. `sufficiency` None leaves which evidence is enough. Raises AccessDenied,
    Conflict."""
    check(by, "change", impact, day_of(now))
    return door.change(
        by=by, thing=impact, expected_version=expected_version, verb="changed", now=now, for_whom=for_whom,
        would_see=would_see, sufficiency=impact.sufficiency if sufficiency is None else sufficiency,
    )  # fmt: skip


def _check_lead(plan: Plan, agency: Agency | None, group: Group | None) -> None:
    if (agency is None) == (group is None):
        raise CannotDo("Choose the agency or the group that leads, and only one.")
    check_takes_part(plan, agency, instead="another lead")


def check_takes_part(plan: Plan, agency: Agency | None, *, instead: str) -> None:
    """Raise CannotDo for an agency that takes no part in the plan's partnership. `instead`: what to choose."""
    if agency is not None and not (
        Participation.objects.filter(
            partnership_id=plan.partnership_id, agency=agency, withdrawn_at__isnull=True
        ).exists()
    ):
        raise CannotDo(f"{agency} does not take part in this partnership. Choose {instead}.")


def in_the_plan(act: Action) -> Action:
    """The action as it is now. Raises CannotDo when it was withdrawn or superseded: then it only stays on record."""
    current = Action.objects.select_related("plan", "area", "lead_agency", "lead_group").get(pk=act.pk)
    if current.withdrawn_at is not None or Delivery(current.delivery) in ENDED:
        raise CannotDo(f"{current.reference} is no longer in the plan. Put it back first, or choose another action.")
    return current


def _begun(findings: Iterable[Finding]) -> date | None:
    """The first day of the earliest inspection that these findings come from."""
    days = [each.inspection.fieldwork_start for each in findings if each.inspection.fieldwork_start]
    return min(days, default=None)


@action("plan")
def create_action(
    *, by: Person, plan: Plan, area: ImprovementArea, title: str, due: date, now: datetime,
    lead_agency: Agency | None = None, lead_group: Group | None = None, owner_post: str = "", detail: str = "",
    findings: Sequence[Finding] = (), impacts: Sequence[DesiredImpact] = (), own_number: str = "",
) -> Action:  # fmt: skip
    """Add an action with its lead, its day, the findings that it answers and the impacts that it serves.

    `own_number` is the number that it had in the plan it was brought in from.

    Raises AccessDenied, Foreign, CannotDo.
    """
    _may_add(by, permissions.ACTION, plan, now)
    if area.plan_id != plan.pk:
        raise CannotDo("That improvement area belongs to another plan.")
    _check_lead(plan, lead_agency, lead_group)
    if doubt := rules.why_not_due(due, not_before=_begun(findings)):
        raise CannotDo(doubt)
    number = rules.next_number(Action.objects.filter(plan=plan).values_list("number", flat=True))
    made = door.create(
        Action, by=by, verb="created", now=now, partnership_id=plan.partnership_id, plan=plan, area=area, number=number,
        reference=rules.reference("ACT", number), title=title, detail=detail, lead_agency=lead_agency,
        lead_group=lead_group, owner_post=owner_post, original_due=due, due=due, own_number=own_number,
    )  # fmt: skip
    for finding in findings:
        answer_finding(by=by, act=made, finding=finding, now=now)
    for impact in impacts:
        serve_impact(by=by, act=made, impact=impact, now=now)
    return made


@dataclass(frozen=True)
class NewImpact:
    """A desired impact that is written together with the action that serves it."""

    for_whom: str
    would_see: str


@action("plan")
def add_action(
    *, by: Person, plan: Plan, area: ImprovementArea | str, title: str, due: date, now: datetime,
    lead_agency: Agency | None = None, lead_group: Group | None = None, owner_post: str = "", detail: str = "",
    findings: Sequence[Finding] = (), impacts: Sequence[DesiredImpact] = (), new_impact: NewImpact | None = None,
) -> Action:  # fmt: skip
    """Add an action with everything that its form may bring: `area` may be a new one's title, and an impact be new.

    Raises AccessDenied, Foreign, CannotDo; then nothing of it is kept.
    """
    _may_add(by, permissions.ACTION, plan, now)
    stands_in = create_area(by=by, plan=plan, title=area, now=now) if isinstance(area, str) else area
    served = list(impacts)
    if new_impact is not None:
        served.append(
            create_desired_impact(
                by=by, plan=plan, for_whom=new_impact.for_whom, would_see=new_impact.would_see, now=now
            )
        )
    return create_action(
        by=by, plan=plan, area=stands_in, title=title, due=due, lead_agency=lead_agency, lead_group=lead_group,
        owner_post=owner_post, detail=detail, findings=findings, impacts=served, now=now,
    )  # fmt: skip


@action("act")
def set_links(
    *, by: Person, act: Action, findings: Sequence[Finding], impacts: Sequence[DesiredImpact], now: datetime
) -> None:
    """Have an action answer exactly these findings and serve exactly these impacts. Raises AccessDenied, CannotDo."""
    check(by, "change", act, day_of(now))
    answers = ActionFinding.objects.filter(action=act, withdrawn_at__isnull=True)
    serves = ActionImpact.objects.filter(action=act, withdrawn_at__isnull=True)
    answered = {each.finding_id: each for each in answers}
    served = {each.desired_impact_id: each for each in serves}
    for finding in findings:
        if answered.pop(finding.pk, None) is None:
            answer_finding(by=by, act=act, finding=finding, now=now)
    for impact in impacts:
        if served.pop(impact.pk, None) is None:
            serve_impact(by=by, act=act, impact=impact, now=now)
    left: list[ActionFinding | ActionImpact] = [*answered.values(), *served.values()]
    for link in left:
        unlink(by=by, link=link, expected_version=link.version, now=now)


@action("act")
def change_action(
    *, by: Person, act: Action, expected_version: int, area: ImprovementArea, title: str, detail: str, owner_post: str,
    now: datetime, lead_agency: Agency | None = None, lead_group: Group | None = None,
) -> Action:  # fmt: skip
    """Change what an action says and who leads it. Its dates have their own verb. Raises AccessDenied, Conflict."""
    check(by, "change", act, day_of(now))
    if area.plan_id != act.plan_id:
        raise CannotDo("That improvement area belongs to another plan.")
    _check_lead(act.plan, lead_agency, lead_group)
    parts = Contributor.objects.filter(action=act, agency=lead_agency, group=lead_group, withdrawn_at__isnull=True)
    for each in parts:  # whoever leads now did a part of it until now
        door.withdraw(by=by, thing=each, expected_version=each.version, now=now, reason="It leads the action now.")
    return door.change(
        by=by, thing=act, expected_version=expected_version, verb="changed", now=now, area=area, title=title,
        detail=detail, owner_post=owner_post, lead_agency=lead_agency, lead_group=lead_group,
    )  # fmt: skip


@action("act")
def set_due(*, by: Person, act: Action, expected_version: int, due: date, reason: str, now: datetime) -> Action:
    """Give an action another due date, with the reason; the original one stays beside it for ever."""
    check(by, "change", act, day_of(now))
    return redated(by=by, act=act, expected_version=expected_version, due=due, reason=reason, now=now)


def redated(*, by: Person, act: Action, expected_version: int, due: date, reason: str, now: datetime) -> Action:
    """The action with another due date. Whoever calls this has checked that `by` may move it.

    Raises CannotDo when the day or the reason will not do, and Conflict.
    """
    if due == act.due:
        raise CannotDo("That is the due date already. Give another day.")
    if not reason.strip():
        raise CannotDo("Say why the due date moves. The reason is printed beside it.")
    check_day(act, due)
    return door.change(
        by=by, thing=act, expected_version=expected_version, verb="re-dated", now=now, reason=reason, due=due
    )


def check_day(act: Action, due: date) -> None:
    """Raise CannotDo for a day that cannot be one of this action: before its inspection began, or far away."""
    answered = Finding.objects.filter(action_links__action=act, action_links__withdrawn_at__isnull=True)
    if doubt := rules.why_not_due(due, not_before=_begun(answered.select_related("inspection"))):
        raise CannotDo(doubt)


@action("act")
def answer_finding(*, by: Person, act: Action, finding: Finding, now: datetime) -> ActionFinding:
    """Say that an action answers a finding. Once only; raises AccessDenied, Foreign, CannotDo."""
    _may_add(by, permissions.ACTION_FINDING, act.plan, now)
    if finding.withdrawn_at is not None or Finding.objects.filter(pk=finding.pk, withdrawn_at__isnull=False).exists():
        raise CannotDo(f"{finding.reference} was withdrawn. Choose another finding.")
    if ActionFinding.objects.filter(action=act, finding=finding, withdrawn_at__isnull=True).exists():
        raise CannotDo(f"{act.reference} answers {finding.reference} already.")
    _refuse_weakly_verified(act, finding)
    return door.link(ActionFinding, by=by, now=now, partnership_id=act.partnership_id, action=act, finding=finding)


def _refuse_weakly_verified(act: Action, finding: Finding) -> None:
    """What answers an area for priority action is verified by a confirmation alone: raise CannotDo without one."""
    if finding.kind not in PRIORITY_KINDS:
        return
    if not Action.objects.filter(pk=act.pk, delivery=Delivery.DELIVERED_VERIFIED).exists():
        return
    said = Verification.objects.filter(action=act, withdrawn_at__isnull=True)
    doubted = said.filter(satisfied=False).order_by("-number").values_list("number", flat=True).first() or 0
    if not said.filter(satisfied=True, level=Level.CONFIRMED, number__gt=doubted).exists():
        raise CannotDo(
            f"{finding.reference} is a priority action, and {act.reference} was verified without being confirmed."
            " Have it confirmed first."
        )


@action("act")
def serve_impact(*, by: Person, act: Action, impact: DesiredImpact, now: datetime) -> ActionImpact:
    """Say that an action serves a desired impact. Once only; raises AccessDenied, Foreign, CannotDo."""
    _may_add(by, permissions.ACTION_IMPACT, act.plan, now)
    if impact.plan_id != act.plan_id:
        raise CannotDo("That desired impact belongs to another plan.")
    if ActionImpact.objects.filter(action=act, desired_impact=impact, withdrawn_at__isnull=True).exists():
        raise CannotDo(f"{act.reference} serves {impact.reference} already.")
    return door.link(ActionImpact, by=by, now=now, partnership_id=act.partnership_id, action=act, desired_impact=impact)


@action("link")
def unlink(
    *, by: Person, link: ActionFinding | ActionImpact, expected_version: int, now: datetime, reason: str = ""
) -> ActionFinding | ActionImpact:
    """Take a link between an action and a finding or a desired impact away. Raises AccessDenied, Conflict."""
    check(by, "change", link, day_of(now))
    return door.unlink(by=by, thing=link, expected_version=expected_version, now=now, reason=reason)


@action("act")
def withdraw_action(*, by: Person, act: Action, expected_version: int, reason: str, now: datetime) -> Action:
    """End an action that will not be done, with the reason. It stays in the plan as withdrawn. Raises Conflict."""
    check(by, "change", act, day_of(now))
    return record_delivery(
        by=by, act=act, expected_version=expected_version, state=Delivery.WITHDRAWN, reason=reason, now=now
    )


@action("act")
def restore_action(*, by: Person, act: Action, expected_version: int, reason: str, now: datetime) -> Action:
    """Put an action that was withdrawn back, as not started, with the reason. Raises Conflict, CannotDo."""
    return record_delivery(
        by=by, act=act, expected_version=expected_version, state=Delivery.NOT_STARTED, reason=reason, now=now
    )


@action("act")
def record_delivery(
    *, by: Person, act: Action, expected_version: int, state: Delivery, reason: str, now: datetime
) -> Action:
    """Set where an action stands, by the table of steps. Staying where one is changes nothing.

    The claim of an agency becomes the action's delivery when its return is accepted: `by` accepts it. Raises
    AccessDenied, Conflict, CannotDo when the step is not allowed or lacks its reason.
    """
    check(by, "change", act, day_of(now))
    current = Delivery(act.delivery)
    if state is Delivery.DELIVERED_VERIFIED and current is not state:
        # Verifying is a verb of its own, for somebody independent who has seen the evidence. No keeper has it.
        raise CannotDo(f"{act.reference} is delivered (verified) only when somebody independent says so, on evidence.")
    if state is Delivery.SUPERSEDED and current is not state:
        # So is this one, because it names the action that takes the other's place.
        raise CannotDo(f"Name the action that takes the place of {act.reference}.")
    return delivered(by=by, act=act, expected_version=expected_version, state=state, reason=reason, now=now)


def delivered(
    *, by: Person, act: Action, expected_version: int, state: Delivery, reason: str, now: datetime, **fields: Any
) -> Action:
    """The action at another delivery, by the table of steps. Whoever calls this has checked that `by` may say so.

    fields: what else is written in the same step. Raises Conflict, CannotDo.
    """
    current = Delivery(act.delivery)
    need = STEPS[current].get(state)
    if need is None:
        raise CannotDo(f"{act.reference} cannot go from '{PRINTED[current]}' to '{PRINTED[state]}'.")
    if need is Need.REASON and not reason.strip():
        raise CannotDo(f"Say why {act.reference} goes from '{PRINTED[current]}' to '{PRINTED[state]}'.")
    if state == current:
        return act
    return door.change(
        by=by, thing=act, expected_version=expected_version, verb="delivery recorded", now=now, reason=reason,
        delivery=state.value, **fields,
    )  # fmt: skip
