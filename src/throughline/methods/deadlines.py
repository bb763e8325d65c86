"""A printed deadline beside the computed one: which of the two counts, what is odd about it, and what would explain it.

The day that a letter prints is the authority; the clock of its regime only checks it. Source of the clock of a joint
targeted area inspection: SI 2015/1792, regulation 4, "within 70 working days of receiving the report".
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from throughline.methods.calendars import (
    holiday_warning,
    is_working_day,
    working_days_before,
    working_days_between,
)
from throughline.methods.clocks import Clock, Start, Unit
from throughline.methods.letters.dates import dates_in
from throughline.methods.printed import WEEKDAYS, count, day, listing

_SATURDAY = 5
# A letter may reach a partnership some days before it is published; further back it is no explanation.
_SENT_BEFORE = 15


class Rules(StrEnum):
    """Which day counts."""

    PRINTED = "printed"
    COMPUTED = "computed"
    NEITHER = "neither"


@dataclass(frozen=True)
class PrintedDay:
    """A day with the words that print it. `weekday` is the name printed before it, or empty."""

    day: date
    words: str
    weekday: str = ""


@dataclass(frozen=True)
class Facts:
    """What is known of a deadline. `words` are the printed day's own, as in the letter: 'Friday 18 April 2023'."""

    clock: Clock | None
    received: date | None = None
    published: date | None = None
    printed: date | None = None
    words: str = ""

    @property
    def start(self) -> date | None:
        """The day from which the clock counts; the other one where that is not known."""
        if self.clock is not None and self.clock.start == Start.PUBLISHED:
            return self.published or self.received
        return self.received or self.published


@dataclass(frozen=True)
class Deadline:
    """The answer. `due` is what the clock gives (None without one), `warnings` are sentences for a person to weigh."""

    due: date | None
    printed: date | None
    rules: Rules
    warnings: tuple[str, ...]

    @property
    def day(self) -> date | None:
        """The day that counts: the printed one, else the computed one."""
        return self.printed or self.due


def printed_day(text: str) -> PrintedDay | None:
    """The day that a text prints: 'Friday 5 May 2017', '12 November 18' or '2023-04-18'. None when it prints none.

    >>> printed_day("by Friday 18 April 2023").weekday
    'Friday'
    """
    words = " ".join(text.split())
    try:
        return PrintedDay(date.fromisoformat(words), words)
    except ValueError:
        found = dates_in(words)
    return PrintedDay(found[0].day, found[0].words, found[0].weekday) if found else None


def reckon(facts: Facts, holidays: Collection[date]) -> Deadline:
    """Which day a response is due and what is odd about it. Raises OverflowError past the year 9999.

    >>> from throughline.methods.calendars import bank_holidays
    >>> clock = Clock(70, Unit.WORKING_DAYS, Start.RECEIVED)
    >>> reckon(Facts(clock, received=date(2018, 8, 24)), bank_holidays()).due
    datetime.date(2018, 12, 3)
    """
    start = facts.start
    due = facts.clock.ends_on(start, holidays) if facts.clock is not None and start is not None else None
    rules = Rules.PRINTED if facts.printed else Rules.COMPUTED if due else Rules.NEITHER
    warnings = [*_about_start(facts), *_about_printed(facts, due, holidays)]
    if facts.printed is None and due is not None:
        warnings += _not_worked(due, holidays, "The computed day, ")
    touched = [each for each in (start, due, facts.printed) if each is not None]
    if touched and (beyond := holiday_warning(*touched)):
        warnings.append(beyond)
    return Deadline(due, facts.printed, rules, tuple(warnings))


def working_days_left(due: date, on: date, holidays: Collection[date]) -> int:
    """Working days from a day to the deadline: 0 on its day (and on a weekend with none in between), negative after.

    >>> working_days_left(date(2018, 12, 3), date(2018, 11, 30), ())
    1
    """
    return working_days_between(on, due, holidays)


