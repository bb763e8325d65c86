"""What a board is told beside the plan: the inspection, its letter, the answer to it, and who answers for the plan.

Plain values, so that drafts and papers stay pure. An empty text or None: the register does not say.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class InspectionFacts:
    """One inspection as the register held it. `did` is what inspectors did, `response` what the regime asks for.

    `recipients` are the lines that the letter names before its salutation; `submitted` is when the answer was sent.
    """

    title: str
    framework: str
    regime: str
    short: str
    source: str
    response: str
    theme: str = ""
    area: str = ""
    started: date | None = None
    ended: date | None = None
    inspectorates: tuple[str, ...] = ()
    team_size: int | None = None
    deep_dive_cases: int | None = None
    did: str = ""
    published: date | None = None
    received: date | None = None
    response_due: date | None = None
    principal_authority: str = ""
    recipients: tuple[str, ...] = ()
    submitted: date | None = None


@dataclass(frozen=True)
class BoardFacts:
    """The inspection that a plan answers first, the titles of any others, and posts: never names."""

    inspection: InspectionFacts | None = None
    others: tuple[str, ...] = ()
    lead_officer: str = ""
    contact: str = ""
    groups: tuple[str, ...] = ()
