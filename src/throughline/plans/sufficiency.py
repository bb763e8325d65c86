"""What evidence is enough to call a desired impact achieved: chosen for each impact before anything is measured."""

from collections.abc import Mapping
from enum import StrEnum


class Sufficiency(StrEnum):
    """Which evidence must agree."""

    TWO_KINDS = "two_kinds"
    MEASURE_AND_AUDIT = "measure_and_audit"
    AUDIT_AND_VOICE = "audit_and_voice"
    ALL_THREE = "all_three"


SUFFICIENT: Mapping[Sufficiency, str] = {
    Sufficiency.TWO_KINDS: "Two kinds of evidence agree, whichever they are",
    Sufficiency.MEASURE_AND_AUDIT: "A measure and an audit agree",
    Sufficiency.AUDIT_AND_VOICE: "An audit and what children and families say agree",
    Sufficiency.ALL_THREE: "A measure, an audit, and what children and families say all agree",
}