def _about_start(facts: Facts) -> Iterator[str]:
    """Say so when the clock had to begin on another day than the one that it names."""
    if facts.clock is None or facts.start is None:
        return
    if facts.clock.start == Start.PUBLISHED and facts.published is None:
        yield "The time runs from publication, and that day is not known: it is counted from receipt."
    if facts.clock.start == Start.RECEIVED and facts.received is None:
        yield "The time runs from receipt, and that day is not known: it is counted from publication."


def _about_printed(facts: Facts, due: date | None, holidays: Collection[date]) -> Iterator[str]:
    printed = facts.printed
    if printed is None:
        return
    yield from _about_words(facts, printed)
    for known, what in ((facts.received, "the letter was received"), (facts.published, "the letter was published")):
        if known is not None and printed < known:
            yield f"The due date, {day(printed)}, is before {what}, on {day(known)}. Check both days."
            return
    if due is not None and printed != due and facts.clock is not None and facts.start is not None:
        yield _differs(facts, facts.clock, facts.start, printed, due, holidays)
    yield from _not_worked(printed, holidays)


def _about_words(facts: Facts, printed: date) -> Iterator[str]:
    """What the printed words say of the day, and the day says otherwise."""
    said = printed_day(facts.words) if facts.words else None
    if said is None:
        return
    if said.day != printed:
        yield (
            f"The letter’s words are ‘{facts.words}’, and the due date is entered as {day(printed)}. Look at the "
            "letter again."
        )
        return
    true = WEEKDAYS[printed.weekday()]
    if said.weekday and said.weekday != true:
        wanted = WEEKDAYS.index(said.weekday)
        earlier = printed - timedelta(days=(printed.weekday() - wanted) % 7)
        yield (
            f"The letter prints ‘{said.words}’: {day(printed)} is a {true}, not a {said.weekday}. The {said.weekday}s "
            f"beside it are {day(earlier)} and {day(earlier + timedelta(days=7))}. Ask the inspectors which day they "
            "mean."
        )


def _not_worked(on: date, holidays: Collection[date], before: str = "") -> Iterator[str]:
    if is_working_day(on, holidays):
        return
    what = f"a {WEEKDAYS[on.weekday()]}" if on.weekday() >= _SATURDAY else "a bank holiday"
    earlier = working_days_before(on, 1, holidays)
    yield (
        f"{before}{day(on)}{',' if before else ''} is not a working day: it is {what}. Plan to submit on the working "
        f"day before it, {day(earlier, weekday=True)}."
    )


def _differs(facts: Facts, clock: Clock, start: date, printed: date, due: date, holidays: Collection[date]) -> str:
    by = working_days_between(due, printed, holidays)
    by_calendar = (printed - due).days
    size = count(abs(by), "working day") if by else count(abs(by_calendar), "day")
    found = explanations(facts, holidays)
    because = f" It {', or '.join(found)}." if found else " Check the day on which the letter was received."
    return (
        f"The letter prints {day(printed)}; {clock.printed} from {day(start)} end on {day(due)}. The printed date "
        f"stands; it is {size} {'later' if by_calendar > 0 else 'earlier'}.{because}"
    )


# Candidate explanations: each gives the end of a sentence that begins with "It", or None when it is not true here.


@dataclass(frozen=True)
class _Case:
    """One question: does `printed` follow from `start`, and how?"""

    clock: Clock
    start: date
    printed: date
    received: date | None
    published: date | None
    holidays: Collection[date]

    @property
    def other(self) -> tuple[date, str] | None:
        """The other of the two days from which a clock may have been counted, and what it is."""
        if self.published is not None and self.published != self.start:
            return self.published, "publication"
        if self.received is not None and self.received != self.start:
            return self.received, "receipt"
        return None

    def ends(self, clock: Clock, start: date, holidays: Collection[date]) -> bool:
        """Whether a clock from a day ends on the printed one."""
        return clock.ends_on(start, holidays) == self.printed

    @property
    def between(self) -> list[date]:
        """The bank holidays after the start and up to the printed day, on days that are otherwise worked."""
        return sorted(
            each for each in self.holidays if self.start < each <= self.printed and each.weekday() < _SATURDAY
        )


Explanation = Callable[[_Case], str | None]


