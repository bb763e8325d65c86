"""What a body says in its return: its actions and parts, milestones, assurance outcomes, nil, and its evidence.

Writing anything takes a signature away: what was signed is what is submitted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from throughline.access import check
from throughline.assurance.models import AssuranceActivity
from throughline.history import door
from throughline.history.door import Conflict, action
from throughline.history.moments import day_of
from throughline.partners.models import Person
from throughline.plans import actions as plan_actions
from throughline.plans.actions import check_day
from throughline.plans.delivery import CLAIMABLE
from throughline.plans.models import Action, Milestone
from throughline.returns import asked, notices, rules, states
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, Update
from throughline.returns.refusals import CannotDo
from throughline.returns.states import ReturnState


def step(by: Person, verb: str, return_: Return, now: datetime) -> ReturnState:
    """The state that a verb leads to, once access and the table of steps allow it."""
    check(by, verb, return_, day_of(now))
    state = states.after(verb, ReturnState(return_.state))
    if state is None or return_.withdrawn_at is not None:
        raise CannotDo(f"This return is '{states.PRINTED[ReturnState(return_.state)]}'. {_INSTEAD[verb]}")
    return state


_INSTEAD = {
    "report": "Ask the business manager to send it back, if it must be changed.",
    "sign": "Look at it again: somebody was here before you.",
    "submit": "It has to be signed first.",
    "accept": "There is nothing to accept.",
    "send_back": "There is nothing to send back.",
}


def current(return_: Return) -> Return:
    """The return as it is now, with its period."""
    return Return.objects.select_related("period").get(pk=return_.pk)


def unsign(by: Person, return_: Return, state: ReturnState, now: datetime) -> None:
    """Take the signature away, if there is one: what was signed is what is submitted."""
    if return_.state != state or return_.signed_by_id is not None:
        door.change(
            by=by, thing=return_, expected_version=return_.version, verb="signature dropped", now=now,
            state=state.value, signed_by=None, signed_at=None,
        )  # fmt: skip


def said(by: Person, return_: Return, state: ReturnState, now: datetime) -> None:
    """What follows whenever something was said: no signature stands, and whoever signs hears when all is answered."""
    unsign(by, current(return_), state, now)
    if not asked.gaps_of(return_):
        notices.ready(current(return_), at=now)


def _save(
    model: Any, *, by: Person, return_: Return, about: dict[str, Any], words: dict[str, Any], expected_version: int,
    now: datetime,
) -> tuple[Any, bool]:  # fmt: skip
    """Write one thing that a return says, over what was said before. Gives the row and whether it is another."""
    before = model.objects.filter(return_record=return_, **about).first()
    if before is None:
        made = door.create(
            model, by=by, verb="reported", now=now, partnership_id=return_.partnership_id, return_record=return_,
            **about, **asked.body_of(return_), **words,
        )  # fmt: skip
        return made, True
    if all(getattr(before, name) == value for name, value in words.items()):
        return before, False
    if expected_version == 0:
        raise Conflict(words, before)
    return door.change(by=by, thing=before, expected_version=expected_version, verb="reported", now=now, **words), True


@action("return_")
def report(
    *, by: Person, return_: Return, act: Action | None, self_rating: str, progress: str, now: datetime,
    expected_version: int = 0, brought_forward: bool = False, slip_reason: str = "", proposed_due: date | None = None,
) -> Update:  # fmt: skip
    """Say how one action, or the body's part in it, stands (or, with `act` None, everything else).

    A slip is the reason and the day that is proposed instead; only the lead says it. `expected_version` 0: nothing was
    said before. Raises AccessDenied, Conflict, CannotDo.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    if act is not None:
        _check_rating(return_, act, self_rating, slip_reason, proposed_due)
    words: dict[str, Any] = {
        "self_rating": self_rating if act is not None else "", "progress": progress, "brought_forward": brought_forward,
        "slip_reason": slip_reason if act is not None else "",
        "proposed_due": proposed_due if act is not None else None,
    }  # fmt: skip
    saved, is_new = _save(
        Update, by=by, return_=return_, about={"action": act}, words=words, expected_version=expected_version, now=now
    )
    if is_new:
        said(by, return_, state, now)
    return saved  # type: ignore[no-any-return]


def _check_rating(return_: Return, act: Action, self_rating: str, slip_reason: str, proposed_due: date | None) -> None:
    mine = asked.leads(return_, act) and act.plan_id == return_.period.plan_id
    if not mine and not asked.parts_of(return_).filter(action=act).exists():
        raise CannotDo(f"{act.reference} is led by somebody else.")
    if self_rating not in {"", *CLAIMABLE}:
        raise CannotDo("Choose one of the four ratings.")
    if not mine and (slip_reason or proposed_due):
        raise CannotDo(f"Only who leads {act.reference} asks for another day. Say in your words what holds you up.")
    if wrong := rules.why_not_slip(slip_reason, proposed_due, due=act.due):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    _check_day(act, proposed_due)


def _check_day(act: Action, day: date | None) -> None:
    """Refuse at once a day that the plan would refuse when the return is accepted."""
    if day is None:
        return
    try:
        check_day(act, day)
    except plan_actions.CannotDo as refusal:
        raise CannotDo(str(refusal)) from refusal


