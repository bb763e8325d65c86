"""The line as values: findings, what answers them, what was returned about it, and whom it is for. Pure.

Everything is frozen and in the order in which it is printed. Rows point at each other by `id`; references are for
people. The drawing, the checks, exports and reports read this tree and nothing else.
"""

from dataclasses import dataclass
from datetime import date

from throughline.impact.scale import Impact, least_favourable
from throughline.plans.delivery import Delivery, Shown, shown_delivery


@dataclass(frozen=True)
class Body:
    """An agency or a group."""

    id: str
    name: str
    short_name: str


@dataclass(frozen=True)
class FindingLine:
    """A finding as the letter has it; `answered_elsewhere` when only another plan's action answers it."""

    id: str
    reference: str
    inspection: str
    inspection_title: str
    kind: str
    kind_printed: str
    needs_action: bool
    title: str
    text: str
    page: int | None
    letter: int | None
    answered_elsewhere: bool = False
    areas: tuple[str, ...] = ()
    returns_of: tuple[str, ...] = ()
    later: tuple["LaterTestLine", ...] = ()


@dataclass(frozen=True)
class LaterTestLine:
    """What a later inspection said about a finding. `said` is better, partly or came_back; `on` its first day."""

    id: str
    inspection: str
    inspection_title: str
    on: date | None
    said: str
    says: str
    page: int | None


@dataclass(frozen=True)
class ImpactTestLine:
    """What would show a desired impact: `kind` is measure, audit or voice."""

    id: str
    kind: str
    text: str


@dataclass(frozen=True)
class JudgementLine:
    """One judgement of a desired impact. `whose` is executive or scrutineer."""

    id: str
    whose: str
    state: Impact
    reason: str
    on: date
    by_name: str


@dataclass(frozen=True)
class ImpactLine:
    """A desired impact with what would show it and every judgement of it, the newest first."""

    id: str
    reference: str
    for_whom: str
    would_see: str
    sufficiency: str = "two_kinds"
    tests: tuple[ImpactTestLine, ...] = ()
    judgements: tuple[JudgementLine, ...] = ()

    @property
    def judged(self) -> JudgementLine | None:
        """The Executive Group's judgement that counts; None before the first."""
        return next((each for each in self.judgements if each.whose == "executive"), None)

    @property
    def scrutineers_view(self) -> JudgementLine | None:
        """The scrutineer's newest view; None when there is none."""
        return next((each for each in self.judgements if each.whose == "scrutineer"), None)


@dataclass(frozen=True)
class ActivityLine:
    """An assurance activity. `result` is empty until it is done; ids of what it tests."""

    id: str
    reference: str
    title: str
    kind: str
    tests: str
    body: Body
    due: date
    done_on: date | None
    result: str
    found: str
    actions: tuple[str, ...]
    impacts: tuple[str, ...]


@dataclass(frozen=True)
class DecisionLine:
    """A decision sought from the Executive Group, and its answer."""

    id: str
    reference: str
    text: str
    why: str
    sought_by: Body | None
    sought_on: date
    period: str
    action: str
    outcome: str
    answer: str
    answered_on: date | None


@dataclass(frozen=True)
class EvidenceLine:
    """Evidence that the person may see. `linked` are ids of what it belongs to; `seen` says whether it satisfied."""

    id: str
    reference: str
    title: str
    body: Body
    strength: str
    dated: date | None
    expires: date | None
    held_where: str
    linked: tuple[str, ...]
    seen: tuple[tuple[date, str, bool, str], ...]  # on, capacity, satisfied, that


@dataclass(frozen=True)
class ContributorLine:
    """A body that does its part of an action that another leads."""

    id: str
    body: Body
    part: str


@dataclass(frozen=True)
class MilestoneLine:
    """A step of an action with its own day."""

    id: str
    number: int
    title: str
    original_due: date
    due: date
    reached: date | None

    def overdue(self, on: date) -> bool:
        """Whether its day has passed and it was not reached."""
        return self.reached is None and on > self.due


@dataclass(frozen=True)
class ExtensionLine:
    """Another day that was asked for. `state` is asked, approved or refused."""

    id: str
    was_due: date
    proposed: date
    reason: str
    asked_on: date
    state: str
    due_given: date | None
    decided_on: date | None
    decision_note: str
    number: int = 1


@dataclass(frozen=True)
class VerificationLine:
    """Somebody independent looked: at which level, in which capacity, on what, and whether they were satisfied."""

    id: str
    level: str
    satisfied: bool
    basis: str
    on: date
    capacity: str


