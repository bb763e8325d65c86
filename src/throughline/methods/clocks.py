"""The time that a regime gives for answering an inspection: how long, counted how, from which day."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from throughline.methods.calendars import working_days_after

_DAYS_IN_WEEK = 7


class Unit(StrEnum):
    """What a clock counts."""

    WORKING_DAYS = "working days"
    CALENDAR_DAYS = "calendar days"
    WEEKS = "weeks"


class Start(StrEnum):
    """The day from which a clock counts; that day itself is day 0."""

    RECEIVED = "received"
    PUBLISHED = "published"

    @property
    def printed(self) -> str:
        """`receipt` or `publication`: '70 working days from receipt'."""
        return {Start.RECEIVED: "receipt", Start.PUBLISHED: "publication"}[self]


@dataclass(frozen=True)
class Clock:
    """So many units from a day."""

    count: int
    unit: Unit
    start: Start

    @property
    def printed(self) -> str:
        """`70 working days`."""
        return f"{self.count} {self.unit}"

    def ends_on(self, start: date, holidays: Container[date]) -> date:
        """The last day of the clock; the day after `start` is day 1.

        70 working days from 24 August 2018 end on 3 December 2018. Raises OverflowError past the year 9999.
        """
        match self.unit:
            case Unit.WORKING_DAYS:
                return working_days_after(start, self.count, holidays)
            case Unit.CALENDAR_DAYS:
                return start + timedelta(days=self.count)
            case Unit.WEEKS:
                return start + timedelta(days=self.count * _DAYS_IN_WEEK)
