"""A file beside the plan, for a person to decide on row by row. Nothing is written here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from throughline.methods.mentions import searchable
from throughline.methods.plan_tables.fields import Field
from throughline.methods.plan_tables.grids import Grid, Tables
from throughline.methods.plan_tables.headings import PlanTable, is_plan, tables_in
from throughline.methods.plan_tables.rows import PlanRow, areas_by_table, rows_of
from throughline.methods.printed import count
from throughline.plans.importing.changes import Change, Difference, change_of, differences
from throughline.plans.importing.held import Held
from throughline.plans.importing.wanted import Problem, Wanted
from throughline.plans.importing.wanting import Answers, wanted_of

# At once on a page. All rows are written together, and meanwhile nobody else can write: 400 take about as long as
# others wait for their turn. A page of rows that all lack a day and a lead sends five fields for each, too.
MOST_ROWS = 400


class Kind(StrEnum):
    """What a row is beside the plan."""

    NEW = "new"
    DIFFERS = "differs"
    SAME = "same"


class Choice(StrEnum):
    """What is done with a row."""

    STOP = "stop"
    SKIP = "skip"
    UPDATE = "update"
    ADD = "add"


# Which choices each kind of row has; the first is the one that a page begins with.
CHOICES: Mapping[Kind, tuple[Choice, ...]] = {
    Kind.NEW: (Choice.ADD, Choice.SKIP, Choice.STOP),
    Kind.DIFFERS: (Choice.STOP, Choice.SKIP, Choice.UPDATE, Choice.ADD),
    Kind.SAME: (Choice.SKIP,),
}


@dataclass(frozen=True)
class Shown:
    """A row with what it is, what it would change, and what a person should know about it."""

    wanted: Wanted
    kind: Kind
    change: Change
    differences: tuple[Difference, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What keeps it from coming in."""
        return self.wanted.problems

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What can be chosen for it: a row that its reference matches is that action and no other."""
        found = CHOICES[self.kind]
        if self.problems and self.kind is Kind.SAME:
            found = (Choice.STOP, Choice.SKIP, Choice.ADD)
        return tuple(each for each in found if each is not Choice.ADD or self.wanted.by != "reference")


@dataclass(frozen=True)
class Preview:
    """Every row of a file beside the plan, and what was not read. `digest` is that of the plan it was compared with."""

    rows: tuple[Shown, ...]
    notes: tuple[str, ...]
    digest: str

    def of(self, kind: Kind) -> list[Shown]:
        """The rows of one kind."""
        return [each for each in self.rows if each.kind is kind]

    @property
    def unknown_leads(self) -> dict[str, str]:
        """The words for a lead that name no body, folded and as written."""
        return {
            searchable(each.wanted.lead_words).strip(): each.wanted.lead_words
            for each in self.rows
            if each.wanted.lead_words and any(problem.field == "lead" for problem in each.problems)
        }


def preview_of(rows: Sequence[PlanRow], held: Held, *, name: str, answers: Answers, notes: Sequence[str]) -> Preview:
    """What each row is beside the plan, with the answers that were given so far."""
    return shown_beside(wanted_of(rows, held, name=name, answers=answers), held, notes=notes)


def shown_beside(wanted: Sequence[Wanted], held: Held, *, notes: Sequence[str] = ()) -> Preview:
    """Rows that are understood, beside the plan."""
    return Preview(tuple(_shown(each, held) for each in wanted), tuple(notes), held.digest)


def _shown(wanted: Wanted, held: Held) -> Shown:
    if wanted.held is None:
        return Shown(wanted, Kind.NEW, Change(), remarks=wanted.remarks)
    change, sentences = change_of(wanted, held)
    kind = Kind.SAME if change.is_empty else Kind.DIFFERS
    found = tuple(differences(change, wanted.held.act))
    return Shown(wanted, kind, change, found, (*wanted.remarks, *sentences))


# -- which rows --------------------------------------------------------------------------------------------------------


def offered(tables: Tables, headings: Mapping[str, str]) -> list[PlanTable]:
    """The tables of a file that may be the plan's, with what their headings mean here."""
    return tables_in(tables.grids, remembered=headings)


def rows_in(tables: Tables, headings: Mapping[str, str], fields: Mapping[str, str]) -> tuple[list[PlanRow], list[str]]:
    """(the rows of the tables whose columns make a plan, sentences about the tables that were not read).

    `fields` gives each folded heading's field; one that it lacks is kept as a note, so that no word is lost.
    """
    notes, plans, meanings = list(tables.notes), [], []
    found = offered(tables, headings)
    known = {each.grid.name for each in found}
    notes += [_left_out(grid) for grid in tables.grids if grid.name not in known]
    for table in found:
        means = [Field(fields.get(each.folded, Field.NOTE)) for each in table.headings]
        if is_plan(means):
            plans.append(table)
            meanings.append(means)
            if table.goes_on:
                notes.append(
                    f"{_named(table.grid)} has no headings of its own, and was read as going on from {table.goes_on}."
                )
        else:
            notes.append(_left_out(table.grid))
    rows = [
        row
        for table, means, area in zip(plans, meanings, areas_by_table(plans, meanings), strict=True)
        for row in rows_of(table, means, area=area)
    ]
    coloured = sum(each.text != each.cell.text for row in rows for said in row.cells.values() for each in said)
    if coloured:
        told = count(coloured, "rating is", "ratings are")
        notes.append(f"{told} shown by colour alone, and read as words. See the notes kept with each row.")
    return rows, notes


def _named(grid: Grid) -> str:
    title = f" under ‘{grid.title}’" if not grid.lettered and grid.title else ""
    return f"{grid.name[:1].upper()}{grid.name[1:]}{title}"


def _left_out(grid: Grid) -> str:
    return f"{_named(grid)} ({count(len(grid.rows), 'row')}) is no plan and was left out."


def unknown_headings(tables: Sequence[PlanTable], fields: Mapping[str, str]) -> list[tuple[str, str]]:
    """(where it stands, the heading) of every heading in a plan's tables of which nobody says what it means."""
    found: dict[str, tuple[str, str]] = {}
    for table in tables:
        if is_plan([Field(fields.get(each.folded, Field.NOTE)) for each in table.headings]):
            for index, each in enumerate(table.headings):
                if each.folded not in fields:
                    found.setdefault(each.folded, (f"{table.grid.name}, {table.grid.column(index)}", each.printed))
    return list(found.values())


def known_fields(tables: Sequence[PlanTable]) -> dict[str, str]:
    """What the table of fields, or this partnership's memory, says of every heading in a plan's tables."""
    return {
        each.folded: each.means.value
        for table in tables
        if table.known
        for each in table.headings
        if each.means is not None
    }
