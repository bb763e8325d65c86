"""The line as one drawing: findings, actions, desired impacts, what tests them, judgements, later inspections. Pure.

Values in, SVG text out. Only presentation attributes, no styles and no scripts: the same text stands in a page, in a
file of its own and, without addresses, in a printed paper. Every kind of box has its own outline and every state its
own shape beside its word, so that nothing depends on colour; what is broken is drawn dashed, cut through and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from xml.sax.saxutils import escape, quoteattr

from throughline.documents.layers import Arranged, Box, Place, Room, arrange
from throughline.documents.lettering import CUT, broken, cut, width_of
from throughline.documents.text import clean


class Outline(StrEnum):
    """What a box is, told by its outline."""

    FINDING = "finding"  # a thick left edge: somebody else's words
    ACTION = "action"  # square
    IMPACT = "impact"  # round
    TEST = "test"  # cut corners
    JUDGEMENT = "judgement"  # round, with a double edge
    LATER = "later"  # a folded corner: a letter
    GAP = "gap"  # dashed: what is missing


class Stroke(StrEnum):
    """What a tie says, told by how it is drawn."""

    LINE = "line"  # the line itself
    TESTS = "tests"  # an activity that tests an action
    AROUND = "around"  # a later inspection that tested a finding which nothing was judged for
    CUT = "cut"  # it leads to what is missing


@dataclass(frozen=True)
class Sign:
    """A state: its words, its shape (SVG drawn in 12 by 12) and its tone, a key of `TONES`.

    A loud one keeps its words where the others are shown by their shape alone.
    """

    words: str
    shape: str
    tone: str
    loud: bool = False


@dataclass(frozen=True)
class Node:
    """A box. `column` from 0; `band` is the place of its area; `full` is told to those who point at it or hear it."""

    key: str
    outline: Outline
    column: int
    band: int
    reference: str
    text: str
    full: str
    signs: tuple[Sign, ...] = ()
    url: str = ""
    is_broken: bool = False


@dataclass(frozen=True)
class Tie:
    """A link from one box to another, by their keys."""

    source: str
    target: str
    stroke: Stroke = Stroke.LINE


@dataclass(frozen=True)
class Band:
    """An improvement area. `gap` says what it lacks, and `url` where that is mended."""

    title: str
    detail: str = ""
    gap: str = ""
    url: str = ""


@dataclass(frozen=True)
class Drawing:
    """A line to be drawn. `key` are the printed key's groups: a name and its signs. `compact`: many boxes, set close.

    head: the lines above the drawing, the first one large. description: the whole in a sentence, to be heard.
    """

    title: str
    description: str
    head: Sequence[str]
    columns: Sequence[str]
    bands: Sequence[Band]
    nodes: Sequence[Node]
    ties: Sequence[Tie]
    key: Sequence[tuple[str, Sequence[Sign]]] = field(default_factory=tuple)
    compact: bool = False
    prefix: str = "line"


# Ink, line and ground of each tone. The words stand in ink on ground: 4.5 to 1 or more.
TONES: dict[str, tuple[str, str, str]] = {
    "quiet": ("#343b3e", "#8b9599", "#eef1f2"),
    "info": ("#134a75", "#7fa6c6", "#e5eff8"),
    "hollow": ("#00632f", "#00632f", "#ffffff"),
    "hopeful": ("#0b5129", "#79b192", "#e6f3ea"),
    "good": ("#00632f", "#00632f", "#d8eee0"),
    "care": ("#6b4500", "#c98a13", "#fdf1da"),
    "bad": ("#9b1c1c", "#9b1c1c", "#fbe9e9"),
}
_INK, _TEXT, _QUIET, _BAD, _EDGE = "#0b4f5c", "#0b0c0c", "#484f52", "#9b1c1c", "#5f7d84"
_COLUMN_WIDTHS = (212.0, 232.0, 212.0, 190.0, 142.0, 158.0)
_CHANNEL, _MARGIN = 40.0, 14.0
_FONT = "'Source Sans 3', Arial, Helvetica, sans-serif"
_BIG, _BODY, _SMALL = 20.0, 13.0, 12.0
_STEP = 15.5  # from one line of text to the next
_INSET = 9.0
_BAND_HEAD = 44.0
_LINES, _LINES_IF_COMPACT = 3, 2
_MANY_TIES = 150  # from here on ties are drawn lighter, so that boxes still stand out
_STEP_IF_COMPACT = 14.0


@dataclass(frozen=True)
class _Set:
    """What is written in a box, broken into its lines."""

    rows: tuple[tuple[Sign, ...], ...]
    first: str
    lines: tuple[str, ...]
    height: float


def arrangement(drawing: Drawing) -> Arranged:
    """Where the drawing's boxes stand and its ties run. Raises what `layers.arrange` raises."""
    room = Room(
        _COLUMN_WIDTHS[: len(drawing.columns)], channel=_CHANNEL, gap=4 if drawing.compact else 8, head=_BAND_HEAD,
        pad=8, left=_MARGIN, top=_MARGIN + 26 + 17 * max(0, len(drawing.head) - 1) + 8,
    )  # fmt: skip
    boxes = [Box(each.key, each.column, each.band, _set(each, drawing.compact).height) for each in drawing.nodes]
    return arrange(boxes, [(each.source, each.target) for each in drawing.ties], room)


