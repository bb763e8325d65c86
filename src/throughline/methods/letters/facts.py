"""What a letter says about itself: area, theme, inspectorates, who must answer and by when."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from throughline.methods.letters.dates import Printed, dates_in

_TITLE = re.compile(r"joint targeted area inspections?\b", re.IGNORECASE)
_RESPONSE = re.compile(
    r"multi[-‐‑–]?\s?agency (?:response|approach)(?:es|s)? to\s+(?:the\s+)?(.{3,300}?)(?:\.(?=\s|$)|$)", re.IGNORECASE
)
# 'abuse and neglect in the London Borough of Mere': the last 'in' before a name.
_IN_AREA = re.compile(
    r"\b(?:in|across|within)\s+(?:the\s+)?(?:(?:local authority|city|county|borough|area)\s+(?:area\s+)?of\s+)?"
    r"(?:the\s+)?(?=[A-Z])"
)
_AREA_OF = re.compile(
    r"(?i:joint targeted area inspections?(?:\s+\(JTAI\))?(?:\s+(?:of|in|for)\s+(?:the\s+)?|\s*[:–—-]\s*))"
    r"(?=[A-Z])(?!Multi-?\s?agency)([^:–—(]{2,120})"
)
_SUBJECT_OF = re.compile(r"(?i:joint targeted area inspections?(?:\s+\(JTAI\))?\s+of\s+(?:the\s+)?)(?=[a-z])(.{3,300})")
_FORM = re.compile(
    r"^(?:the\s+)?(?:(?:london|royal|metropolitan|royal metropolitan)\s+borough\s+of\s+(?:the\s+)?)?|"
    r"\s+(?:(?:city|county|borough|metropolitan|district|unitary|metropolitan borough|metropolitan district|"
    r"metropolitan city)\s+)?(?:council|local authority)$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^Dear\s+(?:the\s+)?(.+?),?\s+(?:(?:Multi-Agency|Local)\s+)?(?:Safeguarding|Local\s+Safeguarding|partnership)\b",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w’'-]+(?:,?\s(?:(?:and|&|upon|on|of|in|the|with|under|le|by)\s){0,2}[A-Z][\w’'-]+){0,7}"
_AUTHORITY_NAMES = re.compile(
    r"\b([A-Z][\w’'-]+(?:(?: (?:and|upon|on|of|the))? [A-Z][\w’'-]+){0,4})\s+"
    r"(?:local authority|(?:City |County |Borough |Metropolitan )*[Cc]ouncil|(?:Local )?Safeguarding Children|LSCB)"
)
_INSPECTORATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("Ofsted", re.compile(r"\bOfsted\b|\bHMCI\b|Chief Inspector of Education", re.IGNORECASE)),
    ("CQC", re.compile(r"Care Quality Commission|\bCQC\b", re.IGNORECASE)),
    ("HMICFRS", re.compile(r"HMICFRS|Constabulary,?\s*(?:and|&)?\s*Fire", re.IGNORECASE)),
    ("HMIC", re.compile(r"\bHMIC\b|Constabulary", re.IGNORECASE)),
    ("HMI Probation", re.compile(
        r"HMI\s*Prob|\bHMIP\b|Probation\s+Inspectorate|"
        r"(?:Inspectorate|Inspector)s?\s+of\s+Probation|Probation\s+\(HMI", re.IGNORECASE)),
)  # fmt: skip
_DETERMINED = (
    re.compile(r"(?:determined|decided|agreed|concluded)\s+(?:that,?\s+)?(?!that\b)(.{2,160}?),?\s+"
               r"(?:is|are|as|(?:will|should|shall) be)\s+(?:the\s+)?principal\s+authorit(?:y|ies)",
               re.IGNORECASE | re.DOTALL),
    re.compile(r"principal\s+authority\s+(?:is|will be|for this inspection is|should be)\s+(.{2,160}?)"
               r"(?:\s+(?:and|who|which)(?:\s+(?:it|they|he|she))?\s+(?:should|must|will|is|are)\b|[,.;])",
               re.IGNORECASE | re.DOTALL),
    re.compile(r"(?:^|[.!?]\s+|\n)(.{2,160}?),?\s+(?:is|are|as|will (?:be|act as)|"
               r"has been (?:determined|identified|named|designated)(?: as)?)\s+the\s+principal\s+authority",
               re.IGNORECASE | re.DOTALL),
)  # fmt: skip
_PREPARED_BY = re.compile(
    r"statement\b[^.]{0,80}?\b(?:should|must|is to|will) be (?:prepared|co-?ordinated|produced|led|made|written) by "
    r"(.{2,120}?)(?:\s+(?:and|in response|responding|within|by)\b|[.,;]|$)",
    re.IGNORECASE,
)
_MUST = r"(?:should|must|shall|will|(?:is|are)\s+(?:(?:required|asked|requested|expected)\s+)?to|needs?\s+to)"
# What a sentence holds: 'St. Orme' does not end it.
_IN_SENTENCE = r"(?:[^.!?\n]|(?<=\bSt)\.|(?<=\b[DM]r)\.)"
_SENTENCE_START = r"(?:^|(?<=[.!?])(?<!\bSt\.)(?<!\b[DM]r\.)\s+|\n)"
_PREPARES = re.compile(
    rf"{_SENTENCE_START}({_IN_SENTENCE}{{2,160}}?),?\s+{_MUST}\s+(?:now\s+)?(?:jointly\s+)?"
    r"(?:prepare|co-?ordinate|produce|make|lead|develop|provide|write)\b[^.!?]{0,80}?\b(?:written\s+)?statement\b",
    re.IGNORECASE,
)
_SENDS = re.compile(
    rf"{_SENTENCE_START}({_IN_SENTENCE}{{2,160}}?),?\s+{_MUST}\s+(?:then\s+)?(?:send|submit|return|provide)\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|not? later than|on or before|until|deadline (?:of|is))\s+"
    r"(?:(?:the )?(?:close|end) of (?:play|business|day|the day)|noon|midday|midnight|\d{1,2} ?[ap]m)?,?\s*(?:on )?$",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"written\s+statement|statement\s+of\s+(?:proposed\s+)?action|ofsted\.gov\.uk|action\s+plan", re.IGNORECASE
)
_DUE = re.compile(r"\bstatement\b|\bdeadline\b|\bdue\b|\bsubmi(?:t|ssion)|ofsted\.gov\.uk|action\s+plan", re.IGNORECASE)
_NOBODY_NAMED = frozenset({"you", "they", "it", "we", "this", "who"})  # 'You should prepare ...' names nobody


@dataclass(frozen=True)
class Answer:
    """Who must prepare the statement, who sends it, and by when as printed."""

    authority: str
    sender: str
    due: Printed | None


def area_and_theme(title: str, intro: str, salutation: str, body: str) -> tuple[str, str, bool]:
    """(area as printed, theme, whether the area had to be gathered from the text). Each may be empty."""
    title, intro = (_flat(each).replace("St. ", "St ") for each in (title, intro))
    theme = area = ""
    found = _RESPONSE.search(title)
    if found:
        theme, area = _parted(found[1])
    if not area:
        named = _AREA_OF.search(title)
        area = named[1].strip(" .,") if named else ""
        found = None if named or theme else _SUBJECT_OF.search(title)
        if found:  # 'inspection of services for vulnerable children in Ashvale'
            theme, area = _parted(found[1])
    if not theme:
        found = _RESPONSE.search(intro)
        theme = _parted(found[1])[0] if found else ""
    if area:
        return area, theme, False
    dear = _SALUTATION.match(_flat(salutation))
    if dear and dear[1].casefold() not in ("local", "partners", "colleagues"):
        return dear[1].strip(" ,"), theme, False
    found = _RESPONSE.search(intro)
    if found and _parted(found[1])[1]:
        return _parted(found[1])[1], theme, True
    return _most_named(_flat(body)), theme, True


def bare_area(printed: str) -> str:
    """An area without what kind of authority it has.

    >>> bare_area("Royal Borough of Windsor and Maidenhead"), bare_area("Bristol City Council")
    ('Windsor and Maidenhead', 'Bristol')
    """
    return _FORM.sub("", _FORM.sub("", printed.strip(" .,"))).strip(" .,") or printed


def _parted(words: str) -> tuple[str, str]:
    """'domestic abuse in Durham' as ('domestic abuse', 'Durham'); 'children in Surrey who need help' likewise."""
    places = list(_IN_AREA.finditer(words))
    if not places:
        return words.strip(" .,"), ""
    last = places[-1]
    named = re.match(_NAME, words[last.end() :])
    area = named[0] if named else words[last.end() :]
    rest = words[last.end() + len(area) :]
    theme = words[: last.start()].strip(" .,")
    after = rest.strip(" .,")
    if re.match(r"(?:who|that|with|aged|at)\b", after):
        theme = f"{theme} {after}"
    elif council := re.match(r"(?:(?:borough|city|county)\s+)?council\b", after, re.IGNORECASE):
        area = f"{area} {' '.join(council[0].split())}"
    return theme, area.strip(" .,")


def _most_named(body: str) -> str:
    counts = Counter(
        re.sub(r"^(?:The|In|Across|Within|At|For)\s+", "", each) for each in _AUTHORITY_NAMES.findall(body)
    )
    counts.pop("The", None)
    return counts.most_common(1)[0][0] if counts else ""


def inspectorates_in(intro: str) -> tuple[str, ...]:
    """Who inspected, from the paragraph that says so. HMIC only where Fire & Rescue is not printed with it."""
    # Later paragraphs may speak of other inspections.
    told = re.search(r"^.*(?:Care Quality Commission|\bCQC\b).*$", intro, re.MULTILINE)
    text = told[0] if told else intro
    found = [name for name, pattern in _INSPECTORATES if pattern.search(text)]
    if "HMICFRS" in found and "HMIC" in found:
        found.remove("HMIC")
    if "HMIC" in found or "CQC" in found or "HMICFRS" in found:
        # Every such inspection is reported by His Majesty's Chief Inspector.
        return tuple(dict.fromkeys(["Ofsted", *found]))
    return tuple(found)


def answer_in(text: str, *, published: date | None) -> Answer:
    """Principal authority, sender and due date from the paragraphs under 'Next steps'."""
    flat = re.sub(r"[ \t]+", " ", text)
    authority = ""
    for pattern in (*_DETERMINED, _PREPARES, _PREPARED_BY):
        found = pattern.search(flat)
        authority = _subject(found[1]) if found else ""
        if authority:
            break
    sends = [_subject(each[1]) for each in _SENDS.finditer(flat)]
    return Answer(authority, sends[0] if sends else "", _due_in(flat, published))


def _due_in(text: str, published: date | None) -> Printed | None:
    """The date behind 'by' in a sentence about the statement; else the last behind 'by'; else the only later one."""
    flat = _flat(text)
    every = dates_in(flat, not_before=published)
    dated = [each for each in every if _BY.search(flat[max(each.start - 60, 0) : each.start])]
    for each in dated:
        if _ASKED.search(flat[max(each.start - 300, 0) : each.start]):
            return each
    later = [each for each in every if published is None or each.day > published]
    told = [each for each in later if _DUE.search(flat[max(each.start - 300, 0) : each.start])]
    return dated[-1] if dated else told[0] if len(later) == len(told) == 1 else None


def _subject(words: str) -> str:
    words = re.sub(r"^(?:\d{1,3}[.)]\s+)?", "", _flat(words))
    # 'As a result, the director ...': what comes before the comma is not who must answer.
    words = re.sub(
        r"^(?:therefore|accordingly|to|in|as|following|given|having|under|on)\b[^,]*,\s*",
        "",
        words,
        flags=re.IGNORECASE,
    )
    # 'the director, on behalf of the partnership': the director must.
    words = re.sub(
        r",?\s+on behalf of\b.*$|,\s+(?:together |jointly |working )?(?:with|alongside)\b.*$",
        "",
        words,
        flags=re.IGNORECASE,
    )
    words = re.sub(r"^the\s+", "", words, flags=re.IGNORECASE).strip(" ,.")
    return "" if words.casefold() in _NOBODY_NAMED else words


def _flat(text: str) -> str:
    return " ".join(text.split())


def title_at(texts: Sequence[str]) -> int | None:
    """Which of a letter's first paragraphs is its title: the first that begins with the words of the genre."""
    return next((index for index, text in enumerate(texts) if _TITLE.match(text)), None)
