"""A text in its sentences, with nothing lost: the pieces joined are the text."""

import re

_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][’”'\")]))\s+(?=[A-Z0-9‘“'\"(])|\n+")
_SHORTENED = re.compile(r"(?:\b(?:e\.g|i\.e|etc|cf|vs|approx|no|nos|mr|mrs|ms|dr|prof|st|para|p|pp)|\b[A-Z])\.$", re.I)


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with the space behind it, so that joining them gives the text again.

    A line end is an end too. An abbreviation's full stop is none.

    >>> sentences("Held late. Dr. Lane was not asked.")
    ['Held late. ', 'Dr. Lane was not asked.']
    """
    found, begins = [], 0
    for end in _END.finditer(text):
        so_far = text[begins : end.start()]
        if not so_far.strip() or ("\n" not in end.group() and _SHORTENED.search(so_far)):
            continue
        found.append(text[begins : end.end()])
        begins = end.end()
    if text[begins:]:
        found.append(text[begins:])
    return found
