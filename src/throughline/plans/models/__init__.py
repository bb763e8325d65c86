"""The improvement plan: areas, actions and their steps, what they answer and what children would see."""

from throughline.plans.models.action import Action, ActionFinding, ActionImpact
from throughline.plans.models.impact import DesiredImpact, ImpactFinding, ImpactTest
from throughline.plans.models.plan import FindingArea, ImprovementArea, Plan
from throughline.plans.models.steps import (
    ActionNote,
    Contributor,
    DeclaredConflict,
    Extension,
    Milestone,
    RememberedHeading,
    Verification,
)

__all__ = [
    "Action",
    "ActionFinding",
    "ActionImpact",
    "ActionNote",
    "Contributor",
    "DeclaredConflict",
    "DesiredImpact",
    "Extension",
    "FindingArea",
    "ImpactFinding",
    "ImpactTest",
    "ImprovementArea",
    "Milestone",
    "Plan",
    "RememberedHeading",
    "Verification",
]
