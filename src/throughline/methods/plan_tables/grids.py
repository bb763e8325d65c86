"""Tables as they stand in a file: rows of cells, with what was merged and what went wrong in a cell."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MOST_GRIDS, MOST_ROWS, MOST_COLUMNS = 200, 5_000, 60
MOST_CHARACTERS = 4_000_000


class Unreadable(ValueError):
    """A file cannot be read as tables. `sentence` says which file, what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Cell:
    """One cell. `day` is set for a date of Excel's; `fault` is an error such as #REF!, as printed.

    `across` and `down`: covered by a merged cell to the left or above, and therefore without words of its own. `fill`
    is the colour behind it, as six hexadecimal digits or `colours.NOT_TOLD`.
    """

    text: str = ""
    day: date | None = None
    fault: str = ""
    across: bool = False
    down: bool = False
    fill: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether it says nothing."""
        return not self.text and not self.fault


EMPTY = Cell()


@dataclass(frozen=True)
class Row:
    """A row with its number in the file, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell says anything."""
        return all(each.is_empty for each in self.cells)

    @property
    def spans(self) -> int:
        """Over how many columns the row's only cell reaches; 0 when there is more than one, or none."""
        said = [index for index, each in enumerate(self.cells) if not each.is_empty]
        if len(said) != 1:
            return 0
        reach = 1
        while said[0] + reach < len(self.cells) and self.cells[said[0] + reach].across:
            reach += 1
        return reach


@dataclass(frozen=True)
class Grid:
    """A table. `name` is how sentences call it: sheet ‘Plan’, table 2.

    `title` is the sheet's name or the heading above; `lettered` when its columns have letters, as in Excel; `turned`
    when its headings stand on the left in the file.
    """

    name: str
    title: str
    rows: tuple[Row, ...]
    lettered: bool = False
    turned: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return max((len(each.cells) for each in self.rows), default=0)

    def column(self, index: int) -> str:
        """How sentences call a column: column F, or column 6."""
        if self.turned:
            return "beside the heading"
        return f"column {letter_of(index) if self.lettered else index + 1}"


@dataclass(frozen=True)
class Tables:
    """What was read in a file: its tables, and notes about what was not read."""

    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()


def letter_of(index: int) -> str:
    """A column's letters in Excel: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def as_json(tables: Tables) -> dict[str, Any]:
    """Tables as JSON can hold them."""
    return {
        "notes": list(tables.notes),
        "grids": [
            {
                "name": grid.name, "title": grid.title, "lettered": grid.lettered,
                "rows": [[row.number, [_packed(each) for each in row.cells]] for row in grid.rows],
            }
            for grid in tables.grids
        ],
    }  # fmt: skip


def from_json(value: Mapping[str, Any]) -> Tables:
    """The reverse of `as_json`."""
    return Tables(
        tuple(
            Grid(
                each["name"],
                each["title"],
                tuple(Row(number, tuple(_unpacked(cell) for cell in cells)) for number, cells in each["rows"]),
                each["lettered"],
            )
            for each in value["grids"]
        ),
        tuple(value["notes"]),
    )


def _packed(cell: Cell) -> Any:
    if cell == Cell(cell.text):
        return cell.text
    merged = int(cell.across) + 2 * int(cell.down)
    return [cell.text, cell.day.isoformat() if cell.day else "", cell.fault, merged, cell.fill]


def _unpacked(value: Any) -> Cell:
    if isinstance(value, str):
        return Cell(value) if value else EMPTY
    text, day, fault, merged, fill = value
    return Cell(text, date.fromisoformat(day) if day else None, fault, bool(merged & 1), bool(merged & 2), fill)


def trimmed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows that say something, without the columns on the right that never do."""
    kept = [row for row in rows if not row.is_empty]
    width = max((index + 1 for row in kept for index, each in enumerate(row.cells) if not each.is_empty), default=0)
    return tuple(Row(row.number, tuple(_padded(row.cells, width))) for row in kept)


def _padded(cells: Sequence[Cell], width: int) -> Sequence[Cell]:
    return [*cells[:width], *[EMPTY] * (width - len(cells))]


def check_size(rows: int, columns: int, where: str) -> None:
    """Refuse a table that is far larger than any plan. Raises Unreadable."""
    if rows > MOST_ROWS:
        raise Unreadable(f"{where} has more than {MOST_ROWS:,} rows: delete what is not the plan and upload it again.")
    if columns > MOST_COLUMNS:
        raise Unreadable(
            f"{where} has more than {MOST_COLUMNS} columns: delete what is not the plan and upload it again."
        )
