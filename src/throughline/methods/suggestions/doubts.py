"""Why a turned sentence may not be proposed: it still states the deficit, it hangs in the air, or it names a person.

Better to suggest nothing than nonsense. Each doubt is a name and a pattern; the test table has one case for each.
"""

import re

LONGEST = 30  # words; a longer one is no sentence that a board can hold in its head

_DEFICITS = (
    r"not|n[’']t|no|never|nor|neither|none|nobody|nothing|without|lack\w*|absen\w*|fail\w*|unable|cannot|insufficient\w*"
    r"|inadequate\w*|inconsisten\w*|poor\w*|limited|limit|limits|weak\w*|delay\w*|drift\w*|missed|overlook\w*|too|hardly"
    r"|rarely|seldom|little|few|fewer|only|ineffective\w*|unclear|incorrect\w*|inappropriate\w*|inaccurate\w*|unmet"
    r"|unidentified|unmanaged|unaware|unsafe|unlikely|variable|varied|variation\w*|gaps?|barriers?|confus\w*|difficult\w*"
    r"|hinder\w*|hamper\w*|imped\w*|undermin\w*|reduced|less|lost|late|later|exposed|remain\w*|despite|although|however"
    r"|unless|until|wait|waiting|waits|backlogs?|shortfalls?|deficit\w*|over-relian\w*|disparity|incomplete|ignored"
    r"|attrition|disengag\w*|negativ\w*|wrong\w*|escape|going cold|under-\w+|disjointed|duplicat\w*|instead|rather"
    r"|unaddressed|unassessed|unresolved|unmonitored|unprotected|unsupported|unseen|unheard|unknown|unrecognised"
    r"|reactive|sporadic|minority|isolat\w*|fragmented|superficial|potentially|prevents?|hard|slow\w*|neglected"
    r"|compromis\w*|worse|worsen\w*|jeopardis\w*|deteriorat\w*|omit\w*|omission\w*|excessive\w*|unacceptabl\w*|inabil\w*"
)  # fmt: skip
_POINTS_OUT = (
    r"^(?:this|that|these|those|it(?! is (?:clear|possible))|its|he|she|his|her|such|they|their"
    r"|there (?:is|are) (?:this|these|those)|which|who|what|and|but|or|as|if|because|when|where|whether|some|other"
    r"|others|to|of|in|for|by|any)\b"
)
_DANGLES = (
    r"\b(?:and|or|of|in|(?<!responded )(?<!listened )to|for|by|with|the|a|an|their|that|which|who|is|are|be|has|have"
    r"|can|from|on|at|as|very|more|being|such|as \w+"
    r"|(?<!is )(?<!are )(?<!and )(?<!, )(?:timely|appropriate|effective|consistent|robust))$"
)
_NUMBERS = (
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|half|third|quarter|hundreds?"
    r"|thousands?|per cent|percentage)\b"
)
_STORY = r"\b(?:(?:this|that|one|her|his) (?:child|parent|baby)|girl|boy|mother|father|brother|sister)\b"
_CLUMSY = (
    r"^there (?:is|are) (?:children’s|or\b|the\b|them\b|it\b|.*\bbeing\b|(?!.*\bto \w+).*ly$)"
    r"|\bto \w+\b.*\band to\b|, and to\b"
)
_ANOTHER = r"\b(?:and on the|and presents?|and this|for example|as it|as they)\b|, (?:they|this)\b"
_HEDGES = r"\b(?:may|might|could|would|in (?:some|many) cases|sometimes|often)\b(?! pose)"


def _any_case(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


DOUBTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("still states a deficit", _any_case(rf"\b(?:{_DEFICITS})\b")),
    ("begins with a word that points outside the sentence", _any_case(_POINTS_OUT)),
    ("points outside the sentence", _any_case(r"\b(?:these|those(?! who)|him|her|his|she|he)\b")),
    ("ends in the air", _any_case(_DANGLES)),
    ("holds a number", _any_case(_NUMBERS)),
    ("is one child’s story", _any_case(_STORY)),
    ("quotes or lists", _any_case(r"[:;()\[\]“”\"‘]|\b(?:e\.g|i\.e|etc)\b")),
    ("holds the end of another sentence", _any_case(_ANOTHER)),
    ("is clumsy", _any_case(_CLUMSY)),
    ("still hedges", _any_case(_HEDGES)),
)

# Places and 'missing children' use words of the deficit list without stating one.
_ALLOWED = re.compile(
    r"\bsafeguard\w* and protect\w*|\b(?:is|are) limited to\b|\bno later than\b|\bhard-to-reach\b", re.IGNORECASE
)
# Capitals that are not a person's: abbreviations, bodies, and what the field writes with a capital.
_BODIES = frozenset(
    {
        *("Partnership", "Board", "Council", "Police", "Trust", "Service", "Services", "Team", "Hub", "Constabulary"),
        *("Authority", "Group", "Committee", "Probation", "Operation", "Encompass", "Clare’s", "Law", "Working"),
        *("Together", "Children", "Child", "Safeguarding", "Local", "Ambulance", "National", "Health", "Youth"),
        *("Justice", "Offending", "Front", "Door", "First", "Contact", "Social", "Care", "Multi", "Agency"),
        *("Integrated", "Family", "Families", "School", "Schools", "Think", "Borough", "County", "Metropolitan"),
        *("Hospital", "Foundation", "Education", "Early", "Help", "Department", "Emergency"),
    }
)
_CAPITALS = re.compile(r"(?<=\s)[A-Z][a-z][\w’'-]*")
_THEY = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:\w{3,}s|children|people|police|staff|who)\b", re.IGNORECASE)


def _names(sentence: str) -> bool:
    """Whether a capital stands in the sentence that may be a person's or a place's name."""
    words = _CAPITALS.findall(sentence)
    return any(each not in _BODIES for each in words)


def begins_with_a_name(clause: str) -> bool:
    """Whether a clause from within a sentence begins with a capital that may be somebody's."""
    return any(word not in _BODIES for word in re.findall(r"^[A-Z][a-z]\w*", clause))


def doubt(sentence: str) -> str | None:
    """Why a sentence may not be proposed, or None. `sentence` has no full stop at its end."""
    looked_at = _ALLOWED.sub(" ", sentence)
    for why, pattern in DOUBTS:
        if pattern.search(looked_at):
            return why
    if _names(sentence):
        return "may name somebody"
    if (they := _THEY.search(sentence)) and not _SEVERAL.search(sentence[: they.start()]):
        return "points outside the sentence"
    words = len(sentence.split())
    if words > LONGEST:
        return "is too long"
    return "is too short" if words < 3 else None
