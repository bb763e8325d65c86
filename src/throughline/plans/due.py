"""Which of this room's dates people are reminded of, and which nobody waits for."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from throughline.access import Role
from throughline.notify import dated
from throughline.partners.models import Membership
from throughline.plans.delivery import OPEN
from throughline.plans.models import Action
from throughline.plans.offers import action_url

NOT_DATED = {"plans.action.original_due": "the first due date, kept beside the one that counts"}
_ANSWER_FOR_A_BODY = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR)


def actions_due(on: date) -> list[dated.DueItem]:
    """Actions that are still open, for those who lead for their agency or chair their group. Two queries.

    Reads across partnerships: the worker asks for everybody, and each item names its own recipients.
    """
    actions = list(
        Action.objects.filter(delivery__in=OPEN, withdrawn_at__isnull=True).select_related("plan__partnership")
    )
    leads: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    held = Membership.objects.in_force(on).filter(
        partnership__in={each.partnership_id for each in actions}, role__in=_ANSWER_FOR_A_BODY
    )
    for each in held.order_by("person"):
        body = each.agency_id or each.group_id
        if body is not None and each.person_id not in leads[each.partnership_id, body]:
            leads[each.partnership_id, body].append(each.person_id)
    return [
        dated.DueItem(
            key=str(each.pk),
            partnership_id=each.partnership_id,
            recipients=tuple(recipients),
            due=each.due,
            sentence=f"{each.reference}, which you lead, is due",
            url=action_url(each),
        )
        for each in actions
        if (recipients := leads.get((each.partnership_id, each.lead_agency_id or each.lead_group_id)))  # type: ignore[arg-type]
    ]


def register() -> None:
    """Have people reminded."""
    dated.register(
        dated.DatedKind(
            "action due", "Action due", due_on=actions_due, days_before=(28, 7, 0), columns=("plans.action.due",)
        )
    )
