"""Reads of judgements and later inspections. Everything starts from what the person may see."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from throughline.access import GuardedQuerySet
from throughline.assurance.models import TestedImpact
from throughline.assurance.queries import testing_impact
from throughline.impact.later_tests import day_it_began
from throughline.impact.models import Judgement, LaterTest
from throughline.impact.permissions import EXECUTIVE, SCRUTINEER
from throughline.impact.rules import FAVOURABLE
from throughline.inspections.models import Finding, Inspection
from throughline.inspections.queries import inspections_of
from throughline.partners.models import Person
from throughline.plans.models import DesiredImpact, Plan
from throughline.plans.queries import impacts_of

NEWEST = ("-on", "-number")


def judgements_of(impact: DesiredImpact, *, for_person: Person) -> GuardedQuerySet:
    """Every judgement of a desired impact, the Executive Group's and the scrutineer's, the newest first."""
    return (
        Judgement.objects.visible_to(for_person)
        .filter(desired_impact=impact, withdrawn_at__isnull=True)
        .order_by(*NEWEST)
    )


def newest(whose: str, column: str, impact: str = "pk") -> Subquery:
    """A column of the judgement that counts, for rows in which `impact` holds a desired impact's id."""
    rows = Judgement.objects.filter(desired_impact=OuterRef(impact), whose=whose, withdrawn_at__isnull=True)
    return Subquery(rows.order_by(*NEWEST).values(column)[:1])


def judged_impacts(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """A plan's desired impacts as they stand: four queries, however many.

    Each has `judged` and `viewed` (the states that count, or None), `judged_on`, `tested` (something that tests it is
    done), `tests_planned` (something would), its judgements in `judgements_ever`, the newest first, and the links to
    what tests it in `tested_by`.
    """
    links = TestedImpact.objects.filter(
        withdrawn_at__isnull=True, activity__withdrawn_at__isnull=True
    )  # fmt: skip
    mine = links.filter(desired_impact=OuterRef("pk"))
    found: GuardedQuerySet = (
        impacts_of(plan, for_person=for_person)
        .annotate(
            judged=newest(EXECUTIVE, "state"),
            judged_on=newest(EXECUTIVE, "on"),
            viewed=newest(SCRUTINEER, "state"),
            tested=Exists(mine.filter(activity__done_on__isnull=False)),
            tests_planned=Exists(mine),
        )
        .prefetch_related(
            Prefetch(
                "judgements",
                queryset=Judgement.objects.filter(withdrawn_at__isnull=True).order_by(*NEWEST),
                to_attr="judgements_ever",
            ),
            Prefetch(
                "activity_links",
                queryset=links.select_related("activity__plan__partnership").order_by("activity__number"),
                to_attr="tested_by",
            ),
        )
        .order_by("number")
    )
    return found


def tests_done(impact: DesiredImpact, *, for_person: Person) -> int:
    """How many activities that test a desired impact are done."""
    return testing_impact(impact, for_person=for_person).filter(done_on__isnull=False).order_by().count()


def held_since(judgements: Sequence[Judgement], whose: str) -> date | None:
    """The day since which the state that counts has held without a break. `judgements` has the newest first."""
    own = [each for each in judgements if each.whose == whose]
    since = None
    for each in own:
        if each.state != own[0].state:
            break
        since = each.on
    return since


def favourable() -> list[str]:
    """The states that say that children are better off, as columns hold them."""
    return [each.value for each in FAVOURABLE]


def later_tests_of(finding: Finding, *, for_person: Person) -> QuerySet:
    """What later inspections said about a finding, the earliest first."""
    return (
        LaterTest.objects.visible_to(for_person)
        .filter(finding=finding, withdrawn_at__isnull=True)
        .select_related("inspection__partnership", "finding__inspection__partnership")
        .order_by("inspection__fieldwork_start", "inspection__reference")
    )


def later_inspections(finding: Finding, *, for_person: Person) -> list[Inspection]:
    """The inspections that began after a finding's own and have not spoken of it on record yet, the newest first."""
    began = day_it_began(finding.inspection)
    said = set(later_tests_of(finding, for_person=for_person).values_list("inspection", flat=True))
    return [
        each
        for each in inspections_of(finding.partnership, for_person=for_person).exclude(pk=finding.inspection_id)
        if each.pk not in said and began is not None and (day := day_it_began(each)) is not None and day > began
    ]
