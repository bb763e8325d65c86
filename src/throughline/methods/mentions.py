"""Whether a text mentions something: words and phrases, whatever the case, the punctuation and the line ends.

`searchable` is the one form in which texts are stored and compared, so that a list's query and a page's own answer
agree.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

_NOT_A_WORD = re.compile(r"[^0-9a-z]+")
_APOSTROPHES = re.compile("['\u2018\u2019]")


def searchable(text: str) -> str:
    """A text as it is searched: plain letters, one space between words, a space at both ends.

    >>> searchable("Children’s social-care")
    ' childrens social care '
    """
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text)).encode("ascii", "ignore").decode().lower()
    return f" {_NOT_A_WORD.sub(' ', plain).strip()} "


def needle(words: str) -> str:
    """What to look for in a searchable text: the words from a word's beginning, so that plurals are found too.

    Empty when there is no letter or digit to look for. A word of up to three letters is found only whole: an
    abbreviation (ED) begins too many words.
    """
    plain = searchable(words)
    if not plain.strip():
        return ""
    return plain if len(plain.strip()) <= 3 else plain.rstrip()


def mentions(text: str, words: Iterable[str]) -> bool:
    """Whether a text mentions any of these words or phrases."""
    within = searchable(text)
    return any(looked_for in within for each in words if (looked_for := needle(each)))


def mentioned(text: str, of: Mapping[str, Sequence[str]]) -> list[str]:
    """The keys whose words a text mentions, in the mapping's order."""
    return [key for key, words in of.items() if mentions(text, words)]