def drawn(drawing: Drawing) -> str:
    """The drawing as SVG text, in one <svg> element with a title and a description.

    Raises ValueError for a tie that leads nowhere or not to the right, and for a tone that there is not.
    """
    where = arrangement(drawing)
    width = 2 * _MARGIN + sum(_COLUMN_WIDTHS[: len(drawing.columns)]) + _CHANNEL * (len(drawing.columns) - 1)
    parts = [_ground(place) for place in where.bands]
    thin = ' stroke-opacity="0.55"' if len(drawing.ties) > _MANY_TIES else ""
    ties = (_tie(tie, route) for tie, route in zip(drawing.ties, where.routes, strict=True))
    parts.append(f"<g{thin}>{''.join(ties)}</g>")
    parts += [_band(drawing, n, place) for n, place in enumerate(where.bands)]
    # Keyboards and screen readers go as eyes do: band by band, each column from its head.
    nodes = sorted(drawing.nodes, key=lambda each: (each.band, each.column, where.places[each.key].y))
    parts += [_node(each, where.places[each.key], drawing.compact) for each in nodes]
    key, bottom = _printed_key(drawing.key, where.bottom + 18, width)
    height = bottom + _MARGIN
    prefix = drawing.prefix
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
        f'height="{_n(height)}" font-family="{_FONT}" font-size="{_n(_BODY)}" fill="{_TEXT}" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" role="group">'
        f'<title id="{prefix}-title">{_e(drawing.title)}</title>'
        f'<desc id="{prefix}-desc">{_e(drawing.description)}</desc>'
        f'<rect x="0" y="0" width="{_n(width)}" height="{_n(height)}" fill="#ffffff"/>'
        f"{_head(drawing.head, width)}{''.join(parts)}{key}</svg>"
    )


def _e(text: str) -> str:
    return escape(clean(text))


def _n(value: float) -> str:
    """A number as it is written: one decimal at most, so that the same drawing is the same text everywhere."""
    return f"{round(value, 1):g}" if abs(value) < 1000 else f"{round(value, 1):.1f}".removesuffix(".0")


def _text(x: float, y: float, words: str, *, size: float = _BODY, bold: bool = False, ink: str = "") -> str:
    attributes = f' font-size="{_n(size)}"' if size != _BODY else ""
    attributes += ' font-weight="600"' if bold else ""
    attributes += f' fill="{ink}"' if ink else ""
    if len(words) > 3:  # another typeface than ours is squeezed into the same room
        width = width_of(clean(words), size, bold=bold)
        attributes += f' textLength="{_n(width)}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{_n(x)}" y="{_n(y)}"{attributes}>{_e(words)}</text>'


def _head(lines: Sequence[str], width: float) -> str:
    room = width - 2 * _MARGIN
    found = []
    for n, line in enumerate(lines):
        size = _BODY + 0.5 if n else _BIG
        words = cut(line, room, size, bold=not n)
        found.append(_text(_MARGIN, _MARGIN + 20 + 18 * n, words, size=size, bold=not n, ink=_QUIET if n else _INK))
    return "".join(found)


# -- bands and ties ----------------------------------------------------------------------------------------------------


def _ground(place: Place) -> str:
    """What an area's boxes stand on."""
    return (
        f'<rect x="{_n(place.x - 6)}" y="{_n(place.y)}" width="{_n(place.width + 12)}" height="{_n(place.height)}" '
        'rx="4" fill="#f4f7f8" stroke="#ccd3d5"/>'
    )


