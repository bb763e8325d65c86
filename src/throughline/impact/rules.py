"""Rules of judging impact that are neither access nor the scale itself. Pure."""

from collections.abc import Iterable
from datetime import date

from throughline.impact.permissions import WHOSE
from throughline.impact.scale import NO_IMPACT, NOT_JUDGED, SCALE, Impact
from throughline.methods.printed import day

# States that say children are better off, and so should rest on something that was done to test it.
FAVOURABLE = frozenset({Impact.EARLY_SIGN, Impact.IMPROVING, Impact.ACHIEVED})
NOTHING_DONE = "Nothing that tests it has been done."


def why_not_judgement(
    whose: str, state: str, reason: str, on: date | None, *, begun: date | None, today: date
) -> list[tuple[str, str]]:
    """(field, sentence) for each part of a judgement that is missing or cannot be; empty when it is whole.

    `begun` is the day before which nothing of the plan can have been judged, None when nobody knows it.
    """
    wrong = []
    if whose not in WHOSE:
        wrong.append(("whose", "Say whose judgement it is: the Executive Group’s or the scrutineer’s."))
    if state not in set(Impact):
        wrong.append(("state", "Choose one of the states of the scale."))
    if not reason.strip():
        wrong.append(("reason", "Give the reason. It is printed with the judgement."))
    if on is None:
        wrong.append(("on", "Give the day on which it was judged."))
    elif on > today:
        wrong.append(("on", f"{day(on)} has not come yet. Give the day on which it was judged."))
    elif begun is not None and on < begun:
        wrong.append(("on", f"{day(on)} is before the plan began on {day(begun)}. Give a later day."))
    return wrong


def rests_on_nothing(state: Impact, tests_done: int) -> bool:
    """Whether a judgement says that children are better off while nothing that tests it has been done."""
    return state in FAVOURABLE and tests_done == 0


def doubt_of(state: Impact, tests_done: int) -> str:
    """The sentence that pages and papers print beside a favourable judgement that rests on no test; '' for none."""
    return NOTHING_DONE if rests_on_nothing(state, tests_done) else ""


def printed(state: Impact | None, *, desired: bool = True) -> str:
    """A state in print, also where there is none: nobody judged it, or nobody said what should change."""
    if not desired:
        return NO_IMPACT
    return NOT_JUDGED if state is None else SCALE[state].printed


def why_not_later_test(
    said: str, says: str, page: int | None, *, known: Iterable[str], found: date | None, later: date | None
) -> list[tuple[str, str]]:
    """(field, sentence) for each part of what a later inspection said that is missing or cannot be.

    `found` is the first day of the inspection that the finding is of, `later` that of the one that tested it.
    """
    wrong = []
    if found is None or later is None:
        which = "the finding’s own inspection" if found is None else "that inspection"
        wrong.append(("inspection", f"Nobody has recorded when {which} was. Give its first day on its page first."))
    elif later <= found:
        wrong.append(
            ("inspection", f"It began on {day(later)}, not after {day(found)}, when the finding’s own inspection began."
             " Choose a later one.")
        )  # fmt: skip
    if said not in set(known):
        wrong.append(("said", "Say whether it came back or is shown to be better."))
    if not says.strip():
        wrong.append(("says", "Say in your own words what the inspectors said."))
    if page is not None and page < 1:
        wrong.append(("page", "Pages are counted from 1."))
    return wrong
