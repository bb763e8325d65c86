"""What in a text may point to a person: a name, a telephone number, a date of birth, an NHS number. Advice, no verdict.

For text that goes before the public. It finds what is written in a usual form and nothing else: a reader still has to
look. Telephone numbers are United Kingdom numbers (Ofcom's national numbering plan: 0 or +44, then nine or ten digits);
an NHS number has ten digits of which the last is a check (modulus 11, NHS Data Dictionary).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from throughline.methods.mentions import mentions


class Kind(StrEnum):
    """What was found."""

    NAME = "name"
    TELEPHONE = "telephone"
    BIRTH = "birth"
    NHS_NUMBER = "nhs_number"


@dataclass(frozen=True)
class Doubt:
    """Something that may point to a person, and what to do about it. `words` stand in the text."""

    kind: Kind
    words: str

    @property
    def sentence(self) -> str:
        """The advice."""
        return _ADVICE[self.kind].format(self.words)


_ADVICE = {
    Kind.NAME: "‘{}’ looks like a person’s name. Papers for the public print posts.",
    Kind.TELEPHONE: "‘{}’ looks like a telephone number. Is it meant to be published?",
    Kind.BIRTH: "‘{}’ looks like a date of birth. No child may be recognisable.",
    Kind.NHS_NUMBER: "‘{}’ looks like an NHS number. It must not be here.",
}
_DIGITS = re.compile(r"(?<![\w.])\+?\(?\d[\d ()-]{7,16}\d(?!\w)")
_DAY = (
    r"(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})|\d{1,2}(?:st|nd|rd|th)? (?:January|February|March|April|May|June|July|"
    r"August|September|October|November|December),? \d{4})"
)
_BIRTH = re.compile(rf"\b(?:date of birth|d\.?o\.?b\.?|born(?: on)?)\b[:\s]*{_DAY}", re.IGNORECASE)
# A form of address and a name after it. Ranks and posts without a name ("the Inspector") are none.
_ADDRESSED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Councillor|Cllr|PC|DC|DS|DI|DCI|Sgt|Sergeant)\.? "
    r"(?:[A-Z][\w’'-]+)(?: [A-Z][\w’'-]+)?"
)


def doubts(text: str, names: Iterable[str] = ()) -> tuple[Doubt, ...]:
    """Everything in a text that may point to a person, in order, each once. `names` are known people's whole names.

    A known name of one word is not looked for: it would be found in half of the county's villages.
    """
    found = [(match.start(), Doubt(Kind.BIRTH, match.group())) for match in _BIRTH.finditer(text)]
    found += [(match.start(), Doubt(Kind.NAME, match.group())) for match in _ADDRESSED.finditer(text)]
    for match in _DIGITS.finditer(text):
        kind = _kind_of_number(match.group())
        if kind is not None and not _BIRTH.search(text[max(0, match.start() - 20) : match.end()]):
            found.append((match.start(), Doubt(kind, match.group().strip())))
    for name in names:
        if len(name.split()) > 1 and mentions(text, [name]):
            found.append((len(text), Doubt(Kind.NAME, name)))
    return tuple(dict.fromkeys(doubt for _, doubt in sorted(found, key=lambda pair: pair[0])))


def _kind_of_number(words: str) -> Kind | None:
    digits = re.sub(r"\D", "", words)
    national = digits[2:] if words.lstrip().startswith("+44") else digits
    if words.lstrip().startswith("+44") or digits.startswith("0"):
        return Kind.TELEPHONE if len(national.lstrip("0")) in (9, 10) else None
    return Kind.NHS_NUMBER if len(digits) == 10 and is_nhs_number(digits) else None


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the check of an NHS number: 943 476 5919 does.

    Each of the first nine is weighted 10 down to 2; eleven less the remainder by eleven is the tenth (11 counts as 0,
    and 10 belongs to no number).
    """
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    remainder = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (11 - remainder) % 11 == int(digits[9])
