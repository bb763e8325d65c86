"""What is done with decisions: sought from the Executive Group, changed while sought, answered, put off, withdrawn."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Agency, Group, Participation, Person
from throughline.plans.models import Action, Plan
from throughline.plans.rules import next_number
from throughline.returns.models import ReportingPeriod
from throughline.scrutiny import permissions, rules
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OPEN, Outcome


class CannotDo(ValueError):
    """What was asked breaks a rule of decisions; the sentence says which and what to do."""


def _check_words(
    plan: Plan, text: str, act: Action | None, period: ReportingPeriod | None, agency: Agency | None,
    group: Group | None, sought_on: date | None, today: date,
) -> None:  # fmt: skip
    if wrong := rules.why_not_sought(text, sought_on, today=today):
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    if act is not None and act.plan_id != plan.pk:
        raise CannotDo(f"{act.reference} belongs to another plan. Choose an action of this one.")
    if period is not None and period.plan_id != plan.pk:
        raise CannotDo(f"{period.label} belongs to another plan. Choose a quarter of this one.")
    if agency is not None and group is not None:
        raise CannotDo("Choose the agency or the group that seeks it, not both.")
    if (
        agency is not None
        and not Participation.objects.filter(
            partnership_id=plan.partnership_id, agency=agency, withdrawn_at__isnull=True
        ).exists()
    ):
        raise CannotDo(f"{agency} does not take part in this partnership. Choose who seeks the decision.")


@action("plan")
def seek(
    *, by: Person, plan: Plan, text: str, now: datetime, why: str = "", act: Action | None = None,
    period: ReportingPeriod | None = None, agency: Agency | None = None, group: Group | None = None,
    on: date | None = None,
) -> Decision:  # fmt: skip
    """Seek a decision from the Executive Group: for a body, or for the business unit when neither is given.

    `act` is the action that it is about, `period` the quarter whose meeting is to decide, `on` the day on which it was
    sought (today unless given). Raises AccessDenied, Foreign, CannotDo.
    """
    today = day_of(now)
    bodies = frozenset(each.pk for each in (agency, group) if each is not None)
    check_new(by, "create", permissions.DECISION, Scope(frozenset({plan.partnership_id}), bodies), today)
    sought_on = on or today
    _check_words(plan, text, act, period, agency, group, sought_on, today)
    number = next_number(Decision.objects.filter(plan=plan).values_list("number", flat=True))
    return door.create(
        Decision, by=by, verb="sought", now=now, partnership_id=plan.partnership_id, plan=plan, number=number,
        reference=rules.reference(number), text=text.strip(), why=why.strip(), action=act, period=period,
        agency=agency, group=group, sought_on=sought_on,
    )  # fmt: skip


@action("decision")
def change(
    *, by: Person, decision: Decision, expected_version: int, text: str, now: datetime, why: str = "",
    act: Action | None = None, period: ReportingPeriod | None = None,
) -> Decision:  # fmt: skip
    """Put what is sought in other words while nobody has answered it. Who seeks it stays.

    One that was put off keeps its words, which the minutes repeat: only the quarter that it comes back to changes.
    Raises AccessDenied, Conflict, Foreign, CannotDo.
    """
    current = _standing(decision)
    check(by, "change", current, day_of(now))
    stands = Outcome(current.outcome)
    if stands not in OPEN:
        raise CannotDo(f"{current.reference} has its answer, and what was asked stays as it was. Seek another one.")
    if stands is Outcome.DEFERRED:
        same = (text.strip(), why.strip(), act.pk if act else None)
        if same != (current.text, current.why, current.action_id):
            raise CannotDo(
                f"{current.reference} was put off in these words, and they stay. Change only the quarter that it comes"
                " back to, or withdraw it and seek another one."
            )
    _check_words(
        current.plan, text, act, period, current.agency, current.group, current.sought_on, day_of(now)
    )  # fmt: skip
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="changed", now=now, text=text.strip(),
        why=why.strip(), action=act, period=period,
    )  # fmt: skip


@action("decision")
def answer(
    *, by: Person, decision: Decision, expected_version: int, outcome: str, answer: str, on: date, now: datetime,
    reason: str = "",
) -> Decision:  # fmt: skip
    """Record what the Executive Group answered, on the day of its meeting. One that was put off is answered later.

    An answer that stands is put right only with a reason. Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(decision)
    check(by, "answer", current, day_of(now))
    wrong = rules.why_not_answer(
        Outcome(current.outcome), outcome, answer, on, reason, sought_on=current.sought_on, today=day_of(now)
    )
    if wrong:
        raise CannotDo(" ".join(sentence for _, sentence in wrong))
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="answered", now=now, reason=reason,
        outcome=str(outcome), answer=answer.strip(), answered_on=on, answered_by_name=by.name,
    )  # fmt: skip


@action("decision")
def withdraw(*, by: Person, decision: Decision, expected_version: int, reason: str, now: datetime) -> Decision:
    """Take back a decision that is no longer sought, with the reason. An answer stays on record.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(decision)
    check(by, "change", current, day_of(now))
    if Outcome(current.outcome) not in OPEN:
        raise CannotDo(f"{current.reference} has its answer, which stays on record. Put the answer right instead.")
    if not reason.strip():
        raise CannotDo("Say why it is no longer sought. The reason stays on record.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)


def _standing(decision: Decision) -> Decision:
    current = Decision.objects.select_related("plan", "agency", "group").get(pk=decision.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.reference} was withdrawn. Seek another decision.")
    return current
