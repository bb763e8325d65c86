"""The parts of an inspection's and a finding's page that say how it was inspected, who was told, and what came back."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from throughline.access import allows
from throughline.inspections import duties, permissions, record_rules, recurrence
from throughline.inspections.duty_views import duties_url, recipient_url
from throughline.inspections.models import Finding, Inspection, Recipient
from throughline.inspections.offers import finding_url, may_add
from throughline.inspections.record_rules import Accuracy
from throughline.inspections.record_views import published_on
from throughline.inspections.return_views import choose_url, compare_url, returns_url
from throughline.inspections.theme_views import themes_url
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
        "themes_url": themes_url(found.partnership), "facts": facts, "accuracy": accuracy if begun else [],
        "accuracy_url": draft,
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


def _returns(request: Request, found: Inspection) -> Sequence[Panel]:
    """Which findings came back in this inspection, and how many came back later. Nothing where none did."""
    counts = recurrence.counts_of(found, for_person=request.user)
    if not counts.returns and not counts.returned:
        return ()
    marks = list(recurrence.returns_in(found, for_person=request.user))
    context = {
        "counts": counts, "url": returns_url(found),
        "marks": [(each, compare_url(each.finding, each.earlier)) for each in marks],
    }  # fmt: skip
    return (Panel("inspections/returns_panel.html", context, order=5),)


def _of_finding(request: Request, finding: Finding) -> Sequence[Panel]:
    """What a finding is a return of, and what it came back as."""
    before, after = recurrence.recurrences_of(finding, for_person=request.user)
    partnership = web.partnership_of(request)
    context: dict[str, Any] = {
        "before": [
            (each, compare_url(each.finding, each.earlier), _year(each.earlier.inspection)) for each in before
        ],
        "after": [(each, compare_url(each.finding, each.earlier), _year(each.finding.inspection)) for each in after],
        "choose_url": "",
    }  # fmt: skip
    may_mark = partnership and finding.withdrawn_at is None and may_add(request, partnership, permissions.RECURRENCE)
    if may_mark and recurrence.earlier_inspections(finding.inspection, for_person=request.user):
        context["choose_url"] = choose_url(finding)
    if not before and not after and not context["choose_url"]:
        return ()
    return (Panel("inspections/recurrence_panel.html", context, order=60),)


def _year(inspection: Inspection) -> str:
    return str(inspection.fieldwork_start.year) if inspection.fieldwork_start else ""


def _told_recipient(each: Recipient) -> str:
    return each.printed


def register() -> None:
    """Say what these pages offer."""
    web.offer_panel("inspection", _duties)
    web.offer_panel("inspection", _record)
    web.offer_panel("inspection", _returns)
    web.offer_panel("finding", _of_finding)
    stories.tell(
        "inspections.theme",
        stories.Teller(
            lambda each: each.name,
            lambda each: themes_url(each.partnership),
            labels={"number": "Place in the list", "words": "Words that say it"},
            related=("partnership",),
        ),
    )
    stories.tell(
        "inspections.recurrence",
        stories.Teller(
            lambda each: (
                f"{each.finding.reference} returns {each.earlier.reference} of {each.earlier.inspection.title}"
            ),
            lambda each: finding_url(each.finding),
            labels={"note": "What came back"},
            related=("finding__inspection__partnership", "earlier__inspection"),
        ),
    )
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
