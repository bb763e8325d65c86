"""The parts of an inspection's and a finding's page that say how it was inspected, who was told, and what came back."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from throughline.access import allows
from throughline.inspections import duties, record_rules
from throughline.inspections.duty_views import duties_url, recipient_url
from throughline.inspections.models import Inspection, Recipient
from throughline.inspections.record_rules import Accuracy
from throughline.inspections.record_views import published_on
from throughline.methods.printed import listing
from throughline.partners import stories, web
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.ui.parts import Row

_UNKNOWN = "Not recorded"


def _record(request: Request, found: Inspection) -> Sequence[Panel]:
    """How the inspection was done, and what became of the draft letter."""
    may_change = allows(request.user, "change", found)
    where = [found.partnership.slug, found.reference]
    change = reverse("inspections:record", args=where) if may_change else ""
    stage = Accuracy(found.draft_received, found.corrections_due, found.corrections_sent, found.corrections)
    facts = [
        Row("Area", found.area or _UNKNOWN, change),
        Row("Inspectorates", listing(found.inspectorates) or _UNKNOWN, change),
        Row("Inspectors", _UNKNOWN if found.team_size is None else found.team_size, change),
        Row("Deep-dive cases", _UNKNOWN if found.deep_dive_cases is None else found.deep_dive_cases, change),
        Row("What they did", found.what_inspectors_did or _UNKNOWN, change),
    ]
    draft = reverse("inspections:accuracy", args=where) if may_change else ""
    accuracy = [
        Row("Draft received", stage.draft_received, draft),
        Row("Corrections due", stage.corrections_due, draft),
        Row("Corrections sent", stage.corrections_sent, draft),
        Row("What was corrected", stage.corrections, draft),
    ]
    begun = stage != Accuracy()
    context: dict[str, Any] = {
        "facts": facts, "accuracy": accuracy if begun else [], "accuracy_url": draft,
        "doubts": record_rules.doubts_about_accuracy(stage, published_on(found, request)) if begun else [],
    }  # fmt: skip
    return (Panel("inspections/record_panel.html", context, order=20),)


def _duties(request: Request, found: Inspection) -> Sequence[Panel]:
    """How many of those whom the letter names have published it, contributed and signed."""
    counts = duties.counts_of(found, for_person=request.user)
    url = duties_url(found)
    context = {
        "counts": counts, "url": url, "may_change": allows(request.user, "change", found),
        "numbers": [
            (counts.published, "have published the letter", f"{url}?published=not-yet"),
            (counts.contributed, "have contributed to the statement", f"{url}?contributed=not-yet"),
            (counts.signed, "have signed the statement", f"{url}?signed=not-yet"),
        ],
    }  # fmt: skip
    return (Panel("inspections/duties_panel.html", context, order=10),)


def _told_recipient(each: Recipient) -> str:
    return each.printed


def register() -> None:
    """Say what these pages offer."""
    web.offer_panel("inspection", _duties)
    web.offer_panel("inspection", _record)
    stories.tell(
        "inspections.recipient",
        stories.Teller(
            _told_recipient,
            lambda each: recipient_url(each) if each.withdrawn_at is None else duties_url(each.letter.inspection),
            labels={
                "printed": "As printed", "agency_id": "Agency", "published_on": "Published the letter on",
                "published_where": "Where it is published", "contributed_on": "Contributed on",
                "contribution": "What they contributed", "signed_on": "Signed on", "signed_by": "Who signed",
            },
            related=("letter__inspection__partnership",),
        ),
    )  # fmt: skip
