"""Which tables of a file are the plan, where their heading rows stand, and what each column means."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from throughline.methods.plan_tables.cards import card_turned
from throughline.methods.plan_tables.days import days_in
from throughline.methods.plan_tables.fields import Field, begins_like_a_heading, fold, meaning_of
from throughline.methods.plan_tables.grids import Grid, Row

_LOOKED_AT = 25  # rows from the top: above the headings stand titles, keys and who wrote it
_LONGEST = 120  # characters: what is longer is no heading
_HEADING_ROWS = 2  # at most, of one table
_SURE = 3  # different fields: a row below the first headings that means so many is headings too
# What makes a table the plan's: an action, and at least one of these beside it.
_BESIDE = frozenset({
    Field.LEAD, Field.OWNER_POST, Field.DUE, Field.FINDING, Field.PROGRESS, Field.MEASURE, Field.IMPACT, Field.RATING,
    Field.REFERENCE, Field.DETAIL,
})  # fmt: skip

# Where no column gives a due date, this is it; beside one that does, it is the day on which a thing was done.
_COMPLETION = frozenset(fold(each) for each in ("Completion date", "Date of completion", "Completion"))


@dataclass(frozen=True)
class Heading:
    """One column's heading: as printed, as it is compared and remembered, and the field that the table gives it."""

    printed: str
    folded: str
    means: Field | None


@dataclass(frozen=True)
class PlanTable:
    """A table with a heading for each column. `known` when they are a plan's; `first` is the first row below them.

    `goes_on` names the table above whose headings it has, where it has none of its own.
    """

    grid: Grid
    headings: tuple[Heading, ...]
    heading_rows: int
    first: int
    known: bool
    goes_on: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows below the headings, without the headings where they are printed again."""
        again = {tuple(fold(cell.text) for cell in row.cells) for row in self._heading_rows}
        again = {each for each in again if any(each)}
        return tuple(
            row for row in self.grid.rows[self.first :] if tuple(fold(cell.text) for cell in row.cells) not in again
        )

    @property
    def _heading_rows(self) -> tuple[Row, ...]:
        return self.grid.rows[self.first - self.heading_rows : self.first]

    @property
    def above(self) -> str:
        """The words above the headings, such as the plan's title."""
        rows = self.grid.rows[: self.first - self.heading_rows]
        return " ".join(cell.text for row in rows for cell in row.cells if cell.text)


def tables_in(grids: Iterable[Grid], *, remembered: Mapping[str, str] | None = None) -> list[PlanTable]:
    """Every table that has rows below a heading row. `remembered` (folded heading -> field) counts before the table.

    Those whose headings are a plan's are `known`; of the others the row that is likest to headings is offered as such.
    A table of Word without headings that follows a plan's and has its columns goes on with it. One with headings on the
    left is turned.
    """
    known = dict(remembered or {})
    made: list[PlanTable] = []
    above: PlanTable | None = None
    turned = (card_turned(each, known) for each in grids)
    for grid in (part for each in turned for part in _parts(each, known)):
        found = _table(grid, known)
        if (found is None or not found.known) and above is not None and _goes_on(grid, above):
            found = PlanTable(grid, above.headings, 0, 0, known=True, goes_on=above.goes_on or above.grid.name)
        above = found if found is not None and found.known else None
        if found is not None:
            made.append(found)
    return made


def _parts(grid: Grid, remembered: Mapping[str, str]) -> list[Grid]:
    """The tables that stand one below another on a sheet, each with headings of its own. Most sheets hold one.

    What stands right above later headings in one cell is their title, and begins their part.
    """
    starts: list[int] = []
    last: tuple[str, ...] = ()
    for at, row in enumerate(grid.rows):
        if any(cell.day or len(cell.text) > _LONGEST for cell in row.cells):
            continue
        texts = tuple(fold(cell.text) for cell in row.cells)
        if sum(begins_like_a_heading(each) or each in remembered for each in texts) < _SURE:
            continue
        scores = (_score(candidate, remembered) for _, candidate in _candidates(grid.rows, at, row))
        if texts == last or (starts and at - starts[-1] < _HEADING_ROWS) or (score := max(scores, default=0)) < _SURE:
            continue
        if starts and 2 * score < sum(not cell.is_empty for cell in row.cells):
            continue  # an action that says ‘How’ or ‘Post’ somewhere
        starts.append(at)
        last = texts
    cuts = [0]
    for start in starts[1:]:
        at = start
        while at - 1 > cuts[-1] and grid.rows[at - 1].spans:
            at -= 1
        cuts.append(at)
    ends = [*cuts[1:], len(grid.rows)]
    return [replace(grid, rows=grid.rows[begins:end]) for begins, end in zip(cuts, ends, strict=True)]


def _goes_on(grid: Grid, above: PlanTable) -> bool:
    """Whether a table without headings has the columns of the one above: its first row gives a day where that does."""
    if grid.lettered or not 2 < grid.width <= above.grid.width:
        return False
    dated = [index for index, each in enumerate(above.headings) if each.means is Field.DUE and index < grid.width]
    return any(days_in(grid.rows[0].cells[index].text) for index in dated)


