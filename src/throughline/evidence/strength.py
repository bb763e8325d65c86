"""How much a piece of evidence can show, the weakest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """What kind of thing the evidence is."""

    ASSERTION = "assertion"
    OUTPUT = "output"
    OUTCOME = "outcome"
    VOICE = "voice"


@dataclass(frozen=True)
class Meaning:
    """A strength in print and in a sentence."""

    printed: str
    means: str


STRENGTHS: Mapping[Strength, Meaning] = {
    Strength.ASSERTION: Meaning("Assertion", "Somebody says so."),
    Strength.OUTPUT: Meaning("Output", "Something exists that did not exist before: a policy, a course, a rota."),
    Strength.OUTCOME: Meaning("Outcome", "Practice or children’s lives are shown to be different."),
    Strength.VOICE: Meaning("Voice", "Children, families or practitioners say so themselves."),
}
