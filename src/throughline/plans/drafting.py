"""What is done to the plan between the findings and its actions: findings placed in areas, impacts turned from them,
and what would show an impact."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.models import Finding
from throughline.partners.models import Person
from throughline.plans import actions, permissions, rules
from throughline.plans.actions import CannotDo
from throughline.plans.models import DesiredImpact, FindingArea, ImpactFinding, ImpactTest, ImprovementArea, Plan

Test = tuple[str, str]  # kind, text


def _may_add(by: Person, kind: permissions.Kind, plan: Plan, now: datetime) -> None:
    check_new(by, "create", kind, Scope(frozenset({plan.partnership_id})), day_of(now))


def _refuse_withdrawn(findings: Iterable[Finding]) -> None:
    ids = [each.pk for each in findings]
    if gone := Finding.objects.filter(pk__in=ids, withdrawn_at__isnull=False).first():
        raise CannotDo(f"{gone.reference} was withdrawn. Choose another finding.")


@action("area")
def place_findings(
    *, by: Person, area: ImprovementArea, findings: Sequence[Finding], now: datetime
) -> list[FindingArea]:
    """Place findings in an improvement area; those that are there already stay. Returns the new placings.

    Raises AccessDenied, Foreign, CannotDo when a finding was withdrawn. A constant number of queries.
    """
    _may_add(by, permissions.FINDING_AREA, area.plan, now)
    _refuse_withdrawn(findings)
    there = set(
        FindingArea.objects.filter(area=area, withdrawn_at__isnull=True).values_list("finding", flat=True)
    )  # fmt: skip
    return door.bulk(
        FindingArea, by=by, verb="placed", now=now,
        rows=[
            {"partnership_id": area.partnership_id, "area": area, "finding": each}
            for each in dict.fromkeys(findings) if each.pk not in there
        ],
    )  # fmt: skip


@action("placed")
def move_finding(
    *, by: Person, placed: FindingArea, expected_version: int, area: ImprovementArea, now: datetime
) -> FindingArea:
    """Take a finding out of one improvement area and place it in another. Raises AccessDenied, Conflict, CannotDo."""
    if area.plan_id != placed.area.plan_id:
        raise CannotDo("That improvement area belongs to another plan.")
    if area.pk == placed.area_id:
        raise CannotDo(f"{placed.finding.reference} is in that area already. Choose another one.")
    take_out(by=by, placed=placed, expected_version=expected_version, now=now)
    place_findings(by=by, area=area, findings=[placed.finding], now=now)
    return FindingArea.objects.get(area=area, finding=placed.finding, withdrawn_at__isnull=True)


@action("placed")
def take_out(*, by: Person, placed: FindingArea, expected_version: int, now: datetime) -> FindingArea:
    """Take a finding out of an improvement area. Raises AccessDenied, Conflict."""
    check(by, "change", placed, day_of(now))
    return door.unlink(by=by, thing=placed, expected_version=expected_version, now=now)


@action("impact")
def turn_finding(*, by: Person, impact: DesiredImpact, finding: Finding, now: datetime) -> ImpactFinding:
    """Say that a desired impact is what a finding would be, turned to the good. One that stands is returned as it is.

    Raises AccessDenied, Foreign, CannotDo when the finding was withdrawn.
    """
    _may_add(by, permissions.IMPACT_FINDING, impact.plan, now)
    _refuse_withdrawn([finding])
    if stands := ImpactFinding.objects.filter(
        desired_impact=impact, finding=finding, withdrawn_at__isnull=True
    ).first():
        return stands
    return door.link(
        ImpactFinding, by=by, now=now, partnership_id=impact.partnership_id, desired_impact=impact, finding=finding
    )


@action("plan")
def impact_in_words(*, by: Person, plan: Plan, for_whom: str, would_see: str, now: datetime) -> DesiredImpact:
    """The plan's desired impact in these words, made if there is none: two findings may turn to the same good.

    Raises AccessDenied.
    """
    standing = DesiredImpact.objects.filter(plan=plan, withdrawn_at__isnull=True)
    same = standing.filter(for_whom__iexact=for_whom, would_see__iexact=would_see).order_by("number").first()
    if same is not None:
        _may_add(by, permissions.IMPACT, plan, now)
        return same
    return actions.create_desired_impact(by=by, plan=plan, for_whom=for_whom, would_see=would_see, now=now)


@action("impact")
def add_tests(*, by: Person, impact: DesiredImpact, tests: Sequence[Test], now: datetime) -> list[ImpactTest]:
    """Say what would show a desired impact: (kind, text) of each. Those that are there already stay.

    Returns the new ones. Raises AccessDenied, CannotDo for a text that is empty or a kind that there is not.
    """
    _may_add(by, permissions.IMPACT_TEST, impact.plan, now)
    if any(kind not in ImpactTest.PRINTED or not text.strip() for kind, text in tests):
        raise CannotDo("Say what would show the impact: a measure, an audit or a question, in words.")
    every = list(ImpactTest.objects.filter(desired_impact=impact))
    there = {(each.kind, each.text.casefold()) for each in every if each.withdrawn_at is None}
    new = [each for each in dict.fromkeys(tests) if (each[0], each[1].casefold()) not in there]
    first = rules.next_number(each.number for each in every)
    return door.bulk(
        ImpactTest, by=by, verb="added", now=now,
        rows=[
            {
                "partnership_id": impact.partnership_id, "desired_impact": impact, "number": number, "kind": kind,
                "text": text,
            }
            for number, (kind, text) in enumerate(new, start=first)
        ],
    )  # fmt: skip


@action("test")
def change_test(
    *, by: Person, test: ImpactTest, expected_version: int, kind: str, text: str, now: datetime
) -> ImpactTest:
    """Put what would show an impact in other words. Raises AccessDenied, Conflict, CannotDo when it was withdrawn."""
    check(by, "change", test, day_of(now))
    if test.withdrawn_at is not None:
        raise CannotDo("This was withdrawn. Add another one.")
    return door.change(
        by=by, thing=test, expected_version=expected_version, verb="changed", now=now, kind=kind, text=text
    )


@action("test")
def withdraw_test(*, by: Person, test: ImpactTest, expected_version: int, reason: str, now: datetime) -> ImpactTest:
    """Let go of one way to show an impact, with the reason. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", test, day_of(now))
    if test.withdrawn_at is not None:
        raise CannotDo("This was withdrawn already.")
    if not reason.strip():
        raise CannotDo("Say why it no longer shows the impact.")
    return door.withdraw(by=by, thing=test, expected_version=expected_version, now=now, reason=reason)
