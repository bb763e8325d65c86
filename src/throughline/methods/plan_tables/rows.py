"""The rows of a plan's table: which belong together, what reaches down from above, and which are an area's heading."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from throughline.methods.plan_tables.fields import Field, fold
from throughline.methods.plan_tables.grids import Cell, Row
from throughline.methods.plan_tables.headings import Heading, PlanTable
from throughline.methods.plan_tables.ratings import is_rating, rating_shown

# A merged cell says the same for every action beside it. Notes in a merged cell are kept once, at the first of them.
_SHARED = frozenset({
    Field.AREA, Field.FINDING, Field.FINDING_NUMBER, Field.OWN_NUMBER, Field.LEAD, Field.OWNER_POST, Field.CONTRIBUTORS,
    Field.DUE, Field.IMPACT, Field.FOR_WHOM, Field.MEASURE,
})  # fmt: skip
_WHOLE = re.compile(r"(\d{1,3})\.?(?:0)?")
# 'Key improvement area 1: Strategy meetings' and '1. Strategy meetings' begin with the area's number.
_NUMBERED = re.compile(
    r"(?:(?:key )?(?:improvement )?(?:area|priority|theme|kia|objective|workstream|work stream|concern|section)\s*)?"
    r"(\d{1,3})\s*[.:)–—-]?\s+(?=\D)",
    re.IGNORECASE,
)


_NAMED = re.compile(
    r"(?:key )?(?:improvement )?(?:area|priority|theme|kia|objective|workstream)\s*\d{1,3}\b", re.IGNORECASE
)
_CONTINUED = re.compile(
    r"\s*(?:\((?:continued|cont|cont[’']?d)\.?\)|[–—,-] ?(?:continued|cont[’']?d)\.?)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Value:
    """What one cell says, and where it stands."""

    text: str
    cell: Cell
    row: int
    column: str
    heading: str


@dataclass(frozen=True)
class Remark:
    """A sentence about one cell or row, with where it stands: 'sheet ‘Plan’, row 14, column F (By when)'."""

    where: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.where[:1].upper()}{self.where[1:]}: {self.sentence}"


@dataclass(frozen=True)
class PlanRow:
    """One action of the table as it stands: the values of its cells by field, in the order of rows and columns.

    `carried` are fields whose value stands in a row above; `has_title` is whether any column says what will be done.
    """

    table: str
    first: int
    cells: Mapping[Field, tuple[Value, ...]]
    area: str = ""
    carried: frozenset[Field] = frozenset()
    under: str = ""
    has_title: bool = True
    remarks: tuple[Remark, ...] = ()

    def text(self, which: Field) -> str:
        """The words of a field, a line for each cell."""
        return "\n".join(each.text for each in self.cells.get(which, ()))


@dataclass
class _Above:
    """What the rows above have said that may reach down."""

    area: str = ""
    values: dict[Field, list[Value]] = field(default_factory=dict)
    at_column: dict[int, Value] = field(default_factory=dict)


def rows_of(table: PlanTable, fields: Sequence[Field], *, area: str = "") -> list[PlanRow]:
    """The actions of a table. `fields` gives each column's meaning; `area` is the one that counts before any row says.

    A row without an action of its own continues the one above. Errors in cells are remarks, by name.
    """
    made: list[PlanRow] = []
    above = _Above(area=_area_above(table) or area)
    rows = [each for each in table.rows if not each.is_empty]
    has_title = bool({Field.TITLE, Field.DETAIL} & set(fields))
    for index, row in enumerate(rows):
        heading = _area_heading(row, fields, rows[index + 1 :])
        if heading:
            above = _Above(area=heading)
            continue
        values, remarks = _values(table, row, fields)
        if made and _continues(row, fields, values):
            made[-1] = _joined(made[-1], values, remarks)
            _remember(above, values, fields, row, table)
            continue
        values, carried = _with_shared(values, row, fields, above)
        remarks += _taken_from_above(table, row, fields, values, carried)
        under = _under(values, row, fields, above)
        made.append(
            PlanRow(
                table.grid.name, row.number, {key: tuple(each) for key, each in values.items()}, above.area,
                frozenset(carried), under, has_title, tuple(remarks),
            )
        )  # fmt: skip
        _remember(above, values, fields, row, table)
    return made


def _area_above(table: PlanTable) -> str:
    """The area whose heading stands right above the table's: by its words, or as the headings stand again below."""
    at = table.first - table.heading_rows
    rows = table.grid.rows
    if not table.heading_rows or at < 1 or not rows[at - 1].spans:
        return ""
    text = next(each.text for each in rows[at - 1].cells if not each.is_empty)
    headings = _folded(rows[at])
    again = any(
        _folded(row) == headings and before.spans
        for before, row in zip(rows[table.first :], rows[table.first + 1 :], strict=False)
    )
    return _without_number(text) if again or _NAMED.match(text) else ""


