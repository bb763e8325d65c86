"""A letter's clock: the day that it prints beside the day that its regime gives, and what is odd about the two."""

from dataclasses import dataclass
from datetime import date

from throughline.inspections import responses, rules
from throughline.inspections.frameworks import Framework
from throughline.inspections.models import Letter
from throughline.methods import calendars, deadlines
from throughline.methods.deadlines import Deadline, Facts
from throughline.methods.printed import count
from throughline.ui.parts import Row


@dataclass(frozen=True)
class LetterClock:
    """A letter's deadline as pages show it. `deadline.day` is the day that counts."""

    regime: Framework
    deadline: Deadline
    doubts: tuple[str, ...]
    submitted: date | None = None

    def left(self, on: date) -> str:
        """`12 working days left`, `Due today`, `3 working days overdue`; empty where no day is known."""
        due = self.deadline.day
        if due is None:
            return ""
        days = deadlines.working_days_left(due, on, calendars.bank_holidays())
        if on == due:
            return "Due today"
        if on > due:
            return f"{count(-days, 'working day')} overdue" if days else "Overdue: its day was not a working day"
        return f"{count(days, 'working day')} left" if days else "Due before the next working day"

    @property
    def start_words(self) -> str:
        """`receipt` or `publication`: from what the clock runs; empty without one."""
        return self.regime.clock.start.printed if self.regime.clock else ""

    def rows(self, on: date) -> list[Row]:
        """The computed day, and what became of the time or is left of it. The printed day stands above them."""
        clock = self.regime.clock
        computed = [Row(f"{clock.printed} from {self.start_words} end on", self.deadline.due)] if clock else []
        if self.submitted is not None:
            return [*computed, Row("Submitted", self.submitted)]
        return [*computed, *([Row("Time left", left)] if (left := self.left(on)) else [])]


def clock_of(letter: Letter, regime: Framework | None = None) -> LetterClock:
    """The clock of a letter, by its own regime unless another is given. Asks whether it is answered; one query."""
    return clock_given(letter, submitted=responses.submitted_on([letter.pk]).get(letter.pk), regime=regime)


def clock_given(letter: Letter, *, submitted: date | None, regime: Framework | None = None) -> LetterClock:
    """The clock of a letter of which it is known whether and when it was answered. For lists; asks nothing."""
    regime = regime or letter.inspection.regime
    facts = Facts(
        clock=regime.clock, received=letter.received, published=letter.published, printed=letter.statement_due,
        words=letter.statement_due_printed,
    )  # fmt: skip
    holidays = calendars.bank_holidays()
    found = deadlines.reckon(facts, holidays)
    doubts = (*rules.unprinted(regime, facts, found), *found.warnings)
    return LetterClock(regime, found, doubts, submitted)


def doubts_of(letter: Letter, regime: Framework | None = None) -> list[str]:
    """What a person should weigh about a letter's due date. The printed date stands."""
    return list(clock_of(letter, regime).doubts)
