"""Scales that are shown as tags: words first, then a shape, then a colour. Never a colour alone.

Delivery and impact are two scales, and look like two: delivery has square tags and circles, impact has round tags and
arrows. A claim is drawn hollow and a verified one solid, because nothing turns green on somebody's word.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """How loudly a tag speaks. The stylesheet has one rule for each."""

    QUIET = "quiet"  # grey: nothing to say yet, or no longer
    INFO = "info"  # blue: under way
    HOLLOW = "hollow"  # green outline: said, not shown
    GOOD = "good"  # solid green: shown
    HOPEFUL = "hopeful"  # pale green: beginning to show
    CARE = "care"  # amber: look here
    BAD = "bad"  # solid red: act here


@dataclass(frozen=True)
class Mark:
    """One value of a scale as it is shown. `glyph` names a drawing in throughline.ui.glyphs."""

    value: str
    words: str
    tone: Tone
    glyph: str
    meaning: str = ""


@dataclass(frozen=True)
class Scale:
    """A scale by name, with its marks in their order from least to most."""

    name: str
    marks: Mapping[str, Mark]
    is_round: bool = False

    def mark(self, value: str) -> Mark:
        """The mark of a value. LookupError names a value that the scale does not have."""
        try:
            return self.marks[str(value)]
        except KeyError:
            raise LookupError(f"The scale '{self.name}' has no value '{value}'.") from None


_scales: dict[str, Scale] = {}


def register(name: str, marks: Iterable[Mark], *, is_round: bool = False) -> Scale:
    """Declare a scale, once. Rooms declare their own from `apps.ready`; a second one of the name is a ValueError."""
    scale = Scale(name, {mark.value: mark for mark in marks}, is_round)
    if name in _scales and _scales[name] != scale:
        raise ValueError(f"There is a scale '{name}' already.")
    _scales[name] = scale
    return scale


def scale_of(name: str) -> Scale:
    """A declared scale. LookupError for a name that nobody declared."""
    try:
        return _scales[name]
    except KeyError:
        raise LookupError(f"There is no scale '{name}'. It has: {', '.join(sorted(_scales))}.") from None


def mark_of(name: str, value: str) -> Mark:
    """The mark of a value on a scale."""
    return scale_of(name).mark(value)


register(
    "delivery",
    (
        Mark("not_started", "Not started", Tone.QUIET, "circle", "Nothing has been done yet."),
        Mark("on_track", "On track", Tone.INFO, "half", "Under way, and expected by its due date."),
        Mark("at_risk", "At risk", Tone.CARE, "warning", "May not be done by its due date."),
        Mark("delivered_claimed", "Delivered (claimed)", Tone.HOLLOW, "ring-tick", "The agency says that it is done."),
        Mark("delivered_verified", "Delivered (verified)", Tone.GOOD, "disc-tick", "Somebody independent agrees."),
        Mark("withdrawn", "Withdrawn", Tone.QUIET, "barred", "Taken out of the plan, with a reason."),
        Mark("superseded", "Superseded", Tone.QUIET, "onward", "Another action has taken its place."),
    ),
)
register(
    "due",
    (
        Mark("overdue", "Overdue", Tone.BAD, "clock", "Its due date has passed and it is not delivered."),
        Mark("due_soon", "Due soon", Tone.CARE, "clock", "Its due date is near."),
        Mark("re_dated", "Re-dated", Tone.CARE, "again", "Its due date has been moved."),
        Mark("unchanged", "Unchanged", Tone.QUIET, "equals", "Brought forward from the quarter before, word for word."),
    ),
)
register(
    "impact",
    (
        Mark("getting_worse", "Getting worse", Tone.BAD, "down", "The evidence shows a change for the worse."),
        Mark("no_change", "No change shown", Tone.BAD, "equals", "Enough time and evidence, and no change in it."),
        Mark("cannot_tell", "Cannot tell", Tone.CARE, "question", "Evidence that does not allow an answer yet."),
        Mark("too_early", "Too early", Tone.QUIET, "hourglass", "Too little time has passed to expect a change."),
        Mark("not_yet_measurable", "Not yet measurable", Tone.QUIET, "dots", "Nothing has been measured yet."),
        Mark("early_sign", "Early sign", Tone.HOPEFUL, "up-right", "A first sign of change for the better."),
        Mark("improving", "Improving", Tone.HOLLOW, "up", "The evidence shows a change for the better."),
        Mark("achieved", "Achieved and holding", Tone.GOOD, "star", "Better, and it has lasted."),
        Mark("not_judged", "Not judged yet", Tone.QUIET, "pencil", "Nobody has judged it yet."),
        Mark("no_desired_impact", "No desired impact", Tone.CARE, "absent", "Nobody has said what should change."),
    ),
    is_round=True,
)
register(
    "return",
    (
        Mark("not_begun", "Not begun", Tone.QUIET, "circle", "Nobody has begun this return."),
        Mark("draft", "Draft", Tone.INFO, "pencil", "Being written. Only the agency sees it."),
        Mark("signed", "Signed", Tone.HOLLOW, "ring-tick", "The accountable executive has signed it."),
        Mark("submitted", "Submitted", Tone.INFO, "up-box", "Sent to the partnership and frozen."),
        Mark("accepted", "Accepted", Tone.GOOD, "disc-tick", "Checked by the business manager."),
        Mark("sent_back", "Sent back", Tone.CARE, "back", "Returned to the agency, with reasons."),
        Mark("nil", "Nil return", Tone.QUIET, "absent", "The agency has nothing to report, and says so."),
        Mark("late", "Late", Tone.BAD, "clock", "Its due date has passed."),
    ),
)
