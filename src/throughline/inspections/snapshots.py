"""How inspections, letters and findings look in history."""

from throughline.history import snapshots
from throughline.history.snapshots import Snapshot, State
from throughline.inspections.models import (
    Finding,
    FindingAgency,
    FindingPart,
    FindingTheme,
    FrameworkTerms,
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


def _letter_before_its_words_were_known(state: State) -> State:
    """Version 2 could not tell that two files hold the same letter."""
    return {**state, "words_sha256": ""}


def _proposal_before_its_links(state: State) -> State:
    """Version 1 proposed no agencies and no themes."""
    return {**state, "part_agencies": ["" for _ in state["parts"]], "agencies": [], "themes": []}


snapshots.register(
    Snapshot("inspections.inspection", Inspection, version=2, upcasters={1: _inspection_before_its_facts})
)
snapshots.register(
    Snapshot(
        "inspections.letter",
        Letter,
        version=3,
        upcasters={1: _letter_before_it_was_read, 2: _letter_before_its_words_were_known},
    )
)
snapshots.record("inspections.recipient", Recipient)
snapshots.register(
    Snapshot("inspections.proposed_finding", ProposedFinding, version=2, upcasters={1: _proposal_before_its_links})
)
snapshots.record("inspections.finding", Finding)
snapshots.record("inspections.finding_part", FindingPart)
snapshots.record("inspections.finding_agency", FindingAgency)
snapshots.record("inspections.finding_theme", FindingTheme)
snapshots.record("inspections.recurrence", Recurrence)
snapshots.record("inspections.theme", Theme)
snapshots.record("inspections.framework_terms", FrameworkTerms)
