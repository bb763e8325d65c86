"""Rules of the programme that are neither access nor result. Pure."""

from datetime import date

from throughline.assurance.outcomes import Result
from throughline.methods.printed import day


def reference(number: int) -> str:
    """ASR-03 from 3."""
    return f"ASR-{number:02d}"


def why_not_outcome(done_on: date | None, result: str, found: str, *, on: date) -> list[tuple[str, str]]:
    """(field, sentence) for each part of an outcome that is missing or cannot be; empty when it is whole.

    An outcome has all three: the day, what it says about what it tests, and what was found. `on` is today.
    """
    wrong = []
    if done_on is None:
        wrong.append(("done_on", "Give the day on which it was done."))
    elif done_on > on:
        wrong.append(("done_on", f"{day(done_on)} has not come yet. Give the day on which it was done."))
    if result not in set(Result):
        wrong.append(("result", "Say whether it supports what it tests."))
    if not found.strip():
        wrong.append(("found", "Say in a sentence what was found."))
    return wrong


def is_overdue(due: date, done_on: date | None, on: date) -> bool:
    """Whether an activity's day has passed and it is not done. A day ends at the midnight after it."""
    return done_on is None and on > due
