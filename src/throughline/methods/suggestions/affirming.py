"""What each kind of deficit becomes when it is said in the affirmative: one small function for each.

Each is given the match of its rule (rules.py) and returns a sentence without its full stop, or None.
"""

import re
from collections.abc import Callable

from throughline.methods.suggestions.english import (
    BASE_OF,
    PARTICIPLE_OF,
    VERBS,
    be,
    is_plural,
    participle,
    there_is,
    third,
)
from throughline.methods.suggestions.people import about_people

Match = re.Match[str]
IN_TIME = "in good time"

# Adjectives of a deficit and what stands in their place.
OPPOSITES = {
    "delayed": "timely", "disjointed": "joined up", "difficult to understand": "easy to understand",
    "inaccurate": "accurate", "inadequate": "adequate", "inappropriate": "appropriate", "incomplete": "complete",
    "inconsistent": "consistent", "incorrect": "correct", "ineffective": "effective", "inefficient": "efficient",
    "insufficient": "sufficient", "insufficiently": "sufficiently", "limited": "sufficient", "poor": "good",
    "unaddressed": "addressed", "unassessed": "assessed", "unaware": "aware", "unclear": "clear",
    "uncoordinated": "coordinated", "under-developed": "well developed", "underdeveloped": "well developed",
    "unheard": "heard", "unidentified": "identified", "uninformed": "informed", "unmanaged": "managed", "unmet": "met",
    "unprotected": "protected", "unreliable": "reliable", "unrecognised": "recognised", "unresolved": "resolved",
    "unsafe": "safe", "unseen": "seen", "unsupported": "supported", "untimely": "timely", "variable": "consistent",
    "weak": "strong",
}  # fmt: skip
_SAID_OF_A_SUBJECT = {"inconsistent": "consistently good", "variable": "consistently good"}
ADVERBS = r"(?P<adv>(?:(?:always|yet|well|being|often|as|fully|either|routinely|necessarily|currently|\w+ly) )*)"
_LET_GO = {"yet", "being", "often", "as", "either", "necessarily", "currently"}
_MORE_VERBS = re.compile(rf"\b(?:and|or)(?: \w+ly)? (?:{VERBS})\b")
_HARM_LET_GO = re.compile(
    r"\b(?:further|unmanaged|unidentified|ongoing|continued|continuing|potential|increased) |\band/or ", re.IGNORECASE
)


def _kept(adverbs: str, rest: str) -> str:
    """The adverbs of a negation that still make sense without it."""
    words = [each for each in adverbs.split() if each not in _LET_GO]
    if words and words[-1] in {"sufficiently", "adequately"} and rest.startswith(("well ", "good ")):
        words.pop()
    if words and words[0] in {"sufficiently", "adequately"} and words[-1] == "well":
        words = words[1:]
    return "".join(f"{each} " for each in words)


def _verb(subject: str, base: str) -> str:
    return base if is_plural(subject) else third(base)


def _both(rest: str) -> str:
    """What follows a negation: not (recognised or responded to) is wished as recognised and responded to."""
    return rest if "whether" in rest else re.sub(r",? or ", " and ", rest)


def _there(noun_phrase: str) -> str:
    bare = re.sub(r"^(?:any|the) ", "", noun_phrase)
    return f"{there_is(bare)} {bare}"


def negated(found: Match) -> str | None:
    """'X is not always seen' -> 'X is always seen'; 'X does not receive' -> 'X receives'; 'X may not be' -> 'X is'."""
    subject, auxiliary, rest = found["subj"], found["aux"].lower(), _both(found["rest"])
    if re.search(r"\b(?:who|which|that|and|where|when)$", subject):
        return None
    adverbs = _kept(found["adv"], rest)
    if auxiliary in {"is", "was", "has been", "is being", "was being"}:
        return f"{subject} is {adverbs}{rest}"
    if auxiliary in {"are", "were", "have been", "are being", "were being"}:
        return f"{subject} are {adverbs}{rest}"
    if auxiliary in {"has", "have"}:
        if not rest.startswith("been "):
            return None
        return f"{subject} {'is' if auxiliary == 'has' else 'are'} {adverbs}{rest.removeprefix('been ')}"
    first, _, others = rest.partition(" ")
    if auxiliary in {"can", "could"} and first != "be":
        return f"{subject} can {adverbs}{rest}"
    if first == "be":
        return f"{subject} {be(subject)} {adverbs}{others.removeprefix('being ')}"
    verb = {"do": first, "does": third(first)}.get(auxiliary) or _verb(subject, first)
    if verb != first and _MORE_VERBS.search(others):
        return None  # 'participates in, and receive'
    return f"{subject} {adverbs}{verb} {others}".rstrip()


