"""Which of this room's dates people are reminded of, and which nobody waits for."""

from datetime import date

from throughline.assurance.addresses import activity_url
from throughline.assurance.models import AssuranceActivity
from throughline.notify import dated
from throughline.plans.due import leads_of

NOT_DATED = {"assurance.assuranceactivity.done_on": "when it happened"}


def activities_due(on: date) -> list[dated.DueItem]:
    """Assurance activities that are not done, for those who answer for the body that carries them out. Two queries."""
    activities = list(
        AssuranceActivity.objects.filter(done_on__isnull=True, withdrawn_at__isnull=True).select_related(
            "plan__partnership"
        )
    )
    leads = leads_of((each.partnership_id for each in activities), on)
    return [
        dated.DueItem(
            key=str(each.pk),
            partnership_id=each.partnership_id,
            recipients=tuple(recipients),
            due=each.due,
            sentence=f"{each.reference}, which you carry out, is due",
            url=activity_url(each),
        )
        for each in activities
        if (recipients := leads.get((each.partnership_id, each.agency_id or each.group_id)))  # type: ignore[arg-type]
    ]


def register() -> None:
    """Have people reminded."""
    dated.register(
        dated.DatedKind(
            "assurance activity due",
            "Assurance activity due",
            due_on=activities_due,
            days_before=(14, 0),
            columns=("assurance.assuranceactivity.due",),
        )
    )
