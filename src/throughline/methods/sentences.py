"""A text in its sentences, with nothing lost: the pieces joined are the text."""

import re

_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][’”'\")]))\s+(?=[A-Z0-9‘“'\"(])|\n+")
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|no|nos|mr|mrs|ms|dr|prof|st|para|p|pp)|\b[A-Z])\.$", re.I)
_TAIL = len(" approx.")  # the longest that is shortened, with what stands before it
_SPACE = re.compile(r"\s*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space behind it, so that joining them gives the text again.

    A line end is an end too. An abbreviation's full stop is none.

    >>> sentences("Held late. Dr. Lane was not asked.")
    ['Held late. ', 'Dr. Lane was not asked.']
    """
    found, begins, words = [], 0, _opening(text, 0)
    for end in _END.finditer(text):
        # Only the tail is looked at: a text of many shortened words would be read over and over.
        tail = text[max(begins, end.start() - _TAIL) : end.start()]
        if words >= end.start() or ("\n" not in end.group() and _SHORTENED.search(tail)):
            continue
        found.append(text[begins : end.end()])
        begins = end.end()
        words = _opening(text, begins)
    if text[begins:]:
        found.append(text[begins:])
    return found


def _opening(text: str, begins: int) -> int:
    """Where the first word from there on begins."""
    return _SPACE.match(text, begins).end()  # type: ignore[union-attr]