def not_doing(found: Match) -> str | None:
    """'children not receiving the help they need' -> 'children receive the help they need'."""
    subject, gerund, rest = found["subj"], found["ger"], found["rest"]
    if " of " in subject:
        return None
    adverbs = _kept(found["adv"], rest)
    if gerund == "being":
        more = re.match(ADVERBS, rest)
        kept = _kept(more["adv"], rest[more.end() :]) if more else ""
        return f"{subject} {be(subject)} {adverbs}{kept}{rest[more.end() :] if more else rest}"
    return f"{subject} {adverbs}{_verb(subject, BASE_OF[gerund])} {rest}"


def not_all(found: Match) -> str:
    verb = {"may be": "are", "might be": "are", "can be": "are"}.get(found["verb"], found["verb"])
    return f"all {found['subj']} {verb} {found['rest']}"


def missed(found: Match) -> str:
    """What was missed is taken (an opportunity), identified (a person) or picked up (anything else)."""
    subject = found["subj"]
    if "opportunit" in subject:
        return f"{subject} {be(subject)} taken"
    head = re.split(r" (?:about|to|for|of|in|around|with|that|which|on) ", subject)[0]
    if re.search(r"\b(?:work|support|help|visits?|appointments?|meetings?)$", head):
        return f"{subject} {_verb(subject, 'take')} place"
    people = about_people(head)
    return f"{subject} {be(subject)} {'identified' if people else 'picked up'}"


def opposite(found: Match) -> str:
    subject, adjective = found["subj"], found["adj"].lower()
    return f"{subject} {be(subject)} {_SAID_OF_A_SUBJECT.get(adjective) or OPPOSITES[adjective]}{found['rest']}"


def opposite_noun(found: Match) -> str:
    """'inconsistent and poor practice' -> 'there is consistent and good practice'; the article, if any, stays."""
    adjectives = re.sub(
        r"\b(?:{})\b".format("|".join(OPPOSITES)),
        lambda each: OPPOSITES[each.group().lower()],
        found["adjs"],
        flags=re.IGNORECASE,
    )
    if found["article"]:
        return f"there is {_article(adjectives)} {adjectives} {found['rest']}"
    return f"{there_is(found['rest'])} {adjectives} {found['rest']}"


def _article(next_word: str) -> str:
    return "an" if next_word[:1].lower() in "aeio" else "a"


def protected(found: Match) -> str:
    harm = _HARM_LET_GO.sub("", found["harm"] or "").strip() or "harm"
    if re.fullmatch(r"risks?", harm):
        harm = "harm"
    harm = re.sub(r"^risks? (?:of|from) ", "", harm)
    return f"{found['who']} are protected from {harm}"


def delayed_taking(found: Match) -> str | None:
    what, verb = found["what"], PARTICIPLE_OF[found["ger"]]
    if re.search(r"(?:,| and| or) \w+ing\b", what):
        return None
    return f"{what} {be(what)} {verb} {IN_TIME}"


def delayed_doing(found: Match) -> str | None:
    subject, rest = found["subj"], found["rest"]
    if re.search(r"\b(?:of|in|to|for|and|on|with|the|an?)$", subject) or rest.startswith("of "):
        return None
    if found["ger"] == "being":
        clean = re.sub(r" (?:in a timely (?:way|manner))$", "", rest)
        return f"{subject} {be(subject)} {clean} {IN_TIME}"
    return f"{subject} {_verb(subject, BASE_OF[found['ger']])} {rest} {IN_TIME}"


def received_in_time(found: Match) -> str:
    who = found.groupdict().get("who") or "children"
    return f"{who} {_verb(who, BASE_OF[found['ger']])} {found['rest']} {IN_TIME}"


