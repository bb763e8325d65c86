"""Ratings that a plan shows by a cell's colour and not by a word: read as words that say so."""

from collections.abc import Collection

from throughline.methods.plan_tables.colours import colour_name
from throughline.methods.plan_tables.days import days_in, only_days
from throughline.methods.plan_tables.fields import Field
from throughline.methods.plan_tables.grids import Cell, Row

_SAYS_RATING = frozenset({"rag", "brag", "ragb", "rating", "status"})
NOT_PLAIN = (
    "The cell’s colour is not plainly red, amber, green, blue or grey, so no rating was read from it. Write the rating "
    "as a word in the file, or add it as a note on the action’s page."
)


def is_rating(means: Field | None, folded: str) -> bool:
    """Whether a column holds ratings: by its meaning, or as ‘Current status’, whose words are read as progress."""
    return means is Field.RATING or (means is Field.PROGRESS and bool(_SAYS_RATING & set(folded.split())))


def rating_shown(row: Row, index: int, ratings: Collection[int]) -> tuple[str, str]:
    """(what a cell of a rating column says with its colour in words, what a person should know about the colour).

    Only a cell without words, or with nothing but a day, shows a rating by its colour. `ratings` are the places of all
    rating columns. A colour behind the row as a whole is no rating.
    """
    cell = row.cells[index]
    if not cell.fill or cell.fault or not _says_no_word(cell) or _is_banded(row, index, ratings):
        return cell.text, ""
    name = colour_name(cell.fill)
    if not name:
        return cell.text, "" if name == "" else NOT_PLAIN
    return f"{cell.text}{', ' if cell.text else ''}{name} (shown by colour)", ""


def _says_no_word(cell: Cell) -> bool:
    if not cell.text or cell.day is not None:
        return True
    days = days_in(cell.text)
    return bool(days) and only_days(cell.text, days)


def _is_banded(row: Row, index: int, ratings: Collection[int]) -> bool:
    """Whether most other cells of a row, of those that are no ratings, have the same colour as this one."""
    others = [each.fill for at, each in enumerate(row.cells) if at not in ratings and not each.across and not each.down]
    return 2 * others.count(row.cells[index].fill) > len(others)
