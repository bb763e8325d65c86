"""Decisions: from being sought to an answer, and what each step needs. A table, and the table is total."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of a decision that was sought."""

    SOUGHT = "sought"
    AGREED = "agreed"
    NOT_AGREED = "not_agreed"
    DEFERRED = "deferred"


class Need(StrEnum):
    """What a step needs beside the answer's words and day, which every step needs."""

    NOTHING = "nothing"
    REASON = "reason"


@dataclass(frozen=True)
class Meaning:
    """An outcome in print. `tone` is neutral, info, good, warning or bad."""

    printed: str
    tone: str
    means: str


OUTCOMES: Mapping[Outcome, Meaning] = {
    Outcome.SOUGHT: Meaning("Sought", "info", "Nobody has answered it yet."),
    Outcome.AGREED: Meaning("Agreed", "good", "It was agreed, as the minutes have it."),
    Outcome.NOT_AGREED: Meaning("Not agreed", "bad", "It was not agreed, and the answer says why."),
    Outcome.DEFERRED: Meaning("Put off", "warning", "It was put off, and comes back to a later meeting."),
}
# Those that still wait for an answer that settles them.
OPEN = frozenset({Outcome.SOUGHT, Outcome.DEFERRED})
# from -> to -> need. A pair that is absent is refused: nothing goes back to being sought. An answer that stands is put
# right only with a reason, because minutes were read by then.
STEPS: Mapping[Outcome, Mapping[Outcome, Need]] = {
    Outcome.SOUGHT: {
        Outcome.AGREED: Need.NOTHING, Outcome.NOT_AGREED: Need.NOTHING, Outcome.DEFERRED: Need.NOTHING,
    },
    Outcome.DEFERRED: {
        Outcome.AGREED: Need.NOTHING, Outcome.NOT_AGREED: Need.NOTHING, Outcome.DEFERRED: Need.NOTHING,
    },
    Outcome.AGREED: {
        Outcome.AGREED: Need.REASON, Outcome.NOT_AGREED: Need.REASON, Outcome.DEFERRED: Need.REASON,
    },
    Outcome.NOT_AGREED: {
        Outcome.AGREED: Need.REASON, Outcome.NOT_AGREED: Need.REASON, Outcome.DEFERRED: Need.REASON,
    },
}  # fmt: skip
ANSWERS = tuple(each for each in Outcome if each is not Outcome.SOUGHT)


def needs_reason(stands: Outcome) -> bool:
    """Whether an answer to a decision that stands so is given only with a reason."""
    return Need.REASON in STEPS[stands].values()
