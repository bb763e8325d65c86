"""What is done with suggestions: taken into the plan, set aside, brought back. Looking writes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.models import Finding
from throughline.partners.models import Person
from throughline.plans import actions as plan_actions
from throughline.plans import drafting
from throughline.plans.actions import CannotDo, NewImpact
from throughline.plans.models import DesiredImpact, FindingArea, ImpactFinding, ImprovementArea, Plan
from throughline.suggestions import permissions
from throughline.suggestions.bank import begin_bank
from throughline.suggestions.drafts import Item
from throughline.suggestions.models import SetAside


def _may_draft(by: Person, plan: Plan, now: datetime) -> None:
    check_new(by, "create", permissions.SET_ASIDE, Scope(frozenset({plan.partnership_id})), day_of(now))


def _area_in_words(by: Person, plan: Plan, title: str, now: datetime) -> ImprovementArea:
    """The plan's area of this title, begun if there is none."""
    same = ImprovementArea.objects.filter(plan=plan, title__iexact=title, withdrawn_at__isnull=True)
    return same.order_by("number").first() or plan_actions.create_area(by=by, plan=plan, title=title, now=now)


@dataclass(frozen=True)
class Taken:
    """What came of accepting. `new_tests` counts those that were not there before."""

    area: ImprovementArea | None = None
    impact: DesiredImpact | None = None
    new_tests: int = 0
    set_aside: int = 0


@action("plan")
def accept(
    *, by: Person, plan: Plan, finding: Finding, now: datetime, area: ImprovementArea | str | None = None,
    impact: NewImpact | None = None, tests: Sequence[drafting.Test] = (), left: Sequence[Item] = (),
) -> Taken:  # fmt: skip
    """Take into the plan what was ticked for one finding, and set aside what was shown and left.

    `area` may be a new one's title; `tests` show `impact`, or the impact that the finding turned to already. What is
    there already stays as it is: accepting twice does nothing twice. The partnership's bank begins with the first
    acceptance. Raises AccessDenied, Foreign, CannotDo when tests have no impact to show; then nothing is kept.
    """
    _may_draft(by, plan, now)
    begin_bank(by=by, partnership=plan.partnership, now=now)
    stands_in = _area_in_words(by, plan, area, now) if isinstance(area, str) else area
    if stands_in is not None:
        if stands_in.plan_id != plan.pk:
            raise CannotDo("That improvement area belongs to another plan.")
        drafting.place_findings(by=by, area=stands_in, findings=[finding], now=now)
    shown = _impact_for(by, plan, finding, impact, now)
    if tests and shown is None:
        raise CannotDo("A measure, audit or question shows a desired impact. Write what would be seen, or untick them.")
    added = drafting.add_tests(by=by, impact=shown, tests=tests, now=now) if shown is not None and tests else []
    gone = set_aside(by=by, plan=plan, finding=finding, items=left, now=now)
    return Taken(stands_in, shown if impact or added else None, len(added), len(gone))


def _impact_for(
    by: Person, plan: Plan, finding: Finding, impact: NewImpact | None, now: datetime
) -> DesiredImpact | None:
    """The impact as it was written, tied to the finding; without one, the impact that the finding turned to before."""
    if impact is None:
        link = (
            ImpactFinding.objects.filter(
                finding=finding, desired_impact__plan=plan, desired_impact__withdrawn_at__isnull=True,
                withdrawn_at__isnull=True,
            ).select_related("desired_impact__plan").order_by("desired_impact__number").first()
        )  # fmt: skip
        return link.desired_impact if link else None
    made = drafting.impact_in_words(
        by=by, plan=plan, for_whom=impact.for_whom, would_see=impact.would_see, now=now
    )  # fmt: skip
    drafting.turn_finding(by=by, impact=made, finding=finding, now=now)
    return made


@action("plan")
def accept_areas(
    *, by: Person, plan: Plan, areas: Mapping[str, Sequence[Finding]], now: datetime
) -> list[tuple[ImprovementArea, int]]:
    """Place findings in improvement areas by title; an area that the plan lacks is begun.

    Findings that another person placed in this plan meanwhile stay where they are. Returns the areas with how many
    findings each got. Raises AccessDenied, Foreign, CannotDo; then nothing is kept.
    """
    _may_draft(by, plan, now)
    begin_bank(by=by, partnership=plan.partnership, now=now)
    there = set(
        FindingArea.objects.filter(area__plan=plan, withdrawn_at__isnull=True).values_list("finding", flat=True)
    )
    made = []
    for title, findings in areas.items():
        free = [each for each in findings if each.pk not in there]
        if free:
            area = _area_in_words(by, plan, title, now)
            placed = drafting.place_findings(by=by, area=area, findings=free, now=now)
            there |= {each.finding_id for each in placed}
            made.append((area, len(placed)))
    return made


@action("plan")
def set_aside(*, by: Person, plan: Plan, finding: Finding, items: Sequence[Item], now: datetime) -> list[SetAside]:
    """Have suggestions not come back for a finding of this plan. Those that were set aside already stay so.

    Raises AccessDenied, Foreign.
    """
    _may_draft(by, plan, now)
    there = set(
        SetAside.objects.filter(plan=plan, finding=finding, withdrawn_at__isnull=True).values_list(
            "what", "fingerprint"
        )
    )
    new = {(each.what, each.fingerprint) for each in items} - there
    return door.bulk(
        SetAside, by=by, verb="set aside", now=now,
        rows=[
            {
                "partnership_id": plan.partnership_id, "plan": plan, "finding": finding, "what": what,
                "fingerprint": words,
            }
            for what, words in sorted(new)
        ],
    )  # fmt: skip


@action("plan")
def bring_back(*, by: Person, plan: Plan, finding: Finding, now: datetime) -> int:
    """Have what was set aside for a finding suggested again. Returns how much it was. Raises AccessDenied."""
    _may_draft(by, plan, now)
    rows = list(SetAside.objects.filter(plan=plan, finding=finding, withdrawn_at__isnull=True))
    for each in rows:
        check(by, "change", each, day_of(now))
    door.change_many(
        by=by, changes=[(each, each.version, {"withdrawn_at": now}) for each in rows], verb="brought back", now=now
    )
    return len(rows)
