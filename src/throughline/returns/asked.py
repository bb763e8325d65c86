"""What a return is asked about, what it says so far and what is still owed: reads for whoever has found the return."""

import hashlib
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from throughline.assurance.models import AssuranceActivity
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Contributor, Extension, Milestone
from throughline.returns import rules
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, Update
from throughline.returns.states import ReturnState

# Actions that are verified, withdrawn or superseded are not asked about again.
REPORTED_ON = (Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED)
KIND = "returns.return"


def leads(return_: Return, act: Action) -> bool:
    """Whether the body that owes the return leads the action."""
    return (return_.agency_id, return_.group_id) == (act.lead_agency_id, act.lead_group_id)


def body_of(return_: Return) -> dict[str, Any]:
    """The return's body as a look-up: one of the two is NULL."""
    return {"agency_id": return_.agency_id, "group_id": return_.group_id}


def parts_of(return_: Return) -> QuerySet[Contributor]:
    """What the body contributes to actions that another leads."""
    return Contributor.objects.filter(
        action__plan_id=return_.period.plan_id, withdrawn_at__isnull=True, action__withdrawn_at__isnull=True,
        **body_of(return_),
    )  # fmt: skip


def led_by(return_: Return) -> QuerySet[Action]:
    """The actions that the body leads and about which its return is asked, in the plan's order."""
    return Action.objects.filter(
        plan_id=return_.period.plan_id, lead_agency_id=return_.agency_id, lead_group_id=return_.group_id,
        withdrawn_at__isnull=True, delivery__in=REPORTED_ON,
    )  # fmt: skip


def asked_about(return_: Return) -> QuerySet[Action]:
    """The actions about which a return is asked: those that its body leads, and those to which it contributes."""
    return Action.objects.filter(
        Q(lead_agency_id=return_.agency_id, lead_group_id=return_.group_id)
        | Q(pk__in=parts_of(return_).values("action")),
        plan_id=return_.period.plan_id, withdrawn_at__isnull=True, delivery__in=REPORTED_ON,
    )  # fmt: skip


def milestones_of(return_: Return) -> QuerySet[Milestone]:
    """The milestones that are not reached, of the actions that the body leads, in order."""
    return Milestone.objects.filter(
        action__in=led_by(return_), withdrawn_at__isnull=True, reached__isnull=True
    ).order_by("action__number", "due", "number")


def activities_of(return_: Return) -> QuerySet[AssuranceActivity]:
    """The assurance activities of the body that are not done, by their due date."""
    return AssuranceActivity.objects.filter(
        plan_id=return_.period.plan_id, withdrawn_at__isnull=True, done_on__isnull=True, **body_of(return_)
    ).order_by("due", "number")


def answer(
    return_: Return, act: Action, update: Update | None, milestones: list[rules.MilestoneAnswer], *, is_asked: bool
) -> rules.Answer:
    """What a return says about one action, as the rules read it."""
    mine = leads(return_, act)
    return rules.Answer(
        act.reference, Delivery(act.delivery), update.self_rating if update else "",
        update.progress if update else "", leads=mine, due=act.due, slip_reason=update.slip_reason if update else "",
        proposed_due=update.proposed_due if update else None, is_extension_asked=is_asked,
        milestones=tuple(milestones) if mine else (),
    )  # fmt: skip


def milestone_answer(milestone: Milestone, said: MilestoneUpdate | None) -> rules.MilestoneAnswer:
    """What a return says about one milestone, as the rules read it."""
    return rules.MilestoneAnswer(
        milestone.number, milestone.due, said.reached if said else None, said.proposed_due if said else None
    )


def outcome_answer(activity: AssuranceActivity, said: AssuranceOutcome | None) -> rules.OutcomeAnswer:
    """What a return says about one assurance activity, as the rules read it."""
    if said is None:
        return rules.OutcomeAnswer(activity.reference, activity.due)
    return rules.OutcomeAnswer(activity.reference, activity.due, said.done_on, said.result, said.found, said.progress)


