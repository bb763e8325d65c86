"""Every string that a document prints, for whoever must be sure of what it does not say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from throughline.documents.model import Document


def strings_of(document: Document) -> Iterator[str]:
    """Every text of the document, its front, foot and properties included, in order. Drawings give their own text."""
    yield from _strings(document)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if value:
            yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _strings(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for each in fields(value):
            yield from _strings(getattr(value, each.name))


def found_in(document: Document, words: Iterable[str]) -> list[str]:
    """Those of the words that the document prints anywhere, whatever the case and the line ends."""
    whole = "\n".join(" ".join(text.split()) for text in strings_of(document)).casefold()
    return [each for each in words if each.strip() and " ".join(each.split()).casefold() in whole]
