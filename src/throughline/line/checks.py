"""Where the line is broken, in sentences that say what to do. Pure functions over the tree.

A kind of break is a row of `KINDS`: what a group of them is called, whether it breaks the line or is only to be
watched, the word on the drawing, and the page on which it is mended. `CHECKS` finds each kind; both tables are total.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from throughline.history.moments import day_of
from throughline.line.tree import ActionLine, ExtensionLine, FindingLine, PlanLine, UpdateLine
from throughline.methods.printed import count, day
from throughline.plans.delivery import ENDED, Delivery
from throughline.plans.verifying import PRIORITY_KINDS, Level, is_enough

# How long a body may wait for the answer to an extension that it asked for.
DAYS_TO_DECIDE = 14


class Page(StrEnum):
    """Where a break is mended. `mending` knows the addresses and who may open them."""

    ADD_ACTION = "add action"
    LINKS = "links"
    CHANGE_ACTION = "change action"
    ADD_TEST = "add test"
    SERVE_IMPACT = "serve impact"
    OWNER = "owner"
    DUE = "due"
    MILESTONES = "milestones"
    VERIFY = "verify"
    DECIDE = "decide"


@dataclass(frozen=True)
class BreakKind:
    """One kind of break. `mend` are the words of the link to `page`; `mark` stands on the drawing."""

    title: str
    mark: str
    mend: str
    page: Page
    breaks: bool = True


KINDS: Mapping[str, BreakKind] = {
    "finding without action": BreakKind(
        "Findings without an action", "No action", "Add an action", Page.ADD_ACTION
    ),
    "action without finding": BreakKind(
        "Actions that answer no finding", "No finding", "Link a finding", Page.LINKS
    ),
    "action without post": BreakKind(
        "Actions without a named post", "No named post", "Name the post", Page.CHANGE_ACTION
    ),
    "action without desired impact": BreakKind(
        "Actions without a desired impact", "No desired impact", "Link a desired impact", Page.LINKS
    ),
    "impact without action": BreakKind(
        "Desired impacts that no action serves", "No action", "Add an action", Page.SERVE_IMPACT
    ),
    "impact without test": BreakKind(
        "Desired impacts that nothing would show", "Nothing would show it", "Say what would show it", Page.ADD_TEST
    ),
    "overdue without a reason": BreakKind(
        "Overdue actions without a reason", "Overdue, no reason", "Give another day with its reason", Page.DUE
    ),
    "area without owner": BreakKind("Improvement areas without an owner", "No owner", "Name the owner", Page.OWNER),
    "milestone overdue": BreakKind(
        "Overdue milestones", "Milestone overdue", "Record it or re-date it", Page.MILESTONES
    ),
    "priority not confirmed": BreakKind(
        "Priority actions delivered and not confirmed", "Not confirmed", "Confirm it", Page.VERIFY
    ),
    "extension not decided": BreakKind(
        f"Extensions asked for more than {DAYS_TO_DECIDE} days ago", "Extension not decided", "Decide", Page.DECIDE
    ),
    "overdue with a reason": BreakKind(
        "Overdue actions with a reason", "Overdue, reason given", "Give another day", Page.DUE, breaks=False
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Break:
    """One break. `finding`, `action` and `impact` are references of what it is about, `area` an area's number.

    number: of the milestone or the extension; body: the id of the body that leads the action; inspection: where the
    finding's reference counts.
    """

    kind: str
    sentence: str
    finding: str = ""
    action: str = ""
    inspection: str = ""
    impact: str = ""
    area: int | None = None
    number: int | None = None
    body: str = ""

    @property
    def of(self) -> BreakKind:
        """What its kind says."""
        return KINDS[self.kind]


Check = Callable[[PlanLine, date], Iterator[Break]]


def _standing(line: PlanLine) -> Iterator[ActionLine]:
    """The actions that were not ended: what was ended is history, and nobody is asked to link it up any more."""
    return (each for each in line.actions if each.delivery not in ENDED)


def is_unanswered(line: PlanLine, finding: FindingLine) -> bool:
    """Whether a finding needs an action and none stands that answers it, in this plan or another."""
    standing = [each for each in line.answers_to(finding) if each.delivery not in ENDED]
    return finding.needs_action and not standing and not finding.answered_elsewhere


def findings_without_action(line: PlanLine, on: date) -> Iterator[Break]:
    """Every finding that needs an action has one that still stands."""
    for each in line.findings:
        if is_unanswered(line, each):
            sentence = f"{each.reference} ({each.title}) has no action. Add one that answers it."
            yield Break("finding without action", sentence, each.reference, inspection=each.inspection)


def actions_without_finding(line: PlanLine, on: date) -> Iterator[Break]:
    """Every action answers a finding."""
    for each in _standing(line):
        if not each.findings:
            sentence = f"{each.reference} answers no finding. Link it to the one that it answers."
            yield Break("action without finding", sentence, action=each.reference, body=each.lead.id)


def actions_without_post(line: PlanLine, on: date) -> Iterator[Break]:
    """Every action has a post that answers for it: an agency is nobody whom one can ask."""
    for each in _standing(line):
        if not each.owner_post.strip():
            sentence = f"{each.reference} is led by {each.lead.name}, and no post is named. Name the post that answers."
            yield Break("action without post", sentence, action=each.reference, body=each.lead.id)


def actions_without_impact(line: PlanLine, on: date) -> Iterator[Break]:
    """Every action serves a desired impact."""
    for each in _standing(line):
        if not each.impacts:
            sentence = f"{each.reference} serves no desired impact. Say what would be different for children."
            yield Break("action without desired impact", sentence, action=each.reference, body=each.lead.id)


def impacts_without_action(line: PlanLine, on: date) -> Iterator[Break]:
    """Every desired impact is served by an action that still stands."""
    served = {id_ for each in _standing(line) for id_ in each.impacts}
    for each in line.impacts:
        if each.id not in served:
            sentence = f"{each.reference} is served by no action. Add the one that would bring it about, or link one."
            yield Break("impact without action", sentence, impact=each.reference)


def impacts_without_test(line: PlanLine, on: date) -> Iterator[Break]:
    """Every desired impact has something that would show it: a measure, an audit, a question, an activity."""
    for each in line.impacts:
        if not each.tests and not line.tested_by(each):
            sentence = f"Nothing would show {each.reference}. Add a measure, an audit or a question to children."
            yield Break("impact without test", sentence, impact=each.reference)


def reason_for_delay(action: ActionLine) -> UpdateLine | ExtensionLine | None:
    """What explains that an action is past its day: an extension asked for from that very day, or an update of its
    lead that was accepted after it and says why, or how far things are. None when nothing does."""
    asked = [each for each in action.extensions if each.was_due == action.due]
    if asked:
        return asked[-1]
    return next((each for each in action.accepted if _explains(each, action)), None)


def _explains(update: UpdateLine, action: ActionLine) -> bool:
    if update.body.id != action.lead.id or not update.accepted_at:
        return False
    said = update.slip_reason.strip() or update.progress.strip()
    return bool(said) and day_of(datetime.fromisoformat(update.accepted_at)) > action.due


def overdue_without_reason(line: PlanLine, on: date) -> Iterator[Break]:
    """No open action is past its day without a word about it."""
    for each in line.actions:
        if each.shown(on).overdue and reason_for_delay(each) is None:
            sentence = f"{_late(each, on)}, and no reason was given. Ask {each.lead.name} when it will be done."
            yield Break("overdue without a reason", sentence, action=each.reference, body=each.lead.id)


def overdue_with_reason(line: PlanLine, on: date) -> Iterator[Break]:
    """Open actions that are past their day, and whose lead said why."""
    for each in line.actions:
        if each.shown(on).overdue and (given := reason_for_delay(each)) is not None:
            sentence = f"{_late(each, on)}. {_given(given, each)} Agree another day, or have it done."
            yield Break("overdue with a reason", sentence, action=each.reference, body=each.lead.id)


def _late(action: ActionLine, on: date) -> str:
    ago = count((on - action.due).days, "day")
    return f"{action.reference} was due on {day(action.due)}, {ago} ago, and is not delivered"


def _given(reason: UpdateLine | ExtensionLine, action: ActionLine) -> str:
    if isinstance(reason, ExtensionLine):
        return f"{action.lead.name} asked for {day(reason.proposed)}."
    return f"{action.lead.name} gave its reason in {reason.period_label}."


def areas_without_owner(line: PlanLine, on: date) -> Iterator[Break]:
    """Every improvement area has somebody who answers for it as a whole."""
    for each in line.areas:
        if not each.has_owner:
            sentence = f"Nobody owns improvement area {each.number}, {each.title}. Name the post that answers for it."
            yield Break("area without owner", sentence, area=each.number)


def milestones_overdue(line: PlanLine, on: date) -> Iterator[Break]:
    """No milestone of an open action is past its day and not reached."""
    for each in line.actions:
        if each.delivery in _DONE or each.delivery in ENDED:
            continue
        for step in each.milestones:
            if step.overdue(on):
                sentence = (
                    f"Milestone {step.number} of {each.reference} was due on {day(step.due)} and is not reached: "
                    f"{step.title.rstrip('.')}. Record the day, or give another with its reason."
                )
                yield Break(
                    "milestone overdue", sentence, action=each.reference, number=step.number, body=each.lead.id
                )  # fmt: skip


_DONE = frozenset({Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED})


def priority_not_confirmed(line: PlanLine, on: date) -> Iterator[Break]:
    """What answers an area for priority action and is said to be done was confirmed, not only checked."""
    priority = {each.id: each for each in line.findings if each.kind in PRIORITY_KINDS}
    for each in line.actions:
        answered = [priority[id_].reference for id_ in each.findings if id_ in priority]
        if answered and each.delivery in _DONE and not is_confirmed(each):
            sentence = (
                f"{each.reference} answers {answered[0]}, an area for priority action, and is delivered but not "
                "confirmed. The independent scrutineer or the Executive Group confirms it."
            )
            yield Break("priority not confirmed", sentence, action=each.reference, body=each.lead.id)


def is_confirmed(action: ActionLine) -> bool:
    """Whether the newest word of somebody whose word is enough for a priority action is that they are satisfied."""
    enough = [each for each in action.verifications if is_enough(Level(each.level), answers_priority=True)]
    return bool(enough) and enough[-1].satisfied


def extensions_undecided(line: PlanLine, on: date) -> Iterator[Break]:
    """Whoever asked for another day has an answer within a fortnight."""
    for action in _standing(line):
        for each in action.extensions:
            if each.state == "asked" and on - each.asked_on > timedelta(days=DAYS_TO_DECIDE):
                sentence = (
                    f"{action.lead.name} asked on {day(each.asked_on)} to move {action.reference} to "
                    f"{day(each.proposed)}, and nobody has decided. Approve it, or refuse it with a reason."
                )
                yield Break(
                    "extension not decided", sentence, action=action.reference, number=each.number, body=action.lead.id
                )  # fmt: skip


CHECKS: Mapping[str, Check] = {
    "finding without action": findings_without_action,
    "action without finding": actions_without_finding,
    "action without post": actions_without_post,
    "action without desired impact": actions_without_impact,
    "impact without action": impacts_without_action,
    "impact without test": impacts_without_test,
    "overdue without a reason": overdue_without_reason,
    "area without owner": areas_without_owner,
    "milestone overdue": milestones_overdue,
    "priority not confirmed": priority_not_confirmed,
    "extension not decided": extensions_undecided,
    "overdue with a reason": overdue_with_reason,
}


def all_found(line: PlanLine, on: date) -> list[Break]:
    """Everything that the checks find on a day, check by check: what breaks the line, and what is to be watched."""
    return [each for check in CHECKS.values() for each in check(line, on)]


def breaks(line: PlanLine, on: date) -> list[Break]:
    """Every break of the line as seen on a day, check by check."""
    return [each for each in all_found(line, on) if each.of.breaks]


def watched(line: PlanLine, on: date) -> list[Break]:
    """What does not break the line and is to be watched: overdue with a reason."""
    return [each for each in all_found(line, on) if not each.of.breaks]


def grouped(found: Iterable[Break]) -> list[tuple[str, list[Break]]]:
    """The breaks by kind, each with its title, in the order of the kinds."""
    given = list(found)
    return [(of.title, some) for kind, of in KINDS.items() if (some := [each for each in given if each.kind == kind])]


def about(found: Sequence[Break], **what: str | int) -> list[Break]:
    """The breaks about one thing: `about(found, action="ACT-012")`."""
    return [each for each in found if all(getattr(each, name) == value for name, value in what.items())]
