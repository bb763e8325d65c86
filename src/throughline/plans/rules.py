"""Rules of the plan that are neither access nor delivery. Pure."""

from collections.abc import Iterable
from datetime import date

from throughline.methods.printed import day


def reference(prefix: str, number: int) -> str:
    """ACT-012 from 'ACT' and 12: three digits at least, so that lists sort as people read."""
    return f"{prefix}-{number:03d}" if prefix == "ACT" else f"{prefix}-{number:02d}"


def next_number(taken: Iterable[int]) -> int:
    """The number after the highest that was ever given."""
    return max(taken, default=0) + 1


def why_not_due(due: date, *, not_before: date | None) -> str | None:
    """Why a due date cannot be right, or None. `not_before` is the day on which the inspection began, if known."""
    if not_before is not None and due < not_before:
        return f"{day(due)} is before the inspection began on {day(not_before)}. Give a later day."
    if due.year > 2035:
        return f"{day(due)} is many years away. Check the year."
    return None
