"""Reads of the plan. Everything starts from what the person may see."""

from django.db.models import Exists, OuterRef, Prefetch

from throughline.access import GuardedQuerySet
from throughline.partners.models import Partnership, Person
from throughline.plans.models import Action, ActionFinding, ActionImpact, DesiredImpact, ImprovementArea, Plan


def plans_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's plans."""
    return Plan.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at__isnull=True)


def areas_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's improvement areas in order."""
    return ImprovementArea.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True)


def impacts_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's desired impacts in order."""
    return DesiredImpact.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True)


def actions_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The plan's actions in order, with area, lead, findings and impacts, in a constant number of queries.

    Each has `has_finding` and `has_impact`, and its links in `answers` and `serves`.
    """
    findings = ActionFinding.objects.filter(withdrawn_at__isnull=True).select_related("finding").order_by("finding__place")
    impacts = (
        ActionImpact.objects.filter(withdrawn_at__isnull=True)
        .select_related("desired_impact")
        .order_by("desired_impact__number")
    )
    return (
        Action.objects.visible_to(for_person)
        .filter(plan=plan, withdrawn_at__isnull=True)
        .select_related("area", "lead_agency", "lead_group", "plan")
        .annotate(
            has_finding=Exists(ActionFinding.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True)),
            has_impact=Exists(ActionImpact.objects.filter(action=OuterRef("pk"), withdrawn_at__isnull=True)),
        )
        .prefetch_related(
            Prefetch("finding_links", queryset=findings, to_attr="answers"),
            Prefetch("impact_links", queryset=impacts, to_attr="serves"),
        )
    )
