"""A return is signed, submitted, and accepted or sent back; accepted, what it says becomes so."""

from datetime import datetime

from throughline.assurance import actions as assurance_actions
from throughline.history import door
from throughline.history.door import action
from throughline.partners.models import Person
from throughline.plans import actions as plan_actions
from throughline.plans import extensions, milestones
from throughline.plans.delivery import OPEN, Delivery
from throughline.plans.models import Action, Extension
from throughline.returns import asked, notices
from throughline.returns.bringing import offer_evidence
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, ReturnComment, Update
from throughline.returns.refusals import CannotDo, NotReady
from throughline.returns.reporting import current, step


@action("return_")
def sign(*, by: Person, return_: Return, expected_version: int, now: datetime, seen: str = "") -> Return:
    """Sign a return for its body. `seen` is the fingerprint of what was read: nobody signs words that came later.

    Raises AccessDenied, NotReady with every gap, Conflict, CannotDo.
    """
    found = current(return_)
    state = step(by, "sign", found, now)
    if seen and seen != asked.fingerprint_of(found):
        raise CannotDo("The return was changed while you read it. Read it again before you sign.")
    if lines := asked.gaps_of(found):
        raise NotReady(lines)
    signed = door.change(
        by=by, thing=found, expected_version=expected_version, verb="signed", now=now, state=state.value,
        signed_by=by, signed_at=now,
    )  # fmt: skip
    notices.signed(signed, at=now)
    return signed


@action("return_")
def submit(*, by: Person, return_: Return, expected_version: int, now: datetime) -> Return:
    """Send a signed return to the partnership, and offer the evidence that it brings. Its body cannot change it now.

    Raises AccessDenied, Conflict when another person was first, CannotDo when it is not signed.
    """
    found = current(return_)
    state = step(by, "submit", found, now)
    submitted = door.change(
        by=by, thing=found, expected_version=expected_version, verb="submitted", now=now, state=state.value,
        submitted_by=by, submitted_at=now,
    )  # fmt: skip
    offer_evidence(by, submitted, now)
    notices.submitted(submitted, at=now)
    return submitted


@action("return_")
def accept(*, by: Person, return_: Return, expected_version: int, now: datetime) -> Return:
    """Accept a submitted return: it opens to all members, and what it says becomes so.

    Each claim of a lead becomes its action's delivery, milestones are reached or moved, slips become extensions that
    are asked for, and outcomes become their activities' results. A claim is a claim: nothing becomes verified here, and
    no day is given. What was ended, verified or handed on meanwhile stays as it is. Raises AccessDenied, Conflict,
    CannotDo.
    """
    found = current(return_)
    state = step(by, "accept", found, now)
    if by.id in (found.signed_by_id, found.submitted_by_id):
        raise CannotDo("You signed or submitted this return yourself. Another keeper of the plan has to accept it.")
    accepted = door.change(
        by=by, thing=found, expected_version=expected_version, verb="accepted", now=now, state=state.value,
        accepted_by=by, accepted_at=now,
    )  # fmt: skip
    try:
        _settle_actions(by, found, now)
        _settle_milestones(by, found, now)
        _settle_outcomes(by, found, now)
    except (plan_actions.CannotDo, assurance_actions.CannotDo) as refusal:
        raise CannotDo(f"It cannot be accepted as it stands. {refusal} Send it back with that reason.") from refusal
    notices.accepted(accepted, at=now)
    return accepted


def _is_still_its_own(return_: Return, act: Action) -> bool:
    """Whether the action is led by the return's body and asked about as when it was reported on."""
    return act.delivery in asked.REPORTED_ON and act.withdrawn_at is None and asked.leads(return_, act)


def _settle_actions(by: Person, return_: Return, now: datetime) -> None:
    """Claims become deliveries, and slips become extensions that are asked for."""
    for update in Update.objects.filter(return_record=return_, action__isnull=False).select_related("action"):
        act = update.action
        if act is None or not _is_still_its_own(return_, act):
            continue
        if update.self_rating and act.delivery != update.self_rating:
            act = plan_actions.record_delivery(
                by=by, act=act, expected_version=act.version, state=Delivery(update.self_rating), now=now,
                reason=f"As reported for {return_.period.label}.",
            )  # fmt: skip
        if _is_to_be_asked(update, act):
            extensions.ask(
                by=by, act=act, proposed=update.proposed_due, reason=update.slip_reason, now=now,  # type: ignore[arg-type]
            )  # fmt: skip


def _is_to_be_asked(update: Update, act: Action) -> bool:
    """Whether a slip still has to be decided: a later day than the action's own, and none is asked for already."""
    return (
        update.proposed_due is not None
        and act.delivery in OPEN
        and update.proposed_due > act.due
        and not Extension.objects.filter(action=act, state=Extension.ASKED, withdrawn_at__isnull=True).exists()
    )


def _settle_milestones(by: Person, return_: Return, now: datetime) -> None:
    """Milestones are reached on the day that was said, or get the day that was proposed."""
    told = MilestoneUpdate.objects.filter(return_record=return_).select_related("milestone__action")
    for each in told:
        step_ = each.milestone
        if step_.reached is not None or step_.withdrawn_at is not None or not _is_still_its_own(return_, step_.action):
            continue
        if each.reached is not None:
            milestones.reach(by=by, milestone=step_, expected_version=step_.version, reached=each.reached, now=now)
        elif each.proposed_due is not None and each.proposed_due != step_.due:
            milestones.move(
                by=by, milestone=step_, expected_version=step_.version, due=each.proposed_due, reason=each.note, now=now
            )


def _settle_outcomes(by: Person, return_: Return, now: datetime) -> None:
    """What was found becomes the activity's result."""
    found = AssuranceOutcome.objects.filter(return_record=return_, done_on__isnull=False).select_related("activity")
    for each in found:
        activity = each.activity
        mine = (activity.agency_id, activity.group_id) == (return_.agency_id, return_.group_id)
        if each.done_on is None or activity.done_on is not None or activity.withdrawn_at is not None or not mine:
            continue
        assurance_actions.record_result(
            by=by, activity=activity, expected_version=activity.version, done_on=each.done_on, result=each.result,
            found=each.found, now=now,
        )  # fmt: skip


@action("return_")
def send_back(*, by: Person, return_: Return, expected_version: int, reason: str, now: datetime) -> Return:
    """Send a submitted return back to its body with the reason. Raises AccessDenied, Conflict, CannotDo."""
    found = current(return_)
    state = step(by, "send_back", found, now)
    if not reason.strip():
        raise CannotDo("Say what has to change, so that the agency knows what to do.")
    back = door.change(
        by=by, thing=found, expected_version=expected_version, verb="sent back", now=now, state=state.value,
        signed_by=None, signed_at=None, submitted_by=None, submitted_at=None,
    )  # fmt: skip
    door.create(
        ReturnComment, by=by, verb="commented", now=now, partnership_id=back.partnership_id, return_record=back,
        agency_id=back.agency_id, group_id=back.group_id, by_name=by.name, text=reason, at=now,
    )  # fmt: skip
    notices.sent_back(back, at=now)
    return back
