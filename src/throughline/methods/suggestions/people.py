"""Whom a sentence is about: the words for children and those who care for them, and what they live with."""

import re

_CHILD = r"(?:child(?:ren)?|young (?:people|person)|bab(?:y|ies)|infants?|siblings|brothers and sisters|teenagers)"

# 'Children’s social care' and 'child protection' are names of services, not of children.
_SERVICE = re.compile(
    r"\bchild(?:ren)?[’']?s (?:social (?:care|work\w*)|services|homes?|trust|partnership|board)|\bchild protection\b"
    r"|\bchild and adolescent\b|\bchild sexual\b|\bchild criminal\b|\bchild in need\b|\bchildren and adolescent\b",
    re.IGNORECASE,
)
_PEOPLE = re.compile(rf"\b(?:{_CHILD}|unborn|famil(?:y|ies)|victims?|parents?|carers?|pupils)\b", re.IGNORECASE)

# What children live with, as inspectors say it, and the words that follow 'children'.
CIRCUMSTANCES: tuple[tuple[str, str], ...] = (
    (r"domestic (?:abuse|violence)", "living with domestic abuse"),
    (r"neglect(?!ing)", "living with neglect"),
    (r"criminal exploitation", "at risk of criminal exploitation"),
    (r"child sexual exploitation|sexual exploitation|sexually exploited", "at risk of sexual exploitation"),
    (r"exploitation|county lines", "at risk of exploitation"),
    (
        r"go(?:ing|es)? missing|missing (?:from|children|episodes)|children missing|return home interview",
        "who go missing",
    ),
    (r"sexual abuse|sexually abused|harmful sexual", "at risk of sexual abuse"),
    (r"serious youth violence", "affected by serious youth violence"),
    (
        r"camhs|child and adolescent mental health"
        r"|(?:children|young people|child)(?:[’']s)? (?:[\w’-]+ ){0,5}mental (?:health|ill)",
        "with mental health needs",
    ),
)  # fmt: skip
_UNBORN = re.compile(r"\b(?:unborn|pre-?birth|maternity|midwi\w+|antenatal)\b", re.IGNORECASE)
_SAFETY = re.compile(
    r"\b(?:safeguard\w*|protect\w*|risks?|harm\w*|safe|safety|section 47|strategy (?:meeting|discussion)s?"
    r"|threshold)\b",
    re.IGNORECASE,
)
_FAMILIES = re.compile(r"\b(?:famil(?:y|ies)|parents?)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?P<who>(?:unborn |vulnerable |older |younger )?children(?: and young people)?|young people)"
    r" (?P<which>(?:who are |who have been |who )?(?:living with|experiencing|suffering(?: from)?|affected by"
    r"|at risk of|exposed to|in care|in need(?! team| meeting| plan| census| and child)|with)"
    r"(?: (?:chronic|long-term|cumulative|domestic|child|criminal|sexual|serious|significant|mental|youth|and"
    r"|abuse|neglect|exploitation|harm|violence|health needs|ill-health))*)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"(?:abuse|neglect|exploitation|harm|violence|needs|health|in care|in need)$", re.IGNORECASE)


def about_people(text: str) -> bool:
    """Whether a text speaks of children, families or victims themselves, and not only of services named for them."""
    return bool(_PEOPLE.search(_SERVICE.sub(" ", text)))


_NEEDS = re.compile(r"\b(?:risks?|harm|safeguard\w*|neglect|abuse|exploitation|early help|needs)\b", re.IGNORECASE)


def says_something_of_people(sentence: str) -> bool:
    """Whether a sentence can be a desired impact: of children and families, or of their risks and needs.

    'Routine supervision is offered to staff' is something done, not something that is different for children.
    """
    return about_people(sentence) or bool(_NEEDS.search(sentence))


def for_whom(sentence: str, about: str = "") -> str:
    """For whom something would be different, from the sentence that says what, then from the whole finding.

    >>> for_whom("Children are safeguarded in time")
    'children at risk'
    """
    for text in (sentence, about):
        if said := _SAID.search(text):
            words = re.sub(r"(?: and| or)+$", "", " ".join(said.group().split()).replace("who are ", "").lower())
            if _WHOLE.search(words):
                return words
    if _UNBORN.search(sentence):
        return "unborn children and their families"
    for text in (sentence, about):
        for words, follow in CIRCUMSTANCES:
            if re.search(rf"\b(?:{words})", text, re.IGNORECASE):
                return f"children {follow}"
    if re.search(r"\bvictims?\b", sentence, re.IGNORECASE):
        return "victims and their children"
    if _SAFETY.search(sentence):
        return "children at risk"
    if _FAMILIES.search(sentence):
        return "children and their families"
    return "children at risk" if _SAFETY.search(about) else "children and young people"
