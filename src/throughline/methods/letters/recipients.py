"""Who a letter is addressed to: one entry for each person, however their lines are broken."""

import re
from collections.abc import Sequence
from itertools import pairwise

from throughline.methods.letters.lines import Line
from throughline.methods.letters.paragraphs import Joiner, Measure, has_room

_ORGANISATION = frozenset(
    """agency ambulance area authority board borough business care ccg ccgs central centre children children’s
    city clinical college commissioning committee community company constabulary council county crc department
    district division drugs east eastern education england families family fire foundation group groups health
    healthcare hospital hospitals housing icb integrated justice local london lscb lscp metropolitan mps
    national nhs north northern nps offending office partnership partnerships police probation public region
    rehabilitation rescue safeguarding school schools service services social society south southern support
    team trust university wellbeing west western yos yot youth""".split()  # noqa: SIM905
)
_ROLE = frozenset(
    """acc accountable acting adviser advisor assistant associate borough ceo chair chairman chairperson chief
    commander commissioner constable convener convenor corporate crime dcc dcs ddcs delegated deputy
    designated detective director divisional doctor executive general governor head headteacher independent
    inspector interim joint lead leader manager managing mayor md medical midwife named nurse officer
    operating operational partner pcc place policing president principal quality regional representative
    scrutineer senior strategic superintendent supt temporary vice""".split()  # noqa: SIM905
)
_REMAINDER = 3  # words: a longer line such as 'Police and Crime Commissioner' may be an entry without a name
_BETWEEN = frozenset({"and", "of", "for", "the", "in", "&", "to", "with"})
_JOINING = re.compile(r"(?:[,&/(–-]|\b(?:and|of|for|the|in|to|with|on|at))$", re.IGNORECASE)
_TITLES = frozenset(
    "mr mrs ms miss dr sir dame prof professor lord lady baroness cllr councillor rt hon rev revd reverend".split()  # noqa: SIM905
)
_HONOURS = frozenset("bem cb cbe dbe dl dso jp kbe kc kpm mbe obe phd qam qc qfsm qpm rgn rn".split())  # noqa: SIM905
_PARTICLES = frozenset("al ap bin da de del della den der di du el la le ter van von".split())  # noqa: SIM905
# Surnames that are also words of posts and places: 'Tim North, Director of ...'.
_ALSO_SURNAMES = frozenset(
    "constable east eastern england foster head london major mayor north place south west".split()  # noqa: SIM905
)
_AFTER_NAME = re.compile(r",|\s[–—-]\s|:|\s\(")
_WORD = re.compile(r"[^\s,]+")
_NAME = re.compile(r"(?!(?:and|of|the|for|to|in)$)[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def recipients_in(lines: Sequence[Line], usual: Measure, joiner: Joiner) -> list[str]:
    """The addressees from the lines between a letter's date and its salutation."""
    entries: list[list[Line]] = []
    spaced = _is_spaced(lines, usual)
    widest = max((line.right for line in lines), default=usual.right)
    for line in lines:
        if not entries or _begins(entries[-1][-1], line, usual, widest, spaced=spaced):
            entries.append([line])
        else:
            entries[-1].append(line)
    return [joiner.join(each).rstrip(" ,;") for each in entries]


def _is_spaced(lines: Sequence[Line], usual: Measure) -> bool:
    """Whether space parts the entries: several gaps, and not before every line of one long list."""
    return sum(_gap(a, b, usual) for a, b in pairwise(lines)) >= 2


def _gap(above: Line, line: Line, usual: Measure) -> bool:
    step = above.base - line.base
    return step > usual.pitch * 1.25 or step < 0


def _begins(above: Line, line: Line, usual: Measure, widest: float, *, spaced: bool) -> bool:
    words = line.words
    if words[0].islower() or words[0] in "(&,":
        return False
    # Addresses may be set narrower than the text. A line with a comma is more likely to be an entry of its own.
    full = not has_room(above, words, usual.right if "," in words else widest)
    if _gap(above, line, usual):
        # Two lines of one entry may stand on two pages, or in a list that is spaced line by line.
        return not (full and not is_named(words) and _JOINING.search(above.words))
    if is_named(words) and not (full and _is_rest_of_place(words)):
        return not _JOINING.search(above.words) or above.words.rstrip().endswith(",")
    if spaced or _JOINING.search(above.words) or _is_remainder(words):
        return False
    return not full


def _is_rest_of_place(words: str) -> bool:
    """Whether what looks like a name is a list of places: 'Upper Vale, Mere and Orme ICB' names no post."""
    tokens = {each.strip(".,()").casefold() for each in words.split()}
    return bool(tokens & _ORGANISATION) and not tokens & (_ROLE | _TITLES | _HONOURS)


def _is_remainder(words: str) -> bool:
    """Whether a line can only be the end of an organisation's or post's name: 'Commissioning Group'."""
    tokens = [each.strip(".,()").casefold() for each in words.split()]
    return (
        "," not in words
        and len(tokens) <= _REMAINDER
        and all(each in _ORGANISATION or each in _ROLE or each in _BETWEEN for each in tokens)
    )


def is_named(words: str) -> bool:
    """Whether a line begins with a person's name, or with a post and then a name.

    >>> is_named("Ada Example, Head of the National Probation Service"), is_named("Youth Offending Team")
    (True, False)
    """
    cut = _AFTER_NAME.search(words)
    head, rest = (words[: cut.start()], words[cut.end() :]) if cut else (words, "")
    parts = _WORD.findall(re.sub(r"^the\s+(?=r(?:igh)?t\s)", "", head, flags=re.IGNORECASE))
    # 'T/Chief Constable' and 'A/Chief Constable' are posts for a time.
    plain = [(each, re.sub(r"^[ta]/", "", each.strip(".():;").casefold())) for each in parts]
    plain = [(shown, each) for shown, each in plain if each not in _HONOURS and each not in _PARTICLES]
    tokens = [each for _, each in plain]
    if tokens and tokens[0] in _TITLES:
        return True
    if len(tokens) < 2:
        return False
    capital = [shown[0].isupper() for shown, _ in plain]
    known = [each in _ORGANISATION or each in _ROLE or not _NAME.fullmatch(each) for each in tokens]
    posts = 0
    while posts < len(tokens) and tokens[posts] in _ROLE:
        posts += 1
    # 'Acting Chief Constable Ben Sample': posts, then a name of two or three words.
    if posts and len(tokens) - posts in (2, 3) and all(capital):
        names = known[posts:]
        if not any(names) or (not any(names[:-1]) and tokens[-1] in _ALSO_SURNAMES):
            return True
    named = not any(known[:2]) and all(capital[:2])
    if named and len(tokens) > 2 and any(each in _ROLE for each in tokens[2:4]):
        return True
    if not cut:
        return False
    post = {each.strip(".,()").casefold() for each in rest.split()[:4]} & _ROLE
    surname = len(tokens) == 2 and not known[0] and all(capital) and tokens[1] in _ALSO_SURNAMES
    return (named and len(tokens) <= 6) or bool(surname and post)
