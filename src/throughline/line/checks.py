"""Where the line is broken, in sentences that say what to do. Pure functions over the tree."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from throughline.line.tree import PlanLine
from throughline.methods.printed import count, day
from throughline.plans.delivery import Delivery

# Ended actions are history: nobody is asked to link them up any more.
_ENDED = (Delivery.WITHDRAWN, Delivery.SUPERSEDED)


@dataclass(frozen=True)
class Break:
    """One break. `kind` names the check; `finding` or `action` the reference of what it is about."""

    kind: str
    sentence: str
    finding: str = ""
    action: str = ""
    inspection: str = ""


def findings_without_action(line: PlanLine, on: date) -> Iterator[Break]:
    """Every finding that needs an action has one that still stands."""
    for each in line.findings:
        standing = [action for action in line.answers_to(each) if action.delivery not in _ENDED]
        if each.needs_action and not standing and not each.answered_elsewhere:
            yield Break(
                "finding without action", f"{each.reference} has no action. Add one that answers it.", each.reference,
                inspection=each.inspection,
            )  # fmt: skip


def actions_without_finding(line: PlanLine, on: date) -> Iterator[Break]:
    """Every action answers a finding."""
    for each in line.actions:
        if each.delivery not in _ENDED and not each.findings:
            yield Break(
                "action without finding", f"{each.reference} answers no finding. Link it to the one that it answers.",
                action=each.reference,
            )  # fmt: skip


def actions_without_impact(line: PlanLine, on: date) -> Iterator[Break]:
    """Every action serves a desired impact."""
    for each in line.actions:
        if each.delivery not in _ENDED and not each.impacts:
            yield Break(
                "action without desired impact",
                f"{each.reference} serves no desired impact. Say what would be different for children.",
                action=each.reference,
            )


def overdue_actions(line: PlanLine, on: date) -> Iterator[Break]:
    """No open action is past its day."""
    for each in line.actions:
        if each.shown(on).overdue:
            late = (on - each.due).days
            yield Break(
                "overdue action",
                f"{each.reference} was due on {day(each.due)}, {count(late, 'day')} ago, and is not delivered. "
                f"Ask {each.lead.name} when it will be.",
                action=each.reference,
            )


CHECKS: tuple[Callable[[PlanLine, date], Iterator[Break]], ...] = (
    findings_without_action,
    actions_without_finding,
    actions_without_impact,
    overdue_actions,
)


def breaks(line: PlanLine, on: date) -> list[Break]:
    """Every break of the line as seen on a day, check by check."""
    return [each for check in CHECKS for each in check(line, on)]


# What each group of breaks is called, in the order of the checks.
TITLES = {
    "finding without action": "Findings without an action",
    "action without finding": "Actions that answer no finding",
    "action without desired impact": "Actions without a desired impact",
    "overdue action": "Overdue actions",
}


def grouped(found: list[Break]) -> list[tuple[str, list[Break]]]:
    """The breaks by kind, each with its title."""
    return [(title, some) for kind, title in TITLES.items() if (some := [each for each in found if each.kind == kind])]
