"""Notes that were pasted into one cell, each under its date: taken apart, and none of their words lost."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throughline.methods.plan_tables.days import FoundDay, days_in

_LEAD_IN = re.compile(r"[\s•·▪◦*–—-]*[(\[]?$")
_UPDATE = re.compile(
    r"[\s•·▪◦*–—-]*[(\[]?(?:progress |latest )?(?:updated?|position|as at)(?: (?:as )?at| on)?:?\s+$", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.;!?:]\s+[(\[]?$")
_AFTER = re.compile(r"\s*[)\]]?\s*[:.,–—-]*\s*")


@dataclass(frozen=True)
class DatedNote:
    """A note with the day under which it stood; None where it bears none."""

    dated: date | None
    text: str


def notes_in(text: str) -> list[DatedNote]:
    """The notes of a cell, in its order. A day begins a note at the start of a line, or after a sentence's end.

    >>> [(str(each.dated), each.text) for each in notes_in("9.12.16 Training held. 14.1.17: Second round.")]
    [('2016-12-09', 'Training held.'), ('2017-01-14', 'Second round.')]

    A month without its day dates no note: the words stay as they are.
    """
    whole = text.strip()
    if not whole:
        return []
    starts = [each for each in days_in(whole) if each.exact and _begins(whole, each)]
    notes = list(_taken_apart(whole, starts))
    return notes or [DatedNote(None, whole)]


def _begins(text: str, found: FoundDay) -> bool:
    line = text.rfind("\n", 0, found.begins) + 1
    before = text[max(line, found.begins - 60) : found.begins]
    if _LEAD_IN.fullmatch(before) or _UPDATE.fullmatch(before):
        return True
    return bool(_SENTENCE_END.search(before))


def _taken_apart(text: str, starts: list[FoundDay]) -> Iterator[DatedNote]:
    edges = [_edge(text, each) for each in starts]
    if edges and (head := text[: edges[0]].strip()):
        yield DatedNote(None, head)
    for index, (each, edge) in enumerate(zip(starts, edges, strict=True)):
        ends = edges[index + 1] if index + 1 < len(edges) else len(text)
        before = text[edge : each.begins]
        after = _AFTER.match(text, each.ends, ends)
        rest = text[after.end() if after else each.ends : ends].strip()
        own_words = re.search(r"\w", before)
        yield DatedNote(each.day, text[edge:ends].strip() if own_words or not rest else rest)


def _edge(text: str, found: FoundDay) -> int:
    """Where the note of a day begins: at its line's start when nothing but bullets or 'Update' stands before it."""
    line = text.rfind("\n", 0, found.begins) + 1
    before = text[line : found.begins]
    return line if len(before) <= 60 and (_LEAD_IN.fullmatch(before) or _UPDATE.fullmatch(before)) else found.begins
