"""What a paper counts: standing actions, findings that need one, periods before and after, and what is out of order.

Pure questions to the line, asked in one way by every part of every paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.impact.scale import SCALE, Impact
from throughline.line.tree import (
    ActionLine,
    FindingLine,
    ImpactLine,
    MilestoneLine,
    PeriodLine,
    PlanLine,
    UpdateLine,
    VerificationLine,
)
from throughline.plans.delivery import ENDED, Delivery

_DELIVERED = frozenset({Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED})


def standing(line: PlanLine) -> list[ActionLine]:
    """The actions that were not withdrawn or superseded."""
    return [each for each in line.actions if each.delivery not in ENDED]


def needing(line: PlanLine) -> list[FindingLine]:
    """The findings that this plan must answer."""
    return [each for each in line.findings if each.needs_action and not each.answered_elsewhere]


def unanswered(line: PlanLine) -> list[FindingLine]:
    """The findings that no standing action answers."""
    return [each for each in needing(line) if not any(a.delivery not in ENDED for a in line.answers_to(each))]


def previous(line: PlanLine, period: PeriodLine) -> PeriodLine | None:
    """The period before, if there was one."""
    return next((each for each in reversed(line.periods) if each.opens < period.opens), None)


def following(line: PlanLine, period: PeriodLine) -> PeriodLine | None:
    """The period after, if it was opened already."""
    return next((each for each in line.periods if each.opens > period.opens), None)


def since(line: PlanLine, period: PeriodLine) -> date:
    """The day from which a period's report counts what is new: its predecessor's meeting, else the day it opened."""
    before = previous(line, period)
    return (before.meeting or before.due) if before else period.opens


def serving(line: PlanLine, impact: ImpactLine) -> list[ActionLine]:
    """The standing actions that serve a desired impact."""
    return [each for each in standing(line) if impact.id in each.impacts]


def done_without_change(line: PlanLine) -> list[ImpactLine]:
    """Desired impacts that are judged unfavourably although everything that serves them was delivered."""
    return [
        each
        for each in line.impacts
        if each.judged is not None
        and SCALE[each.judged.state].tone == "bad"
        and (actions := serving(line, each))
        and all(act.delivery in _DELIVERED for act in actions)
    ]


def judged_state(impact: ImpactLine) -> Impact | None:
    """The Executive Group's judgement that counts; None before the first."""
    return impact.judged.state if impact.judged else None


def not_confirmed(act: ActionLine) -> VerificationLine | None:
    """The latest look at an action that did not confirm its claim; None when none did, or a later one was satisfied."""
    last = max(act.verifications, key=lambda each: (each.on, each.id), default=None)
    return last if last is not None and not last.satisfied and act.delivery != Delivery.DELIVERED_VERIFIED else None


@dataclass(frozen=True)
class OutOfOrder:
    """An action that the Executive Group must hear of, and everything that is wrong with it."""

    action: ActionLine
    overdue: bool
    at_risk: bool
    slipped: UpdateLine | None
    milestones: Sequence[MilestoneLine]
    unconfirmed: VerificationLine | None

    @property
    def rank(self) -> tuple[bool, bool, bool, date, str]:
        """The gravest first: overdue, then not confirmed, then at risk, then by day."""
        return (not self.overdue, self.unconfirmed is None, not self.at_risk, self.action.due, self.action.reference)


def out_of_order(line: PlanLine, period: PeriodLine, on: date) -> list[OutOfOrder]:
    """Every standing action that is overdue, at risk, slipped, past a milestone, or claimed and not confirmed."""
    found = []
    for act in standing(line):
        slipped = next(
            (each for each in act.accepted_of_lead if each.period == period.reference and each.proposed_due), None
        )
        each = OutOfOrder(
            act, act.shown(on).overdue, act.delivery == Delivery.AT_RISK, slipped,
            [step for step in act.milestones if step.overdue(on)] if act.delivery not in _DELIVERED else [],
            not_confirmed(act),
        )  # fmt: skip
        if each.overdue or each.at_risk or each.slipped or each.milestones or each.unconfirmed:
            found.append(each)
    return sorted(found, key=lambda each: each.rank)