def _folded(row: Row) -> tuple[str, ...]:
    return tuple(fold(each.text) for each in row.cells)


def place_of(table: PlanTable, row: int, index: int, heading: Heading) -> str:
    """Where a cell stands, for a remark."""
    return f"{table.grid.name}, row {row}, {table.grid.column(index)} (‘{heading.printed}’)"


def _values(table: PlanTable, row: Row, fields: Sequence[Field]) -> tuple[dict[Field, list[Value]], list[Remark]]:
    values: dict[Field, list[Value]] = {}
    remarks = []
    ratings = {at for at, each in enumerate(fields) if is_rating(each, table.headings[at].folded)}
    for index, (cell, means) in enumerate(zip(row.cells, fields, strict=False)):
        heading = table.headings[index]
        where = place_of(table, row.number, index, heading)
        if cell.fault:
            what = cell.fault if cell.fault.startswith("a ") else f"the error {cell.fault}"
            remarks.append(Remark(where, f"The cell holds {what}, so nothing of it was read. Mend it in the file."))
        text, doubt = rating_shown(row, index, ratings) if index in ratings else (cell.text, "")
        if doubt:
            remarks.append(Remark(where, doubt))
        if text and means is not Field.LEFT_OUT:
            values.setdefault(means, []).append(Value(text, cell, row.number, where, heading.printed))
    return values, remarks


