"""When a return may be signed: every gap is named at once. Pure.

`data_to` is the day up to which the return reports. What was due by then and is not done has slipped: its reason and
another day are owed, unless another day was asked for already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.assurance.rules import why_not_outcome
from throughline.methods.printed import day
from throughline.plans.delivery import PRINTED, STEPS, Delivery, Need


@dataclass(frozen=True)
class MilestoneAnswer:
    """What a return says about one milestone that is not reached yet, as accepted so far."""

    number: int
    due: date
    reached: date | None = None
    proposed_due: date | None = None

    @property
    def is_answered(self) -> bool:
        """Whether it says that it was reached, or when it will be."""
        return self.reached is not None or self.proposed_due is not None


@dataclass(frozen=True)
class Answer:
    """What a return says about one action so far; empty texts where it says nothing.

    leads: whether its body leads the action, or contributes a part. due: the action's day. is_extension_asked: whether
    another day is asked for already and waits for an answer.
    """

    reference: str
    stored: Delivery
    self_rating: str
    progress: str
    leads: bool = True
    due: date | None = None
    slip_reason: str = ""
    proposed_due: date | None = None
    is_extension_asked: bool = False
    milestones: tuple[MilestoneAnswer, ...] = ()


@dataclass(frozen=True)
class OutcomeAnswer:
    """What a return says about one assurance activity of its body."""

    reference: str
    due: date
    done_on: date | None = None
    result: str = ""
    found: str = ""
    progress: str = ""

    @property
    def is_answered(self) -> bool:
        """Whether it says what was found, or how it stands."""
        return self.done_on is not None or bool(self.progress.strip())


def gaps(
    answers: Sequence[Answer], *, nil: bool, general: str, outcomes: Sequence[OutcomeAnswer] = (),
    data_to: date | None = None,
) -> list[str]:  # fmt: skip
    """What still has to be said before the return can be signed, one sentence each; empty when it is ready.

    A body of which something is owed cannot return nil; one that owes nothing says so, or writes what it has to say.
    """
    owed = [each for each in outcomes if is_outcome_owed(each, data_to)]
    if not answers and not owed:
        said = any(each.is_answered for each in outcomes)
        return (
            [] if nil or said or general.strip() else ["Write what you have to report, or say that there is nothing."]
        )
    return [
        *(sentence for each in answers for sentence in gaps_of_action(each, data_to)),
        *(f"{each.reference}: say what it found, or how it stands." for each in owed if not each.is_answered),
    ]


def gaps_of_action(answer: Answer, data_to: date | None) -> list[str]:
    """What is missing about one action: its rating, its slip, its milestones."""
    found = [sentence] if (sentence := gap(answer)) else []
    if answer.due is not None and is_slip_owed(answer, data_to) and not answer.slip_reason.strip():
        found.append(
            f"{answer.reference} was due on {day(answer.due)} and is not delivered: say why, and propose another day."
        )
    found += [
        f"{answer.reference}, milestone {each.number} was due on {day(each.due)}: say when it was reached, or when it "
        "will be and why."
        for each in answer.milestones
        if is_milestone_owed(each, data_to) and not each.is_answered
    ]
    return found


def gap(answer: Answer) -> str:
    """What is missing from the rating and its words; empty when nothing is.

    A contributor rates its own part: the action's delivery is no matter of it, so no step is refused.
    """
    which = answer.reference if answer.leads else f"{answer.reference}, your part"
    if not answer.self_rating:
        return f"{which}: say where {'the action' if answer.leads else 'it'} stands."
    claimed = Delivery(answer.self_rating)
    need: Need | None = _OWN_PART[claimed]
    if answer.leads:
        need = STEPS[answer.stored].get(claimed)
    if need is None:
        return (
            f"{answer.reference} is '{PRINTED[answer.stored]}' and cannot be reported as '{PRINTED[claimed]}'. "
            "Ask the business manager."
        )
    if need is Need.REASON and not answer.progress.strip():
        return f"{which}: say in a sentence why it is '{PRINTED[claimed]}'."
    return ""


# What a contributor's rating of its own part needs.
_OWN_PART = {
    Delivery.NOT_STARTED: Need.NOTHING,
    Delivery.ON_TRACK: Need.NOTHING,
    Delivery.AT_RISK: Need.REASON,
    Delivery.DELIVERED_CLAIMED: Need.REASON,
}


def has_day_gone(due: date | None, data_to: date | None) -> bool:
    """Whether a due date lies within what the return reports on."""
    return due is not None and data_to is not None and due <= data_to


def is_slip_owed(answer: Answer, data_to: date | None) -> bool:
    """Whether the return must say why an action slipped and propose another day."""
    return (
        answer.leads
        and has_day_gone(answer.due, data_to)
        and answer.self_rating != Delivery.DELIVERED_CLAIMED
        and not answer.is_extension_asked
    )


def is_slip_asked(answer: Answer, data_to: date | None) -> bool:
    """Whether the form lays the question open: where a slip is owed, was said, or the action is at risk."""
    at_risk = answer.self_rating == Delivery.AT_RISK or (not answer.self_rating and answer.stored == Delivery.AT_RISK)
    return answer.leads and (bool(answer.slip_reason) or is_slip_owed(answer, data_to) or at_risk)


def is_milestone_owed(milestone: MilestoneAnswer, data_to: date | None) -> bool:
    """Whether the return must say what became of a milestone."""
    return has_day_gone(milestone.due, data_to)


def is_outcome_owed(outcome: OutcomeAnswer, data_to: date | None) -> bool:
    """Whether the return must say what became of an assurance activity."""
    return has_day_gone(outcome.due, data_to)


def why_not_slip(reason: str, proposed: date | None, *, due: date | None) -> list[tuple[str, str]]:
    """(field, sentence) for what is wrong with a slip. Reason and day come together or not at all."""
    if not reason.strip() and proposed is None:
        return []
    wrong = []
    if not reason.strip():
        wrong.append(("slip_reason", "Say why the day moves."))
    if proposed is None:
        wrong.append(("proposed_due", "Propose the day by which it will be done."))
    elif due is not None and proposed <= due:
        wrong.append(("proposed_due", f"Propose a day after {day(due)}, on which it is due now."))
    return wrong


def why_not_milestone(
    reached: date | None, proposed: date | None, note: str, *, due: date, on: date
) -> list[tuple[str, str]]:
    """(field, sentence) for what is wrong with what is said about a milestone. Nothing said is nothing wrong."""
    wrong = []
    if reached is not None and proposed is not None:
        wrong.append(("proposed_due", "Say when it was reached or when it will be, not both."))
    if reached is not None and reached > on:
        wrong.append(("reached", f"{day(reached)} has not come yet. Give the day on which it was reached."))
    if proposed is not None and proposed == due:
        wrong.append(("proposed_due", f"{day(due)} is its day already. Give another one."))
    if proposed is not None and not note.strip():
        wrong.append(("note", "Say why its day moves."))
    return wrong


def why_not_reported(
    done_on: date | None, result: str, found: str, progress: str, *, on: date
) -> list[tuple[str, str]]:
    """(field, sentence) for what is wrong with what is said of an assurance activity: what it found, or how it is."""
    if done_on is None and not result and not found.strip():
        return [] if progress.strip() else [("done_on", "Say when it was done and what it found, or how it stands.")]
    return why_not_outcome(done_on, result, found, on=on)
