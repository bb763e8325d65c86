"""What the soak tests begin with: the cast, a plan and an action that answers a finding, committed for real."""

from dataclasses import dataclass
from datetime import date

from tests.cast import NOW, Cast, assemble
from throughline.inspections import actions as inspections
from throughline.inspections.models import Finding, Inspection
from throughline.plans import actions as plans
from throughline.plans.models import Action, ImprovementArea, Plan


@dataclass
class World:
    """One partnership with the beginning of a line, and everybody in it."""

    cast: Cast
    inspection: Inspection
    finding: Finding
    plan: Plan
    area: ImprovementArea
    act: Action


def begin() -> World:
    """Assemble the cast and draw one thread from a finding to an action."""
    cast = assemble()
    inspection = inspections.create_inspection(
        by=cast.bea,
        partnership=cast.ashvale,
        reference="jtai-2025",
        title="Joint inspection",
        framework="jtai",
        now=NOW,
    )
    finding = inspections.mark_finding(
        by=cast.bea, inspection=inspection, kind="priority_action", text="Meetings are late.", title="Late meetings",
        now=NOW,
    )  # fmt: skip
    plan = plans.create_plan(
        by=cast.bea, partnership=cast.ashvale, reference="improvement-plan", title="Improvement plan", now=NOW
    )
    area = plans.create_area(by=cast.bea, plan=plan, title="Strategy meetings", now=NOW)
    act = plans.create_action(
        by=cast.bea, plan=plan, area=area, title="Hold them in time", due=date(2026, 3, 31), lead_agency=cast.police,
        findings=[finding], now=NOW,
    )  # fmt: skip
    return World(cast, inspection, finding, plan, area, act)
