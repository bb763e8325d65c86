"""The clause of a finding that says what it means for children, found by the words that lead to it.

Inspectors write a deficit, its cause, and then its consequence: ‘This means that …’, ‘so …’, ‘leading to …’. That
clause is the desired impact in the negative. The words are returned exactly as they stand, with their place.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass

from throughline.methods.suggestions.people import about_people


@dataclass(frozen=True)
class Clause:
    """A stretch of a text: `text[start:end] == words`. `lead` is what led to it.

    `purpose`: the words say what ought to be ('so that children are seen'), not what is wrong.
    `bare`: no 'that' stood before the words, so they may be a noun phrase ('delays in seeing children').
    """

    words: str
    start: int
    end: int
    lead: str
    purpose: bool = False
    bare: bool = False


_MAY = r"(?:(?:can|may|could|might|will|has|have|had|is|are|also|often|sometimes|then|therefore|potentially|in turn) )*"
_PEOPLE_NEXT = (
    r"(?= (?:some |many |most |several |these |those |too many |vulnerable |young |older )*"
    r"(?:children|young people|babies|infants|victims|families|them|unborn))"
)

# What leads to a consequence: name -> pattern. Order is only that of this list; where two begin at one place the longer
# one counts.
RESULTS: tuple[tuple[str, str], ...] = (
    ("means that", rf"{_MAY}(?:means?|meant|meaning) that"),
    ("means", rf"(?:this|which) {_MAY}means?(?! that)"),
    ("leads to", rf"{_MAY}(?:leads?|led|leading) to"),
    ("results in", rf"{_MAY}(?:results?|resulted|resulting) in"),
    ("contributes to", rf"{_MAY}contribut(?:es|ed|ing) to"),
    ("causes", rf"(?:this|which|these) {_MAY}(?:caus(?:es?|ed|ing)|creat(?:es?|ed|ing))"),
    ("leaves", rf"{_MAY}(?:leaves?|left|leaving){_PEOPLE_NEXT}"),
    ("as a result", r"as a (?:direct )?(?:result|consequence)(?! of)"),
    ("the impact is", r"the (?:result|impact|effect|consequence)(?: of this)? is(?: that)?"),
    ("consequently", r"consequently"),
    ("therefore", r"therefore(?! (?:be|been|is|are|not)\b)"),
    ("so", r"(?:(?<=,)|(?<=and)) so\b(?! (?:that|far|as|they|it|this)\b)"),
)
PURPOSES: tuple[tuple[str, str], ...] = (
    ("so that", r"so that"),
    ("to ensure that", r"(?:in order )?(?:to ensure|to make sure|ensuring) that"),
    ("to ensure", r"(?:in order )?to ensure(?! that)"),
    ("to enable", r"(?:in order )?to enable"),
)
_LIMITING = r"(?:limiting|reducing|hampering|hindering|impeding|restricting|affecting|impacting on)"
# Leads that are themselves part of what is wrong: the clause begins with them.
KEPT: tuple[tuple[str, str], ...] = (
    (
        "limits",
        r"(?:this|which|these|and|also) (?:can |may |could |significantly |seriously |negatively |often )*"
        r"(?=(?:limits|reduces|hampers|hinders|impedes|restricts|affects|impacts on|undermines) )",
    ),
    ("limiting", rf"(?:,|and) (?=(?:negatively )?{_LIMITING} )"),
    ("impacting", rf"(?:is|are) (?=(?:negatively )?{_LIMITING} )"),
    ("does not enable", r"(?:this|which) (?=does not (?:\w+ )?(?:enable|support|allow|ensure) )"),
)


def _word(pattern: str) -> str:
    """A pattern that begins at a word, unless it says itself where it begins."""
    return pattern if pattern.startswith("(?:(?<=") else rf"\b{pattern}"


_LEAD = re.compile(
    "|".join(
        [f"(?P<result{n}>{_word(pattern)}\\b)" for n, (_, pattern) in enumerate(RESULTS)]
        + [f"(?P<purpose{n}>\\b{pattern}\\b)" for n, (_, pattern) in enumerate(PURPOSES)]
        + [f"(?P<kept{n}>{pattern})" for n, (_, pattern) in enumerate(KEPT)]
    ),
    re.IGNORECASE,
)
_BARE = frozenset({"leads to", "results in", "contributes to", "causes", "leaves", "the impact is", "to ensure"})
_NEGATED_BEFORE = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bno|\byet|\bwithout|\bneither)(?: \w+)?\s+$|\bto\s+$", re.IGNORECASE
)
# One child's story illustrates a finding; it is not what the finding means for children.
_STORY = re.compile(
    r"^\s*(?:for (?:example|instance)\b|in (?:one|another|two|three) |one (?:child|young|famil|case))", re.IGNORECASE
)
_SAW_NONE = re.compile(r"\bno (?:situations?|evidence|examples?|instances?|children|cases?)\b", re.IGNORECASE)
_SENTENCE_BEFORE = re.compile(r"[.!?;]\s")
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)|;|\n\s*\n|[•▪◼\uf06e]|(?:^|\s)[−–-](?=\s)")
_JOINS_AFTER = re.compile(
    r"(?:[\s,:–-]|\b(?:and|which|this|that|but|these|also|it|who|in turn|can|may|is|are|has|for example)\b)+$",
    re.IGNORECASE,
)
_SPACE_BEFORE = re.compile(r"[\s,:–-]*")


def _kind_of(found: re.Match[str]) -> tuple[str, str]:
    group = found.lastgroup or ""
    table = {"result": RESULTS, "purpose": PURPOSES, "kept": KEPT}
    name = group.rstrip("0123456789")
    return name, table[name][int(group[len(name) :])][0]


_BEFORE = 600  # characters before a lead that are looked at; a long text then stays quick


def _says_so(before: str) -> bool:
    """Whether what stands before a lead lets it lead to a consequence: not negated, no example, nothing not seen."""
    sentence = _SENTENCE_BEFORE.split(before)[-1]
    return not (_NEGATED_BEFORE.search(before) or _SAW_NONE.search(sentence) or _STORY.search(sentence))


# 'Children are therefore not safeguarded in time': the whole sentence is the consequence, 'therefore' is within it.
_THEREFORE_WITHIN = re.compile(
    r"(?:^|(?<=[.!?]\s))[^.!?;]{3,120}?\b(?:are|is|were|was|do|does|did|remain|cannot|have|has) (?:therefore|thus)\b"
    r"[^.!?;]{3,300}"
)


def _whole_sentences(text: str, plain: str) -> list[Clause]:
    """Sentences about children that say in their middle that they follow from what stands before."""
    found = [(each.start(), each.end()) for each in _THEREFORE_WITHIN.finditer(plain)]
    clauses = [Clause(text[start:end], start, end, "therefore") for start, end in found if _says_so(plain[:start])]
    return [each for each in clauses if about_people(each.words)]


def consequences(text: str) -> list[Clause]:
    """Every clause of the text that says what follows from what was found, in order."""
    plain = re.sub(r"\s", " ", text)  # one character for one, so that places hold
    leads = [each for each in _LEAD.finditer(plain) if _says_so(plain[max(0, each.start() - _BEFORE) : each.start()])]
    ends = [each.start() for each in _SENTENCE_ENDS.finditer(text)] + [len(text)]
    found: list[Clause] = []
    for at, lead in enumerate(leads):
        after = leads[at + 1].start() if at + 1 < len(leads) else len(text)
        start = lead.end() + len(_SPACE_BEFORE.match(plain, lead.end()).group())  # type: ignore[union-attr]
        end = min(after, ends[bisect_left(ends, lead.end())])
        end -= len(joined.group()) if (joined := _JOINS_AFTER.search(plain[start:end])) else 0
        if end <= start:
            continue
        kind, name = _kind_of(lead)
        found.append(Clause(text[start:end], start, end, name, kind == "purpose", name in _BARE or kind == "kept"))
    whole = _whole_sentences(text, plain)
    apart = [each for each in found if not any(one.start <= each.start < one.end for one in whole)]
    return sorted([*apart, *whole], key=lambda each: each.start)


def consequence(text: str) -> Clause | None:
    """The clause that says what the finding means for children; else the first consequence; else None."""
    found = consequences(text)
    return next((each for each in found if about_people(each.words)), found[0] if found else None)