def happens(found: Match) -> str:
    what = found["what"]
    return f"{what} {'take' if is_plural(what) else 'takes'} place {IN_TIME}"


def failed(found: Match) -> str:
    subject = found["subj"]
    base = found["fail"].lower() == "fail"
    verb = found["verb"] if base or is_plural(subject) else third(found["verb"])
    return f"{subject} {verb} {found['rest']}"


def waited(found: Match) -> str:
    who = found["who"]
    if found["to"] == "to":
        return f"{who} {found['rest']} {IN_TIME}"
    return f"{who} receive {found['rest']} {IN_TIME}"


def able(found: Match) -> str | None:
    who = found["who"].removeprefix("the ") if found["who"].startswith("the children") else found["who"]
    rest = re.sub(r",? and to (?=[a-z])", " and ", found["rest"])
    return None if who.lower() in _POINTERS else f"{who} can {rest}"


def opportunities(found: Match) -> str:
    """The opportunities are taken, by those who are said to have missed them."""
    who, to = found.groupdict().get("who"), found.groupdict().get("to") or "to"
    what = f"{'for' if to == 'in' else to} {found['rest'].split(',')[0]}"
    return f"{who} take opportunities {what}" if who else f"opportunities {what} are taken"


def enough_given(found: Match) -> str:
    return f"sufficient {found['what']} {be(found['what'])} {found['rest']}"


def there(found: Match) -> str:
    """'does not enable effective sharing' -> 'there is effective sharing'."""
    return _there(found["rest"])


def there_is_enough(found: Match) -> str:
    """'insufficient capacity' -> 'there is sufficient capacity'."""
    return f"{there_is(found['rest'])} sufficient {found['rest']}"


def there_is_one(found: Match) -> str:
    """'there is no single plan' -> 'there is a single plan'."""
    return f"there is {_article(found['adj'])} {found['adj']} {found['rest']}"


def consistency(found: Match) -> str:
    """'variation in practice' -> 'there is consistency in practice'."""
    return f"there is consistency in {found['rest']}"


def clear_whether(found: Match) -> str:
    """'it is difficult to see whether …' -> 'it is clear whether …'."""
    return f"it is clear {found['rest']}"


def possible(found: Match) -> str:
    """'it is not possible to …' -> 'it is possible to …'."""
    return f"it is possible to {found['rest']}"


def have(found: Match) -> str:
    """'children left without support' -> 'children have support'."""
    return f"{found['who']} have {found['rest']}"


def keep_the_same(found: Match) -> str:
    """'children experiencing many changes of social worker' -> 'children keep the same social worker'."""
    return f"{found['who']} keep the same {found['what']}"


def access_in_time(found: Match) -> str:
    """'delays in access to support' -> 'children have access to support in good time'."""
    return f"children have access to {found['rest']} {IN_TIME}"


def safe(found: Match) -> str:
    """'children in unsafe situations' -> 'children are safe'."""
    return f"{found['who']} are safe"


def done_after_all(found: Match) -> str:
    """'a failure to identify risk to children' -> 'risk to children is identified'."""
    return f"{found['what']} {be(found['what'])} {participle(found['verb'])}"


def move_forward(found: Match) -> str:
    """'drift and delay for children' -> 'plans for children move forward in good time'."""
    return f"plans for {found['who']} move forward {IN_TIME}"


def done_in_time(found: Match) -> str:
    """'help is offered too late' -> 'help is offered in good time'."""
    return f"{found['who']} {be(found['who'])} {found['what']} {IN_TIME}"


def comes_in_time(found: Match) -> str:
    """'help comes too late' -> 'help comes in good time'."""
    return f"{found['who']} {_verb(found['who'], 'come')} {IN_TIME}"


def head(found: Match) -> str:
    return f"{found['rest']} {be(found['rest'])} {QUALITIES[found['head'].lower()]}"


QUALITIES = {
    "effectiveness": "effective", "quality": "of good quality", "timeliness": "timely", "consistency": "consistent",
}  # fmt: skip
_POINTERS = {"their", "its", "this", "his", "her", "the", "them", "it"}
Turn = Callable[[Match], str | None]
