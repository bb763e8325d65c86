"""A consequence for children, turned to the good: for whom, and what would be seen if it were so.

‘so children are not safeguarded in time’ becomes, for children at risk, ‘Children at risk are safeguarded in time: what
would we see?’. The question is left for a person to answer. What no rule turns into good English gives None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from throughline.methods.suggestions.doubts import begins_with_a_name, doubt
from throughline.methods.suggestions.english import VERBS, capital, there_is
from throughline.methods.suggestions.people import for_whom, says_something_of_people
from throughline.methods.suggestions.rules import turned
from throughline.methods.suggestions.wording import plain

QUESTION = ": what would we see?"
LONGEST_CLAUSE = 800  # characters; nobody writes one that is longer, and patterns stay quick


@dataclass(frozen=True)
class Turned:
    """A desired impact as it may be proposed. `rule` names what turned it."""

    for_whom: str
    would_see: str
    rule: str


_AT_RISK = re.compile(
    r"^(Children|Young people|Children and young people)"
    r" (are (?:\w+ly |always )*(?:safeguarded|protected|kept safe)\b)(?! from)"
)
# Where a clause may end early, when what follows cannot be turned.
_CUTS = re.compile(
    r",? (?:and|but|as|because|although|while|whilst|when|where|until|unless|before|particularly|especially|including"
    r"|such as|even when|despite|with|due to|rather than|so|or|which|if|for example)\b|, |;| – "
)
_OWN_SUBJECT = re.compile(
    r",? and,? (?=.*\b(?:not|is|are|was|were|do|does|did|has|have|may|can|cannot|remains?|go|goes|waits?)\b)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|can|has|have|receives?|gets?|knows?|understands?|feels?|sees?|benefits?|informs|reflects|drives)\b",
    re.IGNORECASE,
)
_ENABLED = re.compile(rf"(?P<who>[\w’ ,-]+?) to (?P<rest>(?:{VERBS}|drive|inform|lead|keep)\b.*)")


def _sentences(words: str) -> Iterator[tuple[str, str]]:
    """What may be said instead of a deficit, the fullest first."""
    yield from turned(words)
    for join in _OWN_SUBJECT.finditer(words):
        for name, first in _good(turned(words[: join.start()])):
            for _, second in _good(turned(words[join.end() :]), after=first):
                if says_something_of_people(second):
                    yield name, f"{first}{join.group()}{second[:1].lower()}{second[1:]}"
    joins = [each.start() for each in _OWN_SUBJECT.finditer(words)]
    for cut in reversed(list(_CUTS.finditer(words))):
        if not joins or cut.start() <= joins[0]:  # never leave half of a second sentence
            yield from turned(words[: cut.start()])
    for join in _OWN_SUBJECT.finditer(words):
        yield from turned(words[join.end() :])


def _good(made: list[tuple[str, str]], *, after: str = "") -> list[tuple[str, str]]:
    """Those that raise no doubt, read after the words before them."""
    return [
        (name, sentence)
        for name, sentence in made
        if not doubt(f"{after} and {sentence[:1].lower()}{sentence[1:]}" if after else sentence)
    ]


def _wished(words: str, lead: str) -> Iterator[tuple[str, str]]:
    """A purpose, which says already what ought to be."""
    if lead == "to enable":
        if found := _ENABLED.fullmatch(words):
            yield lead, f"{found['who']} can {found['rest']}"
        elif not _FINITE.search(words):
            yield lead, f"{there_is(words)} {words}"
        return
    for end in [len(words), *(each.start() for each in reversed(list(_CUTS.finditer(words))))]:
        said = words[:end]
        if _FINITE.search(said if lead != "to ensure" else re.split(r" (?:that|which|who|to) ", said)[0]):
            yield lead, said
        elif lead == "to ensure":
            yield lead, f"{there_is(said)} {said}"


def finished(sentence: str, about: str, rule: str) -> Turned | None:
    """The desired impact that a sentence makes, or None when something about it is in doubt."""
    said = _AT_RISK.sub(lambda each: f"{each[1]} at risk {each[2]}", capital(sentence.strip(" ,.;:")))
    return (
        None
        if doubt(said) or not says_something_of_people(said)
        else Turned(for_whom(said, about), said + QUESTION, rule)
    )


def turn(words: str, *, about: str = "", lead: str = "so", purpose: bool = False) -> Turned | None:
    """Turn a consequence clause into a desired impact; None when no rule makes a good sentence of it.

    `about` is the whole finding, for whom it speaks of. `purpose` and `lead` are the clause's own.
    """
    said = plain(words) if len(words) <= LONGEST_CLAUSE else ""
    if not said or begins_with_a_name(said):
        return None
    # 'so that' may lead to what is wrong as well as to what ought to be.
    ways = [_wished(said, lead)] if purpose else []
    if not purpose or lead == "so that":
        ways.append(_sentences(said))
    for rule, sentence in chain.from_iterable(ways):
        if made := finished(sentence, about, rule):
            return made
    return None
