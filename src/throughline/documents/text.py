"""The words of a document: plain text with, at most, strong words and links, made safe for every format once.

A `Text` is a `str`, or a tuple of runs: `("See ", Strong("finding AFI-17"), " in ", Link("the letter", "https://…"))`.
Nothing in a text is ever markup. A newline is a line break inside the same paragraph.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# What Word, a spreadsheet or a browser uses for "new line", so that pasted text keeps its lines.
_LINE_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# C0 and C1 controls other than newline and tab, and U+FFFE and U+FFFF: no printed form, and illegal in XML.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s<>\"'`\\{}|^]+\Z", re.IGNORECASE)


def clean(text: str) -> str:
    """`text` with line ends as newlines and without unprintable control characters.

    Right-to-left marks, zero-width characters and every script are kept as they are. Raises ValueError for text that is
    half a character (a lone surrogate), because no file format can hold it.
    """
    if not isinstance(text, str):
        raise ValueError(f"A document holds text, not {type(text).__name__}: write the value out as words first.")
    if found := _SURROGATE.search(text):
        raise ValueError(f"Character {found.start() + 1} of the text is broken (half of a pair): type it again.")
    return _UNPRINTABLE.sub("", _LINE_BREAKS.sub("\n", text))


def clean_line(text: str) -> str:
    """`clean(text)` on one line: newlines and tabs become spaces."""
    return re.sub(r"[\n\t]+", " ", clean(text)).strip()


@dataclass(frozen=True, slots=True)
class Strong:
    """Words printed in semibold."""

    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a web page or an e-mail address."""

    text: str
    address: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", clean(self.text))
        if not self.text.strip():
            raise ValueError("A link needs words that say where it leads.")
        if not _ADDRESS.match(clean(self.address)):
            raise ValueError(f"'{self.address}' is not a web or e-mail address: begin with https:// or mailto:.")


Run = str | Strong | Link
Text = str | tuple[Run, ...]


def runs(text: Text) -> tuple[Run, ...]:
    """`text` as runs, each cleaned."""
    parts = (text,) if isinstance(text, str) else tuple(text)
    return tuple(part if isinstance(part, Strong | Link) else clean(part) for part in parts)


def clean_text(text: Text) -> Text:
    """`text` with each of its runs cleaned; a `str` stays a `str`."""
    return clean(text) if isinstance(text, str) else runs(text)


def plain(text: Text) -> str:
    """The words alone."""
    return "".join(run if isinstance(run, str) else run.text for run in runs(text))


def required(text: Text, what: str) -> Text:
    """`text` cleaned; ValueError names `what` when there are no words in it."""
    cleaned = clean_text(text)
    if not plain(cleaned).strip():
        raise ValueError(f"{what} has no words.")
    return cleaned
