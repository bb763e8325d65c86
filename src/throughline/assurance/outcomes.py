"""What an assurance activity is and what it may find. Rules as tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ActivityKind(StrEnum):
    """How the work is looked at."""

    AUDIT = "audit"
    DIP_SAMPLE = "dip_sample"
    OBSERVATION = "observation"
    VOICE = "voice"
    REVIEW = "review"


KINDS: Mapping[ActivityKind, str] = {
    ActivityKind.AUDIT: "Audit of case files",
    ActivityKind.DIP_SAMPLE: "Dip sample",
    ActivityKind.OBSERVATION: "Observation of practice",
    ActivityKind.VOICE: "What children, families or practitioners say",
    ActivityKind.REVIEW: "Review or self-assessment",
}


class Result(StrEnum):
    """What a finished activity says about what it tests."""

    SUPPORTS = "supports"
    PARTLY = "partly"
    DOES_NOT_SUPPORT = "does_not_support"


@dataclass(frozen=True)
class Meaning:
    """A result in print. `tone` is good, warning or bad."""

    printed: str
    tone: str


RESULTS: Mapping[Result, Meaning] = {
    Result.SUPPORTS: Meaning("Supports", "good"),
    Result.PARTLY: Meaning("Supports in part", "warning"),
    Result.DOES_NOT_SUPPORT: Meaning("Does not support", "bad"),
}
