"""How the plan looks in history."""

from throughline.history import snapshots
from throughline.history.snapshots import Snapshot, State
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    ActionNote,
    Contributor,
    DeclaredConflict,
    DesiredImpact,
    Extension,
    FindingArea,
    ImpactFinding,
    ImpactTest,
    ImprovementArea,
    Milestone,
    Plan,
    RememberedHeading,
    Verification,
)
from throughline.plans.sufficiency import Sufficiency


def _plan_before_screening(state: State) -> State:
    """Version 1 knew no equality screening."""
    return {**state, "equality_screened": None, "equality_note": ""}


def _area_before_owners(state: State) -> State:
    """Version 1 knew no owner of an area."""
    return {**state, "owner_post": "", "owner_agency_id": None, "owner_group_id": None}


def _action_before_resources(state: State) -> State:
    """Version 1 knew no resources, no screening, no number of its own and no successor."""
    return {
        **state, "own_number": "", "resources": "", "resources_note": "", "funder": "", "funding_decided": None,
        "equality": "", "equality_note": "", "equality_screened": None, "superseded_by_id": None,
    }  # fmt: skip


def _impact_before_sufficiency(state: State) -> State:
    """Version 1 did not say what evidence is enough; the default said it for all."""
    return {**state, "sufficiency": Sufficiency.TWO_KINDS.value}


snapshots.register(Snapshot("plans.plan", Plan, version=2, upcasters={1: _plan_before_screening}))
snapshots.register(Snapshot("plans.improvement_area", ImprovementArea, version=2, upcasters={1: _area_before_owners}))
snapshots.register(Snapshot("plans.action", Action, version=2, upcasters={1: _action_before_resources}))
snapshots.record("plans.action_finding", ActionFinding)
snapshots.register(
    Snapshot("plans.desired_impact", DesiredImpact, version=2, upcasters={1: _impact_before_sufficiency})
)
snapshots.record("plans.action_impact", ActionImpact)
snapshots.record("plans.finding_area", FindingArea)
snapshots.record("plans.impact_finding", ImpactFinding)
snapshots.record("plans.impact_test", ImpactTest)
snapshots.record("plans.contributor", Contributor)
snapshots.record("plans.milestone", Milestone)
snapshots.record("plans.extension", Extension)
snapshots.record("plans.verification", Verification)
snapshots.record("plans.conflict", DeclaredConflict)
snapshots.record("plans.action_note", ActionNote)
snapshots.record("plans.heading", RememberedHeading)
