"""Small drawings that stand beside words: one shape for each meaning, in the colour of the text around it.

Drawn here rather than typed, because no typeface has them all and a missing one would print as an empty box.
"""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_RING = '<circle cx="6" cy="6" r="4.75" fill="none" stroke="currentColor" stroke-width="1.5"/>'
_DISC = '<circle cx="6" cy="6" r="5.5" fill="currentColor"/>'
_TICK = "M3.4 6.2 5.3 8.1 8.7 4.2"


def _line(path: str, width: str = "1.6", colour: str = "currentColor") -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round"/>'
    )


def _shape(path: str) -> str:
    return f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'


def _dot(x: str, y: str, radius: str) -> str:
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="currentColor"/>'


# The tick is cut out of the disc: the stylesheet gives it the colour of whatever lies behind.
_CUT_TICK = _line(_TICK, "1.7", "#fff").replace("<path ", '<path class="tl-glyph__cut" ')
_DRAWINGS: dict[str, str] = {
    "circle": _RING,
    "half": _RING + '<path d="M6 1.25a4.75 4.75 0 0 1 0 9.5z" fill="currentColor"/>',
    "warning": _shape("M6 .6 11.8 11.2H.2zM5.3 4.2v3.6h1.4V4.2zm0 4.5v1.3h1.4V8.7z"),
    "ring-tick": _RING + _line(_TICK, "1.5"),
    "disc-tick": _DISC + _CUT_TICK,
    "barred": _RING + _line("M3.2 6h5.6"),
    "onward": _line("M1.2 6h9M6.8 2.4 10.4 6 6.8 9.6"),
    "clock": _RING + _line("M6 3.4V6.2l1.9 1.3", "1.4"),
    "again": _line("M10.4 6.4A4.4 4.4 0 1 1 9 2.8M9.2.6v2.6H6.6", "1.5"),
    "equals": _line("M1.6 4.2h8.8M1.6 7.8h8.8", "1.8"),
    "question": _line("M3.6 3.9A2.4 2.4 0 1 1 6 6.4v1.2", "1.7") + _dot("6", "10.3", "1.1"),
    "hourglass": _shape("M2 .8h8v1.6L7.2 6 10 9.6v1.6H2V9.6L4.8 6 2 2.4z"),
    "dots": _dot("2", "6", "1.3") + _dot("6", "6", "1.3") + _dot("10", "6", "1.3"),
    "up-right": _line("M2.4 9.6 9.4 2.6M4.2 2.4h5.4v5.4", "1.5"),
    "up": _shape("M6 .8 10.8 6H7.7v5.2H4.3V6H1.2z"),
    "down": _shape("M6 11.2 1.2 6h3.1V.8h3.4V6h3.1z"),
    "star": _shape("m6 .6 1.6 3.6 3.9.4-2.9 2.6.8 3.9L6 9.1l-3.4 2 .8-3.9L.5 4.6l3.9-.4z"),
    "absent": '<rect x="1.4" y="1.4" width="9.2" height="9.2" fill="none" stroke="currentColor" stroke-width="1.4" '
    'stroke-dasharray="2.2 1.4"/>',
    "pencil": _shape("M8.7.7 11.3 3.3 4 10.6l-3.3.7L1.4 8z"),
    "up-box": _line("M1.5 7.6v3h9v-3M6 7.6V1.4M3.2 4 6 1.3 8.8 4", "1.5"),
    "back": _line("M4.4 2 1.4 5l3 3M1.6 5h5.2a3 3 0 0 1 0 6H4.6", "1.5"),
    "flag": _shape("M1.6.8h1.5v.6h7.3L8.6 4.3l1.8 2.9H3.1v4H1.6z"),
    "lock": _shape("M2 5.2h1V3.6a3 3 0 0 1 6 0v1.6h1v6H2zm2.5 0h3V3.6a1.5 1.5 0 0 0-3 0z"),
}  # fmt: skip


def names() -> list[str]:
    """Every drawing there is."""
    return sorted(_DRAWINGS)


def shape(name: str) -> str:
    """A drawing's own SVG, 12 by 12, for use within another drawing. KeyError for a name that has no drawing."""
    return _DRAWINGS[name]


def glyph(name: str) -> SafeString:
    """A drawing as inline SVG, hidden from screen readers: the words beside it say the same.

    KeyError for a name that has no drawing.
    """
    return format_html(
        '<svg class="tl-glyph" viewBox="0 0 12 12" width="12" height="12" aria-hidden="true" focusable="false">'
        "{}</svg>",
        mark_safe(_DRAWINGS[name]),  # noqa: S308 - drawn above, never given by anybody
    )
