"""Instants and days. A date means that day in Europe/London; 'as at' a date means the end of it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def day_of(at: datetime) -> date:
    """The day in Europe/London on which an aware instant falls."""
    return at.astimezone(LONDON).date()


def end_of(day: date) -> datetime:
    """The first instant (UTC) after a day in Europe/London; a thing recorded before it was held on that day."""
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=LONDON).astimezone(UTC)
