"""The bank of suggestions: for each theme an improvement area, measures, an audit tool and a question to people.

What a partnership begins with is `bank.json`, of our own writing; definitions name the statute, guidance or body that
they come from. A partnership changes its own copy: nothing here reads a database.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Kind(StrEnum):
    """What an entry of the bank suggests."""

    AREA = "area"
    MEASURE = "measure"
    AUDIT = "audit"
    VOICE = "voice"


@dataclass(frozen=True)
class Entries:
    """What the bank holds for one theme, each in its order."""

    areas: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    audits: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()


Bank = Mapping[str, Entries]


class Row(NamedTuple):
    """One entry of the bank by itself, as a table holds it."""

    theme: str
    kind: Kind
    text: str
    number: int


# How strongly a theme decides where a finding belongs. What inspectors found wanting decides before what the inspection
# was about: nearly every finding of an inspection of domestic abuse mentions domestic abuse.
WEIGHTS: dict[str, int] = {
    "Strategy meetings": 5, "Operation Encompass": 5, "Voice of the child": 4, "MARAC": 4, "Out of hours": 4,
    "Unborn children and pre-birth": 4, "Early help": 4, "Over-optimism": 4, "Professional curiosity": 4,
    "Supervision and management oversight": 4, "Escalation and challenge": 4, "Audit and quality assurance": 4,
    "Performance data": 4, "Training": 3, "Workforce and capacity": 3, "Partnership scrutiny and governance": 3,
    "Front door and thresholds": 3, "Referrals and feedback to referrers": 3, "Information sharing": 3,
    "Assessment and risk": 3, "Plans": 3, "Think family": 3, "Emergency departments": 3, "Youth justice": 3,
    "Probation": 2, "Exploitation and missing": 2, "Mental health": 2, "Sexual abuse": 2, "Schools": 2,
    "Systems and recording": 2, "Timeliness and drift": 2, "Neglect": 1, "Domestic abuse": 1,
}  # fmt: skip
USUAL_WEIGHT = 3


@cache
def default_bank() -> Bank:
    """The bank that a partnership begins with, by theme."""
    held = json.loads(files(__package__).joinpath("bank.json").read_text(encoding="utf-8"))
    return {
        theme: Entries((said["area"],), tuple(said["measures"]), (said["audit"],), (said["voice"],))
        for theme, said in held["themes"].items()
    }


def rows(bank: Bank) -> list[Row]:
    """The bank as rows: every theme's area, measures, audit tools and questions, numbered within theme and kind."""
    return [
        Row(theme, kind, text, number)
        for theme, entries in bank.items()
        for kind, texts in (
            (Kind.AREA, entries.areas),
            (Kind.MEASURE, entries.measures),
            (Kind.AUDIT, entries.audits),
            (Kind.VOICE, entries.voices),
        )
        for number, text in enumerate(texts, start=1)
    ]


def bank_of(held: Iterable[tuple[str, str, str]]) -> Bank:
    """The bank that rows of (theme, kind, text) make, in their order."""
    by_theme: dict[str, dict[Kind, list[str]]] = {}
    for theme, kind, text in held:
        by_theme.setdefault(theme, {each: [] for each in Kind})[Kind(kind)].append(text)
    return {
        theme: Entries(
            tuple(texts[Kind.AREA]), tuple(texts[Kind.MEASURE]), tuple(texts[Kind.AUDIT]), tuple(texts[Kind.VOICE])
        )
        for theme, texts in by_theme.items()
    }
