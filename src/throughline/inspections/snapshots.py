"""How inspections, letters and findings look in history."""

from throughline.history import snapshots
from throughline.history.snapshots import Snapshot, State
from throughline.inspections.models import (
    Finding,
    FindingAgency,
    FindingPart,
    FindingTheme,
    Inspection,
    Letter,
    ProposedFinding,
    Recipient,
    Recurrence,
    Theme,
)


def _inspection_before_its_facts(state: State) -> State:
    """Version 1 knew no area, inspectorates, team, cases or stage of factual accuracy."""
    return {
        **state, "area": "", "inspectorates": [], "team_size": None, "deep_dive_cases": None,
        "what_inspectors_did": "", "draft_received": None, "corrections_due": None, "corrections_sent": None,
        "corrections": "",
    }  # fmt: skip


def _letter_before_it_was_read(state: State) -> State:
    """Version 1 knew of no reading by machine, no principal authority and not how a due date was printed."""
    return {
        **state, "statement_due_printed": "", "principal_authority": "", "was_read": False, "reading_notes": [],
    }  # fmt: skip


snapshots.register(
    Snapshot("inspections.inspection", Inspection, version=2, upcasters={1: _inspection_before_its_facts})
)
snapshots.register(Snapshot("inspections.letter", Letter, version=2, upcasters={1: _letter_before_it_was_read}))
snapshots.record("inspections.recipient", Recipient)
snapshots.record("inspections.proposed_finding", ProposedFinding)
snapshots.record("inspections.finding", Finding)
snapshots.record("inspections.finding_part", FindingPart)
snapshots.record("inspections.finding_agency", FindingAgency)
snapshots.record("inspections.finding_theme", FindingTheme)
snapshots.record("inspections.recurrence", Recurrence)
snapshots.record("inspections.theme", Theme)
