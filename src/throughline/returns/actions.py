"""What is done with periods and returns: opened, reported in, signed, submitted, accepted or sent back."""

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.text import slugify

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import Conflict, action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Participation, Person
from throughline.plans import actions as plan_actions
from throughline.plans.delivery import CLAIMABLE, Delivery
from throughline.plans.models import Action, Plan
from throughline.returns import notices, permissions, rules, states
from throughline.returns.models import ReportingPeriod, Return, ReturnComment, Update
from throughline.returns.states import ReturnState


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


class NotReady(CannotDo):
    """The return cannot be signed yet. `lines` names every gap."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(" ".join(lines))
        self.lines = lines


@action("plan")
def open_period(
    *, by: Person, plan: Plan, reference: str, label: str, opens: date, data_to: date, due: date, now: datetime,
    verification_closes: date | None = None, papers_cleared: date | None = None, papers_out: date | None = None,
    meeting: date | None = None,
) -> ReportingPeriod:  # fmt: skip
    """Open a reporting period: every agency that takes part on its first day and every group owes one return.

    Raises AccessDenied, CannotDo.
    """
    check_new(by, "create", permissions.PERIOD, Scope(frozenset({plan.partnership_id})), day_of(now))
    if ReportingPeriod.objects.filter(partnership_id=plan.partnership_id, reference=reference).exists():
        raise CannotDo(f"The period '{label}' is open already. Choose another quarter.")
    if due < opens:
        raise CannotDo("Returns cannot be due before the period opens. Give a later day.")
    if meeting is not None and meeting < due:
        raise CannotDo("The meeting cannot be before the returns are due. Give a later day.")
    period = door.create(
        ReportingPeriod, by=by, verb="opened", now=now, partnership_id=plan.partnership_id, plan=plan,
        reference=reference, label=label, opens=opens, data_to=data_to, due=due,
        verification_closes=verification_closes, papers_cleared=papers_cleared, papers_out=papers_out, meeting=meeting,
    )  # fmt: skip
    owed = [
        {"partnership_id": plan.partnership_id, "period": period, "slug": slug, **_of(body)}
        for slug, body in _bodies(plan, opens).items()
    ]
    if not owed:
        raise CannotDo("No agency takes part yet. Add the agencies first, so that each gets its return.")
    for return_ in door.bulk(Return, by=by, verb="asked for", now=now, rows=owed):
        notices.asked_for(return_, at=now)
    return period


def _bodies(plan: Plan, on: date) -> dict[str, Agency | Group]:
    """Who owes a return, by its place in addresses."""
    agencies = Agency.objects.filter(
        pk__in=Participation.objects.filter(
            partnership_id=plan.partnership_id, starts__lte=on, withdrawn_at__isnull=True
        )
        .exclude(ends__lt=on)
        .values("agency_id")
    )
    groups = Group.objects.filter(partnership_id=plan.partnership_id, withdrawn_at__isnull=True)
    found: dict[str, Agency | Group] = {}
    bodies: list[Agency | Group] = [*agencies, *groups]
    for body in bodies:
        plain = slugify(body.short_name) or "body"
        slug, number = plain, 2
        while slug in found:
            slug, number = f"{plain}-{number}", number + 1
        found[slug] = body
    return found


def _of(body: Agency | Group) -> dict[str, Agency | Group]:
    return {"agency": body} if isinstance(body, Agency) else {"group": body}


def _step(by: Person, verb: str, return_: Return, now: datetime) -> ReturnState:
    """The state that a verb leads to, once access and the table of steps allow it."""
    check(by, verb, return_, day_of(now))
    state = states.after(verb, ReturnState(return_.state))
    if state is None:
        raise CannotDo(f"This return is '{states.PRINTED[ReturnState(return_.state)]}'. {_INSTEAD[verb]}")
    return state


_INSTEAD = {
    "report": "Ask the business manager to send it back, if it must be changed.",
    "sign": "Look at it again: somebody was here before you.",
    "submit": "It has to be signed first.",
    "accept": "There is nothing to accept.",
    "send_back": "There is nothing to send back.",
}


def _unsign(by: Person, return_: Return, state: ReturnState, now: datetime) -> None:
    """What was signed is what is submitted: writing anything takes the signature away."""
    if return_.state != state or return_.signed_by_id is not None:
        door.change(
            by=by, thing=return_, expected_version=return_.version, verb="signature dropped", now=now,
            state=state.value, signed_by=None, signed_at=None,
        )  # fmt: skip


def leads(return_: Return, act: Action) -> bool:
    """Whether the body that owes the return leads the action."""
    return (return_.agency_id, return_.group_id) == (act.lead_agency_id, act.lead_group_id)


@action("return_")
def report(
    *, by: Person, return_: Return, act: Action | None, self_rating: str, progress: str, now: datetime,
    expected_version: int = 0, brought_forward: bool = False,
) -> Update:  # fmt: skip
    """Say how one action stands (or, with `act` None, everything else). `expected_version` 0: nothing was said before.

    Raises AccessDenied, Conflict, CannotDo.
    """
    return_ = Return.objects.get(pk=return_.pk)
    state = _step(by, "report", return_, now)
    if act is not None and (not leads(return_, act) or act.plan_id != return_.period.plan_id):
        raise CannotDo(f"{act.reference} is led by somebody else.")
    if act is not None and self_rating not in {"", *CLAIMABLE}:
        raise CannotDo("Choose one of the four ratings.")
    words: dict[str, Any] = {
        "self_rating": self_rating if act is not None else "",
        "progress": progress,
        "brought_forward": brought_forward,
    }
    before = Update.objects.filter(return_record=return_, action=act).first()
    if before is None:
        saved = door.create(
            Update, by=by, verb="reported", now=now, partnership_id=return_.partnership_id, return_record=return_,
            action=act, agency_id=return_.agency_id, group_id=return_.group_id, **words,
        )  # fmt: skip
    elif all(getattr(before, name) == value for name, value in words.items()):
        return before
    elif expected_version == 0:
        raise Conflict(words, before)
    else:
        saved = door.change(by=by, thing=before, expected_version=expected_version, verb="reported", now=now, **words)
    _unsign(by, return_, state, now)
    if not gaps_of(return_):
        notices.ready(Return.objects.get(pk=return_.pk), at=now)
    return saved


@action("return_")
def mark_unchanged(*, by: Person, return_: Return, act: Action, now: datetime, expected_version: int = 0) -> Update:
    """Let the last accepted words about an action stand for another quarter, marked as brought forward.

    Raises AccessDenied, Conflict, CannotDo when there are none.
    """
    check(by, "report", return_, day_of(now))
    last = last_said(return_).get(act.pk)
    if last is None:
        raise CannotDo(f"Nothing was accepted about {act.reference} before. Say how it stands.")
    return report(
        by=by, return_=return_, act=act, self_rating=last.self_rating, progress=last.progress, now=now,
        expected_version=expected_version, brought_forward=True,
    )  # fmt: skip


def _body_of(return_: Return) -> dict[str, Any]:
    """The return's body as a look-up: one of the two is NULL."""
    return {"agency_id": return_.agency_id, "group_id": return_.group_id}


