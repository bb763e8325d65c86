"""Dates as letters print them: '3 December 2018', 'Friday 5 May 2017', '12 November 18', 'between 9 and 13 July'."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL = "|".join(f"{each[:3]}(?:{each[3:]})?" if each[3:] else each for each in MONTHS) + "|Sept"
# 'Febuary 2018' is a month as its year shows; '12 separate' is none.
_MISSPELT = "(?:" + "|".join(each[:3] for each in MONTHS) + r")[a-z]{2,7}(?=,?\s*20\d{2})"
_MONTH = rf"(?:(?:{_FULL})(?![a-z])\.?|{_MISSPELT})"
_WEEKDAY = "(?:(?:" + "|".join(WEEKDAYS) + r"),?\s+)?"
_DAY = r"(?:the\s+)?(\d{1,2})(?:\s?(?:st|nd|rd|th))?(?:\s+of)?"
# 'by 12 November 18.' prints a year, '9 and 13 July 15 inspectors' does not.
_YEAR = r"(20\d{2}|\d{2}(?=[.,;)]|$|\s+(?-i:[A-Z])))"
_DATE = re.compile(rf"\b({_WEEKDAY}){_DAY}\s*({_MONTH})(?:,?\s*{_YEAR})?(?!\d)", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b{_WEEKDAY}{_DAY}(?:\s*({_MONTH}))?(?:,?\s*{_YEAR}(?=\D))?\s*(?:and|to|until|till|through(?:\s+to)?|-|–|—)\s*"
    rf"{_WEEKDAY}{_DAY}\s*({_MONTH})(?:,?\s*{_YEAR})?(?!\d)",
    re.IGNORECASE,
)


_FIGURES = re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(20\d{2})(?![\d/])")  # '03/12/2018', the day first


@dataclass(frozen=True)
class Printed:
    """A date in a text. `words` is what is printed, `weekday` its printed day of the week or empty.

    `inferred` says that no year is printed and another date gave it.
    """

    day: date
    words: str
    weekday: str
    inferred: bool
    start: int


@dataclass(frozen=True)
class Span:
    """The first and last day of a visit; `inferred` as in Printed."""

    first: date
    last: date
    inferred: bool
    start: int


def dates_in(text: str, *, not_before: date | None = None) -> list[Printed]:
    """Every date of a text in order. One without a year is the first such day from `not_before` on, else left out.

    >>> [str(each.day) for each in dates_in("by Friday 5 May 2017, or by 12 November 18.")]
    ['2017-05-05', '2018-11-12']
    """
    found = []
    for match in _FIGURES.finditer(text):
        day = _made(int(match[4]), int(match[3]), int(match[1]))
        if day is not None:
            found.append(Printed(day, match[0], "", False, match.start()))
    for match in _DATE.finditer(text):
        month = _month(match[3])
        day = _made(_year(match[4]) or (not_before.year if not_before else None), month, int(match[2]))
        if day is None and match[4] is None and not_before:
            day = _made(not_before.year + 1, month, int(match[2]))
        if day is None:
            continue
        if match[4] is None and not_before and day < not_before:
            day = _made(day.year + 1, month, day.day) or day
        weekday = match[1].strip(" ,\n").capitalize()
        found.append(Printed(day, " ".join(match[0].split()), weekday, match[4] is None, match.start()))
    return sorted(found, key=lambda each: each.start)


def spans_in(text: str, *, published: date | None) -> list[Span]:
    """Every 'from one day to another' of a text. Without a year it ends on or before `published`.

    >>> span = spans_in("Between 29 November and 3 December 2021, inspectors ...", published=None)[0]
    >>> str(span.first), str(span.last)
    ('2021-11-29', '2021-12-03')
    """
    found = []
    for match in _SPAN.finditer(text):
        last_month = _month(match[5])
        first_month = _month(match[2]) if match[2] else last_month
        year = _year(match[6])
        inferred = year is None
        if year is None and published:
            year = published.year
            last = _made(year, last_month, int(match[4]))
            if last and last > published:
                year -= 1
        last = _made(year, last_month, int(match[4]))
        if last is None:
            continue
        first = _made(_year(match[3]) or (last.year - (first_month > last_month)), first_month, int(match[1]))
        if first is not None and first <= last and last - first < timedelta(days=120):
            found.append(Span(first, last, inferred, match.start()))
    return found


def _month(words: str) -> int:
    return next(number for number, each in enumerate(MONTHS, start=1) if words.lower().startswith(each[:3].lower()))


def _year(digits: str | None) -> int | None:
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _made(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None
