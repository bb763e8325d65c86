"""Many actions changed alike: what may be changed, what each would become, and why one would be refused.

A batch is looked at before it is done: `shown` says of each action what it is and what it would be. `change_several`
then does all of it in one transaction, through the same actions as everybody's, or nothing of it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from throughline.access import check
from throughline.history.door import Conflict, action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Agency, Group, Person
from throughline.plans import actions, queries, resources, rules
from throughline.plans.actions import CannotDo
from throughline.plans.delivery import ENDED, PRINTED, STEPS, Delivery
from throughline.plans.models import Action, ActionFinding, ActionImpact, Plan

MOST = 500  # as many actions as are changed at once


class What(StrEnum):
    """What a batch may change."""

    AREA = "area"
    LEAD = "lead"
    POST = "owner-post"
    DUE = "due"
    RESOURCES = "resources"
    EQUALITY = "equality"
    ADD_FINDING = "add-finding"
    REMOVE_FINDING = "remove-finding"
    ADD_IMPACT = "add-impact"
    REMOVE_IMPACT = "remove-impact"
    WITHDRAW = "withdraw"
    RESTORE = "restore"  # only to undo a withdrawal


@dataclass(frozen=True)
class Cost:
    """What an action costs, as one value."""

    resources: str
    note: str = ""
    funder: str = ""
    decided: date | None = None

    def __str__(self) -> str:
        decided = f"decided on {day(self.decided)}" if self.decided else ""
        return "; ".join(part for part in (Action.RESOURCES[self.resources], self.note, self.funder, decided) if part)


@dataclass(frozen=True)
class Screening:
    """An equality impact screening, as one value."""

    equality: str
    note: str = ""
    screened: date | None = None

    def __str__(self) -> str:
        found = Action.SCREENING[self.equality]
        on = f"on {day(self.screened)}" if self.screened else ""
        return "; ".join(part for part in (f"{found} {on}".strip(), self.note) if part)


@dataclass(frozen=True)
class Wanted:
    """One change: what, to which value, and why where that is asked."""

    what: What
    value: Any = None
    reason: str = ""


@dataclass(frozen=True)
class Shown:
    """An action as it is and as it would be. `refused` says why it would not be changed; `same` that nothing would."""

    act: Action
    before: str
    after: str
    refused: str = ""
    same: bool = False

    @property
    def would_change(self) -> bool:
        """Whether the batch would change it."""
        return not self.refused and not self.same


@dataclass(frozen=True)
class Step:
    """One line of a batch that is done: an action, the version at which it was looked at, and what it is to become."""

    act: UUID
    version: int
    wanted: Wanted


class ChangedMeanwhile(Exception):
    """Somebody changed some of the actions after the batch was looked at. Nothing of it was done."""

    def __init__(self, acts: Sequence[Action]) -> None:
        super().__init__("Somebody changed some of these actions after you looked at them.")
        self.acts = tuple(acts)


# -- what an action has now, and what it would have ------------------------------------------------------------------


def _findings(act: Action) -> dict[UUID, Any]:
    return {link.finding_id: link.finding for link in act.answers}  # type: ignore[attr-defined]


def _impacts(act: Action) -> dict[UUID, Any]:
    return {link.desired_impact_id: link.desired_impact for link in act.serves}  # type: ignore[attr-defined]


def _references(things: Mapping[UUID, Any]) -> str:
    return ", ".join(each.reference for each in things.values())


def _with(things: Mapping[UUID, Any], added: Any) -> str:
    return _references({**things, added.pk: added})


def _but(things: Mapping[UUID, Any], taken: Any) -> str:
    return _references({key: each for key, each in things.items() if key != taken.pk})


def _delivery(act: Action) -> str:
    return PRINTED[Delivery(act.delivery)]


def _no_doubt(act: Action, wanted: Wanted) -> str:
    return ""


def _not_due(act: Action, wanted: Wanted) -> str:
    days = [each.inspection.fieldwork_start for each in _findings(act).values() if each.inspection.fieldwork_start]
    return rules.why_not_due(wanted.value, not_before=min(days, default=None)) or ""


def _no_end(act: Action, wanted: Wanted) -> str:
    if Delivery.WITHDRAWN in STEPS[Delivery(act.delivery)]:
        return ""
    return f"{act.reference} cannot go from '{_delivery(act)}' to '{PRINTED[Delivery.WITHDRAWN]}'."


def _not_withdrawn(act: Action, wanted: Wanted) -> str:
    return "" if act.delivery == Delivery.WITHDRAWN else f"{act.reference} is not withdrawn any more."


# -- doing it, one action at a time ----------------------------------------------------------------------------------


def _change(by: Person, act: Action, now: datetime, **other: Any) -> None:
    said: dict[str, Any] = {
        "area": act.area, "title": act.title, "detail": act.detail, "owner_post": act.owner_post,
        "lead_agency": act.lead_agency, "lead_group": act.lead_group, **other,
    }  # fmt: skip
    actions.change_action(by=by, act=act, expected_version=act.version, now=now, **said)


def _set_area(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    _change(by, act, now, area=wanted.value)


def _set_lead(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    body: Agency | Group = wanted.value
    _change(
        by, act, now, lead_agency=body if isinstance(body, Agency) else None,
        lead_group=body if isinstance(body, Group) else None,
    )  # fmt: skip


def _set_post(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    _change(by, act, now, owner_post=wanted.value)


def _set_due(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    actions.set_due(
        by=by, act=act, expected_version=act.version, due=wanted.value, reason=wanted.reason, now=now
    )  # fmt: skip


def _set_cost(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    cost: Cost = wanted.value
    resources.set_resources(
        by=by, act=act, expected_version=act.version, resources=cost.resources, note=cost.note, funder=cost.funder,
        decided=cost.decided, now=now,
    )  # fmt: skip


def _screen(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    found: Screening = wanted.value
    resources.screen_action(
        by=by, act=act, expected_version=act.version, equality=found.equality, note=found.note,
        screened=found.screened, now=now,
    )  # fmt: skip


def _answer(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    actions.answer_finding(by=by, act=act, finding=wanted.value, now=now)


def _serve(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    actions.serve_impact(by=by, act=act, impact=wanted.value, now=now)


def _answer_no_more(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    link = ActionFinding.objects.get(action=act, finding=wanted.value, withdrawn_at__isnull=True)
    actions.unlink(by=by, link=link, expected_version=link.version, now=now)


def _serve_no_more(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    link = ActionImpact.objects.get(action=act, desired_impact=wanted.value, withdrawn_at__isnull=True)
    actions.unlink(by=by, link=link, expected_version=link.version, now=now)


def _withdraw(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    actions.withdraw_action(by=by, act=act, expected_version=act.version, reason=wanted.reason, now=now)


def _restore(by: Person, act: Action, wanted: Wanted, now: datetime) -> None:
    actions.restore_action(by=by, act=act, expected_version=act.version, reason=wanted.reason, now=now)


# -- the table -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """How one thing is changed. `now` is an action's value as it stands, `say` puts a value into words.

    becomes: what the changed value is in words, where it is not the value alone; has: whether the action has it
    already; undo: what takes the change back, with the value that it wants of an action as it was before.
    """

    printed: str
    now: Callable[[Action], Any]
    do: Callable[[Person, Action, Wanted, datetime], None]
    undo: tuple[What, Callable[[Action, Wanted], Any]]
    say: Callable[[Any], str] = str
    becomes: Callable[[Action, Any], str] | None = None
    has: Callable[[Action, Any], bool] | None = None
    why_not: Callable[[Action, Wanted], str] = _no_doubt
    needs_reason: bool = False

    def is_so(self, act: Action, value: Any) -> bool:
        """Whether the action has the value already."""
        return self.has(act, value) if self.has else bool(self.now(act) == value)


def _set(what: What, printed: str, now: Callable[[Action], Any], do: Any, **rest: Any) -> Rule:
    return Rule(printed, now, do, (what, lambda act, _: now(act)), **rest)


def _cost(act: Action) -> Cost:
    return Cost(act.resources, act.resources_note, act.funder, act.funding_decided)


def _screened(act: Action) -> Screening:
    return Screening(act.equality, act.equality_note, act.equality_screened)


def _same(_: Action, wanted: Wanted) -> Any:
    return wanted.value


RULES: Mapping[What, Rule] = {
    What.AREA: _set(What.AREA, "Improvement area", lambda act: act.area, _set_area),
    What.LEAD: _set(What.LEAD, "Who leads", lambda act: act.lead, _set_lead, say=lambda body: body.name),
    What.POST: _set(What.POST, "Owner’s post", lambda act: act.owner_post, _set_post),
    What.DUE: _set(What.DUE, "Due date", lambda act: act.due, _set_due, say=day, why_not=_not_due, needs_reason=True),
    What.RESOURCES: _set(What.RESOURCES, "Resources", _cost, _set_cost),
    What.EQUALITY: _set(What.EQUALITY, "Equality screening", _screened, _screen),
    What.ADD_FINDING: Rule(
        "Add a finding that they answer", _findings, _answer, (What.REMOVE_FINDING, _same), say=_references,
        becomes=lambda act, added: _with(_findings(act), added), has=lambda act, added: added.pk in _findings(act),
    ),
    What.REMOVE_FINDING: Rule(
        "Remove a finding that they answer", _findings, _answer_no_more, (What.ADD_FINDING, _same), say=_references,
        becomes=lambda act, taken: _but(_findings(act), taken), has=lambda act, taken: taken.pk not in _findings(act),
    ),
    What.ADD_IMPACT: Rule(
        "Add a desired impact that they serve", _impacts, _serve, (What.REMOVE_IMPACT, _same), say=_references,
        becomes=lambda act, added: _with(_impacts(act), added), has=lambda act, added: added.pk in _impacts(act),
    ),
    What.REMOVE_IMPACT: Rule(
        "Remove a desired impact that they serve", _impacts, _serve_no_more, (What.ADD_IMPACT, _same), say=_references,
        becomes=lambda act, taken: _but(_impacts(act), taken), has=lambda act, taken: taken.pk not in _impacts(act),
    ),
    What.WITHDRAW: Rule(
        "Withdraw them", lambda act: Delivery(act.delivery), _withdraw, (What.RESTORE, lambda *_: Delivery.NOT_STARTED),
        say=PRINTED.__getitem__, why_not=_no_end, needs_reason=True,
    ),
    What.RESTORE: Rule(
        "Put them back", lambda act: Delivery(act.delivery), _restore, (What.WITHDRAW, lambda *_: Delivery.WITHDRAWN),
        say=PRINTED.__getitem__, why_not=_not_withdrawn, needs_reason=True,
    ),
}  # fmt: skip
OFFERED: tuple[What, ...] = tuple(each for each in What if each is not What.RESTORE)


# -- before, and doing it --------------------------------------------------------------------------------------------


def shown(act: Action, wanted: Wanted) -> Shown:
    """What a change would make of one of `queries.actions_of`."""
    rule = RULES[wanted.what]
    before = rule.say(rule.now(act))
    after = rule.becomes(act, wanted.value) if rule.becomes else rule.say(wanted.value)
    if Delivery(act.delivery) in ENDED and wanted.what not in (What.RESTORE, What.WITHDRAW):
        return Shown(act, before, after, refused=f"{act.reference} is {_delivery(act).lower()} and stays as it is.")
    if rule.is_so(act, wanted.value):
        return Shown(act, before, after, same=True)
    return Shown(act, before, after, refused=rule.why_not(act, wanted))


def undo_of(act: Action, wanted: Wanted) -> Wanted:
    """What would take a change back, of an action as it was before. Its reason is for whoever takes it back to say."""
    what, value = RULES[wanted.what].undo
    return Wanted(what, value(act, wanted))


@action("plan")
def change_several(*, by: Person, plan: Plan, steps: Sequence[Step], now: datetime) -> list[Action]:
    """Do a batch: every step, or none. Returns the actions as they were before, in the steps' order.

    Raises AccessDenied, ChangedMeanwhile when an action is no longer at its step's version, and CannotDo with the first
    sentence that stands in the way.
    """
    if not steps:
        raise CannotDo("There is nothing to change. Choose at least one action.")
    if len(steps) > MOST:
        raise CannotDo(f"At most {MOST} actions are changed at once. Narrow the list with a filter.")
    wanted = [each.act for each in steps]
    held = {each.pk: each for each in queries.actions_of(plan, for_person=by).filter(pk__in=wanted)}
    if set(wanted) != set(held):
        raise CannotDo("One of these actions is not in this plan. Choose them again.")
    moved = [held[each.act] for each in steps if held[each.act].version != each.version]
    if moved:
        raise ChangedMeanwhile(moved)
    before = [held[each.act] for each in steps]
    for act, step in zip(before, steps, strict=True):
        check(by, "change", act, day_of(now))
        looked_at = shown(act, step.wanted)
        if looked_at.refused:
            raise CannotDo(looked_at.refused)
        if looked_at.same:
            raise CannotDo(f"{act.reference} has that already. Look at the actions again.")
        try:
            RULES[step.wanted.what].do(by, _copy(act), step.wanted, now)
        except Conflict as error:
            raise ChangedMeanwhile([act]) from error
    return before


def _copy(act: Action) -> Action:
    """The same row to be changed, so that what was before stays readable."""
    copied = Action(**{field.attname: getattr(act, field.attname) for field in Action._meta.concrete_fields})
    copied._state.adding, copied._state.db = False, act._state.db
    for name in ("plan", "area", "lead_agency", "lead_group"):
        setattr(copied, name, getattr(act, name))
    return copied
