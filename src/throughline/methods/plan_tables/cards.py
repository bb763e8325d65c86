"""Plans in Word of which each action is a small table of its own: headings on the left, what they say on the right.

Such a card is turned into a table with a column for each heading and a row for each action in it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from throughline.methods.plan_tables.fields import Field, fold, meaning_of
from throughline.methods.plan_tables.grids import EMPTY, Cell, Grid, Row

_FEWEST = 3  # different headings that are known on the left, the action's among them
_LONGEST = 120  # characters of a heading
_TITLE = "Title of the table"  # over words that reach over both columns

Said = list[tuple[str, Cell]]


def card_turned(grid: Grid, remembered: Mapping[str, str]) -> Grid:
    """A card as a table with headings on top; a table that is no card as it is. `remembered` counts as in headings."""
    if not _is_card(grid, remembered):
        return grid
    actions = list(_actions(grid))
    headings: dict[str, str] = {}
    for _, said in actions:
        for heading, _ in said:
            headings.setdefault(_key(heading), heading)
    rows = [Row(grid.rows[0].number, tuple(Cell(each) for each in headings.values()))]
    rows += [Row(number, tuple(_under(key, said) for key in headings)) for number, said in actions]
    return replace(grid, rows=tuple(rows), turned=True)


def _is_card(grid: Grid, remembered: Mapping[str, str]) -> bool:
    """Whether a table of Word has two columns, and most of what stands on the left are a plan's headings."""
    if grid.lettered or grid.width != 2:
        return False
    if all(_means(cell.text, remembered) is not None for cell in grid.rows[0].cells):
        return False  # headings on top
    left = [row.cells[0].text for row in grid.rows if row.cells[0].text]
    known = [means for each in left if (means := _means(each, remembered)) is not None]
    return Field.TITLE in known and len(set(known)) >= _FEWEST and 2 * len(known) > len(left)


def _means(text: str, remembered: Mapping[str, str]) -> Field | None:
    if len(text) > _LONGEST:
        return None
    folded = fold(text)
    return Field(remembered[folded]) if folded in remembered else meaning_of(text)


def _key(heading: str) -> str:
    return fold(heading) or heading


def _actions(card: Grid) -> Iterator[tuple[int, Said]]:
    """(its first row, what is said) for each action of a card: where the first heading comes again, one begins.

    Words over both columns right above it are the title of what follows.
    """
    keys = ["" if row.cells[1].across else _key(row.cells[0].text) for row in card.rows]
    first = next(each for each in keys if each)
    starts = [0]
    for at in [index for index, each in enumerate(keys) if each == first][1:]:
        while card.rows[at - 1].cells[1].across:
            at -= 1
        starts.append(at)
    for begins, ends in zip(starts, [*starts[1:], len(keys)], strict=True):
        said = Said()
        for row in card.rows[begins:ends]:
            left, right = row.cells
            above = said[-1][0] if said else _TITLE
            said.append((_TITLE, left) if right.across else (left.text or above, right))
        yield card.rows[begins].number, said


def _under(key: str, said: Said) -> Cell:
    """What is said under a heading, on a line for each row that says something."""
    found = [cell for heading, cell in said if _key(heading) == key and not cell.is_empty]
    if len(found) == 1:
        return found[0]
    if found:
        return Cell("\n".join(each.text for each in found if each.text))
    return next((cell for heading, cell in said if _key(heading) == key and cell.fill), EMPTY)
