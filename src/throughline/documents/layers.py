"""Boxes in columns with ties between them, arranged so that few ties cross and nothing overlaps. Pure.

Columns stand from left to right and every tie leads to the right. Boxes belong to bands that lie one under another, and
never leave their band. A tie that passes over a column gets a lane of its own there, so that it runs through no box.

Method: K. Sugiyama, S. Tagawa and M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE
Transactions on Systems, Man, and Cybernetics 11(2), 1981: lanes are their dummy vertices, the order within a column is
found by their barycentres, sweeping to the right and back, and the best order seen is kept. Heights are then settled
by least squares in that order (the pool-adjacent-violators method: M. Ayer and others, "An empirical distribution
function for sampling with incomplete information", Annals of Mathematical Statistics 26(4), 1955).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

_SWEEPS = 8
_SETTLINGS = 3


@dataclass(frozen=True)
class Box:
    """A box to be placed: `column` from 0, `band` from 0, and how high it is."""

    key: str
    column: int
    band: int
    height: float


@dataclass(frozen=True)
class Room:
    """The room that there is: each column's width, and what is left free between columns, boxes and bands.

    `lane` is the height of a tie that passes over a column. `head` stands above each band's boxes, for its name.
    """

    columns: Sequence[float]
    channel: float = 44
    gap: float = 8
    lane: float = 3
    head: float = 0
    pad: float = 10
    between: float = 14
    left: float = 0
    top: float = 0

    def x(self, column: int) -> float:
        """Where a column begins."""
        return self.left + sum(self.columns[:column]) + self.channel * column

    @property
    def width(self) -> float:
        """From the first column's left side to the last one's right."""
        return sum(self.columns) + self.channel * (len(self.columns) - 1)


@dataclass(frozen=True)
class Place:
    """Where a box stands."""

    x: float
    y: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower side."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """Its right side."""
        return self.x + self.width

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return self.y + self.height / 2


@dataclass(frozen=True)
class Arranged:
    """Where everything stands: boxes by key, each band's place, and each tie's corners from its start to its end.

    Between two corners a tie runs level where it passes a column, and may swing where it passes between columns.
    """

    places: Mapping[str, Place]
    bands: tuple[Place, ...]
    routes: tuple[tuple[tuple[float, float], ...], ...]
    bottom: float


def arrange(boxes: Sequence[Box], ties: Sequence[tuple[str, str]], room: Room) -> Arranged:
    """Place every box and lead every tie. The same boxes and ties, in the same order, give the same arrangement.

    Raises ValueError for two boxes of one key, a column that there is no room for, and a tie that leads nowhere or not
    to the right.
    """
    by_key = _checked(boxes, ties, room)
    whole = _with_lanes(by_key, ties, room.lane)
    ordered = _ordered(whole)
    bands = _bands(ordered, whole, max((each.band for each in boxes), default=-1) + 1, room)
    places = _settled(ordered, whole, bands, room)
    return Arranged(
        {each.key: places[each.key] for each in boxes},
        bands,
        _routes(whole, ties, places),
        bands[-1].bottom if bands else room.top,
    )


def crossings(left: Sequence[str], right: Sequence[str], ties: Iterable[tuple[str, str]]) -> int:
    """How many pairs of ties between two columns cross, given the order of the boxes in both."""
    at_left = {key: n for n, key in enumerate(left)}
    at_right = {key: n for n, key in enumerate(right)}
    ends = [to for _, to in sorted((at_left[a], at_right[b]) for a, b in ties)]
    # Inversions, counted with a tree of partial sums: the order of n ties is judged in n log n steps.
    tree, found = [0] * (len(right) + 1), 0
    for seen, end in enumerate(ends):
        at, before = end + 1, 0
        while at:
            before, at = before + tree[at], at & (at - 1)
        found += seen - before
        at = end + 1
        while at <= len(right):
            tree[at], at = tree[at] + 1, at + (at & -at)
    return found


@dataclass(frozen=True)
class _Whole:
    """Boxes and lanes together, with the ties cut into pieces that each lead to the next column."""

    boxes: Mapping[str, Box]
    lanes: frozenset[str]
    pieces: tuple[tuple[str, str], ...]
    before: Mapping[str, tuple[str, ...]]
    after: Mapping[str, tuple[str, ...]]


def _checked(boxes: Sequence[Box], ties: Sequence[tuple[str, str]], room: Room) -> dict[str, Box]:
    by_key = {each.key: each for each in boxes}
    if len(by_key) != len(boxes):
        raise ValueError("Two boxes have the same key.")
    for each in boxes:
        if not 0 <= each.column < len(room.columns) or each.band < 0:
            raise ValueError(f"There is no column {each.column} for the box '{each.key}' in band {each.band}.")
    for source, target in ties:
        if source not in by_key or target not in by_key:
            raise ValueError(f"The tie from '{source}' to '{target}' has an end that is no box.")
        if by_key[source].column >= by_key[target].column:
            raise ValueError(f"The tie from '{source}' to '{target}' does not lead to the right.")
    return by_key


def _lane(source: str, column: int) -> str:
    """The lane in which every tie from `source` passes over a column: they part only behind it."""
    return f"\x00{source}\x00{column}"


def _with_lanes(by_key: Mapping[str, Box], ties: Sequence[tuple[str, str]], height: float) -> _Whole:
    boxes, pieces = dict(by_key), dict[tuple[str, str], None]()
    for source, target in ties:
        stops = [source]
        for column in range(by_key[source].column + 1, by_key[target].column):
            key = _lane(source, column)
            boxes.setdefault(key, Box(key, column, by_key[source].band, height))
            stops.append(key)
        pieces |= dict.fromkeys(zip(stops, [*stops[1:], target], strict=True))
    before, after = defaultdict[str, list[str]](list), defaultdict[str, list[str]](list)
    for source, target in pieces:
        after[source].append(target)
        before[target].append(source)
    return _Whole(
        boxes, frozenset(boxes) - frozenset(by_key), tuple(pieces),
        {key: tuple(some) for key, some in before.items()}, {key: tuple(some) for key, some in after.items()},
    )  # fmt: skip


# -- the order in each column ------------------------------------------------------------------------------------------


def _ordered(whole: _Whole) -> list[list[str]]:
    """Each column's boxes and lanes from top to bottom, band by band."""
    count = max((each.column for each in whole.boxes.values()), default=-1) + 1
    columns: list[list[str]] = [[] for _ in range(count)]
    for each in whole.boxes.values():
        columns[each.column].append(each.key)
    for column in columns:
        column.sort(key=lambda key: whole.boxes[key].band)
    best, fewest = [list(each) for each in columns], _crossings(columns, whole)
    for _ in range(_SWEEPS):
        if not fewest:
            break
        for n in range(1, count):
            columns[n] = _by_barycentre(columns[n], columns[n - 1], whole.before, whole)
        for n in range(count - 2, -1, -1):
            columns[n] = _by_barycentre(columns[n], columns[n + 1], whole.after, whole)
        now = _crossings(columns, whole)
        if now < fewest:
            best, fewest = [list(each) for each in columns], now
    return best