def _band(drawing: Drawing, number: int, place: Place) -> str:
    """An area's name and the columns' names above its boxes, clear of the ties that pass behind them."""
    band, y = drawing.bands[number], place.y
    title = cut(band.title, place.width * 0.6, 15, bold=True)
    words = [_text(place.x + 2, y + 20, title, size=15, bold=True, ink="#07363f")]
    x = place.x + 2 + width_of(title, 15, bold=True) + 14
    if band.gap:
        gap = _chip(Sign(band.gap, ABSENT, "bad"), x, y + 20)
        words.append(f'<g stroke="none" stroke-width="1">{_linked(gap, band.url, f"{band.title}: {band.gap}")}</g>')
        x += width_of(band.gap, _SMALL) + 36
    if band.detail:
        words.append(_text(x, y + 20, cut(band.detail, place.right - x, _BODY), ink=_QUIET))
    x = place.x
    for n, name in enumerate(drawing.columns):
        words.append(_text(x + 2, y + 38, name, size=_SMALL, ink=_QUIET))
        x += _COLUMN_WIDTHS[n] + _CHANNEL
    return f'<g paint-order="stroke" stroke="#f4f7f8" stroke-width="5">{"".join(words)}</g>'


_STROKES: dict[Stroke, str] = {
    Stroke.LINE: f'stroke="{_INK}" stroke-width="1.3"',
    Stroke.TESTS: f'stroke="{_INK}" stroke-width="1.3" stroke-dasharray="2 3"',
    Stroke.AROUND: f'stroke="{_EDGE}" stroke-width="1.3" stroke-dasharray="7 4"',
    Stroke.CUT: f'stroke="{_BAD}" stroke-width="1.6" stroke-dasharray="3 3"',
}


def _tie(tie: Tie, route: Sequence[tuple[float, float]]) -> str:
    """A tie: it swings between columns and runs level over them. One that is cut is cut through in its middle."""
    (x, y), path = route[0], []
    path.append(f"M{_n(x)} {_n(y)}")
    for n in range(0, len(route) - 1, 2):
        (x1, y1), (x2, y2) = route[n], route[n + 1]
        bend = (x2 - x1) / 2
        if n:
            path.append(f"H{_n(x1)}")
        path.append(f"C{_n(x1 + bend)} {_n(y1)} {_n(x2 - bend)} {_n(y2)} {_n(x2)} {_n(y2)}")
    drawn_ = f'<path d="{"".join(path)}" fill="none" {_STROKES[tie.stroke]}/>'
    if tie.stroke is not Stroke.CUT:
        return drawn_
    (x1, y1), (x2, y2) = route[0], route[1]
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    slash = f'd="M{_n(x - 5)} {_n(y + 6)}l5 -12M{_n(x)} {_n(y + 6)}l5 -12"'
    return (
        f'{drawn_}<path {slash} fill="none" stroke="#f4f7f8" stroke-width="5"/>'
        f'<path {slash} fill="none" stroke="{_BAD}" stroke-width="1.6"/>'
    )


# -- boxes -------------------------------------------------------------------------------------------------------------


def _set(node: Node, compact: bool) -> _Set:
    """A node's words, broken to fit its column: its signs beside the reference as far as there is room, then below."""
    room = _COLUMN_WIDTHS[node.column] - 2 * _INSET
    if compact:
        return _set_close(node, room)
    rows: list[list[Sign]] = [[]]
    used = width_of(node.reference, _BODY, bold=True) + 8 if node.reference else 0.0
    for sign in node.signs:
        if used and used + _sign_width(sign) > room:
            rows.append([])
            used = 0.0
        rows[-1].append(sign)
        used += _sign_width(sign) + 8
    if not node.reference and not node.signs:
        rows = []
    lines = broken(node.text, room, _BODY, lines=_LINES)
    return _Set(tuple(map(tuple, rows)), "", lines, 11 + _STEP * max(1, len(rows) + len(lines)))