def _from_the_other_day(case: _Case) -> str | None:
    if case.other is None or not case.ends(case.clock, case.other[0], case.holidays):
        return None
    return f"is exactly {case.clock.printed} from {case.other[1]} on {day(case.other[0])}"


def _in_calendar_days(case: _Case) -> str | None:
    if case.clock.unit != Unit.WORKING_DAYS:
        return None
    calendar = Clock(case.clock.count, Unit.CALENDAR_DAYS, case.clock.start)
    starts = [case.start, *([case.other[0]] if case.other else [])]
    found = next((each for each in starts if case.ends(calendar, each, case.holidays)), None)
    return f"is exactly {calendar.printed}, not working days, from {day(found)}" if found else None


def _in_working_days(case: _Case) -> str | None:
    if case.clock.unit != Unit.CALENDAR_DAYS:
        return None
    worked = Clock(case.clock.count, Unit.WORKING_DAYS, case.clock.start)
    if not case.ends(worked, case.start, case.holidays):
        return None
    return f"is exactly {worked.printed}, not calendar days, from {day(case.start)}"


def _one_bank_holiday_worked(case: _Case) -> str | None:
    if case.clock.unit != Unit.WORKING_DAYS:
        return None
    found = [
        each for each in case.between if case.ends(case.clock, case.start, frozenset(case.holidays) - {each})
    ]  # fmt: skip
    if not found:
        return None
    which = listing([day(each) for each in found], "or")
    return f"would be {case.clock.printed} if the bank holiday of {which} had been counted as a working day"


def _every_bank_holiday_worked(case: _Case) -> str | None:
    if case.clock.unit != Unit.WORKING_DAYS or len(case.between) < 2 or not case.ends(case.clock, case.start, ()):
        return None
    them = count(len(case.between), "bank holiday")
    return f"would be {case.clock.printed} if the {them} in between had been counted as working days"


def _first_day_counted(case: _Case) -> str | None:
    if case.clock.count < 2 or not is_working_day(case.start, case.holidays):
        return None
    shorter = Clock(case.clock.count - 1, case.clock.unit, case.clock.start)
    if case.clock.unit == Unit.WEEKS or not case.ends(shorter, case.start, case.holidays):
        return None
    return f"would be {case.clock.printed} if {day(case.start)} itself had been counted as day 1"


def _first_day_left_out(case: _Case) -> str | None:
    longer = Clock(case.clock.count + 1, case.clock.unit, case.clock.start)
    if case.clock.unit == Unit.WEEKS or not case.ends(longer, case.start, case.holidays):
        return None
    return f"would be {case.clock.printed} if the day after {day(case.start)} had not been counted"


def _from_an_earlier_day(case: _Case) -> str | None:
    """Some letters count from the day on which they were sent ahead of publication."""
    if case.clock.unit != Unit.WORKING_DAYS or not is_working_day(case.printed, case.holidays):
        return None
    sent = working_days_before(case.printed, case.clock.count, case.holidays)
    if not sent < case.start or working_days_between(sent, case.start, case.holidays) > _SENT_BEFORE:
        return None
    return f"is exactly {case.clock.printed} from {day(sent)}, when the letter may have been sent before publication"


# In the order of how much they say; the last is asked only when no other holds, because it holds so often.
EXPLANATIONS: tuple[Explanation, ...] = (
    _from_the_other_day, _in_calendar_days, _in_working_days, _every_bank_holiday_worked, _one_bank_holiday_worked,
    _first_day_counted, _first_day_left_out,
)  # fmt: skip
LAST_RESORTS: tuple[Explanation, ...] = (_from_an_earlier_day,)


def explanations(facts: Facts, holidays: Collection[date]) -> Sequence[str]:
    """What would explain a printed day that the clock does not give: ends of sentences that begin with "It".

    Only what is true: each candidate is counted and kept when it ends on the printed day.
    """
    if facts.clock is None or facts.start is None or facts.printed is None:
        return ()
    case = _Case(facts.clock, facts.start, facts.printed, facts.received, facts.published, holidays)
    for candidates in (EXPLANATIONS, LAST_RESORTS):
        found = [said for each in candidates if (said := each(case)) is not None]
        if found:
            return found
    return ()
