"""The plan on a page as values: improvement areas by who leads, each cell on both scales. Pure, from the tree.

A cell counts its actions by the printed key, and shows the least favourable judgement of the desired impacts that its
standing actions serve. `live_matrix` gives the same from the tables; a property test holds both to each other.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from throughline.impact.scale import Impact, least_favourable
from throughline.line.tree import AreaLine, Body, PlanLine
from throughline.plans.delivery import ENDED, KEY, Rating, rating


@dataclass(frozen=True)
class Cell:
    """Some actions on both scales. `counts`: (rating, how many) as the key has them, those that are there alone.

    standing: how many were not ended; bare: how many of those serve no desired impact; states: the judgements of what
    the others serve, None for one that was not judged.
    """

    counts: tuple[tuple[Rating, int], ...] = ()
    standing: int = 0
    bare: int = 0
    states: frozenset[Impact | None] = frozenset()

    @property
    def actions(self) -> int:
        """How many there are, the ended ones too."""
        return sum(number for _, number in self.counts)

    @property
    def has_impact(self) -> bool:
        """Whether anything is served, so that there is something to judge."""
        return bool(self.states)

    @property
    def impact(self) -> Impact | None:
        """The least favourable judgement; None where something was not judged, or nothing is served."""
        return least_favourable(self.states)


@dataclass(frozen=True)
class AreaRow:
    """An improvement area: a cell for each body in the matrix's order, and all of them together."""

    area: AreaLine
    cells: tuple[Cell, ...]
    total: Cell


@dataclass(frozen=True)
class Matrix:
    """The plan on a page. `bodies` lead at least one action, by name; `totals` are theirs over all areas."""

    bodies: tuple[Body, ...]
    rows: tuple[AreaRow, ...]
    totals: tuple[Cell, ...]
    total: Cell


@dataclass
class Tally:
    """What was counted in one cell, before it is a cell."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    standing: int = 0
    bare: int = 0
    states: set[Impact | None] = field(default_factory=set)

    def add(self, other: "Tally") -> None:
        """Count another one in."""
        for key, number in other.counts.items():
            self.counts[key] += number
        self.standing += other.standing
        self.bare += other.bare
        self.states |= other.states

    @property
    def cell(self) -> Cell:
        """What it comes to."""
        counts = tuple((each, self.counts[each.key]) for each in KEY if self.counts.get(each.key))
        return Cell(counts, self.standing, self.bare, frozenset(self.states))


def matrix_of(line: PlanLine, on: date) -> Matrix:
    """The plan on a page from its tree, as seen on a day."""
    judged = {each.id: each.judged for each in line.impacts}
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for each in line.actions:
        tally = tallies[each.area, each.lead.id]
        tally.counts[rating(each.shown(on)).key] += 1
        if each.delivery in ENDED:
            continue
        tally.standing += 1
        tally.bare += not each.impacts
        tally.states |= {said.state if (said := judged.get(id_)) else None for id_ in each.impacts}
    return assembled(line.areas, {each.lead.id: each.lead for each in line.actions}.values(), tallies)


def assembled(areas: Iterable[AreaLine], bodies: Iterable[Body], tallies: Mapping[tuple[str, str], Tally]) -> Matrix:
    """The matrix from what was counted by (area's id, body's id)."""
    columns = tuple(sorted(bodies, key=lambda each: (each.name, each.id)))
    downward = [Tally() for _ in columns]
    whole, rows = Tally(), []
    for area in areas:
        across, cells = Tally(), []
        for below, body in zip(downward, columns, strict=True):
            one = tallies.get((area.id, body.id), Tally())
            cells.append(one.cell)
            for sum_ in (across, below, whole):
                sum_.add(one)
        rows.append(AreaRow(area, tuple(cells), across.cell))
    return Matrix(columns, tuple(rows), tuple(each.cell for each in downward), whole.cell)
