"""Every state on the line as a mark (words, shape, tone), by the scales that rooms declared and the printed key."""

from collections.abc import Mapping
from datetime import date

from throughline.assurance.outcomes import Result
from throughline.impact.models import LaterTest
from throughline.impact.scale import Impact
from throughline.line.tree import ActionLine, ActivityLine, LaterTestLine
from throughline.plans.delivery import KEY, Rating, rating
from throughline.plans.judged import NO_DESIRED_IMPACT, NOT_JUDGED
from throughline.ui.scales import Mark, Tone, mark_of

_RATINGS: Mapping[str, tuple[Tone, str, str]] = {
    "not_started": (Tone.QUIET, "circle", "Nothing has been done yet, and its day has not passed."),
    "on_track": (Tone.INFO, "half", "Under way, and expected by its due date."),
    "at_risk": (Tone.CARE, "warning", "May not be done by its due date."),
    "overdue": (Tone.BAD, "clock", "Its due date has passed and it is not delivered."),
    "claimed": (Tone.HOLLOW, "ring-tick", "Its lead says that it is done. Nobody independent has verified it."),
    "verified": (Tone.GOOD, "disc-tick", "Somebody independent is satisfied that it is done."),
    "ended": (Tone.QUIET, "barred", "Taken out of the plan with a reason, or replaced by another action."),
}
RATING_MARKS: Mapping[str, Mark] = {
    each.key: Mark(each.key, each.printed, *_RATINGS[each.key][:2], _RATINGS[each.key][2]) for each in KEY
}
PLANNED = Mark("planned", "Planned", Tone.QUIET, "circle", "It has not been done yet.")
LATE = Mark("late", "Overdue", Tone.BAD, "clock", "Its day has passed and it has not been done.")
REDATED = mark_of("due", "re_dated")


def impact_mark(state: Impact | None, *, has_any: bool = True) -> Mark:
    """The mark of a judgement: not judged for None, and no desired impact where there is nothing to judge."""
    if not has_any:
        return mark_of("impact", NO_DESIRED_IMPACT)
    return mark_of("impact", NOT_JUDGED if state is None else state.value)


def rating_mark(of: Rating) -> Mark:
    """The mark of a line of the printed key."""
    return RATING_MARKS[of.key]


def delivery_mark(action: ActionLine, on: date) -> Mark:
    """An action's mark by the printed key, on a day."""
    return rating_mark(rating(action.shown(on)))


def result_mark(activity: ActivityLine, on: date | None = None) -> Mark:
    """What an assurance activity found; where nothing yet, that it is planned, or late on a day."""
    if activity.result:
        return mark_of("assurance", activity.result)
    return LATE if on is not None and on > activity.due else PLANNED


def later_mark(test: LaterTestLine) -> Mark:
    """What a later inspection said."""
    return mark_of("later", test.said)


def impact_key() -> tuple[Mark, ...]:
    """Every mark of the impact scale, with the two that say that there is nothing on it."""
    return (*map(impact_mark, (*Impact, None)), impact_mark(None, has_any=False))


def result_key() -> tuple[Mark, ...]:
    """Every mark that an assurance activity may have."""
    return (*(mark_of("assurance", each.value) for each in Result), PLANNED, LATE)


def later_key() -> tuple[Mark, ...]:
    """Every mark that a later inspection may give."""
    return tuple(mark_of("later", said) for said in LaterTest.SAID)
