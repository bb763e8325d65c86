"""What becomes of a proposal's words when it is merged with another or split. Pure: no word is lost, none is added."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from throughline.methods.sentences import sentences

BULLET = "• "
_ENDS = (".", "!", "?", ":", ";", "”", "’", ")")


@dataclass(frozen=True)
class Words:
    """The words of one finding: its lead, and its parts, each with the id of an agency or an empty text."""

    text: str
    parts: tuple[str, ...] = ()
    part_agencies: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.part_agencies) != len(self.parts):
            object.__setattr__(self, "part_agencies", _as_many(self.part_agencies, len(self.parts)))

    @property
    def whole(self) -> str:
        """All of it as the register holds it: the lead, then each part on a line of its own behind a bullet."""
        return "\n".join([self.text, *(f"{BULLET}{each}" for each in self.parts)]).strip()


@dataclass(frozen=True)
class Piece:
    """A sentence or a part, at which a second finding may begin. `place` 0 is the lead, 1 the first part."""

    place: int
    text: str
    begins_part: bool


def merged(first: Words, second: Words) -> Words:
    """Two findings as one, in their order. Where the first has parts, the second's lead becomes another part."""
    if first.parts:
        return Words(
            first.text,
            (*first.parts, second.text, *second.parts),
            (*first.part_agencies, "", *second.part_agencies),
        )
    between = "\n" if first.text.endswith(_ENDS) else " "
    return replace(second, text=f"{first.text}{between}{second.text}")


def pieces(words: Words) -> list[Piece]:
    """Every sentence in order. The first is where the finding itself begins, so nothing is split there."""
    return [
        Piece(place, sentence, begins_part=place > 0 and number == 0)
        for place, text in enumerate((words.text, *words.parts))
        for number, sentence in enumerate(sentences(text) or [text])
    ]


def split(words: Words, at: int) -> tuple[Words, Words]:
    """Two findings, the second beginning with piece `at` (1 or more). Raises IndexError for a piece that is not there.

    The part in which the second begins leads it; the parts behind that one go with it.
    """
    every = pieces(words)
    if not 1 <= at < len(every):
        raise IndexError(at)
    place = every[at].place
    before = _gathered(every[:at])
    after = _gathered(every[at:])
    return (
        Words(before.get(0, ""), tuple(before[each] for each in sorted(before) if each), _upto(words, before)),
        Words(after[place], tuple(after[each] for each in sorted(after) if each != place), words.part_agencies[place:]),
    )


def _gathered(some: Iterable[Piece]) -> dict[int, str]:
    found: dict[int, str] = {}
    for each in some:
        found[each.place] = found.get(each.place, "") + each.text
    return {place: text.strip() for place, text in found.items()}


def _upto(words: Words, before: dict[int, str]) -> tuple[str, ...]:
    return words.part_agencies[: len([each for each in before if each])]


def _as_many(values: Sequence[str], number: int) -> tuple[str, ...]:
    return tuple([*values, *([""] * number)][:number])