def _table(grid: Grid, remembered: Mapping[str, str]) -> PlanTable | None:
    best: tuple[int, int, int, list[str]] | None = None  # score, where, how many rows, texts
    for at, row in enumerate(grid.rows[:_LOOKED_AT]):
        for count, texts in _candidates(grid.rows, at, row):
            score = _score(texts, remembered)
            if score and (best is None or score > best[0]):
                best = (score, at, count, texts)
    if best is not None:
        _, at, count, texts = best
        return _made(grid, texts, at, count, remembered, known=True)
    at = _likest(grid, remembered)
    if at < 0 or at + 1 >= len(grid.rows):
        return None
    return _made(grid, [cell.text for cell in grid.rows[at].cells], at, 1, remembered, known=False)


def _likest(grid: Grid, remembered: Mapping[str, str]) -> int:
    """The row that is likest to headings where none is a plan's: of several cells, and with most that are known."""
    rows = [(index, row) for index, row in enumerate(grid.rows[:_LOOKED_AT]) if not row.spans and not row.is_empty]

    def likeness(found: tuple[int, Row]) -> tuple[int, bool]:
        said = [each.text for each in found[1].cells if each.text]
        known = {means for each in said if (means := _means(each, remembered)) is not None}
        return len(known), 2 * len(said) >= grid.width

    return max(rows, key=likeness)[0] if rows else -1


def _candidates(rows: Sequence[Row], at: int, row: Row) -> list[tuple[int, list[str]]]:
    """The row by itself; and with the next one where a heading reaches over several columns but not over all.

    Only both together where all that the next row says stands below such headings: no action begins so.
    """
    alone = [cell.text for cell in row.cells]
    found = [(1, alone)]
    parted = any(each.across for each in row.cells) and not row.spans
    if parted and at + 1 < len(rows):
        upper, carried = "", []
        for cell in row.cells:
            upper = upper if cell.across else cell.text
            carried.append(upper)
        below = [cell.text for cell in rows[at + 1].cells]
        if any(below[index] for index, cell in enumerate(row.cells) if cell.across):
            both = (2, [_joined(*each) for each in zip(carried, below, strict=True)])
            found = [both] if _only_parts(row, below) else [*found, both]
    return found


def _only_parts(row: Row, below: Sequence[str]) -> bool:
    """Whether the row below says something only where a heading of this row reaches over several columns."""
    reached = {index for index, each in enumerate(row.cells) if each.across}
    reached |= {index - 1 for index in reached}
    return all(index in reached for index, text in enumerate(below) if text)


def _joined(upper: str, lower: str) -> str:
    """A heading of two rows: the lower one where the table knows it, else both. 'Dates', 'Target': a target date."""
    if not upper or not lower:
        return upper or lower
    if meaning_of(upper) is Field.DUE and meaning_of(lower) is None and meaning_of(f"{lower} date") is not None:
        return f"{lower} date"
    return lower if meaning_of(lower) is not None and meaning_of(f"{upper} {lower}") is None else f"{upper} {lower}"


def _means(text: str, remembered: Mapping[str, str]) -> Field | None:
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    return Field(remembered[folded]) if folded in remembered else meaning_of(text)


def _score(texts: Sequence[str], remembered: Mapping[str, str]) -> int:
    """How many different fields a row's texts mean; 0 unless they are a plan's headings."""
    means = {found for each in texts if each and (found := _means(each, remembered)) is not None}
    return len(means) if is_plan(means) else 0


def is_plan(means: Collection[Field]) -> bool:
    """Whether columns of these fields make a plan: what will be done, or a recommendation, and something beside it."""
    held = set(means)
    if held & {Field.TITLE, Field.DETAIL}:
        return bool((held - {Field.TITLE}) & _BESIDE) and len(held) > 1
    return Field.FINDING in held and bool(held & {Field.LEAD, Field.OWNER_POST, Field.DUE})


def _made(
    grid: Grid, texts: Sequence[str], at: int, count: int, remembered: Mapping[str, str], *, known: bool
) -> PlanTable:
    headings = [_heading(text, grid, index, remembered) for index, text in enumerate(texts)]
    return PlanTable(grid, tuple(_led(headings)), count, at + count, known)


def _heading(text: str, grid: Grid, index: int, remembered: Mapping[str, str]) -> Heading:
    printed = " ".join(text.split())
    if not fold(printed):
        column = grid.column(index)
        printed = f"{column[:1].upper()}{column[1:]}, which has no heading"
    folded = fold(printed)[:200]
    return Heading(printed, folded, _means(printed, remembered))


def _led(headings: list[Heading]) -> list[Heading]:
    """Where no column says who leads but one names the responsible officer, that one does. See also `_COMPLETION`."""
    means = {each.means for each in headings}
    made = headings
    if Field.LEAD not in means:
        made = [replace(each, means=Field.LEAD) if each.means is Field.OWNER_POST else each for each in made]
    if Field.DUE not in means:
        is_due = [each.means is Field.COMPLETED and each.folded in _COMPLETION for each in made]
        if sum(is_due) == 1:
            made = [replace(each, means=Field.DUE) if due else each for each, due in zip(made, is_due, strict=True)]
    return made
