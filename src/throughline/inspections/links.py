"""A finding's parts, the agencies that it names and its themes: given when it enters, and put right later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from throughline.history import door
from throughline.inspections.models import Finding, FindingAgency, FindingPart, FindingTheme, Theme
from throughline.inspections.proposals import Words
from throughline.partners.models import Agency, Person


@dataclass(frozen=True)
class Given:
    """What a finding is given. The agency of each part is among `words.part_agencies` by its id; `bodies` has them."""

    finding: Finding
    words: Words
    agencies: tuple[Agency, ...] = ()
    themes: tuple[Theme, ...] = ()
    bodies: tuple[Agency, ...] = ()


def give(*, by: Person, given: Sequence[Given], now: datetime) -> None:
    """Store the parts, agencies and themes of findings that have none yet, in as many queries for many as for one.

    Inside an action that has checked who may.
    """
    door.bulk(FindingPart, by=by, verb="entered", now=now, rows=[row for each in given for row in _parts(each)])
    door.bulk(
        FindingAgency, by=by, verb="named", now=now,
        rows=[
            {"partnership_id": each.finding.partnership_id, "finding": each.finding, "agency": agency}
            for each in given
            for agency in dict.fromkeys(each.agencies)
        ],
    )  # fmt: skip
    door.bulk(
        FindingTheme, by=by, verb="given", now=now,
        rows=[
            {"partnership_id": each.finding.partnership_id, "finding": each.finding, "theme": theme}
            for each in given
            for theme in dict.fromkeys(each.themes)
        ],
    )  # fmt: skip


def _parts(given: Given) -> list[dict[str, Any]]:
    bodies = {str(each.pk): each for each in (*given.bodies, *given.agencies)}
    return [
        {
            "partnership_id": given.finding.partnership_id, "finding": given.finding, "number": number, "text": text,
            "agency": bodies.get(agency),
        }
        for number, (text, agency) in enumerate(
            zip(given.words.parts, given.words.part_agencies, strict=True), start=1
        )
    ]  # fmt: skip
