"""How a Word paragraph looks: bold or not, how large, how far indented, by itself, by its list or by its style."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF = {"0", "false", "off"}
_USUAL_SIZE = 11.0
_DEEPEST = 20  # styles above each other; a circle ends here as well
_STEP = 18.0  # points that a list goes in by each level, where nothing says otherwise


@dataclass(frozen=True)
class Look:
    """Where a paragraph's words begin and its size, in points; whether all of its words are bold."""

    indent: float
    size: float
    bold: bool


def is_on(properties: Any, name: str) -> bool:
    """Whether a switch such as bold is set in these properties."""
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return found is not None and found.get(f"{_W}val", "1") not in _OFF


def is_raised(run: Any) -> bool:
    """Whether a run is printed above its line."""
    found = run.find(f"{_W}rPr/{_W}vertAlign")
    return found is not None and found.get(f"{_W}val") == "superscript"


class Looks:
    """The styles and lists of one document, asked for one paragraph at a time."""

    def __init__(self, document: "Document") -> None:
        self.styles = {style.get(f"{_W}styleId", ""): style for style in document.styles.element.iterfind(f"{_W}style")}
        defaults = document.styles.element.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
        self.usual = _points(defaults, "sz", 2) or _USUAL_SIZE
        self.lists = _list_indents(document)
        self.known: dict[str, tuple[bool, float | None, float | None]] = {}

    def of(self, paragraph: Any, listed: tuple[str, int] | None) -> Look:
        """The look of a paragraph; `listed` is the list and level that it belongs to."""
        properties = paragraph.find(f"{_W}pPr")
        style = properties.find(f"{_W}pStyle") if properties is not None else None
        bold, size, indent = self.style(style.get(f"{_W}val", "") if style is not None else "")
        runs = [
            run for run in paragraph.iter(f"{_W}r") if "".join(each.text or "" for each in run.iter(f"{_W}t")).strip()
        ]
        sizes = [points for run in runs if (points := _points(run.find(f"{_W}rPr"), "sz", 2))]
        own = _indent(properties)
        if own is None and listed is not None:
            own = self.lists.get(listed, indent if indent is not None else _STEP * (listed[1] + 1))
        return Look(
            indent=own if own is not None else indent or 0.0,
            size=max(set(sizes), key=sizes.count) if sizes else size or self.usual,
            bold=bool(runs) and all(_is_bold(run, bold) for run in runs),
        )

    def style(self, name: str) -> tuple[bool, float | None, float | None]:
        """(bold, size, indent) of a style or of those that it is based on."""
        if name in self.known:
            return self.known[name]
        bold: bool | None = None
        size = indent = None
        at = name
        for _ in range(_DEEPEST):
            style = self.styles.get(at)
            if style is None:
                break
            look = style.find(f"{_W}rPr")
            if bold is None and look is not None and look.find(f"{_W}b") is not None:
                bold = is_on(look, "b")
            size = size or _points(look, "sz", 2)
            indent = indent if indent is not None else _indent(style.find(f"{_W}pPr"))
            based = style.find(f"{_W}basedOn")
            at = based.get(f"{_W}val", "") if based is not None else ""
        self.known[name] = (bool(bold), size, indent)
        return self.known[name]


def _is_bold(run: Any, by_style: bool) -> bool:
    look = run.find(f"{_W}rPr")
    if look is None or look.find(f"{_W}b") is None:
        return by_style
    return is_on(look, "b")


def _points(properties: Any, name: str, parts: int) -> float | None:
    """A length of Word's in points, `parts` to the point; None where there is none or it is no number."""
    found = properties.find(f"{_W}{name}") if properties is not None else None
    return _number(found.get(f"{_W}val"), parts) if found is not None else None


def _indent(properties: Any) -> float | None:
    found = properties.find(f"{_W}ind") if properties is not None else None
    return _number(found.get(f"{_W}left") or found.get(f"{_W}start"), 20) if found is not None else None


def _number(text: str | None, parts: int) -> float | None:
    try:
        return float(text) / parts if text else None
    except ValueError:
        return None


def _list_indents(document: "Document") -> dict[tuple[str, int], float]:
    """(list, level) -> where its words begin."""
    try:
        root = document.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    abstract: dict[str, dict[int, float]] = {}
    for each in root.iterfind(f"{_W}abstractNum"):
        abstract[each.get(f"{_W}abstractNumId", "")] = {
            int(level.get(f"{_W}ilvl", "0")): indent
            for level in each.iterfind(f"{_W}lvl")
            if (indent := _indent(level.find(f"{_W}pPr"))) is not None
        }
    found = {}
    for number in root.iterfind(f"{_W}num"):
        kind = number.find(f"{_W}abstractNumId")
        for level, indent in abstract.get(kind.get(f"{_W}val", "") if kind is not None else "", {}).items():
            found[(number.get(f"{_W}numId", ""), level)] = indent
    return found
