"""The little grammar that turning a sentence needs: number, verbs and participles, as tables."""

import re

_THIRD = {"have": "has", "do": "does", "be": "is", "go": "goes", "are": "is"}
_BASES = (
    "access", "address", "agree", "allocate", "analyse", "assess", "attend", "be", "benefit", "complete", "consider",
    "contribute", "disclose", "do", "engage", "evidence", "experience", "explore", "feel", "follow", "gather", "get",
    "give", "have", "hear", "hold", "identify", "implement", "initiate", "inform", "intervene", "investigate", "know",
    "learn", "make", "manage", "meet", "monitor", "move", "obtain", "offer", "plan", "prevent", "progress", "protect",
    "provide", "reach", "receive", "recognise", "record", "reduce", "refer", "respond", "review", "safeguard", "see",
    "seek", "share", "speak", "start", "support", "take", "tell", "understand", "use", "work",
)  # fmt: skip
_DOUBLED = frozenset({"get", "refer", "plan"})
_IRREGULAR_PAST = {
    "be": "been", "do": "done", "feel": "felt", "get": "got", "give": "given", "have": "had", "hear": "heard",
    "hold": "held", "know": "known", "make": "made", "meet": "met", "see": "seen", "seek": "sought",
    "speak": "spoken", "take": "taken", "tell": "told", "understand": "understood", "learn": "learned",
}  # fmt: skip


def _gerund(base: str) -> str:
    if base in _DOUBLED:
        return base + base[-1] + "ing"
    if base.endswith("e") and not base.endswith(("ee", "be")):
        return base[:-1] + "ing"
    return base + "ing"


def participle(base: str) -> str:
    """A verb's form after 'is': 'identified'."""
    if base in _IRREGULAR_PAST:
        return _IRREGULAR_PAST[base]
    if base in _DOUBLED:
        return base + base[-1] + "ed"
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + "ed"


BASE_OF = {_gerund(each): each for each in _BASES}
PARTICIPLE_OF = {_gerund(each): participle(each) for each in _BASES}
GERUNDS = "|".join(sorted(BASE_OF, key=len, reverse=True))
VERBS = "|".join(sorted(_BASES, key=len, reverse=True))

_PREPOSITION = re.compile(
    r" (?:of|in|to|for|by|with|from|on|at|about|between|across|within|among|against|through|under|around|regarding"
    r"|relating|concerning|who|which|that|when|where|as|so|living|experiencing|made|received|held|shared|known|subject"
    r"|undertaken|involving|affecting|needed|required)\b"
)
_PLURALS = frozenset(
    {"children", "people", "police", "staff", "data", "minutes", "men", "women", "families", "they", "siblings"}
)
_SINGULARS = frozenset({"process", "progress", "analysis", "access", "emphasis", "basis", "focus", "status", "crisis"})


def is_plural(noun_phrase: str) -> bool:
    """Whether a noun phrase takes a plural verb, by the noun before its first preposition."""
    head = _PREPOSITION.split(f" {noun_phrase} ", maxsplit=1)[0].strip().lower()
    words = re.findall(r"[a-z][a-z’'-]*", head)
    if not words:
        return False
    if " and " in f" {head} " and not head.startswith(("one ", "each ", "every ")):
        return True
    while len(words) > 1 and (words[-1].endswith("ed") or words[-1] in {"out", "up"}):
        words.pop()  # 'the checks carried out', 'the processes afforded'
    last = words[-1]
    if last in _SINGULARS or last.endswith(("ss", "us", "is", "’s", "'s")):
        return False
    return last in _PLURALS or last.endswith("s")


def there_is(noun_phrase: str) -> str:
    """'there is' or 'there are': what stands before 'and' does not count, and an article makes one."""
    if noun_phrase.lower().startswith(("a ", "an ", "the ")):
        return "there is"
    return "there are" if is_plural(re.sub(r"\band\b", "", noun_phrase)) else "there is"


def be(noun_phrase: str) -> str:
    """'is' or 'are', as the noun phrase asks."""
    return "are" if is_plural(noun_phrase) else "is"


def third(base: str) -> str:
    """A verb's form after he, she or it: 'identifies'.

    >>> third("identify"), third("have"), third("assess")
    ('identifies', 'has', 'assesses')
    """
    if base in _THIRD:
        return _THIRD[base]
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies"
    return base + ("es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s")


def capital(sentence: str) -> str:
    """The sentence with a capital at its beginning."""
    return sentence[:1].upper() + sentence[1:]
