"""References of findings, what may be withdrawn, and whether a printed due date stands to reason. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from throughline.inspections.frameworks import FINDING_KINDS, FindingKind, Framework
from throughline.methods.deadlines import Deadline, Facts, reckon
from throughline.methods.printed import day

# Letters print their bullets as signs of a private font; which sign it was says nothing.
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_UNSAID = re.compile("[\\s\ue000-\uf8ff\u2022\u25aa\u25a0\u25fc]+")
RESERVED = frozenset({"new"})  # a reference of this name would hide the page that makes one


def reference_from(title: str, taken: Collection[str]) -> str:
    """A short name for addresses: 'domestic-abuse-2018', and '…-2' where that is taken already.

    >>> reference_from("Domestic abuse, 2018", {"domestic-abuse-2018"})
    'domestic-abuse-2018-2'
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:50].strip("-") or "inspection"
    found, number = stem, 1
    while found in taken or found in RESERVED:
        number += 1
        found = f"{stem}-{number}"
    return found


def next_reference(kind: FindingKind, taken: Iterable[str]) -> str:
    """The next free reference of a kind: AFI-17 after AFI-16. What was given once is never given again."""
    numbers = [int(each.rpartition("-")[2]) for each in taken if each.startswith(f"{kind.prefix}-")]
    return f"{kind.prefix}-{max(numbers, default=0) + 1}"


def place_of(reference: str, kind: FindingKind) -> int:
    """Where a finding stands in lists: kinds in their printed order, then by number."""
    return list(FINDING_KINDS).index(kind.key) * 10_000 + int(reference.rpartition("-")[2])


def stands_on_page(words: str, page_text: str) -> bool:
    """Whether words stand on a page as printed, however lines are broken and whatever sign a bullet is."""
    return _UNSAID.sub("", words) in _UNSAID.sub("", page_text)


def stands_on_pages(words: str, page_text: str, next_text: str) -> bool:
    """Whether words stand on a page, or begin on it and end on the next; what is printed between the two is passed."""
    if stands_on_page(words, page_text):
        return True
    bare, here, there = (_UNSAID.sub("", each) for each in (words, page_text, next_text))
    low, high = 0, len(bare)  # the longest beginning that stands on the page
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if bare[:middle] in here else (low, middle - 1)
    return low > 0 and bare[low:] in there


def shown_text(page_text: str) -> str:
    """A page's text with a bullet wherever a private font has a sign that no other font can draw."""
    return _PRIVATE.sub("•", page_text)


def statement_due_by_count(framework: Framework, received: date, holidays: Collection[date]) -> date | None:
    """The day that the framework's clock gives, the day after receipt being day 1; None where it sets no time."""
    return framework.clock.ends_on(received, holidays) if framework.clock is not None else None


def doubts_about_due(
    framework: Framework, received: date, printed: date | None, holidays: Collection[date],
    *, published: date | None = None, words: str = "",
) -> list[str]:  # fmt: skip
    """What is odd about the due date printed in a letter. The printed date stands; these are for a person to weigh.

    `words` are the printed date's own: 'Friday 18 April 2023'. Source: SI 2015/1792, regulation 4: 70 working days of
    receiving the report.
    """
    facts = Facts(framework.clock, received, published, printed, words)
    found = reckon(facts, holidays)
    return [*unprinted(framework, facts, found), *found.warnings]


def unprinted(framework: Framework, facts: Facts, found: Deadline) -> list[str]:
    """What to say of a letter that prints no due date although its regime sets a time."""
    if framework.clock is None or facts.printed is not None or found.due is None or facts.start is None:
        return []
    return [
        f"The letter prints no due date. {framework.clock.printed} from {day(facts.start)} end on {day(found.due)}. "
        "Ask the inspectors which day they mean."
    ]
