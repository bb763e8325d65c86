"""What the larger components are made of: plain values that views build and templates show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from throughline.ui.scales import Mark


@dataclass(frozen=True)
class Column:
    """A column of a table. `numeric` aligns it right; `narrow` keeps it on one line."""

    label: str
    numeric: bool = False
    narrow: bool = False


@dataclass(frozen=True)
class Cell:
    """A cell that says more than its words: a link, a tag, a second line in small print.

    about: what screen readers hear after a link's word, where a column repeats it: "Change", about "Priya Nair".
    """

    text: Any = ""
    url: str = ""
    mark: Mark | None = None
    is_round: bool = False
    detail: str = ""
    about: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a summary list. `action` is the word of the link, completed for screen readers by the label."""

    label: str
    text: Any = ""
    url: str = ""
    action: str = "Change"


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline, newest first or oldest first as the view orders them."""

    title: str
    at: datetime | date
    by: str = ""
    text: str = ""
    url: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a thread: finding, action, update, and so on down the line."""

    kind: str
    reference: str
    title: str
    url: str = ""
    text: str = ""
    mark: Mark | None = None
    is_round: bool = False
    is_missing: bool = False


@dataclass(frozen=True)
class Grid:
    """A table as values: what `{% table %}` shows."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]
    empty: str = "There is nothing here yet."
    marks: Sequence[Mark] = field(default_factory=tuple)
