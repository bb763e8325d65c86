"""Working days, clear days and quarters, as English public bodies count them.

Days are `date`s in Europe/London; nothing here knows what day it is today. `holidays` is any container of days, usually
`bank_holidays()`; a partnership may pass its own.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib import resources
from typing import Any

from throughline.methods.printed import day

_DAY = timedelta(days=1)
_FRIDAY = 4


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    file = resources.files("throughline.methods").joinpath("data/bank_holidays_england.json")
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


@lru_cache(maxsize=1)
def bank_holidays() -> frozenset[date]:
    """England's bank holidays on weekdays, from `holidays_from()` to `holidays_through()`, substitute days included.

    Source: data/bank_holidays_england.json, which names its own source and the day on which it was made.
    """
    return frozenset(date.fromisoformat(iso) for iso in _data()["days"])


def holidays_from() -> date:
    """The first day for which bank holidays are known."""
    return date.fromisoformat(_data()["from"])


def holidays_through() -> date:
    """The last day for which bank holidays are known."""
    return date.fromisoformat(_data()["through"])


def holiday_warning(*days: date) -> str | None:
    """A sentence when a count that touches `days` leaves the known bank holidays; None when it does not.

    Nothing is refused: past the end only weekends are left out, and a person should check the date.
    """
    first, last = holidays_from(), holidays_through()
    if all(first <= each <= last for each in days):
        return None
    return (
        f"Bank holidays are known from {day(first)} to {day(last)} only; outside those years weekends alone are left "
        "out. Check this date against the published bank holidays."
    )


def is_working_day(on: date, holidays: Container[date]) -> bool:
    """Monday to Friday and no holiday."""
    return on.weekday() <= _FRIDAY and on not in holidays


def working_days_after(start: date, count: int, holidays: Container[date]) -> date:
    """The date `count` working days after `start`; `start` itself is day 0, and with a count of 0 the answer.

    24 August 2018 + 70 = 3 December 2018, as the Durham letter prints.
    Source: SI 2015/1792, regulation 4, "70 working days"; England and Wales bank holidays. Raises ValueError for a
    negative count, and OverflowError past the year 9999.
    """
    return _step(start, count, _DAY, holidays)


def working_days_before(end: date, count: int, holidays: Container[date]) -> date:
    """The date `count` working days before `end`; `end` itself is day 0."""
    return _step(end, count, -_DAY, holidays)


def _step(on: date, count: int, direction: timedelta, holidays: Container[date]) -> date:
    if count < 0:
        raise ValueError(f"Count working days forward or back from 0, not from {count}.")
    while count:
        on += direction
        count -= is_working_day(on, holidays)
    return on


def working_days_between(start: date, end: date, holidays: Container[date]) -> int:
    """How many working days after `start` the day `end` is: working days later than `start`, `end` included.

    The inverse of `working_days_after`: 24 August 2018 to 3 December 2018 = 70. Negative when `end` is earlier.
    """
    if end < start:
        return -working_days_between(end, start, holidays)
    days = (start + n * _DAY for n in range(1, (end - start).days + 1))
    return sum(is_working_day(each, holidays) for each in days)


def clear_days_between(issued: date, meeting: date, holidays: Container[date]) -> int:
    """The clear working days between the issue of papers and the meeting; neither of the two days counts.

    Tuesday 22 January 2019 to Wednesday 30 January 2019 = 5. Source: Local Government Act 1972, sections 100A(6) and
    100B(3), "five clear days"; that weekends and bank holidays do not count was decided in R v Swansea City Council,
    ex parte Elitestone (1993). Whether a paper must be open at all is Schedule 12A's matter, not this count's.
    """
    return working_days_between(issued, meeting - _DAY, holidays) if issued < meeting else 0


def clear_days_before(meeting: date, n: int, holidays: Container[date]) -> date:
    """The last working day on which papers may be issued with `n` clear days before `meeting`.

    Wednesday 30 January 2019 with 5 = Tuesday 22 January 2019. Source: as `clear_days_between`.
    """
    if n < 0:
        raise ValueError(f"The number of clear days is 0 or more, not {n}.")
    return working_days_before(meeting, n + 1, holidays)


# Quarters -------------------------------------------------------------------------------------------------------------

_MONTHS_IN_QUARTER = 3
_FINANCIAL_START = 4  # April


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a year. A financial year runs from April and is named by both of its years.

    `year` is the one in which the year begins: Quarter(2018, 4) is "Q4 2018/19", January to March 2019, and
    Quarter(2018, 4, financial=False) is "Q4 2018", October to December 2018.
    """

    year: int
    number: int
    financial: bool = True

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"A quarter is 1, 2, 3 or 4, not {self.number}.")

    @classmethod
    def containing(cls, on: date, *, financial: bool = True) -> Quarter:
        """The quarter in which `on` falls."""
        if not financial:
            return cls(on.year, (on.month - 1) // _MONTHS_IN_QUARTER + 1, financial=False)
        year = on.year if on.month >= _FINANCIAL_START else on.year - 1
        return cls(year, (on.month - _FINANCIAL_START) % 12 // _MONTHS_IN_QUARTER + 1)

    @property
    def label(self) -> str:
        """Q4 2018/19, or Q4 2018."""
        years = f"{self.year}/{(self.year + 1) % 100:02}" if self.financial else str(self.year)
        return f"Q{self.number} {years}"

    @property
    def start(self) -> date:
        """The first day."""
        months = (self.number - 1) * _MONTHS_IN_QUARTER + (_FINANCIAL_START - 1 if self.financial else 0)
        return date(self.year + months // 12, months % 12 + 1, 1)

    @property
    def end(self) -> date:
        """The last day."""
        return self.next.start - _DAY

    @property
    def next(self) -> Quarter:
        """The quarter after this one."""
        if self.number == 4:
            return Quarter(self.year + 1, 1, self.financial)
        return Quarter(self.year, self.number + 1, self.financial)

    @property
    def previous(self) -> Quarter:
        """The quarter before this one."""
        if self.number == 1:
            return Quarter(self.year - 1, 4, self.financial)
        return Quarter(self.year, self.number - 1, self.financial)

    def __str__(self) -> str:
        return self.label


def quarters(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    """Every quarter from `first` to `last`, both included. Raises ValueError when only one is of a financial year."""
    if first.financial != last.financial:
        raise ValueError("Quarters of the financial year and of the calendar year do not make one row.")
    while first <= last:
        yield first
        first = first.next
