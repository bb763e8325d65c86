"""Inspection regimes as data: what kinds of finding they print, what answers them, by when and by whom.

The joint targeted area inspection is complete (Children Act 2004 section 20; SI 2015/1792 regulations 3 and 4). Every
other regime is a default to begin from: `checked` is False, and pages say "check the letter". The date printed in a
letter is the authority everywhere; a computed one only checks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from throughline.methods.clocks import Clock, Start, Unit


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
    """One regime.

    `clock` is None where the regime sets no time. `answers` are the words with which each finding may be answered;
    `principal` says who may have to make the response; `follow_up` what may come after it.
    """

    key: str
    printed: str
    short: str
    kinds: tuple[FindingKind, ...]
    response: str
    clock: Clock | None
    answers: tuple[str, ...]
    principal: str
    follow_up: tuple[str, ...]
    source: str
    checked: bool = False

    def kind(self, key: str) -> FindingKind:
        """A finding kind by its key."""
        return next(each for each in self.kinds if each.key == key)


_PRIORITY = FindingKind("priority_action", "APA", "Area for priority action", "Areas for priority action", True)
_IMPROVEMENT = FindingKind("improvement", "AFI", "Area for improvement", "Areas for improvement", True)
_STRENGTH = FindingKind("strength", "STR", "Strength", "Strengths", False)
_OWN = FindingKind("partnership", "PF", "Partnership's own finding", "Partnership's own findings", True)
_RECOMMENDATION = FindingKind("recommendation", "REC", "Recommendation", "Recommendations", True)
_CONCERN = FindingKind("cause_of_concern", "COC", "Cause of concern", "Causes of concern", True)
_MUST = FindingKind("must_do", "MUST", "Must do", "Must dos", True)
_SHOULD = FindingKind("should_do", "SHD", "Should do", "Should dos", True)

_ACCEPTANCE = ("Accepted", "Accepted in part", "Not accepted")
_AGREEMENT = ("Agreed", "Partly agreed", "Not agreed")

JTAI = Framework(
    key="jtai",
    printed="Joint targeted area inspection",
    short="JTAI",
    kinds=(
        _PRIORITY,
        _IMPROVEMENT,
        _STRENGTH,
        FindingKind("headline", "HEA", "Headline finding", "Headline findings", False),
        FindingKind("case_study", "CAS", "Case study", "Case studies", False),
        _OWN,
    ),
    response="Written statement of proposed action",
    clock=Clock(70, Unit.WORKING_DAYS, Start.RECEIVED),
    answers=_ACCEPTANCE,
    principal="The body that the letter names; not always the council",
    follow_up=("Feedback received", "Tested at a later inspection"),
    source="Children Act 2004, section 20; SI 2015/1792, regulations 3 and 4",
    checked=True,
)

_OTHERS = (
    Framework(
        key="ilacs",
        printed="Inspection of local authority children's services",
        short="ILACS",
        kinds=(_PRIORITY, _IMPROVEMENT, _STRENGTH, _OWN),
        response="Action plan",
        clock=Clock(70, Unit.WORKING_DAYS, Start.RECEIVED),
        answers=_ACCEPTANCE,
        principal="The local authority",
        follow_up=("Monitoring visit", "Focused visit", "Annual engagement meeting", "Re-inspection"),
        source="Education and Inspections Act 2006 (Inspection of Local Authorities) Regulations 2007",
    ),
    Framework(
        key="send",
        printed="Area SEND inspection",
        short="Area SEND",
        kinds=(_PRIORITY, _IMPROVEMENT, _STRENGTH, _OWN),
        response="Priority action plan",
        clock=Clock(35, Unit.WORKING_DAYS, Start.RECEIVED),
        answers=_ACCEPTANCE,
        principal="The local area partnership",
        follow_up=("Monitoring inspection", "Full re-inspection", "Support and challenge meeting"),
        source="Area SEND inspections: framework and handbook (Ofsted and CQC)",
    ),
    Framework(
        key="hmip",
        printed="HMI Probation inspection",
        short="HMI Probation",
        kinds=(_RECOMMENDATION, _STRENGTH, _OWN),
        response="Action plan",
        clock=Clock(20, Unit.WORKING_DAYS, Start.RECEIVED),
        answers=_AGREEMENT,
        principal="The inspected probation or youth justice service",
        follow_up=("Next inspection",),
        source="HMPPS action plan template: agreed, partly agreed, not agreed",
    ),
    Framework(
        key="hmicfrs",
        printed="HMICFRS police inspection",
        short="HMICFRS",
        kinds=(_CONCERN, _RECOMMENDATION, _IMPROVEMENT, _STRENGTH, _OWN),
        response="Police and crime commissioner's response",
        clock=Clock(56, Unit.CALENDAR_DAYS, Start.PUBLISHED),
        answers=_ACCEPTANCE,
        principal="The police and crime commissioner; the force makes an action plan",
        follow_up=("Revisit", "Next inspection"),
        source="Police Act 1996, section 55",
    ),
    Framework(
        key="cqc",
        printed="CQC inspection",
        short="CQC",
        kinds=(_MUST, _SHOULD, _STRENGTH, _OWN),
        response="Provider's action plan",
        clock=Clock(28, Unit.CALENDAR_DAYS, Start.RECEIVED),
        answers=_ACCEPTANCE,
        principal="The registered provider",
        follow_up=("Re-inspection",),
        source="Health and Social Care Act 2008 (Regulated Activities) Regulations 2014, regulation 17(3)",
    ),
    Framework(
        key="lcspr",
        printed="Local child safeguarding practice review",
        short="LCSPR",
        kinds=(_RECOMMENDATION, _OWN),
        response="Partnership's response",
        clock=None,
        answers=_ACCEPTANCE,
        principal="The safeguarding partners",
        follow_up=("Yearly report", "National Panel's enquiry"),
        source="Working together to safeguard children",
    ),
    Framework(
        key="dhr",
        printed="Domestic homicide review",
        short="DHR",
        kinds=(_RECOMMENDATION, _OWN),
        response="Multi-agency action plan",
        clock=None,
        answers=_ACCEPTANCE,
        principal="The community safety partnership",
        follow_up=("Quality assurance panel's letter",),
        source="Domestic Violence, Crime and Victims Act 2004, section 9",
    ),
)

FRAMEWORKS: Mapping[str, Framework] = {framework.key: framework for framework in (JTAI, *_OTHERS)}
# In the order of the frameworks: a kind keeps its place in lists for ever, so new ones come at the end.
FINDING_KINDS: Mapping[str, FindingKind] = {
    kind.key: kind for framework in FRAMEWORKS.values() for kind in framework.kinds
}
