"""Inspections, the letters that report them, what was read in them and the findings that a person has confirmed."""

from throughline.inspections.models.finding import (
    Finding,
    FindingAgency,
    FindingPart,
    FindingTheme,
    Recurrence,
)
from throughline.inspections.models.inspection import Inspection
from throughline.inspections.models.letter import Letter, Recipient
from throughline.inspections.models.proposal import ProposedFinding
from throughline.inspections.models.terms import FrameworkTerms
from throughline.inspections.models.theme import Theme

__all__ = [
    "Finding",
    "FindingAgency",
    "FindingPart",
    "FindingTheme",
    "FrameworkTerms",
    "Inspection",
    "Letter",
    "ProposedFinding",
    "Recipient",
    "Recurrence",
    "Theme",
]