def _set_close(node: Node, room: float) -> _Set:
    """The same where many boxes stand: shapes, reference and loud words, and the text behind them and once below."""
    signs = _signs_that_fit(node, room)
    used = _close_width(node.reference, signs)
    first, rest = "", node.text
    if node.text and room - used > 85:
        first = broken(node.text, room - used, _SMALL, lines=2)[0]
        rest = " ".join(node.text.split())[len(first) :].strip()
        if first.endswith(CUT):
            first, rest = "", node.text
    lines = broken(rest, room, _SMALL, lines=_LINES_IF_COMPACT - 1) if rest else ()
    return _Set((signs,), first, lines, 10 + _STEP_IF_COMPACT * (1 + len(lines)))


def _close_width(reference: str, signs: Sequence[Sign]) -> float:
    """How far the first line of a close box is filled before its text begins."""
    quiet = sum(17 for each in signs if not each.loud)
    loud = sum(_sign_width(each) + 6 for each in signs if each.loud)
    return quiet + loud + (width_of(reference, _SMALL, bold=True) + 5 if reference else 0)


def _signs_that_fit(node: Node, room: float) -> tuple[Sign, ...]:
    """The signs, of which those that find no room for their words keep their shape alone: the last ones first."""
    signs = list(node.signs)
    for n in range(len(signs) - 1, 0, -1):
        if _close_width(node.reference, signs) <= room:
            break
        signs[n] = replace(signs[n], loud=False)
    return tuple(signs)


def _node(node: Node, place: Place, compact: bool) -> str:
    set_ = _set(node, compact)
    inner = _outline(node, place) + (_close_lines if compact else _all_lines)(node, set_, place)
    return _linked(inner, node.url, node.full)


def _linked(inner: str, url: str, words: str) -> str:
    """A part of the drawing, a link where it has an address. Its title names it for those who point at it or hear it.

    It is no `aria-label`: that would hide the words that are drawn from those who speak them to choose a link.
    """
    title = f"<title>{_e(words)}</title>"
    if url:
        return f"<a href={quoteattr(clean(url))}>{title}{inner}</a>"
    return f"<g>{title}{inner}</g>"


def _all_lines(node: Node, set_: _Set, place: Place) -> str:
    left, y = place.x + _INSET, place.y + 4 + 12.5
    found = []
    for n, row in enumerate(set_.rows):
        x = left
        if not n and node.reference:
            found.append(_text(x, y, node.reference, bold=True, ink=_INK))
            x += width_of(node.reference, _BODY, bold=True) + 8
        for sign in row:
            found.append(_sign(sign, x, y))
            x += _sign_width(sign) + 8
        y += _STEP
    for n, line in enumerate(set_.lines):
        found.append(_text(left, y + _STEP * n, line, ink=_BAD if node.outline is Outline.GAP else ""))
    return "".join(found)


def _close_lines(node: Node, set_: _Set, place: Place) -> str:
    x, y = place.x + _INSET, place.y + 4 + 11.5
    found = []
    for sign in set_.rows[0]:
        if not sign.loud:
            found.append(_shape(sign, x, y))
            x += 17
    if node.reference:
        found.append(_text(x, y, node.reference, size=_SMALL, bold=True, ink=_INK))
        x += width_of(node.reference, _SMALL, bold=True) + 5
    for sign in set_.rows[0]:
        if sign.loud:
            found.append(_sign(sign, x, y))
            x += _sign_width(sign) + 6
    found.append(_text(x, y, set_.first, size=_SMALL) if set_.first else "")
    found += [
        _text(place.x + _INSET, y + _STEP_IF_COMPACT * n, line, size=_SMALL) for n, line in enumerate(set_.lines, 1)
    ]
    return "".join(found)


def _sign_width(sign: Sign) -> float:
    return 15 + width_of(sign.words, _SMALL, bold=sign.tone == "bad")


def _shape(sign: Sign, x: float, y: float) -> str:
    # In a colour of its own: not every printer knows what `currentColor` means.
    shape = sign.shape.replace("currentColor", TONES[sign.tone][0])
    return f'<g transform="translate({_n(x)} {_n(y - 10)})">{shape}</g>'


def _sign(sign: Sign, x: float, y: float) -> str:
    """A state in a box: its shape and its word."""
    ink = TONES[sign.tone][0]
    return _shape(sign, x, y) + _text(x + 15, y, sign.words, size=_SMALL, bold=sign.tone == "bad", ink=ink)


