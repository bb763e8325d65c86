"""Dated things that people are reminded of. This room knows no noun: each room registers its own in its due.py.

    register(DatedKind("return due", "Return due", due_on=returns_due, columns=("returns.reportingperiod.due",)))

A date column that nobody is reminded of is listed in its room's due.py as NOT_DATED = {"app.model.column": "why"}.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID


@dataclass(frozen=True)
class DueItem:
    """One thing that somebody must do by the end of a day. `key` names it for ever within its kind.

    `recipients` are people's ids. `sentence` is what the message says, without content and without names of people:
    "The return of the police for Q4 2018/19 is due". `url` is a path of ours.
    """

    key: str
    partnership_id: UUID
    recipients: tuple[UUID, ...]
    due: date
    sentence: str
    url: str


@dataclass(frozen=True)
class DatedKind:
    """`due_on(day)` gives everything that is still to be done, seen from a day; what is done is not among it.

    People are reminded `days_before` each, and every seven days when it is overdue (unless `weekly_after` is false).
    `columns` are the date columns ("app.model.column", lower case) that the kind answers for.
    """

    name: str
    printed: str
    due_on: Callable[[date], Iterable[DueItem]]
    days_before: tuple[int, ...] = (14, 3, 0)
    weekly_after: bool = True
    columns: tuple[str, ...] = ()

    def reminded_for(self, due: date, on: date) -> date | None:
        """The latest day up to `on` on which a reminder was planned; None when the first is still to come.

        A worker that was stopped on the very day so catches up on the next, once.
        """
        planned = [due - timedelta(days=before) for before in self.days_before]
        if self.weekly_after and on > due:
            planned.append(due + timedelta(days=7 * ((on - due).days // 7)))
        return max((day for day in planned if day <= on), default=None)


_KINDS: dict[str, DatedKind] = {}


def register(kind: DatedKind) -> DatedKind:
    """Have people reminded of a kind. Another kind of the same name is a mistake (ValueError)."""
    if _KINDS.get(kind.name, kind) != kind:
        raise ValueError(f"the dated kind {kind.name} is registered twice")
    _KINDS[kind.name] = kind
    return kind


def unregister(name: str) -> None:
    """Take a kind away again. For tests."""
    _KINDS.pop(name, None)


def kinds() -> tuple[DatedKind, ...]:
    """Every registered kind, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))
