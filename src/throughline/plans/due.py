"""Which of this room's dates people are reminded of, and which nobody waits for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from throughline.access import Role
from throughline.notify import dated
from throughline.partners.models import Membership
from throughline.plans.delivery import OPEN
from throughline.plans.models import Action, Milestone
from throughline.plans.offers import action_url

NOT_DATED = {
    "plans.action.original_due": "the first due date, kept beside the one that counts",
    "plans.action.funding_decided": "when it happened",
    "plans.action.equality_screened": "when it happened",
    "plans.plan.equality_screened": "when it happened",
    "plans.milestone.original_due": "the first due date, kept beside the one that counts",
    "plans.milestone.reached": "when it happened",
    "plans.extension.was_due": "the day that stood when another was asked for",
    "plans.extension.proposed": "proposed; the action's own due date counts",
    "plans.extension.asked_on": "when it happened",
    "plans.extension.due_given": "the action's own due date counts",
    "plans.extension.decided_on": "when it happened",
    "plans.verification.on": "when it happened",
    "plans.actionnote.dated": "when it happened",
}
ANSWER_FOR_A_BODY = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR)


def leads_of(partnerships: Iterable[UUID], on: date) -> Mapping[tuple[UUID, UUID], Sequence[UUID]]:
    """By partnership and body: those who lead for the agency or chair the group on a day. One query."""
    leads: dict[tuple[UUID, UUID], list[UUID]] = defaultdict(list)
    held = Membership.objects.in_force(on).filter(partnership__in=set(partnerships), role__in=ANSWER_FOR_A_BODY)
    for each in held.order_by("person"):
        body = each.agency_id or each.group_id
        if body is not None and each.person_id not in leads[each.partnership_id, body]:
            leads[each.partnership_id, body].append(each.person_id)
    return leads


def actions_due(on: date) -> list[dated.DueItem]:
    """Actions that are still open, for those who lead for their agency or chair their group. Two queries.

    Reads across partnerships: the worker asks for everybody, and each item names its own recipients.
    """
    actions = list(
        Action.objects.filter(delivery__in=OPEN, withdrawn_at__isnull=True).select_related("plan__partnership")
    )
    leads = leads_of((each.partnership_id for each in actions), on)
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


def milestones_due(on: date) -> list[dated.DueItem]:
    """Milestones that are not reached, of actions that are still open, for those who lead the action. Two queries."""
    milestones = list(
        Milestone.objects.filter(
            reached__isnull=True, withdrawn_at__isnull=True, action__delivery__in=OPEN,
            action__withdrawn_at__isnull=True,
        ).select_related("action__plan__partnership")
    )  # fmt: skip
    leads = leads_of((each.partnership_id for each in milestones), on)
    return [
        dated.DueItem(
            key=str(each.pk),
            partnership_id=each.partnership_id,
            recipients=tuple(recipients),
            due=each.due,
            sentence=f"Milestone {each.number} of {each.action.reference}, which you lead, is due",
            url=action_url(each.action),
        )
        for each in milestones
        if (
            recipients := leads.get(
                (each.partnership_id, each.action.lead_agency_id or each.action.lead_group_id)  # type: ignore[arg-type]
            )
        )
    ]


def register() -> None:
    """Have people reminded."""
    dated.register(
        dated.DatedKind(
            "action due", "Action due", due_on=actions_due, days_before=(28, 7, 0), columns=("plans.action.due",)
        )
    )
    dated.register(
        dated.DatedKind(
            "milestone due", "Milestone due", due_on=milestones_due, days_before=(7, 0),
            columns=("plans.milestone.due",),
        )
    )  # fmt: skip
