"""A finding's parts, the agencies that it names and its themes: given when it enters, and put right later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from throughline.history import door
from throughline.inspections.models import Finding, FindingAgency, FindingPart, FindingTheme, Theme
from throughline.inspections.proposals import BULLET, Words
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


def words_of(finding: Finding, parts: Sequence[FindingPart]) -> Words:
    """A finding's words in its parts: the lead is what stands before them. Pure."""
    lead = finding.text
    behind = "".join(f"\n{BULLET}{each.text}" for each in parts)
    if behind and lead.endswith(behind):
        lead = lead.removesuffix(behind)
    return Words(lead, tuple(each.text for each in parts), tuple(str(each.agency_id or "") for each in parts))


def put_right(*, by: Person, given: Given, now: datetime) -> None:
    """Make a finding's parts, agencies and themes those that are given; what stays the same is left alone.

    Inside an action that has checked who may.
    """
    finding = given.finding
    _put_parts_right(by, given, now)
    links: tuple[tuple[Any, str, Sequence[Any]], ...] = (
        (FindingAgency, "agency", given.agencies), (FindingTheme, "theme", given.themes),
    )  # fmt: skip
    for model, name, wanted in links:
        standing = model.objects.filter(finding=finding, withdrawn_at__isnull=True)
        have = {getattr(each, f"{name}_id"): each for each in standing}
        want = {each.pk: each for each in wanted}
        for pk, link in have.items():
            if pk not in want:
                door.unlink(by=by, thing=link, expected_version=link.version, now=now)
        for pk, each in want.items():
            if pk not in have:
                ends: dict[str, Any] = {"partnership_id": finding.partnership_id, "finding": finding, name: each}
                door.link(model, by=by, now=now, **ends)


def _put_parts_right(by: Person, given: Given, now: datetime) -> None:
    rows = _parts(given)
    have = list(FindingPart.objects.filter(finding=given.finding, withdrawn_at__isnull=True).order_by("number"))
    for gone in have[len(rows) :]:
        door.withdraw(by=by, thing=gone, expected_version=gone.version, now=now, reason="The finding has fewer parts.")
    for part, row in zip(have, rows, strict=False):
        agency = row["agency"]
        if (part.text, part.agency_id) != (row["text"], agency.pk if agency else None):
            door.change(
                by=by, thing=part, expected_version=part.version, verb="changed", now=now, text=row["text"],
                agency=agency,
            )  # fmt: skip
    door.bulk(FindingPart, by=by, verb="added", now=now, rows=rows[len(have) :])
