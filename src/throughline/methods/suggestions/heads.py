"""Findings that are noun phrases, as letters write them from 2022 on: ‘The timeliness and consistency of …’.

Their first words say what is wanting, and so what would be seen if it were put right, and what kind of measure would
show it.
"""

import re
from collections.abc import Callable

from throughline.methods.suggestions.affirming import IN_TIME
from throughline.methods.suggestions.english import be, there_is
from throughline.methods.suggestions.turning import Turned, finished
from throughline.methods.suggestions.wording import plain

Match = re.Match[str]

# Head -> what is said of the thing itself, and the words of a measure that would show it.
HEADS: dict[str, tuple[str, tuple[str, ...]]] = {
    "quality": ("of good quality", ("quality", "audit", "judged", "sample")),
    "timeliness": ("timely", ("within", "working days", "hours", "time from")),
    "consistency": ("consistent", ("share of", "each agency", "by agency")),
    "effectiveness": ("effective", ("outcome", "judged", "change")),
    "availability": ("available", ("requests", "share of", "offered")),
    "accuracy": ("accurate", ("sample", "audit", "correct")),
    "rigour": ("rigorous", ("sample", "audit")),
    "frequency": ("frequent enough", ("number", "share of")),
    "robustness": ("robust", ("sample", "audit")),
    "appropriateness": ("appropriate", ("sample", "audit", "judged")),
    "completeness": ("complete", ("sample", "audit", "share of")),
    "usefulness": ("useful", ("sample", "audit")),
    "impact": ("effective", ("outcome", "change")),
}
_HEAD = "|".join(HEADS)
_QUALITIES_OF = rf"(?:the )?(?P<heads>(?:{_HEAD})(?:(?:, | and |, and )(?:{_HEAD}))*) (?:of|in|to) (?P<what>.+)"
_GOOD = (
    "consistent|timely|rigorous|appropriate|meaningful|regular|effective|sufficient|robust|better|prompt|improved|clear"
    "|careful|thorough|systematic"
)
_WAITING = (
    r"(?:the )?(?:length of )?(?:waiting )?times? (?:that )?(?P<who>children(?: and young people)?(?: [\w’-]+){0,2}?)"
    r" (?:have to )?(?:wait|spend waiting) (?P<to>for|to) (?P<what>.+)"
)

_AND = re.compile(r",? and |, ")
_NEEDS = re.compile(
    r",? (?:needs?|requires?) (?:to improve|to be improved|improvement|strengthening|to be strengthened)\b.*$"
)
_ADDS = re.compile(r" (?:in line with|through|when|due to) .*$")
_COUNTED = re.compile(r"\b(?:response|approach|system|process|policy|plan|pathway)\b(?! planning)")


def _qualities(found: Match) -> str:
    said = [HEADS[each.lower()][0] for each in _AND.split(found["heads"])]
    several = ", ".join(said[:-1]) + f" and {said[-1]}" if len(said) > 1 else said[0]
    what = found["what"]
    return f"{what} {be(what)} {several}"


def _waited(found: Match) -> str:
    verb = "" if found["to"] == "to" else "receive "
    return f"{found['who']} {verb}{_ADDS.sub('', found['what'])} {IN_TIME}"


def _good_things(found: Match) -> str:
    what = found["what"]
    head = re.split(r" (?:to|of|from|for|in|by|with|at) ", what)[0]
    article = "a " if _COUNTED.search(head) and not head.endswith("s") else ""
    return f"{there_is(article + what)} {article}{what[:1].lower()}{what[1:]}"


def _said_of_it(quality: str) -> Callable[[Match], str]:
    """What makes 'X is considered in plans' of 'the consideration of X in plans'."""

    def made(found: Match) -> str:
        what = found["what"]
        return f"{what} {be(what)} {quality}{found['where'] or ''}"

    return made


def _received_in_time(found: Match) -> str:
    return f"{found['who']} {found['verb']} {_ADDS.sub('', found['what'])} {IN_TIME}"


def _have_access(found: Match) -> str:
    return f"{found['who']} have {found['what']}"


def _as_it_says(found: Match) -> str:
    return found["what"]


def _consistently(found: Match) -> str:
    return f"{found['what']} {found['be']} consistently {found['done']}"


def _can(found: Match) -> str:
    return f"{found['who']} can {found['what']}"


def _there_is_strong(found: Match) -> str:
    bare = _STRONG.sub("", found["what"])
    return f"there is strong {bare[:1].lower()}{bare[1:]}"


def _the_response(found: Match) -> str:
    return f"the {found['what']} is timely and effective"


def _are_done(found: Match) -> str:
    return f"{found['what']} {be(found['what'])} {found['done']}"


