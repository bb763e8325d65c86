"""The scale of impact: what changed for children, as it is judged from evidence. Never what was delivered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Impact(StrEnum):
    """What is known about a desired impact, the least favourable first among those that say something."""

    GETTING_WORSE = "getting_worse"
    NO_CHANGE = "no_change"
    CANNOT_TELL = "cannot_tell"
    TOO_EARLY = "too_early"
    NOT_MEASURABLE = "not_yet_measurable"
    EARLY_SIGN = "early_sign"
    IMPROVING = "improving"
    ACHIEVED = "achieved"


@dataclass(frozen=True)
class Meaning:
    """A place on the scale in print. `tone` is neutral, good, info, warning or bad."""

    printed: str
    tone: str
    means: str


SCALE: Mapping[Impact, Meaning] = {
    Impact.GETTING_WORSE: Meaning("Getting worse", "bad", "The evidence shows that children are worse off."),
    Impact.NO_CHANGE: Meaning("No change shown", "bad", "There was time and evidence enough, and no change shows."),
    Impact.CANNOT_TELL: Meaning("Cannot tell", "warning", "Evidence exists and does not agree, or is too thin."),
    Impact.TOO_EARLY: Meaning("Too early", "neutral", "What was done has not yet had time to show."),
    Impact.NOT_MEASURABLE: Meaning("Not yet measurable", "neutral", "Nothing that would show it exists yet."),
    Impact.EARLY_SIGN: Meaning("Early sign", "info", "One kind of evidence points the right way."),
    Impact.IMPROVING: Meaning("Improving", "good", "Evidence that was agreed beforehand shows improvement."),
    Impact.ACHIEVED: Meaning("Achieved and holding", "good", "It was reached and has held."),
}
NO_IMPACT = "No desired impact"
NOT_JUDGED = "Not judged yet"


def least_favourable(of: Iterable[Impact | None]) -> Impact | None:
    """The least favourable of the judgements of several desired impacts; None when one was not judged, or none is.

    An action shows the least favourable of what it serves, so that one success never hides a failure; and an impact
    that nobody judged is never hidden behind one that was, unless that one is unfavourable.
    """
    given = list(of)
    judged = [each for each in given if each is not None]
    worst = min(judged, key=list(Impact).index, default=None)
    if worst is not None and (len(judged) == len(given) or SCALE[worst].tone in {"bad", "warning"}):
        return worst
    return None
