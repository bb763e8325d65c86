"""Which of this room's dates people are reminded of, and which nobody waits for."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from throughline.notify import dated
from throughline.partners.models import Membership
from throughline.statements.models import SignOff
from throughline.statements.notices import place_of
from throughline.statements.permissions import SIGNATORIES
from throughline.statements.states import StatementState

NOT_DATED = {
    "statements.statement.fixed_at": "when it happened",
    "statements.statement.submitted_on": "when it happened",
    "statements.statement.frozen_at": "when it happened",
    "statements.statement.receipt_on": "when it happened",
    "statements.signoff.signed_on": "when it happened",
    "statements.followup.on": "when it happened",
}


def signatures_due(on: date) -> Iterable[dated.DueItem]:
    """Signatures that are still to be given, for those who may give them, tied to the day that the letter prints.

    Reads across partnerships: the worker asks for everybody, and each item names its own recipients. Two queries.
    """
    waiting = list(
        SignOff.objects.filter(
            statement__state=StatementState.SIGNING, statement__withdrawn_at__isnull=True, signed_on__isnull=True,
            withdrawn_at__isnull=True, statement__letter__statement_due__isnull=False,
        ).select_related("statement__letter__inspection__partnership")
    )  # fmt: skip
    held = Membership.objects.in_force(on).filter(
        partnership__in={each.partnership_id for each in waiting}, role__in=SIGNATORIES
    )
    people: dict[tuple[UUID, UUID | None], list[UUID]] = defaultdict(list)
    for membership in held.order_by("person"):
        people[membership.partnership_id, membership.agency_id or membership.group_id].append(membership.person_id)
    for each in waiting:
        due = each.statement.letter.statement_due
        recipients = people.get((each.partnership_id, each.agency_id or each.group_id))
        if due is not None and recipients:
            yield dated.DueItem(
                key=str(each.pk), partnership_id=each.partnership_id, recipients=tuple(dict.fromkeys(recipients)),
                due=due, sentence=f"The {each.statement.response.lower()} waits for your signature and is due",
                url=place_of(each.statement, "sign", each.number),
            )  # fmt: skip


def register() -> None:
    """Have people reminded."""
    dated.register(
        dated.DatedKind(
            "statement to sign",
            "Written statement to sign",
            due_on=signatures_due,
            days_before=(14, 7, 3, 1, 0),
            weekly_after=False,
        )
    )