@action("return_")
def mark_unchanged(*, by: Person, return_: Return, act: Action, now: datetime, expected_version: int = 0) -> Update:
    """Let the last accepted words about an action stand for another quarter, marked as brought forward.

    Raises AccessDenied, Conflict, CannotDo when there are none.
    """
    check(by, "report", return_, day_of(now))
    last = asked.last_said(return_).get(act.pk)
    if last is None:
        raise CannotDo(f"Nothing was accepted about {act.reference} before. Say how it stands.")
    return report(
        by=by, return_=return_, act=act, self_rating=last.self_rating, progress=last.progress, now=now,
        expected_version=expected_version, brought_forward=True,
    )  # fmt: skip


@action("return_")
def report_milestone(
    *, by: Person, return_: Return, milestone: Milestone, now: datetime, reached: date | None = None,
    proposed_due: date | None = None, note: str = "", expected_version: int = 0,
) -> MilestoneUpdate:  # fmt: skip
    """Say that a milestone was reached on a day, or by when it will be and why; with neither, nothing any more.

    Accepted, the milestone is reached or moved. Raises AccessDenied, Conflict, CannotDo.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    milestone = Milestone.objects.select_related("action").get(pk=milestone.pk)
    act = milestone.action
    if not asked.leads(return_, act) or act.plan_id != return_.period.plan_id:
        raise CannotDo(f"{act.reference} is led by somebody else, who reports on its milestones.")
    if milestone.withdrawn_at is not None or milestone.reached is not None:
        raise CannotDo(f"{act.reference}, milestone {milestone.number} is not waited for any more.")
    if wrong := rules.why_not_milestone(reached, proposed_due, note, due=milestone.due, on=day_of(now)):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    _check_day(act, reached or proposed_due)
    saved, is_new = _save(
        MilestoneUpdate, by=by, return_=return_, about={"milestone": milestone},
        words={"reached": reached, "proposed_due": proposed_due, "note": note}, expected_version=expected_version,
        now=now,
    )  # fmt: skip
    if is_new:
        said(by, return_, state, now)
    return saved  # type: ignore[no-any-return]


@dataclass(frozen=True)
class MilestoneWords:
    """What somebody typed about one milestone. `expected_version` 0: nothing was said about it before."""

    milestone: Milestone
    reached: date | None = None
    proposed_due: date | None = None
    note: str = ""
    expected_version: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed and nothing was there."""
        return not self.expected_version and not (self.reached or self.proposed_due or self.note)


@action("return_")
def report_action(
    *, by: Person, return_: Return, act: Action, self_rating: str, progress: str, now: datetime,
    expected_version: int = 0, slip_reason: str = "", proposed_due: date | None = None,
    milestones: Sequence[MilestoneWords] = (),
) -> Update:  # fmt: skip
    """Say everything about one action at once: what `report` says, and what became of its milestones.

    All of it is kept, or nothing. Raises AccessDenied, Conflict, CannotDo.
    """
    saved = report(
        by=by, return_=return_, act=act, self_rating=self_rating, progress=progress, now=now,
        expected_version=expected_version, slip_reason=slip_reason, proposed_due=proposed_due,
    )  # fmt: skip
    for each in milestones:
        if not each.is_empty:
            report_milestone(
                by=by, return_=return_, milestone=each.milestone, reached=each.reached, proposed_due=each.proposed_due,
                note=each.note, expected_version=each.expected_version, now=now,
            )  # fmt: skip
    return saved


@action("return_")
def report_outcome(
    *, by: Person, return_: Return, activity: AssuranceActivity, done_on: date | None, result: str, found: str,
    now: datetime, progress: str = "", expected_version: int = 0,
) -> AssuranceOutcome:  # fmt: skip
    """Say what an assurance activity of the body found, or in `progress` how it stands when it is not done.

    Accepted, it becomes the activity's result. Raises AccessDenied, Conflict, CannotDo.
    """
    return_ = current(return_)
    state = step(by, "report", return_, now)
    activity = AssuranceActivity.objects.get(pk=activity.pk)
    mine = (activity.agency_id, activity.group_id) == (return_.agency_id, return_.group_id)
    if not mine or activity.plan_id != return_.period.plan_id:
        raise CannotDo(f"{activity.reference} is carried out by somebody else.")
    if activity.withdrawn_at is not None or activity.done_on is not None:
        raise CannotDo(f"{activity.reference} is not waited for any more.")
    if wrong := rules.why_not_reported(done_on, result, found, progress, on=day_of(now)):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    saved, is_new = _save(
        AssuranceOutcome, by=by, return_=return_, about={"activity": activity},
        words={"done_on": done_on, "result": str(result), "found": found, "progress": progress},
        expected_version=expected_version, now=now,
    )  # fmt: skip
    if is_new:
        said(by, return_, state, now)
    return saved  # type: ignore[no-any-return]


@action("return_")
def say_nil(*, by: Person, return_: Return, nil: bool, now: datetime) -> Return:
    """Say that a body of which nothing is owed has nothing to report, or take that back."""
    return_ = current(return_)
    state = step(by, "report", return_, now)
    if nil and asked.owes_something(return_):
        raise CannotDo("Something is asked of you in this plan, so say how each thing stands.")
    told = door.change(
        by=by, thing=return_, expected_version=return_.version, verb="reported", now=now,
        nil=nil, state=state.value, signed_by=None, signed_at=None,
    )  # fmt: skip
    if nil:
        notices.ready(told, at=now)
    return told
