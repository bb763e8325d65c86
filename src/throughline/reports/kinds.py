"""The kinds of report: what each is called, whom it may be for, and the pure function that builds it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from throughline.documents.model import Document
from throughline.line.tree import PeriodLine, PlanLine
from throughline.reports.permissions import EXECUTIVE_ONLY, PUBLIC_MEETING

AUDIENCES = {
    EXECUTIVE_ONLY: "Members of the partnership",
    PUBLIC_MEETING: "A meeting in public: members and board readers",
}


@dataclass(frozen=True)
class Facts:
    """What a report prints beside the line: whose it is, for whom, and who prepared it."""

    organisation: str
    group: str
    marking: str
    audience: str
    reference: str
    prepared_on: date
    prepared_by: str
    on: date
    illustrative: bool = False


Builder = Callable[[PlanLine, PeriodLine, Facts], Document]


@dataclass(frozen=True)
class Kind:
    """`title(group, period label)` is the paper's title."""

    name: str
    printed: str
    says: str
    title: Callable[[str, str], str]
    build: Builder


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known. A second one of the name is a mistake: ValueError."""
    if _KINDS.get(kind.name, kind) != kind:
        raise ValueError(f"the report kind {kind.name} is registered twice")
    _KINDS[kind.name] = kind
    return kind


def kinds() -> tuple[Kind, ...]:
    """Every kind, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def of(name: str) -> Kind | None:
    """A kind by its name; None when there is none."""
    return _KINDS.get(name)
