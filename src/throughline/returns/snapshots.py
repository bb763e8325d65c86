"""How periods and returns look in history."""

from throughline.history import snapshots
from throughline.history.snapshots import Snapshot, State
from throughline.returns.models import (
    AssuranceOutcome,
    MilestoneUpdate,
    ReportingPeriod,
    Return,
    ReturnComment,
    Update,
)


def _update_before_slips(state: State) -> State:
    """Version 1 knew no slip."""
    return {**state, "slip_reason": "", "proposed_due": None}


snapshots.record("returns.period", ReportingPeriod)
snapshots.record("returns.return", Return)
snapshots.register(Snapshot("returns.update", Update, version=2, upcasters={1: _update_before_slips}))
snapshots.record("returns.milestone_update", MilestoneUpdate)
snapshots.record("returns.outcome", AssuranceOutcome)
snapshots.record("returns.comment", ReturnComment)