@dataclass(frozen=True)
class UpdateLine:
    """What one return said about one action (or, in `ReturnLine.general`, about everything else)."""

    id: str
    period: str
    period_label: str
    body: Body
    stage: str
    self_rating: str
    progress: str
    brought_forward: bool
    accepted_at: str | None
    slip_reason: str = ""
    proposed_due: date | None = None


@dataclass(frozen=True)
class ActionLine:
    """An action with what it answers and serves, and what was said about it, the newest period first.

    Updates are those of its lead and of its contributors; whose one is, its body says.
    """

    id: str
    reference: str
    area: str
    title: str
    detail: str
    lead: Body
    owner_post: str
    original_due: date
    due: date
    delivery: Delivery
    findings: tuple[str, ...]
    impacts: tuple[str, ...]
    updates: tuple[UpdateLine, ...]
    own_number: str = ""
    resources: str = ""
    resources_note: str = ""
    funder: str = ""
    funding_decided: date | None = None
    equality: str = ""
    equality_note: str = ""
    superseded_by: str = ""
    contributors: tuple[ContributorLine, ...] = ()
    milestones: tuple[MilestoneLine, ...] = ()
    extensions: tuple[ExtensionLine, ...] = ()
    verifications: tuple[VerificationLine, ...] = ()

    def shown(self, on: date) -> Shown:
        """Delivery with what follows from the dates on a day."""
        return shown_delivery(self.delivery, self.due, self.original_due, on)

    @property
    def accepted(self) -> tuple[UpdateLine, ...]:
        """What was accepted, the newest period first."""
        return tuple(each for each in self.updates if each.stage == "accepted")

    @property
    def accepted_of_lead(self) -> tuple[UpdateLine, ...]:
        """What was accepted of whoever led it then, the newest period first: not what contributors said."""
        parts = {each.body.id for each in self.contributors}
        return tuple(each for each in self.accepted if each.body.id not in parts)


@dataclass(frozen=True)
class AreaLine:
    """An improvement area."""

    id: str
    number: int
    title: str
    owner: Body | None = None
    owner_post: str = ""

    @property
    def has_owner(self) -> bool:
        """Whether somebody was named who answers for the area."""
        return bool(self.owner or self.owner_post)


@dataclass(frozen=True)
class ReturnLine:
    """One body's return: its state and days are open to all; `general` only to those who may read what it says."""

    id: str
    slug: str
    body: Body
    state: str
    nil: bool
    submitted_on: date | None
    accepted_on: date | None
    general: UpdateLine | None

    @property
    def is_in(self) -> bool:
        """Whether it was submitted and not sent back."""
        return self.state in {"submitted", "accepted"}


@dataclass(frozen=True)
class PeriodLine:
    """A reporting period with the returns that it asks for."""

    id: str
    reference: str
    label: str
    opens: date
    data_to: date
    due: date
    papers_out: date | None
    meeting: date | None
    returns: tuple[ReturnLine, ...]


@dataclass(frozen=True)
class PlanLine:
    """A plan with everything on its line, as one person may see it, at one moment of the partnership's record.

    `as_of` is the day that was asked for, None for now; `sequence` and `head_hash` say where in the record it was read.
    """

    id: str
    reference: str
    title: str
    as_of: date | None
    sequence: int
    head_hash: str
    findings: tuple[FindingLine, ...]
    areas: tuple[AreaLine, ...]
    actions: tuple[ActionLine, ...]
    impacts: tuple[ImpactLine, ...]
    periods: tuple[PeriodLine, ...]
    activities: tuple[ActivityLine, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    evidence: tuple[EvidenceLine, ...] = ()
    equality_screened: date | None = None
    equality_note: str = ""

    def impact_of(self, action: ActionLine) -> Impact | None:
        """The least favourable judgement of what an action serves; None when something it serves was not judged."""
        judged = [each.judged for each in self.impacts if each.id in action.impacts]
        return least_favourable(each.state if each else None for each in judged)

    def tested_by(self, impact: ImpactLine) -> tuple[ActivityLine, ...]:
        """The assurance activities that test a desired impact."""
        return tuple(each for each in self.activities if impact.id in each.impacts)

    def answers_to(self, finding: FindingLine) -> tuple[ActionLine, ...]:
        """The plan's actions that answer a finding."""
        return tuple(each for each in self.actions if finding.id in each.findings)

    def actions_in(self, area: AreaLine) -> tuple[ActionLine, ...]:
        """The actions of an improvement area."""
        return tuple(each for each in self.actions if each.area == area.id)

    def period(self, reference: str) -> PeriodLine | None:
        """A period by its reference."""
        return next((each for each in self.periods if each.reference == reference), None)

    def finding(self, id_: str) -> FindingLine | None:
        """A finding by its id; None when it is withdrawn or was not there yet."""
        return next((each for each in self.findings if each.id == id_), None)