Make = Callable[[Match], str]
Rule = tuple[str, str, Make, tuple[str, ...]]
# The name of a rule, the first sentence that it fits, what it makes of it, words of the measures that would show it.
RULES: tuple[Rule, ...] = (
    ("waiting", _WAITING, _waited, ("weeks", "within", "wait")),
    (
        "waiting times for",
        r"(?:the )?waiting times? for (?P<who>children(?: and young people)?) to (?P<verb>receive|access) (?P<what>.+)",
        _received_in_time,
        ("weeks", "within", "wait"),
    ),
    (
        "access",
        rf"(?P<who>children(?: and young people)?)’s (?P<what>(?:(?:{_GOOD}) )?access to .+)",
        _have_access,
        ("share of", "offered"),
    ),
    ("qualities", _QUALITIES_OF, _qualities, ()),
    ("the extent to which", r"(?:the )?extent to which (?P<what>.+)", _as_it_says, ("share of", "audit")),
    (
        "consistency with which",
        r"(?:the )?consistency with which (?P<what>.+?) (?P<be>is|are) (?P<done>.+)",
        _consistently,
        ("share of", "by agency"),
    ),
    ("capacity", r"(?:the )?capacity of (?P<who>.+?) to (?P<what>.+)", _can, ("caseload", "vacan")),
    (
        "oversight",
        rf"(?:[^,]+?’s? )?(?P<what>(?:(?:the|{_GOOD}) )*(?:(?:management|strategic) )?oversight (?:of|and).+)",
        _there_is_strong,
        ("audit", "oversight", "supervision"),
    ),
    (
        "understanding",
        r"(?:the |a )?(?:shared )?(?:understanding|knowledge) of (?P<what>.+?)(?P<where> (?:by|among|across) .+)?",
        _said_of_it("well understood"),
        ("share of", "audit"),
    ),
    (
        "recognition",
        r"(?:the )?(?:early |timely |consistent )?(?:recognition|identification) of (?P<what>.+?)"
        r"(?P<where> (?:by|among|across) .+)?",
        _said_of_it("recognised early"),
        ("share of", "audit"),
    ),
    (
        "recording",
        r"(?:the )?consistent recording of (?P<what>.+?)(?P<where> (?:across|in|on) .+)?",
        _said_of_it("consistently recorded"),
        ("audit", "share of"),
    ),
    (
        "consideration",
        r"(?:the )?consideration (?:and analysis )?of (?P<what>.+?)"
        r"(?P<where> in (?:referral|assessment|plan|record).*)?",
        _said_of_it("considered"),
        ("audit", "share of"),
    ),
    (
        "provision",
        r"(?:the )?provision of (?P<what>.+?)(?P<where> when .+)?",
        _said_of_it("provided"),
        ("share of", "requests"),
    ),
    (
        "communication",
        r"(?:the )?(?P<what>(?:[\w’-]+ ){0,4}(?:communication|information[- ]sharing) (?:between|with|of|from) "
        r"(?!and\b)(?:(?! and the ).)+?)(?P<where> when .+)?",
        _said_of_it("clear and timely"),
        ("within", "share of"),
    ),
    ("response", r"(?:the )?(?P<what>(?:\w+ ){0,2}response to .+)", _the_response, ("within", "time from")),
    (
        "somebody being",
        r"(?P<what>.+?) being (?P<done>(?:consistently |always |fully |routinely )?\w+(?:ed|en|wn|ld)\b.*)",
        _are_done,
        ("share of",),
    ),
    (
        "good things",
        rf"(?:the )?(?P<what>(?:{_GOOD})(?:,? (?:and )?(?:{_GOOD}))*,? .+)",
        _good_things,
        ("share of", "audit"),
    ),
)
_COMPILED = tuple((name, re.compile(pattern, re.IGNORECASE), make, shows) for name, pattern, make, shows in RULES)
_FIRST_SENTENCE = re.compile(r"^.*?[.!?](?=\s|$)", re.DOTALL)
_VERB_OF_ITS_OWN = re.compile(r"\b(?:is|are|was|were|do|does|did|has|have) (?!to wait\b|been\b)", re.IGNORECASE)
_STRONG = re.compile(rf"^(?:(?:the|{_GOOD}) )*", re.IGNORECASE)


def turned_head(text: str) -> Turned | None:
    """The desired impact of a finding that is a noun phrase, or None."""
    for name, sentence, _ in _read(text):
        if made := finished(sentence, text, name):
            return made
    return None


def shown_by(text: str) -> tuple[str, ...]:
    """Words of the measures that would show what the finding's first words ask for; empty for other findings."""
    for name, pattern, _, shows in _COMPILED:
        if found := pattern.fullmatch(_first(text)):
            if name != "qualities":
                return shows
            return tuple(word for each in _AND.split(found["heads"]) for word in HEADS[each.lower()][1])
    return ()


def _first(text: str) -> str:
    found = _FIRST_SENTENCE.search(text.strip())
    return _NEEDS.sub("", plain(found.group() if found else text))


def _read(text: str) -> list[tuple[str, str, tuple[str, ...]]]:
    first = _first(text)
    if len(first) > 400:
        return []
    made = []
    for name, pattern, make, shows in _COMPILED:
        if found := pattern.fullmatch(first):
            made.append((name, make(found), shows))
            # The same without what only adds to it.
            for cut in (r",? including .*", r" in relation to .*", r" when .*", r"(?:,| so) .*"):
                shorter = re.sub(cut, "", first)
                if shorter != first and (again := pattern.fullmatch(shorter)):
                    made.append((name, make(again), shows))
    return made