def extensions_open(actions: QuerySet[Action]) -> set[UUID]:
    """The actions for which another day is asked already and waits for an answer."""
    asked = Extension.objects.filter(state=Extension.ASKED, action__in=actions, withdrawn_at__isnull=True)
    return set(asked.order_by().values_list("action_id", flat=True))


def answers_of(return_: Return) -> list[rules.Answer]:
    """What a return says about each action that it is asked about, in the plan's order. Five queries."""
    said = {each.action_id: each for each in Update.objects.filter(return_record=return_)}
    reached = {each.milestone_id: each for each in MilestoneUpdate.objects.filter(return_record=return_)}
    steps: dict[UUID, list[rules.MilestoneAnswer]] = {}
    for each in milestones_of(return_):
        steps.setdefault(each.action_id, []).append(milestone_answer(each, reached.get(each.pk)))
    waiting = extensions_open(asked_about(return_))
    return [
        answer(return_, act, said.get(act.pk), steps.get(act.pk, []), is_asked=act.pk in waiting)
        for act in asked_about(return_)
    ]


def outcomes_of(return_: Return) -> list[rules.OutcomeAnswer]:
    """What a return says about each assurance activity of its body that is not done. Two queries."""
    said = {each.activity_id: each for each in AssuranceOutcome.objects.filter(return_record=return_)}
    return [outcome_answer(each, said.get(each.pk)) for each in activities_of(return_)]


def gaps_of(return_: Return) -> list[str]:
    """What still has to be said before the return can be signed."""
    general = Update.objects.filter(return_record=return_, action=None).values_list("progress", flat=True).first()
    return rules.gaps(
        answers_of(return_), nil=return_.nil, general=general or "", outcomes=outcomes_of(return_),
        data_to=return_.period.data_to,
    )  # fmt: skip


def owes_something(return_: Return) -> bool:
    """Whether something is asked of the body that it must answer: then it cannot return nil."""
    data_to = return_.period.data_to
    return asked_about(return_).exists() or any(rules.is_outcome_owed(each, data_to) for each in outcomes_of(return_))


def evidence_of(return_: Return) -> QuerySet[Evidence]:
    """The standing evidence that belongs to a return."""
    return Evidence.objects.filter(
        pk__in=EvidenceLink.objects.filter(
            thing_kind=KIND, thing_id=return_.pk, withdrawn_at__isnull=True
        ).values("evidence"),
        withdrawn_at__isnull=True,
    )  # fmt: skip


def fingerprint_of(return_: Return) -> str:
    """What a return says and brings, as a short text that changes with every word and every file of it."""
    evidence = evidence_of(return_)
    parts = {"evidence__in": evidence, "withdrawn_at__isnull": True}
    rows: list[QuerySet[Any]] = [
        Update.objects.filter(return_record=return_), MilestoneUpdate.objects.filter(return_record=return_),
        AssuranceOutcome.objects.filter(return_record=return_), evidence, EvidenceRevision.objects.filter(**parts),
        EvidenceLink.objects.filter(**parts),
    ]  # fmt: skip
    said = sorted(f"{pk}:{version}" for each in rows for pk, version in each.order_by().values_list("pk", "version"))
    return hashlib.sha256("|".join([str(return_.nil), *said]).encode()).hexdigest()[:32]


def last_said(return_: Return) -> dict[UUID, Update]:
    """By action: the last words of this body that were accepted in an earlier period of the plan. One query."""
    earlier = (
        Update.objects.filter(
            return_record__state=ReturnState.ACCEPTED, return_record__period__plan_id=return_.period.plan_id,
            return_record__period__opens__lt=return_.period.opens, action__isnull=False,
            **body_of(return_),
        )
        .select_related("return_record__period")
        .order_by("return_record__period__opens")
    )  # fmt: skip
    return {each.action_id: each for each in earlier if each.action_id is not None}
