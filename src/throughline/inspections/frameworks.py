"""Inspection regimes as data: what kinds of finding they print, what answers them, and by when.

Joint targeted area inspections: Children Act 2004 section 20; SI 2015/1792 regulations 3 and 4. The date printed in the
letter is the authority; a computed one only checks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class FindingKind:
    """One kind of finding. `prefix` begins its reference (AFI-17); `needs_action` says that a plan must answer it."""

    key: str
    prefix: str
    printed: str
    plural: str
    needs_action: bool


@dataclass(frozen=True)
class Framework:
    """One regime. The clock runs `clock_days` working days from the day after `clock_starts`."""

    key: str
    printed: str
    short: str
    kinds: tuple[FindingKind, ...]
    response: str
    clock_days: int
    clock_starts: str

    def kind(self, key: str) -> FindingKind:
        """A finding kind by its key."""
        return next(each for each in self.kinds if each.key == key)


JTAI = Framework(
    key="jtai",
    printed="Joint targeted area inspection",
    short="JTAI",
    kinds=(
        FindingKind("priority_action", "APA", "Area for priority action", "Areas for priority action", True),
        FindingKind("improvement", "AFI", "Area for improvement", "Areas for improvement", True),
        FindingKind("strength", "STR", "Strength", "Strengths", False),
        FindingKind("headline", "HEA", "Headline finding", "Headline findings", False),
        FindingKind("case_study", "CAS", "Case study", "Case studies", False),
        FindingKind("partnership", "PF", "Partnership's own finding", "Partnership's own findings", True),
    ),
    response="Written statement of proposed action",
    clock_days=70,
    clock_starts="received",
)

FRAMEWORKS: Mapping[str, Framework] = {framework.key: framework for framework in (JTAI,)}
FINDING_KINDS: Mapping[str, FindingKind] = {
    kind.key: kind for framework in FRAMEWORKS.values() for kind in framework.kinds
}
