"""References of findings, what may be withdrawn, and whether a printed due date stands to reason. Pure."""

import re
import unicodedata
from collections.abc import Collection, Iterable
from datetime import date

from throughline.inspections.frameworks import FINDING_KINDS, FindingKind, Framework
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


def shown_text(page_text: str) -> str:
    """A page's text with a bullet wherever a private font has a sign that no other font can draw."""
    return _PRIVATE.sub("•", page_text)


def statement_due_by_count(framework: Framework, received: date, holidays: Collection[date]) -> date | None:
    """The day that the framework's clock gives, the day after receipt being day 1; None where it sets no time."""
    return framework.clock.ends_on(received, holidays) if framework.clock is not None else None


def doubts_about_due(
    framework: Framework, received: date, printed: date | None, holidays: Collection[date]
) -> list[str]:
    """What is odd about the due date printed in a letter. The printed date stands; these are for a person to weigh.

    Source: SI 2015/1792, regulation 4: 70 working days of receiving the report.
    """
    counted = statement_due_by_count(framework, received, holidays)
    if framework.clock is None or counted is None:
        return []
    if printed is None:
        return [
            f"The letter prints no due date. {framework.clock.printed} from {day(received)} end on "
            f"{day(counted)}. Ask the inspectors which day they mean."
        ]
    doubts = []
    if printed < received:
        doubts.append(f"The due date, {day(printed)}, is before the letter was received. Check both days.")
    elif printed != counted:
        doubts.append(
            f"The letter prints {day(printed)}; {framework.clock.printed} from {day(received)} end on "
            f"{day(counted)}. The printed date stands. Check the day on which the letter was received."
        )
    if printed.weekday() >= 5 or printed in holidays:
        doubts.append(f"{day(printed)} is not a working day. Plan to submit on the working day before it.")
    return doubts
