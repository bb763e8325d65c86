"""A short title for a finding, taken from its own words: never a word that is not there, never half a clause
as if it were a whole one."""

import re

LONGEST = 80
# A clause of fewer letters says too little to find a finding by.
_SHORTEST = 18
# What follows a comma and one of these is a consequence or a reason: what stands before it is whole by itself. After
# any other word it may be the rest of a list, or the verb.
_APART = frozenset({"so", "because", "leading", "resulting", "meaning", "therefore", "thereby"})
# What follows a semicolon and one of these turns what stands before it.
_TURNS = frozenset({"but", "however", "yet", "although", "nevertheless", "nonetheless"})
# What opens with one of these does not stand without what follows its comma.
_LEANS = frozenset({
    "although", "though", "while", "whilst", "when", "where", "whereas", "as", "since", "because", "if", "despite",
})  # fmt: skip
# A title does not end on a word that points to the next.
_POINTING = frozenset({
    "a", "an", "the", "of", "and", "or", "but", "to", "in", "on", "at", "for", "by", "with", "from", "into", "as",
    "that", "which", "who", "whose", "where", "when", "is", "are", "was", "were", "be", "been", "has", "have", "had",
    "not", "no", "their", "its", "this", "these", "those", "than", "also", "so", "they", "it", "between", "about",
    "across", "within", "through", "can", "may", "will", "must", "should", "do", "does", "how", "if", "because",
    "while",
})  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?](?=\s+[A-Z‘“(]|\s*$)|\n")
# A sentence that only says what kind of finding follows.
_ANNOUNCES = re.compile(
    r"this is an? (?:[\w-]+ ){0,3}areas? for (?:priority action|improvement)(?: for [^,;]{1,60})?", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[,;:](?=\s)")
_CLOSING = " \t.,;:–—-"


def short_title(text: str, most: int = LONGEST) -> str:
    """The first clause of a text that stands by itself, or as many of its first words as fit, with an ellipsis.

    >>> short_title("Strategy meetings are held late, so children are not safeguarded in time.")
    'Strategy meetings are held late, so children are not safeguarded in time'
    >>> short_title("Strategy meetings are held late, so children are not safeguarded in time.", 50)
    'Strategy meetings are held late'
    """
    words = _first_sentence(text)
    if len(words) <= most:
        return words
    return _first_clause(words, most) or _cut(words, most)


def _first_sentence(text: str) -> str:
    """The first sentence that does more than announce; the announcement itself where nothing follows it."""
    behind = text.strip()
    while True:
        text, end = behind, _SENTENCE_END.search(behind)
        first = " ".join((text[: end.start()] if end else text).split()).strip(_CLOSING)
        behind = text[end.end() :].strip() if end else ""
        if not behind or not _ANNOUNCES.fullmatch(first):
            return first or " ".join(text.split())


def _first_clause(words: str, most: int) -> str:
    """The longest run of whole clauses that fits and stands by itself; empty when there is none."""
    if _bare(words.split(" ", 1)[0]) in _LEANS:
        return ""
    fits = ""
    for end in _CLAUSE_END.finditer(words):
        if end.start() > most:
            break
        following = words[end.end() :].split()
        opens = _bare(following[0]) if following else ""
        apart = opens in _APART if end.group() == "," else opens not in _TURNS
        if end.start() >= _SHORTEST and apart:
            fits = words[: end.start()].strip(_CLOSING)
    return fits


def _cut(words: str, most: int) -> str:
    kept: list[str] = []
    for each in words.split(" "):
        if len(" ".join([*kept, each])) > most - 1:
            break
        kept.append(each)
    while len(kept) > 1 and _bare(kept[-1]) in _POINTING:
        kept.pop()
    return (" ".join(kept).strip(_CLOSING) or words[: most - 1]) + "…"


def _bare(word: str) -> str:
    return word.strip("‘’“”()'\".,;:").casefold()
