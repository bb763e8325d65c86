"""Whether a file is a joint targeted area inspection letter at all, and what it looks like when it is not."""

import re
from collections.abc import Sequence

_GENRE = re.compile(r"joint targeted area inspection", re.IGNORECASE)
_DEAR = re.compile(r"D\s?ear\s", re.IGNORECASE)
_EARLY = 4  # pages: a letter says what it is before their end
_LOOKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a paper for a council or board", re.compile(
        r"purpose of (the |this )?report|report of .{0,60}(director|head of|chief)|recommendations?\s*\n|"
        r"report to .{0,40}(board|cabinet|committee)|agenda item|wards? affected|electoral divisions?", re.IGNORECASE)),
    ("an inspection of local authority children’s services (ILACS)", re.compile(
        r"\bILACS\b|inspection of (?:.{0,40}\s)?(?:local authority )?children[’']s (?:social care )?services|"
        r"experiences and progress of children|focused visit|monitoring visit", re.IGNORECASE)),
    ("an area SEND inspection", re.compile(r"special educational needs|area SEND|\bSEND\b", re.IGNORECASE)),
    ("an HMI Probation report", re.compile(
        r"(?:inspection|inspectorate) of (?:youth|probation)|"
        r"youth (?:justice|offending) (?:services?|teams?)?\s*(?:inspection|in )",
        re.IGNORECASE)),
    ("an HMICFRS report on a police force", re.compile(
        r"national child protection inspection|\bPEEL\b|police effectiveness, efficiency", re.IGNORECASE)),
    ("a domestic homicide review", re.compile(r"domestic (?:homicide|abuse related death) review", re.IGNORECASE)),
    ("a child safeguarding practice review", re.compile(
        r"(?:child safeguarding|learning) practice review|serious case review", re.IGNORECASE)),
    ("an answer to a letter, such as a written statement or a plan", re.compile(
        r"written statement of (?:proposed )?actions?|(?:improvement|action) plan", re.IGNORECASE)),
)  # fmt: skip


def is_letter(pages: Sequence[str]) -> bool:
    """Whether the first pages have a salutation and name the genre. A page is its lines, one below the other."""
    first = "\n".join(pages[:_EARLY])
    greeted = any(_DEAR.match(line) for page in pages[:2] for line in page.split("\n"))
    return greeted and bool(_GENRE.search(" ".join(first.split())))


def early_pages() -> int:
    """How many pages must be read before `is_letter` can tell."""
    return _EARLY


def not_a_letter(pages: Sequence[str], name: str) -> str:
    """The sentence for a file that is none, with what it looks like."""
    first = "\n".join(pages[:_EARLY])
    looks = next((what for what, pattern in _LOOKS if pattern.search(first)), "another kind of document")
    return (
        f"{name} is not a joint targeted area inspection letter: it looks like {looks}. "
        "Add it under its own kind and mark its findings by hand."
    )
