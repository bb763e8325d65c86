"""Plain text that a person typed into one box, as the blocks of a document, and back into what the box showed.

An empty line begins a new paragraph. Lines that begin with `- `, `1. ` or `(a) ` are a list. Nothing else is markup.
"""

from __future__ import annotations

import re

from throughline.documents.model import Block, Bullets, Paragraph
from throughline.documents.text import clean

_BULLET = re.compile(r"\s*[-•*]\s+(?=\S)")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+(?=\S)")
_LETTER = re.compile(r"\s*\([a-z]\)\s+(?=\S)")
_KINDS = ((_BULLET, "bullets"), (_NUMBER, "ordered"), (_LETTER, "lettered"))


def blocks_of(text: str, *, numbered: bool = False) -> tuple[Block, ...]:
    """The text's paragraphs and lists; `numbered` paragraphs count on through the document. Empty text: no blocks."""
    found: list[Block] = []
    for passage in re.split(r"\n\s*\n", clean(text)):
        lines = [line.rstrip() for line in passage.split("\n") if line.strip()]
        found += _passage(lines, numbered)
    return tuple(found)


def _passage(lines: list[str], numbered: bool) -> list[Block]:
    """The blocks of lines between two empty ones: a paragraph, then perhaps its list, then perhaps more."""
    found: list[Block] = []
    at = 0
    while at < len(lines):
        kind = _kind(lines[at])
        until = at + 1
        while until < len(lines) and ((kind and not _kind(lines[until])) or _kind(lines[until]) == kind):
            until += 1
        found.append(_list(lines[at:until], kind) if kind else _paragraph(lines[at:until], numbered))
        at = until
    return found


def _kind(line: str) -> str:
    return next((kind for pattern, kind in _KINDS if pattern.match(line)), "")


def _paragraph(lines: list[str], numbered: bool) -> Paragraph:
    return Paragraph("\n".join(line.strip() for line in lines), numbered=numbered)


def _list(lines: list[str], kind: str) -> Bullets:
    """A list's items. A line without a sign of its own goes on with the item above it."""
    pattern = next(each for each, name in _KINDS if name == kind)
    items: list[str] = []
    for line in lines:
        if pattern.match(line):
            items.append(pattern.sub("", line, count=1).strip())
        else:
            items[-1] = f"{items[-1]} {line.strip()}"
    return Bullets(tuple(items), ordered=kind == "ordered", lettered=kind == "lettered")