def last_said(return_: Return) -> dict[UUID, Update]:
    """By action: the last words of this body that were accepted in an earlier period of the plan. One query."""
    earlier = (
        Update.objects.filter(
            return_record__state=ReturnState.ACCEPTED, return_record__period__plan_id=return_.period.plan_id,
            return_record__period__opens__lt=return_.period.opens, action__isnull=False,
            **_body_of(return_),
        )
        .select_related("return_record__period")
        .order_by("return_record__period__opens")
    )  # fmt: skip
    return {each.action_id: each for each in earlier if each.action_id is not None}


def fingerprint_of(return_: Return) -> str:
    """What a return says, as a short text that changes with every word of it."""
    said = sorted(
        f"{pk}:{version}" for pk, version in Update.objects.filter(return_record=return_).values_list("pk", "version")
    )
    return hashlib.sha256("|".join([str(return_.nil), *said]).encode()).hexdigest()[:32]


@action("return_")
def say_nil(*, by: Person, return_: Return, nil: bool, now: datetime) -> Return:
    """Say that a body which leads no action has nothing to report, or take that back."""
    return_ = Return.objects.get(pk=return_.pk)
    state = _step(by, "report", return_, now)
    if nil and answers_of(return_):
        raise CannotDo("You lead actions in this plan, so say how each stands.")
    said = door.change(
        by=by, thing=return_, expected_version=return_.version, verb="reported", now=now,
        nil=nil, state=state.value, signed_by=None, signed_at=None,
    )  # fmt: skip
    if nil:
        notices.ready(said, at=now)
    return said


def answers_of(return_: Return) -> list[rules.Answer]:
    """What a return says about each action that its body leads, in the plan's order."""
    said = {each.action_id: each for each in Update.objects.filter(return_record=return_)}
    return [
        rules.Answer(
            act.reference,
            Delivery(act.delivery),
            said[act.pk].self_rating if act.pk in said else "",
            said[act.pk].progress if act.pk in said else "",
        )
        for act in led_by(return_)
    ]


