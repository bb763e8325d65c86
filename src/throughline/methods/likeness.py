"""How alike two texts are in their words, and where words stand in a text. Pure and the same every time.

Likeness is Jaccard's index (P. Jaccard, Bulletin de la Société vaudoise des sciences naturelles 37, 1901): the words
that two texts share, divided by the words that they have between them. It proposes; it decides nothing.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from throughline.methods.mentions import needle, searchable

# Words that say nothing about a subject: English function words, and those that every finding of inspectors has.
_SAY_NOTHING = """
a about after all also although always an and any are as at be because been before being both but by can cannot
could did do does doing done each even ever every few for from further had has have having he her here him his how
however i if in into is it its itself just may means might more most much must need needs needed no nor not of off
often on once one only or other others our out over own same she should since so some such than that the their them
themselves then there these they this those through to too under until up upon us very was we well were what when
where whether which while who whom whose why will with within without would you your across always consistently
good many yet
area areas child children childrens family families improve improvement inspector inspectors local partner partners
partnership people young
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split())
_DROPPED = re.compile("['\u2018\u2019]")


def stem(word: str) -> str:
    """A searchable word without the ending of a plural, so that a meeting and meetings are the same."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def subject_words(text: str) -> frozenset[str]:
    """The stems of a text's words, without those that say nothing about its subject and single signs."""
    return frozenset(stem(word) for word in searchable(text).split() if word not in STOP_WORDS and len(word) > 1)


def likeness(one: Collection[str], other: Collection[str]) -> Fraction:
    """Jaccard's index of two collections of words: 0 for nothing shared or two empty ones, 1 for the same words."""
    mine, theirs = set(one), set(other)
    together = mine | theirs
    return Fraction(len(mine & theirs), len(together)) if together else Fraction(0)


@dataclass(frozen=True)
class Candidate:
    """A text that may say the same again: its place in what was given, how alike it is, and what it shares."""

    place: int
    likeness: Fraction
    words: tuple[str, ...]
    themes: tuple[str, ...]


def alike(
    text: str, themes: Collection[str], among: Sequence[tuple[str, Collection[str]]], *, least: int = 3
) -> list[Candidate]:
    """Those of `among` (text, themes) that share a theme or at least `least` words with a text, most alike first.

    Those that share a theme stand before those that share only words; then the greater likeness, then the earlier
    place. Worked example: 'strategy meetings are late' and 'late strategy meetings' share three of three words: 1.
    """
    own, found = subject_words(text), []
    for place, (other, theirs) in enumerate(among):
        words = subject_words(other)
        shared, common = own & words, set(themes) & set(theirs)
        if len(shared) >= least or (common and shared):
            found.append(Candidate(place, likeness(own, words), tuple(sorted(shared)), tuple(sorted(common))))
    return sorted(found, key=lambda each: (not each.themes, -each.likeness, each.place))


# -- where words stand ------------------------------------------------------------------------------------------------


def _with_places(text: str) -> tuple[str, list[int]]:
    """`searchable(text)` with, for each of its characters, the place in the text that it comes from."""
    characters, places = [" "], [0]
    for place, original in enumerate(text):
        if _DROPPED.match(original):
            continue
        for each in unicodedata.normalize("NFKD", original).encode("ascii", "ignore").decode().lower():
            if each.isalnum():
                characters.append(each)
                places.append(place)
            elif characters[-1] != " ":
                characters.append(" ")
                places.append(place)
    if characters[-1] != " " or len(characters) == 1:
        characters.append(" ")
        places.append(len(text))
    return "".join(characters), places


def _pieces(text: str, marked: Iterable[tuple[int, int]]) -> list[tuple[str, bool]]:
    """A text cut into pieces, each with whether it lies in one of the spans."""
    is_marked = [False] * len(text)
    for begins, ends in marked:
        is_marked[begins:ends] = [True] * (ends - begins)
    found: list[tuple[str, bool]] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or is_marked[place] != is_marked[start]:
            found.append((text[start:place], is_marked[start]))
            start = place
    return found


def _words_where(text: str, wanted: Callable[[str, int, int], bool]) -> list[tuple[int, int]]:
    """The spans, in the text, of the searchable words for which `wanted(word, from, to)` holds."""
    plain, places = _with_places(text)
    spans = []
    for word in re.finditer("[0-9a-z]+", plain):
        if wanted(word[0], word.start(), word.end()):
            spans.append((places[word.start()], places[word.end() - 1] + 1))
    return spans


def marked_words(text: str, stems: Collection[str]) -> list[tuple[str, bool]]:
    """A text in pieces, marked where a word has one of these stems. Joined, the pieces are the text."""
    wanted = frozenset(stems)
    return _pieces(text, _words_where(text, lambda word, _from, _to: word not in STOP_WORDS and stem(word) in wanted))


def needles_of(query: str) -> list[str]:
    """What a search looks for: each word, and each phrase between double quotes, as `mentions.needle` has it."""
    asked = [phrase or word for phrase, word in re.findall(r'["“”]([^"“”]+)["“”]|([^\s"“”]+)', query)]
    return list(dict.fromkeys(found for each in asked if (found := needle(each))))


def marked_needles(text: str, needles: Collection[str]) -> list[tuple[str, bool]]:
    """A text in pieces, marked where a needle is found: whole words, also where only their beginning was asked for."""
    plain, _ = _with_places(text)
    spans = [(begins + 1, begins + len(each.rstrip())) for each in needles for begins in _found_at(plain, each)]
    return _pieces(text, _words_where(text, lambda _word, a, b: any(begins < b and a < stop for begins, stop in spans)))


def _found_at(plain: str, looked_for: str) -> list[int]:
    """Every place at which a needle begins, overlapping ones too."""
    return [found.start() for found in re.finditer(f"(?={re.escape(looked_for)})", plain)]
