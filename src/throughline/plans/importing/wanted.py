"""What one row of a plan that is brought in asks for: an action with its parts, and what stands in the way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from throughline.inspections.models import Finding
from throughline.plans.importing.held import Body, HeldAction
from throughline.plans.models import DesiredImpact


@dataclass(frozen=True)
class WantedImpact:
    """A desired impact: one that the plan has, or new words. `tests` are (kind, text) of what would show it.

    `sufficiency` is empty where nothing is said of which evidence is enough.
    """

    would_see: str
    for_whom: str
    standing: DesiredImpact | None = None
    tests: tuple[tuple[str, str], ...] = ()
    sufficiency: str = ""


@dataclass(frozen=True)
class WantedPart:
    """A body that contributes. `said` is whether the row says what its part is."""

    body: Body
    part: str
    said: bool = True


@dataclass(frozen=True)
class WantedStep:
    """A milestone."""

    title: str
    due: date
    first_due: date | None = None
    reached: date | None = None


@dataclass(frozen=True)
class WantedNote:
    """A note to keep, with its day and where it stood."""

    dated: date | None
    text: str
    source: str


@dataclass(frozen=True)
class Problem:
    """What keeps a row from coming in. `field` is due or lead where the preview can mend it, else empty.

    `where` names the cell that it is about; empty where it is about the row.
    """

    field: str
    sentence: str
    where: str = ""


@dataclass(frozen=True)
class Wanted:
    """A row's action. Texts are empty and days None where the row says nothing: then nothing is changed.

    `key` tells the rows of one file apart; `held` is the action that it matches and `by` how it was matched; `columns`
    are plain columns of the action that the row sets beside its words.
    """

    key: str
    where: str
    title: str = ""
    detail: str = ""
    own_number: str = ""
    area: str = ""
    owner_post: str = ""
    lead: Body | None = None
    lead_words: str = ""
    due: date | None = None
    first_due: date | None = None
    findings: tuple[Finding, ...] = ()
    impacts: tuple[WantedImpact, ...] = ()
    parts: tuple[WantedPart, ...] = ()
    steps: tuple[WantedStep, ...] = ()
    notes: tuple[WantedNote, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)
    held: HeldAction | None = None
    by: str = ""
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """What to call the row: its reference or number, and its title."""
        number = self.held.act.reference if self.held else self.own_number
        title = self.title or (self.held.act.title if self.held else "")
        return " ".join(each for each in (number, title) if each) or "A row without an action"

    def told(self, problem: Problem) -> str:
        """A problem of this row, with where it stands: sheet, row and, where it is about a cell, column."""
        where = problem.where or self.where
        return f"{where[:1].upper()}{where[1:]}: {problem.sentence}"


def each_once(rows: Iterable[Wanted]) -> list[Wanted]:
    """The rows, with a problem at every one that matches an action which a row before it matches too."""
    taken: dict[str, str] = {}
    made = []
    for each in rows:
        if each.held is not None:
            reference = each.held.act.reference
            if reference in taken:
                sentence = (
                    f"It matches {reference}, as {taken[reference]} does. Skip one of the two, or add this as another."
                )
                each = replace(each, problems=(*each.problems, Problem("", sentence)))
            taken.setdefault(reference, each.where)
        made.append(each)
    return made