def _area_heading(row: Row, fields: Sequence[Field], below: Sequence[Row]) -> str:
    """The area that a row is the heading of; empty for a row that is none."""
    said = [(index, each) for index, each in enumerate(row.cells) if not each.is_empty]
    by_field = {fields[index]: each.text for index, each in said if index < len(fields)}
    if not said or by_field.keys() & {Field.LEAD, Field.DUE, Field.OWNER_POST, Field.REFERENCE}:
        return ""
    width = max(len(fields), 1)
    if len(said) == 1:
        index, cell = said[0]
        words = len(re.findall(r"[^\W\d]{3,}", cell.text)) > 0
        if words and "\n" not in cell.text and (row.spans > width // 2 or _alone_in_front(fields, index)):
            return _without_number(cell.text)
    if len(said) == 2 and Field.OWN_NUMBER in by_field:
        number = _WHOLE.fullmatch(by_field[Field.OWN_NUMBER])
        other = (
            next(text for key, text in by_field.items() if key is not Field.OWN_NUMBER) if len(by_field) == 2 else ""
        )
        if number and other and _has_parts(number[1], fields, below):
            return _without_number(other)
    return ""


def _alone_in_front(fields: Sequence[Field], index: int) -> bool:
    """Whether words stand alone where a number should: they are no number but a heading."""
    return index < len(fields) and fields[index] is Field.OWN_NUMBER


def _has_parts(number: str, fields: Sequence[Field], below: Sequence[Row]) -> bool:
    """Whether the next numbered row is a part of this one: 1.1 below 1."""
    at = fields.index(Field.OWN_NUMBER)
    following = next((row.cells[at].text for row in below if at < len(row.cells) and row.cells[at].text), "")
    return following.startswith(f"{number}.") and len(following) > len(number) + 1


def _without_number(text: str) -> str:
    words = _CONTINUED.sub("", " ".join(text.split()))
    return _NUMBERED.sub("", words, count=1) if _NUMBERED.match(words) else words


def _continues(row: Row, fields: Sequence[Field], values: Mapping[Field, Sequence[Value]]) -> bool:
    """Whether a row goes on with the action above: it names none, no number and no finding of its own."""
    own = {Field.TITLE, Field.REFERENCE, Field.OWN_NUMBER, Field.FINDING}
    if Field.TITLE not in fields:
        own |= {Field.DETAIL}
    if own & values.keys():
        return False
    dated = {Field.LEAD, Field.DUE} & values.keys()
    return not (Field.DETAIL in values and dated)


def _joined(row: PlanRow, values: Mapping[Field, Sequence[Value]], remarks: Sequence[Remark]) -> PlanRow:
    cells = {key: tuple(each) for key, each in row.cells.items()}
    for key, more in values.items():
        cells[key] = (*cells.get(key, ()), *more)
    return replace(row, cells=cells, remarks=(*row.remarks, *remarks))


def _with_shared(
    values: dict[Field, list[Value]], row: Row, fields: Sequence[Field], above: _Above
) -> tuple[dict[Field, list[Value]], set[Field]]:
    """The row's values with those that reach down: merged cells, and blank ones under an area or a finding."""
    carried: set[Field] = set()
    for index, means in enumerate(fields):
        covered = index < len(row.cells) and row.cells[index].down
        if covered and means in _SHARED and index in above.at_column and means not in values:
            values[means] = [above.at_column[index]]
            carried.add(means)
    if Field.AREA in values and Field.AREA not in carried:
        return values, carried
    reach = [Field.AREA]
    if not {Field.FINDING, Field.FINDING_NUMBER} & values.keys():
        reach += [Field.FINDING, Field.FINDING_NUMBER]
    for means in reach:
        if means not in values and means in above.values:
            values[means] = list(above.values[means])
            carried.add(means)
    return values, carried


def _taken_from_above(
    table: PlanTable, row: Row, fields: Sequence[Field], values: Mapping[Field, Sequence[Value]], carried: set[Field]
) -> Iterator[Remark]:
    """Where a row has a number of its own and no finding, and gets the one above it: that may not be meant."""
    if Field.OWN_NUMBER not in values or Field.OWN_NUMBER in carried:
        return
    for index, means in enumerate(fields):
        if means not in (Field.FINDING, Field.FINDING_NUMBER) or means not in carried:
            continue
        if index < len(row.cells) and not row.cells[index].down and values[means]:
            shown = " ".join(values[means][0].text.split())[:80]
            yield Remark(
                place_of(table, row.number, index, table.headings[index]),
                f"The cell is empty, so it was read as ‘{shown}’ of a row above. Correct it if that is not meant.",
            )


def _under(values: Mapping[Field, Sequence[Value]], row: Row, fields: Sequence[Field], above: _Above) -> str:
    """What a step is a part of, where a row says how and by when but not what: the ‘what’ of the rows above."""
    if Field.TITLE in values or Field.DETAIL not in values or Field.TITLE not in fields:
        return ""
    return "\n".join(each.text for each in above.values.get(Field.TITLE, ()))


def _remember(
    above: _Above, values: Mapping[Field, Sequence[Value]], fields: Sequence[Field], row: Row, table: PlanTable
) -> None:
    if Field.AREA in values:
        above.values[Field.AREA] = list(values[Field.AREA])
    for means in (Field.FINDING, Field.FINDING_NUMBER):
        if {Field.FINDING, Field.FINDING_NUMBER} & values.keys():
            above.values[means] = list(values.get(means, ()))
    above.values = {key: each for key, each in above.values.items() if each}
    if Field.TITLE in values:
        above.values[Field.TITLE] = list(values[Field.TITLE])
    for index, cell in enumerate(row.cells[: len(fields)]):
        if cell.text:
            heading = table.headings[index]
            where = place_of(table, row.number, index, heading)
            above.at_column[index] = Value(cell.text, cell, row.number, where, heading.printed)
        elif not cell.down:
            above.at_column.pop(index, None)


def areas_by_table(tables: Sequence[PlanTable], fields: Sequence[Sequence[Field]]) -> Iterator[str]:
    """The area that each table begins with: the heading above it where several tables are the plan's, else none."""
    several = len({table.grid.title for table in tables}) > 1
    for table, means in zip(tables, fields, strict=True):
        says = Field.AREA in means
        title = table.grid.title
        yield _without_number(title) if several and not says and title else ""
