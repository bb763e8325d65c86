"""The room's dates: returns that are due, and the dates that nobody is reminded of."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from throughline.access import Role
from throughline.notify.dated import DatedKind, DueItem, register
from throughline.returns.models import Return
from throughline.returns.notices import people_of, place_of
from throughline.returns.states import ReturnState

_OWING = (ReturnState.DRAFT, ReturnState.SIGNED, ReturnState.SENT_BACK)
_REMINDED = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR)

NOT_DATED = {
    "returns.update.proposed_due": "proposed; the action's own due date counts",
    "returns.milestoneupdate.reached": "when it happened",
    "returns.milestoneupdate.proposed_due": "proposed; the milestone's own due date counts",
    "returns.assuranceoutcome.done_on": "when it happened",
    "returns.reportingperiod.opens": "when the period begins; returns are due later",
    "returns.reportingperiod.data_to": "what the returns cover",
    "returns.reportingperiod.verification_closes": "verification is a later part of the register",
    "returns.reportingperiod.papers_cleared": "shown with the period; the business manager keeps it",
    "returns.reportingperiod.papers_out": "shown with the period; the business manager keeps it",
    "returns.reportingperiod.meeting": "shown with the period; meetings have their own room later",
    "returns.reportingperiod.withdrawn_at": "when it happened",
    "returns.return.signed_at": "when it happened",
    "returns.return.submitted_at": "when it happened",
    "returns.return.accepted_at": "when it happened",
    "returns.return.withdrawn_at": "when it happened",
    "returns.update.withdrawn_at": "when it happened",
    "returns.returncomment.at": "when it happened",
    "returns.returncomment.withdrawn_at": "when it happened",
}


def returns_due(on: date) -> Iterable[DueItem]:
    """Every return that is still to be submitted, for those who write it."""
    at = datetime.combine(on, time(12), tzinfo=UTC)
    owed = Return.objects.filter(
        state__in=_OWING, withdrawn_at__isnull=True, period__withdrawn_at__isnull=True, period__opens__lte=on
    ).select_related("agency", "group", "period", "partnership")
    for each in owed:
        yield DueItem(
            key=f"return:{each.pk}", partnership_id=each.partnership_id,
            recipients=tuple(person.pk for person in people_of(each, _REMINDED, at)), due=each.period.due,
            sentence=f"The return of {each.body} for {each.period.label} is due", url=place_of(each),
        )  # fmt: skip


def register_kinds() -> None:
    """Have people reminded of returns."""
    register(DatedKind("return due", "Return due", due_on=returns_due, columns=("returns.reportingperiod.due",)))
