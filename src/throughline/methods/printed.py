"""How dates, moments, numbers and counts are printed, on pages and in documents alike.

One formatter, so that a board paper and the page that it was made from never disagree. Style: GOV.UK's, in English.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MINUS = "\N{MINUS SIGN}"


def day(value: date, *, weekday: bool = False) -> str:
    """A day in words: `3 December 2018`, or `Monday 3 December 2018`.

    A datetime is a moment, not a day: TypeError.
    """
    if isinstance(value, datetime):
        raise TypeError("day() prints a date. Give a moment to moment(), or take its day with london_day() first.")
    text = f"{value.day} {MONTHS[value.month - 1]} {value.year}"
    return f"{WEEKDAYS[value.weekday()]} {text}" if weekday else text


def short_day(value: date) -> str:
    """A day where a column is narrow: `3 Dec 2018`."""
    if isinstance(value, datetime):
        raise TypeError("short_day() prints a date. Take a moment's day with london_day() first.")
    return f"{value.day} {MONTHS[value.month - 1][:3]} {value.year}"


def london_day(value: datetime) -> date:
    """The day on which a moment falls in Europe/London. ValueError for a moment without a time zone."""
    if value.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    return value.astimezone(LONDON).date()


def clock_time(value: datetime) -> str:
    """The time of a moment in Europe/London: `4:05pm`, `9am`, `midday`."""
    if value.tzinfo is None:
        raise ValueError("A moment needs its time zone.")
    local = value.astimezone(LONDON)
    if local.hour == 12 and local.minute == 0:
        return "midday"
    minutes = f":{local.minute:02d}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def moment(value: datetime) -> str:
    """A moment in Europe/London: `3 December 2018 at 4:05pm`."""
    return f"{day(london_day(value))} at {clock_time(value)}"


def number(value: int | float | Decimal, places: int | None = None) -> str:
    """A number with its thousands marked: `1,234`, `0.5`, `−3`.

    `places` fixes the digits after the point; without it an integer has none and any other number at most two.
    A value that is no number prints as `not known`.
    """
    if isinstance(value, float | Decimal) and value != value:  # NaN alone is unlike itself
        return "not known"
    if places is None:
        text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    else:
        text = f"{value:,.{places}f}"
    digits = text.lstrip("-")
    is_zero = not digits.strip("0.,")
    return digits if is_zero or not text.startswith("-") else MINUS + digits


def count(value: int, one: str, many: str | None = None) -> str:
    """A number with its noun: `1 finding`, `42 findings`, `no findings`."""
    many = many if many is not None else f"{one}s"
    if value == 0:
        return f"no {many}"
    return f"{number(value)} {one if value == 1 else many}"


def listing(words: Sequence[str], last: str = "and") -> str:
    """Words in a sentence: `police, health and probation`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def size(octets: int) -> str:
    """How big a file is: `312 bytes`, `25 KB`, `1.4 MB` (a KB is 1,024 bytes)."""
    if octets < 1024:
        return count(octets, "byte") if octets else "0 bytes"
    if octets < 1024 * 1024:
        return f"{number(round(octets / 1024))} KB"
    return f"{number(octets / 1024 / 1024, 1)} MB"


def lapse(span: timedelta) -> str:
    """How long ago something was, in its largest whole unit: `less than a minute`, `2 minutes`, `12 days`."""
    minutes = int(span.total_seconds() // 60)
    if minutes < 1:
        return "less than a minute"
    if minutes < 60:
        return count(minutes, "minute")
    if minutes < 24 * 60:
        return count(minutes // 60, "hour")
    return count(minutes // (24 * 60), "day")