def _crossings(columns: Sequence[Sequence[str]], whole: _Whole) -> int:
    between = defaultdict[int, list[tuple[str, str]]](list)
    for source, target in whole.pieces:
        between[whole.boxes[source].column].append((source, target))
    return sum(crossings(columns[n], columns[n + 1], some) for n, some in between.items())


def _by_barycentre(
    column: Sequence[str], beside: Sequence[str], ends: Mapping[str, Sequence[str]], whole: _Whole
) -> list[str]:
    """A column ordered by the mean place of what each is tied to; what is tied to nothing keeps its place."""
    at = {key: n / max(1, len(beside)) for n, key in enumerate(beside)}
    own = {key: n / max(1, len(column)) for n, key in enumerate(column)}

    def place(key: str) -> tuple[int, float, float]:
        tied = ends.get(key, ())
        mean = sum(at[each] for each in tied) / len(tied) if tied else own[key]
        return whole.boxes[key].band, mean, own[key]

    return sorted(column, key=place)


# -- heights -----------------------------------------------------------------------------------------------------------


def _stacks(ordered: Sequence[Sequence[str]], whole: _Whole) -> dict[tuple[int, int], list[str]]:
    """What stands in each column and band, from top to bottom."""
    found = defaultdict[tuple[int, int], list[str]](list)
    for n, column in enumerate(ordered):
        for key in column:
            found[n, whole.boxes[key].band].append(key)
    return found


