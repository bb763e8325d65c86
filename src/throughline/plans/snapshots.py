"""How the plan looks in history."""

from throughline.history import snapshots
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    DesiredImpact,
    FindingArea,
    ImpactFinding,
    ImpactTest,
    ImprovementArea,
    Plan,
)

snapshots.record("plans.plan", Plan)
snapshots.record("plans.improvement_area", ImprovementArea)
snapshots.record("plans.action", Action)
snapshots.record("plans.action_finding", ActionFinding)
snapshots.record("plans.desired_impact", DesiredImpact)
snapshots.record("plans.action_impact", ActionImpact)
snapshots.record("plans.finding_area", FindingArea)
snapshots.record("plans.impact_finding", ImpactFinding)
snapshots.record("plans.impact_test", ImpactTest)