def led_by(return_: Return) -> QuerySet[Action]:
    """The actions about which a return is asked, in the plan's order."""
    return Action.objects.filter(
        plan_id=return_.period.plan_id, lead_agency_id=return_.agency_id, lead_group_id=return_.group_id,
        withdrawn_at__isnull=True, delivery__in=_REPORTED_ON,
    )  # fmt: skip


# Actions that are verified, withdrawn or superseded are not asked about again.
_REPORTED_ON = (Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK, Delivery.DELIVERED_CLAIMED)


def gaps_of(return_: Return) -> list[str]:
    """What still has to be said before the return can be signed."""
    general = Update.objects.filter(return_record=return_, action=None).values_list("progress", flat=True).first()
    return rules.gaps(answers_of(return_), nil=return_.nil, general=general or "")


@action("return_")
def sign(*, by: Person, return_: Return, expected_version: int, now: datetime, seen: str = "") -> Return:
    """Sign a return for its body. `seen` is the fingerprint of what was read: nobody signs words that came later.

    Raises AccessDenied, NotReady with every gap, Conflict, CannotDo.
    """
    current = Return.objects.get(pk=return_.pk)
    state = _step(by, "sign", current, now)
    if seen and seen != fingerprint_of(current):
        raise CannotDo("The return was changed while you read it. Read it again before you sign.")
    if lines := gaps_of(current):
        raise NotReady(lines)
    signed = door.change(
        by=by, thing=current, expected_version=expected_version, verb="signed", now=now, state=state.value,
        signed_by=by, signed_at=now,
    )  # fmt: skip
    notices.signed(signed, at=now)
    return signed


@action("return_")
def submit(*, by: Person, return_: Return, expected_version: int, now: datetime) -> Return:
    """Send a signed return to the partnership. From now on its body cannot change it.

    Raises AccessDenied, Conflict when another person was first, CannotDo when it is not signed.
    """
    current = Return.objects.get(pk=return_.pk)
    state = _step(by, "submit", current, now)
    submitted = door.change(
        by=by, thing=current, expected_version=expected_version, verb="submitted", now=now, state=state.value,
        submitted_by=by, submitted_at=now,
    )  # fmt: skip
    notices.submitted(submitted, at=now)
    return submitted


@action("return_")
def accept(*, by: Person, return_: Return, expected_version: int, now: datetime) -> Return:
    """Accept a submitted return: it opens to all members, and each claim becomes its action's delivery.

    A claim is a claim: nothing becomes verified here. Raises AccessDenied, Conflict, CannotDo.
    """
    current = Return.objects.get(pk=return_.pk)
    state = _step(by, "accept", current, now)
    if by.id in (current.signed_by_id, current.submitted_by_id):
        raise CannotDo("You signed or submitted this return yourself. Another keeper of the plan has to accept it.")
    accepted = door.change(
        by=by, thing=current, expected_version=expected_version, verb="accepted", now=now, state=state.value,
        accepted_by=by, accepted_at=now,
    )  # fmt: skip
    for update in Update.objects.filter(return_record=current, action__isnull=False).select_related("action"):
        act = update.action
        if act is None or not update.self_rating or act.delivery == update.self_rating:
            continue
        # What was ended or verified, or given to another lead, while the return was on its way stays as it is.
        if act.delivery not in _REPORTED_ON or not leads(current, act):
            continue
        plan_actions.record_delivery(
            by=by, act=act, expected_version=act.version, state=Delivery(update.self_rating), now=now,
            reason=f"As reported for {current.period.label}.",
        )  # fmt: skip
    notices.accepted(accepted, at=now)
    return accepted


@action("return_")
def send_back(*, by: Person, return_: Return, expected_version: int, reason: str, now: datetime) -> Return:
    """Send a submitted return back to its body with the reason. Raises AccessDenied, Conflict, CannotDo."""
    current = Return.objects.get(pk=return_.pk)
    state = _step(by, "send_back", current, now)
    if not reason.strip():
        raise CannotDo("Say what has to change, so that the agency knows what to do.")
    back = door.change(
        by=by, thing=current, expected_version=expected_version, verb="sent back", now=now, state=state.value,
        signed_by=None, signed_at=None, submitted_by=None, submitted_at=None,
    )  # fmt: skip
    door.create(
        ReturnComment, by=by, verb="commented", now=now, partnership_id=back.partnership_id, return_record=back,
        agency_id=back.agency_id, group_id=back.group_id, by_name=by.name, text=reason, at=now,
    )  # fmt: skip
    notices.sent_back(back, at=now)
    return back