def _bands(ordered: Sequence[Sequence[str]], whole: _Whole, count: int, room: Room) -> tuple[Place, ...]:
    """Each band as high as its highest column, one under another."""
    stacks, found, y = _stacks(ordered, whole), [], room.top
    for band in range(count):
        heights = [
            sum(whole.boxes[key].height for key in stacks[n, band]) + room.gap * (len(stacks[n, band]) - 1)
            for n in range(len(ordered))
            if stacks.get((n, band))
        ]
        height = room.head + 2 * room.pad + max(heights, default=0)
        found.append(Place(room.left, y, room.width, height))
        y += height + room.between
    return tuple(found)


def _settled(ordered: Sequence[Sequence[str]], whole: _Whole, bands: Sequence[Place], room: Room) -> dict[str, Place]:
    """Every box and lane as near as may be to the height of what it is tied to."""
    stacks = _stacks(ordered, whole)
    middles: dict[str, float] = {}
    limits = {n: (each.y + room.head + room.pad, each.bottom - room.pad) for n, each in enumerate(bands)}
    for (_, band), stack in stacks.items():
        y = limits[band][0]
        for key in stack:
            middles[key] = y + whole.boxes[key].height / 2
            y += whole.boxes[key].height + room.gap
    there, back = range(len(ordered)), range(len(ordered) - 1, -1, -1)
    ways = [way for _ in range(_SETTLINGS) for way in ((there, whole.before), (back, whole.after))]
    for columns, ends in [*ways, (there, whole.before)]:
        for n in columns:
            for band in range(len(bands)):
                if keys := stacks.get((n, band)):
                    wanted = [
                        sum(middles[each] for each in tied) / len(tied) if (tied := ends.get(key)) else middles[key]
                        for key in keys
                    ]
                    heights = [whole.boxes[key].height for key in keys]
                    middles |= zip(keys, settle(wanted, heights, room.gap, *limits[band]), strict=True)
    return {
        key: Place(room.x(box.column), middles[key] - box.height / 2, room.columns[box.column], box.height)
        for key, box in whole.boxes.items()
    }


def settle(wanted: Sequence[float], heights: Sequence[float], gap: float, top: float, bottom: float) -> list[float]:
    """The middles of boxes that stand under each other in this order, as near as may be to those wanted.

    Least squares under the order: neighbours that would overlap are pooled and share their mean. `top` and `bottom`
    hold all of them, which they must be far enough apart for. wanted and heights: (boxes,).
    """
    offsets, total = [], 0.0
    for height in heights:
        offsets.append(total + height / 2)
        total += height + gap
    pools: list[tuple[float, int]] = []  # (sum, count) of what is wanted less what stands above
    for want, offset in zip(wanted, offsets, strict=True):
        pool = (want - offset, 1)
        while pools and pools[-1][0] / pools[-1][1] > pool[0] / pool[1]:
            above = pools.pop()
            pool = (pool[0] + above[0], pool[1] + above[1])
        pools.append(pool)
    lowest = bottom - (total - gap)
    starts = [min(max(pool[0] / pool[1], top), lowest) for pool in pools for _ in range(pool[1])]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]


# -- ties --------------------------------------------------------------------------------------------------------------


def _routes(
    whole: _Whole, ties: Sequence[tuple[str, str]], places: Mapping[str, Place]
) -> tuple[tuple[tuple[float, float], ...], ...]:
    """Each tie's corners: out of its box's right side, level through its lanes, into the other's left side."""
    outs = _ports(whole.after, whole, places, right=True)
    ins = _ports(whole.before, whole, places, right=False)
    found = []
    for source, target in ties:
        columns = range(whole.boxes[source].column + 1, whole.boxes[target].column)
        stops = [source, *(_lane(source, n) for n in columns), target]
        corners: list[tuple[float, float]] = []
        for here, there in pairwise(stops):
            corners.append((places[here].right, outs[here, there]))
            corners.append((places[there].x, ins[there, here]))
        found.append(tuple(corners))
    return tuple(found)


def _ports(
    ends: Mapping[str, Sequence[str]], whole: _Whole, places: Mapping[str, Place], *, right: bool
) -> dict[tuple[str, str], float]:
    """The height at which each piece leaves (or enters) a box: spread in the order of where they lead."""
    found = {}
    for key, others in ends.items():
        place = places[key]
        step = 0.0 if key in whole.lanes else min(6.0, place.height * 0.6 / max(1, len(others)))
        for n, other in enumerate(sorted(others, key=lambda each: (places[each].middle, each))):
            found[key, other] = place.middle + step * (n - (len(others) - 1) / 2)
    return found
