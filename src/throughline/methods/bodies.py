"""Which of the bodies that take part in a partnership a text speaks of: by their names, and by what letters call them.

It only proposes: a person confirms. A body belongs to a row of the table by its own name, and is spoken of when the
text has one of the row's words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from throughline.methods.mentions import mentions, needle, searchable


class Body(Protocol):
    """A body with its name and the short one."""

    name: str
    short_name: str


SomeBody = TypeVar("SomeBody", bound=Body)


@dataclass(frozen=True)
class Sector:
    """Bodies that letters speak of by the same words. `but`: phrases that have such a word and mean something else."""

    key: str
    in_names: tuple[str, ...]
    in_texts: tuple[str, ...]
    but: tuple[str, ...] = ()


_HEALTH = (
    "nhs", "health", "hospital", "ccg", "clinical commissioning", "icb", "integrated care", "ambulance",
)  # fmt: skip
SECTORS: tuple[Sector, ...] = (
    Sector("police", ("police", "constabulary"), ("police", "constabulary"), but=("police and crime commissioner",)),
    Sector("commissioner of police", ("crime commissioner", "pcc", "opcc"), ("crime commissioner", "pcc", "opcc")),
    Sector(
        "hospitals",
        ("hospital", "nhs trust", "foundation trust"),
        ("hospital", "nhs trust", "foundation trust", "emergency department", "midwi", "maternity", "paediatric"),
    ),
    Sector(
        "health commissioners",
        ("ccg", "clinical commissioning", "icb", "integrated care"),
        ("ccg", "ccgs", "clinical commissioning", "icb", "integrated care board", "designated nurse",
         "designated doctor"),
    ),
    Sector(
        "community and mental health",
        ("mental health", "community health", "health and care", "partnership nhs", "camhs"),
        ("mental health service", "mental health trust", "mental health practitioner", "community health", "camhs",
         "health visit", "school nurs"),
    ),
    Sector(
        "health",
        _HEALTH,
        ("health service", "health professional", "health staff", "health agenc", "health partner",
         "health practitioner", "health provider", "health trust", "health organisation", "health economy",
         "health team", "health leader",
         "health colleague", "health sector", "police and health", "social care and health", "health and police"),
        but=("mental health service", "mental health trust", "mental health practitioner", "mental health team"),
    ),
    Sector("general practice", ("gp", "gps", "general practi", "primary care", "ccg", "clinical commissioning", "icb",
                                "integrated care"), ("gp", "gps", "general practi", "primary care")),
    Sector(
        "council",
        ("council", "local authority", "children's services", "social care", "children’s trust"),
        ("council", "local authorit", "social care", "social work", "children's services"),
        but=("adult social care", "adult social work", "council tax"),
    ),
    Sector("adult social care", ("adult",), ("adult social care", "adult social work", "adult services")),
    Sector("national probation", ("nps", "national probation", "probation service"), ("nps", "national probation")),
    Sector("rehabilitation company", ("crc", "community rehabilitation"), ("crc", "crcs", "community rehabilitation")),
    Sector("probation", ("probation", "nps", "crc", "community rehabilitation"), ("probation",)),
    Sector(
        "youth justice",
        ("youth offending", "youth justice", "yot", "yos", "yjs"),
        ("youth offending", "youth justice", "yot", "yots", "yos", "yjs"),
    ),
    Sector("schools", ("school", "education", "college", "academ"), ("school", "education", "teacher"),
           but=("school nurs", "health education")),
    Sector("housing", ("housing", "homes"), ("housing",)),
    Sector("fire and rescue", ("fire",), ("fire and rescue", "fire service")),
    Sector("voluntary sector", ("voluntary", "charit", "women's aid", "nspcc", "barnardo"),
           ("voluntary sector", "voluntary organisation", "third sector", "charit")),
)  # fmt: skip


def bodies_named(text: str, bodies: Iterable[SomeBody]) -> list[SomeBody]:
    """The bodies that a text speaks of, in the order given.

    A text that calls no sector and has no body's name gives none.
    """
    spoken_of = [each for each in SECTORS if _speaks_of(text, each)]
    return [
        body
        for body in bodies
        if mentions(text, (body.name, body.short_name))
        or any(mentions(body.name, sector.in_names) for sector in spoken_of)
    ]


def sectors_of(name: str) -> Sequence[str]:
    """The keys of the sectors that a body belongs to by its name."""
    return [each.key for each in SECTORS if mentions(name, each.in_names)]


def _speaks_of(text: str, sector: Sector) -> bool:
    within = searchable(text)
    for each in sector.but:
        within = within.replace(needle(each), " ")
    return mentions(within, sector.in_texts)
