"""The kinds of report: what each is called, whom it may be for, what it needs written, and what builds it.

Builders are pure: the line, one of its periods and a few facts go in, a document comes out.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from throughline.documents.model import Document
from throughline.line.tree import PeriodLine, PlanLine
from throughline.reports.board_facts import BoardFacts
from throughline.reports.permissions import EXECUTIVE_ONLY, PUBLIC_MEETING

AUDIENCES = {
    EXECUTIVE_ONLY: "Members of the partnership",
    PUBLIC_MEETING: "A meeting in public: members and board readers",
}


@dataclass(frozen=True)
class Kept:
    """What a person decided about one section: its words, or that there is nothing to say."""

    text: str
    is_none: bool = False


@dataclass(frozen=True)
class Facts:
    """What a report prints beside the line: whose it is, for whom, and who prepared it.

    `before` is the line as it stood on `since`, the day from which changes are counted; None for a first report. A
    report in the form of a board has the facts `about` the inspection and the sections that people have `kept`.
    """

    organisation: str
    group: str
    marking: str
    audience: str
    reference: str
    prepared_on: date
    prepared_by: str
    on: date
    illustrative: bool = False
    public: bool = False
    before: PlanLine | None = None
    since: date | None = None
    about: BoardFacts | None = None
    kept: Mapping[str, Kept] = field(default_factory=dict)


Builder = Callable[[PlanLine, PeriodLine, Facts], Document]


@dataclass(frozen=True)
class Section:
    """A section of a fixed form, by its place in addresses. `may_be_none`: “None.” is an answer to it."""

    key: str
    heading: str
    help: str
    may_be_none: bool = False


@dataclass(frozen=True)
class Kind:
    """`title(group, period label)` is the paper's title. A kind with `sections` is drafted before it is frozen."""

    name: str
    printed: str
    says: str
    title: Callable[[str, str], str]
    build: Builder
    sections: tuple[Section, ...] = ()

    @property
    def is_drafted(self) -> bool:
        """Whether people write parts of it before it is frozen."""
        return bool(self.sections)

    def section(self, key: str) -> Section | None:
        """A section by its key; None when the form has none of that name."""
        return next((each for each in self.sections if each.key == key), None)


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
