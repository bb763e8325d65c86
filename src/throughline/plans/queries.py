"""Reads of the plan. Everything starts from what the person may see."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.inspections.queries import NEEDS_ACTION, findings_of
from throughline.partners.models import Partnership, Person
from throughline.plans import judged
from throughline.plans.delivery import ENDED, OPEN, Delivery
from throughline.plans.models import Action, ActionFinding, ActionImpact, DesiredImpact, ImprovementArea, Plan


def plans_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's plans."""
    return Plan.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at__isnull=True)


def counted(plans: GuardedQuerySet) -> GuardedQuerySet:
    """Plans with `actions_planned`: how many actions each has, without those that were ended."""
    return plans.annotate(
        actions_planned=Count("actions", filter=Q(actions__withdrawn_at__isnull=True) & ~Q(actions__delivery__in=ENDED))
    )


def plan_of(partnership: Partnership, reference: str, *, for_person: Person) -> Plan:
    """One plan. Raises DoesNotExist, also when it is not for this person to see."""
    found: Plan = plans_of(partnership, for_person=for_person).select_related("partnership").get(reference=reference)
    return found


def areas_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's improvement areas in order."""
    return ImprovementArea.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True)


def area_of(plan: Plan, number: int, *, for_person: Person) -> ImprovementArea:
    """One improvement area. Raises DoesNotExist."""
    found: ImprovementArea = areas_of(plan, for_person=for_person).get(number=number)
    return found


def impacts_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's desired impacts in order, each with its standing actions' links in `served_by`. Two queries."""
    links = (
        ActionImpact.objects.filter(withdrawn_at__isnull=True)
        .exclude(action__delivery__in=ENDED)
        .select_related("action__plan")
        .order_by("action__number")
    )
    return (
        DesiredImpact.objects.visible_to(for_person)
        .filter(plan=plan, withdrawn_at__isnull=True)
        .select_related("plan__partnership")
        .annotate(has_action=Exists(links.filter(desired_impact=OuterRef("pk"))))
        .prefetch_related(Prefetch("action_links", queryset=links, to_attr="served_by"))
    )


def impact_of(plan: Plan, reference: str, *, for_person: Person) -> DesiredImpact:
    """One desired impact, with what stands for its judgement on the scale 'impact' in `shown`. Raises DoesNotExist."""
    found: DesiredImpact = judged.annotated(impacts_of(plan, for_person=for_person)).get(reference=reference)
    found.shown = judged.shown([found.judged])  # type: ignore[attr-defined]
    return found


def standing_answers() -> QuerySet[Any]:
    """Links between actions and findings that stand, of actions that were not ended: what answers a finding."""
    return ActionFinding.objects.filter(withdrawn_at__isnull=True, action__withdrawn_at__isnull=True).exclude(
        action__delivery__in=ENDED
    )


def answers_in(plan: Plan, *, for_person: Person) -> QuerySet[Any]:
    """Links between a plan's standing actions and the findings that they answer, each with its action's area."""
    return (
        standing_answers()
        .filter(pk__in=ActionFinding.objects.visible_to(for_person).filter(action__plan=plan).values("pk"))
        .select_related("action__area")
        .order_by("action__number")
    )


def actions_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's actions in order, with area, lead, findings and impacts, in a constant number of queries.

    Each has `lead_name`, `has_finding` and `has_impact`, and its links in `answers` and `serves`.
    """
    findings = (
        ActionFinding.objects.filter(withdrawn_at__isnull=True)
        .select_related("finding__inspection__partnership", "finding__letter__inspection__partnership")
        .order_by("finding__inspection__reference", "finding__place")
    )
    impacts = (
        judged.annotated(ActionImpact.objects.filter(withdrawn_at__isnull=True), "desired_impact_id")
        .select_related("desired_impact")
        .order_by("desired_impact__number")
    )
    return (
        Action.objects.visible_to(for_person)
        .filter(plan=plan, withdrawn_at__isnull=True)
        .select_related("area", "lead_agency", "lead_group", "plan__partnership")
        .annotate(
            lead_name=Coalesce("lead_agency__name", "lead_group__name"),
            has_finding=Exists(ActionFinding.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True)),
            has_impact=Exists(ActionImpact.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True)),
        )
        .prefetch_related(
            Prefetch("finding_links", queryset=findings, to_attr="answers"),
            Prefetch("impact_links", queryset=impacts, to_attr="serves"),
        )
    )


def action_of(plan: Plan, reference: str, *, for_person: Person) -> Action:
    """One action with its links. Raises DoesNotExist, also when it is not for this person to see."""
    found: Action = actions_of(plan, for_person=for_person).get(reference=reference)
    return found


LINK_KINDS = ("plans.action_finding", "plans.action_impact")


def links_ever(act: Action, *, for_person: Person) -> dict[UUID, str]:
    """Every link that an action has or had, by id: the reference of what it leads to. Two queries."""
    findings = ActionFinding.objects.visible_to(for_person).filter(action=act)
    impacts = ActionImpact.objects.visible_to(for_person).filter(action=act)
    return {
        **dict(findings.values_list("pk", "finding__reference")),
        **dict(impacts.values_list("pk", "desired_impact__reference")),
    }


def actions_answering(finding: Finding, *, for_person: Person) -> GuardedQuerySet:
    """The standing actions, of any plan, that answer a finding."""
    links = standing_answers().filter(finding=finding)
    return (
        Action.objects.visible_to(for_person)
        .filter(pk__in=links.values("action"))
        .select_related("plan__partnership", "area", "lead_agency", "lead_group")
        .order_by("plan__reference", "number")
    )


def findings_to_answer(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The findings that need an action, with what answers them already."""
    return findings_of(partnership, for_person=for_person).filter(kind__in=NEEDS_ACTION)


def overdue(on: date) -> Q:
    """Actions that are overdue on a day: `delivery.shown_delivery` as a query."""
    return Q(delivery__in=OPEN, due__lt=on)


# Actions whose due date was moved.
REDATED = ~Q(due=F("original_due"))


@dataclass(frozen=True)
class Summary:
    """A plan in numbers. `overdue` counts open actions past their day; `unanswered` findings that need an action."""

    actions: int
    claimed: int
    verified: int
    overdue: int
    without_finding: int
    without_impact: int
    findings: int
    unanswered: int


def summary_of(plan: Plan, *, for_person: Person, on: date) -> Summary:
    """A plan in numbers, in two queries. Actions that were ended are not among them."""
    standing = actions_of(plan, for_person=for_person).exclude(delivery__in=ENDED).order_by()
    counted = standing.aggregate(
        actions=Count("pk"),
        claimed=Count("pk", filter=Q(delivery=Delivery.DELIVERED_CLAIMED)),
        verified=Count("pk", filter=Q(delivery=Delivery.DELIVERED_VERIFIED)),
        overdue=Count("pk", filter=overdue(on)),
        without_finding=Count("pk", filter=Q(has_finding=False)),
        without_impact=Count("pk", filter=Q(has_impact=False)),
    )
    found = (
        findings_to_answer(plan.partnership, for_person=for_person)
        .order_by()
        .aggregate(findings=Count("pk"), unanswered=Count("pk", filter=Q(answered=False)))
    )
    return Summary(**counted, **found)
