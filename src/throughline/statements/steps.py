"""What every verb of the room begins with: the statement under its lock, the right to the step, and the step itself."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from throughline.access import check
from throughline.history.door import Conflict
from throughline.history.moments import day_of
from throughline.partners.models import Person
from throughline.statements import states
from throughline.statements.models import FindingResponse, Statement
from throughline.statements.states import StatementState


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


class NotReady(CannotDo):
    """The statement cannot be signed yet. `lines` names every gap that forbids it."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


class NotAsSeen(CannotDo):
    """What a step would fix is not what the person was shown."""


class Overtaken(Conflict):
    """Somebody saved other responses first. `responses` are theirs, by finding; nothing of ours was saved."""

    def __init__(self, responses: Mapping[UUID, FindingResponse]) -> None:
        first = next(iter(responses.values()))
        super().__init__({}, first)
        self.responses = dict(responses)


def as_stored(statement: Statement) -> Statement:
    """The statement as it is under the lock of its chain."""
    found: Statement = Statement.objects.select_related(
        "letter__inspection__partnership", "plan__partnership", "partnership"
    ).get(pk=statement.pk)
    return found


def step(by: Person, verb: str, statement: Statement, now: datetime) -> StatementState:
    """The state that a verb leads to, once access and the table of steps allow it."""
    check(by, verb, statement, day_of(now))
    return after(verb, statement)


def after(verb: str, statement: Statement) -> StatementState:
    """The state that a verb leads to from where the statement stands. Raises CannotDo."""
    state = states.after(verb, StatementState(statement.state))
    if state is None:
        printed = states.PRINTED[StatementState(statement.state)]
        raise CannotDo(f"This statement is ‘{printed}’. {states.INSTEAD[verb]}")
    return state


def today_of(statement: Statement, now: datetime) -> date:
    """The day that counts as today: in an illustrative partnership its own."""
    return statement.partnership.shown_today or day_of(now)
