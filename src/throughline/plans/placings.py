"""Reads of what stands between findings and actions: which area a finding is in, which impacts it turned to, what
would show them. Everything starts from what the person may see."""

from uuid import UUID

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.partners.models import Person
from throughline.plans.models import DesiredImpact, FindingArea, ImpactFinding, ImpactTest, Plan


def placed_in(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The findings that stand in a plan's areas, with both ends, by area and in the letter's order. One query."""
    return (
        FindingArea.objects.visible_to(for_person)
        .filter(area__plan=plan, withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True)
        .select_related("area__plan__partnership", "finding__inspection__partnership")
        .order_by("area__number", "finding__inspection__reference", "finding__place")
    )


def placing_of(plan: Plan, pk: UUID, *, for_person: Person) -> FindingArea:
    """One finding in one area. Raises DoesNotExist."""
    found: FindingArea = placed_in(plan, for_person=for_person).get(pk=pk)
    return found


def turned_in(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """The links between a plan's desired impacts and the findings that they turn, with both ends. One query."""
    return (
        ImpactFinding.objects.visible_to(for_person)
        .filter(
            desired_impact__plan=plan, desired_impact__withdrawn_at__isnull=True, withdrawn_at__isnull=True,
            finding__withdrawn_at__isnull=True,
        )
        .select_related("desired_impact__plan__partnership", "finding__inspection__partnership")
        .order_by("desired_impact__number", "finding__inspection__reference", "finding__place")
    )  # fmt: skip


def of_finding(finding: Finding, *, for_person: Person) -> tuple[list[FindingArea], list[ImpactFinding]]:
    """The areas that a finding is in and the impacts that it turned to, in any plan. Two queries."""
    areas = (
        FindingArea.objects.visible_to(for_person)
        .filter(finding=finding, withdrawn_at__isnull=True, area__withdrawn_at__isnull=True)
        .select_related("area__plan__partnership")
        .order_by("area__plan__reference", "area__number")
    )
    impacts = (
        ImpactFinding.objects.visible_to(for_person)
        .filter(finding=finding, withdrawn_at__isnull=True, desired_impact__withdrawn_at__isnull=True)
        .select_related("desired_impact__plan__partnership")
        .order_by("desired_impact__plan__reference", "desired_impact__number")
    )
    return list(areas), list(impacts)


def tests_of(impact: DesiredImpact, *, for_person: Person) -> GuardedQuerySet:
    """What would show a desired impact, in order. One query."""
    return (
        ImpactTest.objects.visible_to(for_person)
        .filter(desired_impact=impact, withdrawn_at__isnull=True)
        .order_by("number")
    )


def test_of(impact: DesiredImpact, number: int, *, for_person: Person) -> ImpactTest:
    """One of them. Raises DoesNotExist, also when it was withdrawn."""
    found: ImpactTest = tests_of(impact, for_person=for_person).get(number=number)
    found.desired_impact = impact
    return found
