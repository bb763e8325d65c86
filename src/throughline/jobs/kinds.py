"""The kinds of job that rooms register: what is run, and who may have it run and fetch what came of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


class CannotFinish(Exception):
    """The job can never succeed as it was asked for. The sentence says why and what to do; it is not tried again."""


class ClaimLost(Exception):
    """This worker was silent for so long that another took the job back. What was begun is left to the other."""


@dataclass(frozen=True)
class Work:
    """One attempt at one job. `person` is whoever asked for it; `now` is the attempt's instant.

    `say` keeps a line for the page of the job ("12 of 40 pages drawn") and shows that the worker is alive. A job that
    runs for longer than a few minutes calls it at least every five. It raises ClaimLost; let it pass.
    """

    job_id: UUID
    person: Any
    partnership_id: UUID | None
    arguments: Mapping[str, Any]
    now: datetime
    say: Callable[[str], None]


Run = Callable[[Work], str]
Allowed = Callable[[Any, Mapping[str, Any]], bool]


@dataclass(frozen=True)
class Kind:
    """`run` does the work through actions of its room and returns the address of what came of it ('' for none).

    `allowed(person, arguments)` is asked when the job starts and whenever its page is opened: rights may have ended.
    An attempt may be broken off anywhere and made again, so `run` must be harmless to repeat.
    """

    name: str
    printed: str
    run: Run
    allowed: Allowed


_KINDS: dict[str, Kind] = {}


def register(name: str, run: Run, allowed: Allowed, *, printed: str = "") -> Kind:
    """Make a kind of job known. `printed` names it on its page. Another kind of the same name is a mistake."""
    kind = Kind(name, printed or _spelt(name), run, allowed)
    if _KINDS.get(name, kind) != kind:
        raise ValueError(f"the job {name} is registered twice")
    _KINDS[name] = kind
    return kind


def _spelt(name: str) -> str:
    return name.replace("_", " ").capitalize()


def printed(name: str) -> str:
    """How a kind is called on its page, also one that this version no longer knows."""
    kind = of(name)
    return kind.printed if kind else _spelt(name)


def unregister(name: str) -> None:
    """Take a kind away again. For tests."""
    _KINDS.pop(name, None)


def of(name: str) -> Kind | None:
    """A kind by its name; None when no room of this version knows it."""
    return _KINDS.get(name)
