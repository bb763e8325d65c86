"""Reads of the programme of scrutiny and audit. Everything starts from what the person may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.functions import Coalesce

from throughline.access import GuardedQuerySet
from throughline.assurance.models import AssuranceActivity, TestedAction, TestedImpact
from throughline.partners.models import Person
from throughline.plans.models import Action, DesiredImpact, Plan


def activities_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """A plan's activities in order, with their bodies and what they test, in three queries.

    Each has `body_name`, `tests_action` and `tests_impact`, and its links in `tested_actions` and `tested_impacts`.
    """
    return _with_tested(AssuranceActivity.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True))


def _with_tested(rows: GuardedQuerySet) -> GuardedQuerySet:
    actions = TestedAction.objects.filter(withdrawn_at__isnull=True, action__withdrawn_at__isnull=True)
    impacts = TestedImpact.objects.filter(withdrawn_at__isnull=True, desired_impact__withdrawn_at__isnull=True)
    return (
        rows.select_related("agency", "group", "plan__partnership")
        .annotate(
            body_name=Coalesce("agency__name", "group__name"),
            tests_action=Exists(actions.filter(activity=OuterRef("pk"))),
            tests_impact=Exists(impacts.filter(activity=OuterRef("pk"))),
        )
        .prefetch_related(
            Prefetch(
                "action_links",
                queryset=actions.select_related("action__plan__partnership").order_by("action__number"),
                to_attr="tested_actions",
            ),
            Prefetch(
                "impact_links",
                queryset=impacts.select_related("desired_impact__plan__partnership").order_by("desired_impact__number"),
                to_attr="tested_impacts",
            ),
        )
        .order_by("number")
    )


def activity_of(plan: Plan, reference: str, *, for_person: Person) -> AssuranceActivity:
    """One activity with what it tests. Raises DoesNotExist, also when it is not for this person to see."""
    found: AssuranceActivity = activities_of(plan, for_person=for_person).get(reference=reference)
    return found


def testing_action(act: Action, *, for_person: Person) -> GuardedQuerySet:
    """The activities that test an action."""
    links = TestedAction.objects.filter(action=act, withdrawn_at__isnull=True)
    return activities_of(act.plan, for_person=for_person).filter(pk__in=links.values("activity"))


def testing_impact(impact: DesiredImpact, *, for_person: Person) -> GuardedQuerySet:
    """The activities that test a desired impact."""
    links = TestedImpact.objects.filter(desired_impact=impact, withdrawn_at__isnull=True)
    return activities_of(impact.plan, for_person=for_person).filter(pk__in=links.values("activity"))


def owed_by(plan_id: UUID, *, agency_id: UUID | None, group_id: UUID | None) -> GuardedQuerySet:
    """The standing activities of one body that are not done, for whoever has found that body's return. By due date."""
    body: dict[str, Any] = {"agency_id": agency_id, "group_id": group_id}
    found: GuardedQuerySet = AssuranceActivity.objects.filter(
        plan_id=plan_id, withdrawn_at__isnull=True, done_on__isnull=True, **body
    ).order_by("due", "number")
    return found


def overdue(on: date) -> Q:
    """Activities that are overdue on a day: `rules.is_overdue` as a query."""
    return Q(done_on__isnull=True, due__lt=on)


def references(links: Iterable[Any], end: str) -> str:
    """What an activity's links lead to, as their references in a row."""
    return ", ".join(getattr(link, end).reference for link in links)
