"""The numbers that Word gives to paragraphs by itself: they stand in no text, and a plan's own numbers often do so."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST_LEVELS, _LONGEST_CHAIN = 9, 20


@dataclass(frozen=True)
class _Level:
    """One level of a list: how its number is written ('%1.%2'), in which figures, and from where it counts."""

    written: str
    figures: str
    start: int


class Numbers:
    """Counts a document's numbered paragraphs. Give it each one once, in reading order."""

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[str, dict[int, _Level]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._styles = {each.get(qn("w:styleId"), ""): each for each in document.styles.element.iter(qn("w:style"))}
        for part in document.part.rels.values():
            if part.reltype.endswith("/numbering") and not part.is_external:
                element = getattr(part.target_part, "element", None)
                if element is not None:
                    self._read(element)

    def _read(self, numbering: Any) -> None:
        for each in numbering.iter(qn("w:abstractNum")):
            self._levels[each.get(qn("w:abstractNumId"), "")] = dict(map(_level, each.iter(qn("w:lvl"))))
        for each in numbering.iter(qn("w:num")):
            self._lists[each.get(qn("w:numId"), "")] = _value(each, "w:abstractNumId")

    def of(self, paragraph: Any) -> str:
        """The number that Word prints before a paragraph; empty for one without, and for a bullet."""
        which, depth = self._place(paragraph)
        levels = self._levels.get(self._lists.get(which, ""), {})
        if depth not in levels:
            return ""
        counts = self._counts[self._lists[which]]
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in range(depth + 1, _MOST_LEVELS):
            counts.pop(deeper, None)
        return _written(depth, levels, counts)

    def _place(self, paragraph: Any) -> tuple[str, int]:
        """(which list, how deep) by the paragraph itself, else by its style or one that it is based on."""
        which, depth = _said(paragraph)
        style = _value(paragraph, "w:pPr/w:pStyle")
        for _ in range(_LONGEST_CHAIN):
            if which or style not in self._styles:
                break
            which, deep = _said(self._styles[style])
            depth = depth or deep
            style = _value(self._styles[style], "w:basedOn")
        return which, int(depth) if depth.isdecimal() else 0


def _said(element: Any) -> tuple[str, str]:
    return _value(element, "w:pPr/w:numPr/w:numId"), _value(element, "w:pPr/w:numPr/w:ilvl")


def _value(element: Any, path: str) -> str:
    found = element.find("/".join(qn(each) for each in path.split("/")))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def _level(element: Any) -> tuple[int, _Level]:
    deep, start = element.get(qn("w:ilvl"), "0"), _value(element, "w:start")
    level = _Level(
        _value(element, "w:lvlText"), _value(element, "w:numFmt") or "decimal", int(start) if start.isdecimal() else 1
    )
    return int(deep) if deep.isdecimal() else 0, level


def _written(depth: int, levels: Mapping[int, _Level], counts: Mapping[int, int]) -> str:
    if levels[depth].figures in ("bullet", "none"):
        return ""
    text = levels[depth].written
    for each in range(_MOST_LEVELS):
        if each in levels:
            figures = _FIGURES.get(levels[each].figures, str)
            text = text.replace(f"%{each + 1}", figures(counts.get(each, levels[each].start)))
    return text.strip().rstrip(".)").lstrip("(")


def _letters(number: int) -> str:
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        while number >= value and len(text) < _LONGEST_CHAIN:
            text, number = text + letters, number - value
    return text


_FIGURES: Mapping[str, Callable[[int], str]] = {
    "decimal": str, "lowerLetter": _letters, "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman, "upperRoman": lambda number: _roman(number).upper(),
}  # fmt: skip
