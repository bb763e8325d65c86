"""Which of this room's dates people are reminded of, and which nobody waits for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.urls import reverse

from throughline.inspections import responses
from throughline.inspections.models import Inspection, Letter
from throughline.inspections.permissions import KEEPERS
from throughline.notify import dated
from throughline.partners.models import Membership

NOT_DATED = {
    "inspections.inspection.fieldwork_start": "when it happened",
    "inspections.inspection.fieldwork_end": "when it happened",
    "inspections.inspection.draft_received": "when it happened",
    "inspections.inspection.corrections_sent": "when it happened",
    "inspections.recipient.published_on": "when it happened",
    "inspections.recipient.contributed_on": "when it happened",
    "inspections.recipient.signed_on": "when it happened",
    "inspections.letter.received": "when it happened",
    "inspections.letter.published": "when it happened",
}


def keepers_of(partnerships: Iterable[UUID], on: date) -> dict[UUID, tuple[UUID, ...]]:
    """By partnership: the people who keep its inspections and plan on a day. One query."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    held = Membership.objects.in_force(on).filter(partnership__in=set(partnerships), role__in=KEEPERS)
    for partnership, person in held.order_by("person").values_list("partnership", "person").distinct():
        found[partnership].append(person)
    return {partnership: tuple(people) for partnership, people in found.items()}


def statements_due(on: date) -> list[dated.DueItem]:
    """Written statements that are still to be submitted by a printed day, for those who keep the inspection.

    Reads across partnerships: the worker asks for everybody, and each item names its own recipients.
    """
    letters = (
        Letter.objects.filter(statement_due__gte=on, withdrawn_at__isnull=True, inspection__withdrawn_at__isnull=True)
        .select_related("inspection__partnership")
        .prefetch_related("inspection__partnership__framework_terms")
    )
    submitted = responses.submitted_on([each.pk for each in letters])
    keepers = keepers_of((each.partnership_id for each in letters), on)
    return [
        dated.DueItem(
            key=str(each.pk),
            partnership_id=each.partnership_id,
            recipients=keepers[each.partnership_id],
            due=each.statement_due,
            sentence=f"The {each.inspection.regime.response.lower()} is due",
            url=reverse("inspections:inspection", args=[each.inspection.partnership.slug, each.inspection.reference]),
        )
        for each in letters
        if each.statement_due is not None and each.partnership_id in keepers and each.pk not in submitted
    ]


def corrections_due(on: date) -> list[dated.DueItem]:
    """Corrections of a draft letter that are still to be sent, for those who keep the inspection."""
    waiting = Inspection.objects.filter(
        corrections_due__gte=on, corrections_sent__isnull=True, withdrawn_at__isnull=True
    ).select_related("partnership")
    keepers = keepers_of((each.partnership_id for each in waiting), on)
    return [
        dated.DueItem(
            key=str(each.pk),
            partnership_id=each.partnership_id,
            recipients=keepers[each.partnership_id],
            due=each.corrections_due,
            sentence=f"Corrections of the draft letter are due: {each.title}",
            url=reverse("inspections:inspection", args=[each.partnership.slug, each.reference]),
        )
        for each in waiting
        if each.corrections_due is not None and each.partnership_id in keepers
    ]


def register() -> None:
    """Have people reminded."""
    dated.register(
        dated.DatedKind(
            "corrections due",
            "Corrections of a draft letter due",
            due_on=corrections_due,
            days_before=(5, 2, 0),
            weekly_after=False,
            columns=("inspections.inspection.corrections_due",),
        )
    )
    dated.register(
        dated.DatedKind(
            "written statement due",
            "Written statement due",
            due_on=statements_due,
            days_before=(28, 14, 3, 0),
            weekly_after=False,
            columns=("inspections.letter.statement_due",),
        )
    )
