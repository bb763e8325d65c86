"""Every state on the line as a mark: its words, its shape and its tone. Tables, tested for totality."""

from collections.abc import Mapping
from datetime import date

from throughline.assurance.outcomes import RESULTS, Result
from throughline.impact.models import LaterTest
from throughline.impact.scale import NO_IMPACT, NOT_JUDGED, SCALE, Impact
from throughline.line.tree import ActionLine, ActivityLine, LaterTestLine
from throughline.plans.delivery import KEY, Rating, rating
from throughline.ui.scales import Mark, Tone

_IMPACTS: Mapping[Impact, tuple[Tone, str]] = {
    Impact.GETTING_WORSE: (Tone.BAD, "down"),
    Impact.NO_CHANGE: (Tone.BAD, "equals"),
    Impact.CANNOT_TELL: (Tone.CARE, "question"),
    Impact.TOO_EARLY: (Tone.QUIET, "hourglass"),
    Impact.NOT_MEASURABLE: (Tone.QUIET, "dots"),
    Impact.EARLY_SIGN: (Tone.HOPEFUL, "up-right"),
    Impact.IMPROVING: (Tone.HOLLOW, "up"),
    Impact.ACHIEVED: (Tone.GOOD, "star"),
}
UNJUDGED = Mark("not_judged", NOT_JUDGED, Tone.QUIET, "pencil", "The Executive Group has not judged it.")
NO_DESIRED_IMPACT = Mark("none", NO_IMPACT, Tone.CARE, "absent", "Nobody has said what should change for children.")
IMPACT_MARKS: Mapping[Impact, Mark] = {
    each: Mark(each.value, SCALE[each].printed, tone, glyph, SCALE[each].means)
    for each, (tone, glyph) in _IMPACTS.items()
}
IMPACT_KEY: tuple[Mark, ...] = (*IMPACT_MARKS.values(), UNJUDGED, NO_DESIRED_IMPACT)

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

_RESULTS: Mapping[Result, tuple[Tone, str]] = {
    Result.SUPPORTS: (Tone.GOOD, "disc-tick"),
    Result.PARTLY: (Tone.CARE, "half"),
    Result.DOES_NOT_SUPPORT: (Tone.BAD, "down"),
}
PLANNED = Mark("planned", "Planned", Tone.QUIET, "circle", "It has not been done yet.")
LATE = Mark("late", "Overdue", Tone.BAD, "clock", "Its day has passed and it has not been done.")
RESULT_MARKS: Mapping[Result, Mark] = {
    each: Mark(each.value, RESULTS[each].printed, tone, glyph) for each, (tone, glyph) in _RESULTS.items()
}

_LATER: Mapping[str, tuple[Tone, str]] = {
    LaterTest.BETTER: (Tone.GOOD, "up"),
    LaterTest.PARTLY: (Tone.CARE, "half"),
    LaterTest.CAME_BACK: (Tone.BAD, "back"),
}
LATER_MARKS: Mapping[str, Mark] = {
    said: Mark(said, LaterTest.SAID[said], tone, glyph) for said, (tone, glyph) in _LATER.items()
}
REDATED = Mark("redated", "Re-dated", Tone.CARE, "again", "Its due date was moved.")


def impact_mark(state: Impact | None, *, has_any: bool = True) -> Mark:
    """The mark of a judgement: not judged for None, and no desired impact where there is nothing to judge."""
    if not has_any:
        return NO_DESIRED_IMPACT
    return UNJUDGED if state is None else IMPACT_MARKS[state]


def rating_mark(of: Rating) -> Mark:
    """The mark of a line of the printed key."""
    return RATING_MARKS[of.key]


def delivery_mark(action: ActionLine, on: date) -> Mark:
    """An action's mark by the printed key, on a day."""
    return rating_mark(rating(action.shown(on)))


def result_mark(activity: ActivityLine, on: date) -> Mark:
    """What an assurance activity found, or that it is planned or late."""
    if activity.result:
        return RESULT_MARKS[Result(activity.result)]
    return LATE if on > activity.due else PLANNED


def later_mark(test: LaterTestLine) -> Mark:
    """What a later inspection said."""
    return LATER_MARKS[test.said]