def _chip(sign: Sign, x: float, y: float) -> str:
    """A state on ground of its own, where no box is about it."""
    _, edge, ground = TONES[sign.tone]
    width = width_of(sign.words, _SMALL, bold=True) + 30
    return (
        f'<rect x="{_n(x - 6)}" y="{_n(y - 14)}" width="{_n(width)}" height="19" rx="2" fill="{ground}" '
        f'stroke="{edge}" stroke-dasharray="3 2"/>{_sign(sign, x, y)}'
    )


ABSENT = (
    '<rect x="1.4" y="1.4" width="9.2" height="9.2" fill="none" stroke="currentColor" stroke-width="1.4" '
    'stroke-dasharray="2.2 1.4"/>'
)


def _outline(node: Node, place: Place) -> str:
    """The edge by which one sees what a box is."""
    x, y, w, h = place.x, place.y, place.width, place.height
    edge = _BAD if node.is_broken else _EDGE
    thick = "2" if node.is_broken else "1"
    look = f'fill="#ffffff" stroke="{edge}" stroke-width="{thick}"'
    rect = f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(w)}" height="{_n(h)}"'
    match node.outline:
        case Outline.GAP:
            return f'{rect} rx="2" fill="#fdf3f3" stroke="{_BAD}" stroke-width="1.5" stroke-dasharray="5 3"/>'
        case Outline.FINDING:
            return f'{rect} {look}/><rect x="{_n(x)}" y="{_n(y)}" width="5" height="{_n(h)}" fill="{edge}"/>'
        case Outline.ACTION:
            return f"{rect} {look}/>"
        case Outline.IMPACT:
            return f'{rect} rx="{_n(min(12, h / 2))}" {look}/>'
        case Outline.JUDGEMENT:
            inner = f'<rect x="{_n(x + 3)}" y="{_n(y + 3)}" width="{_n(w - 6)}" height="{_n(h - 6)}"'
            round_ = min(12, h / 2)
            return f'{rect} rx="{_n(round_)}" {look}/>{inner} rx="{_n(round_ - 3)}" fill="none" stroke="{edge}"/>'
        case Outline.TEST:
            c = 6
            return (
                f'<path d="M{_n(x + c)} {_n(y)}H{_n(x + w - c)}L{_n(x + w)} {_n(y + c)}V{_n(y + h - c)}'
                f'L{_n(x + w - c)} {_n(y + h)}H{_n(x + c)}L{_n(x)} {_n(y + h - c)}V{_n(y + c)}Z" {look}/>'
            )
        case Outline.LATER:
            c = 10
            return (
                f'<path d="M{_n(x)} {_n(y)}H{_n(x + w - c)}L{_n(x + w)} {_n(y + c)}V{_n(y + h)}H{_n(x)}Z" {look}/>'
                f'<path d="M{_n(x + w - c)} {_n(y)}V{_n(y + c)}H{_n(x + w)}" fill="none" stroke="{edge}"/>'
            )


# -- the printed key ---------------------------------------------------------------------------------------------------


def _printed_key(groups: Sequence[tuple[str, Sequence[Sign]]], top: float, width: float) -> tuple[str, float]:
    """The key beneath the drawing, group by group, and where it ends. First what the outlines and ties mean."""
    parts, y = [_text(_MARGIN, top + 12, "Key", size=15, bold=True, ink="#07363f")], top + 36
    parts.append(_text(_MARGIN, y, "Links", bold=True))
    x = _MARGIN + 190
    for stroke, words in _STROKE_WORDS.items():
        path = f'<path d="M{_n(x)} {_n(y - 4)}h30" fill="none" {_STROKES[stroke]}/>'
        parts.append(path + _text(x + 38, y, words, size=_SMALL))
        x += 38 + width_of(words, _SMALL) + 22
    for name, signs in groups:
        y, x = y + 22, _MARGIN + 190
        parts.append(_text(_MARGIN, y, name, bold=True))
        for sign in signs:
            step = _sign_width(sign) + 22
            if x + step > width - _MARGIN and x > _MARGIN + 190:
                y, x = y + 20, _MARGIN + 190
            parts.append(_sign(sign, x, y))
            x += step
    return f"<g>{''.join(parts)}</g>", y + 8


_STROKE_WORDS = {
    Stroke.LINE: "the line",
    Stroke.TESTS: "tests an action",
    Stroke.AROUND: "tested by inspectors, with nothing judged between",
    Stroke.CUT: "the line is broken here",
}
