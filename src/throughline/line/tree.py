"""The line as values: findings, what answers them, what was returned about it, and whom it is for. Pure.

Everything is frozen and in the order in which it is printed. Rows point at each other by `id`; references are for
people. The drawing, the checks, exports and reports read this tree and nothing else.
"""

from dataclasses import dataclass
from datetime import date

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


@dataclass(frozen=True)
class ImpactLine:
    """A desired impact."""

    id: str
    reference: str
    for_whom: str
    would_see: str


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


@dataclass(frozen=True)
class ActionLine:
    """An action with what it answers and serves, and what was said about it, the newest period first."""

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

    def shown(self, on: date) -> Shown:
        """Delivery with what follows from the dates on a day."""
        return shown_delivery(self.delivery, self.due, self.original_due, on)

    @property
    def accepted(self) -> tuple[UpdateLine, ...]:
        """What was accepted, the newest period first."""
        return tuple(each for each in self.updates if each.stage == "accepted")


@dataclass(frozen=True)
class AreaLine:
    """An improvement area."""

    id: str
    number: int
    title: str


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
