"""When a return may be signed: every gap is named at once. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from throughline.plans.delivery import PRINTED, STEPS, Delivery, Need


@dataclass(frozen=True)
class Answer:
    """What a return says about one action so far; empty texts where it says nothing."""

    reference: str
    stored: Delivery
    self_rating: str
    progress: str


def gaps(answers: Sequence[Answer], *, nil: bool, general: str) -> list[str]:
    """What still has to be said before the return can be signed, one sentence each; empty when it is ready.

    A body that leads an action cannot return nil; one that leads none says so, or writes what it has to say.
    """
    if not answers:
        return [] if nil or general.strip() else ["Write what you have to report, or say that there is nothing."]
    return [sentence for each in answers if (sentence := gap(each))]


def gap(answer: Answer) -> str:
    """What is missing from one answer; empty when nothing is."""
    if not answer.self_rating:
        return f"{answer.reference}: say where the action stands."
    claimed = Delivery(answer.self_rating)
    need = STEPS[answer.stored].get(claimed)
    if need is None:
        return (
            f"{answer.reference} is '{PRINTED[answer.stored]}' and cannot be reported as '{PRINTED[claimed]}'. "
            "Ask the business manager."
        )
    if need is Need.REASON and not answer.progress.strip():
        return f"{answer.reference}: say in a sentence why it is '{PRINTED[claimed]}'."
    return ""
