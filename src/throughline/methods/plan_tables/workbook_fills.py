"""The colours behind the cells of a workbook: plain ones, those of its theme with their tint, and numbered ones.

What conditional formatting would paint is not worked out.
"""

import re
from typing import Any

from openpyxl.styles.colors import COLOR_INDEX

from throughline.methods.plan_tables.colours import NOT_TOLD, tinted

# Excel numbers the colours of a theme in another order than the theme's own part has them.
_IN_ORDER = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink", "folHlink")
_SCHEME = re.compile(
    rb"<(?:\w+:)?(dk1|lt1|dk2|lt2|accent[1-6]|hlink|folHlink)>\s*<(?:\w+:)?"
    rb'(?:srgbClr\s[^<>]*?val|sysClr\s[^<>]*?lastClr)="([0-9A-Fa-f]{6})"'
)
_SIX = re.compile("[0-9A-Fa-f]{6}$")


class Fills:
    """The fills of one workbook, each worked out once."""

    def __init__(self, book: Any) -> None:
        theme = book.loaded_theme if isinstance(book.loaded_theme, bytes) else b""
        self._scheme: dict[str, str] = {}
        for name, digits in _SCHEME.findall(theme):
            self._scheme.setdefault(name.decode(), digits.decode().upper())
        self._numbered = list(getattr(book, "_colors", None) or COLOR_INDEX)
        self._known: dict[int, str] = {}

    def of(self, cell: Any) -> str:
        """A cell's fill as six hexadecimal digits, `NOT_TOLD` for one that is not of one colour; empty for none."""
        style = getattr(cell, "style_array", None)
        if style is None:
            return ""
        if style.fillId not in self._known:
            self._known[style.fillId] = self._told(cell.fill)
        return self._known[style.fillId]

    def _told(self, fill: Any) -> str:
        kind = getattr(fill, "fill_type", None)
        if kind in (None, "none"):
            return ""
        if kind != "solid":
            return NOT_TOLD
        colour = fill.fgColor
        found = ""
        if colour.type == "rgb":
            found = str(colour.rgb)
        elif colour.type == "theme" and colour.theme < len(_IN_ORDER):
            found = self._scheme.get(_IN_ORDER[colour.theme], "")
        elif colour.type == "indexed" and colour.indexed < len(self._numbered):
            found = str(self._numbered[colour.indexed])
        digits = _SIX.search(found)
        return tinted(digits[0].upper(), colour.tint or 0.0) if digits else NOT_TOLD
