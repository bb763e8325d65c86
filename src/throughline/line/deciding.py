"""What needs a decision, as values: everything about a plan that waits for somebody who answers for it. Pure.

A need counts all of its kind and shows the first few. `live_deciding` gives the same from the tables.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from throughline.line.checks import reason_for_delay
from throughline.line.tree import PlanLine
from throughline.methods.printed import day
from throughline.plans.delivery import ENDED, Delivery
from throughline.scrutiny.states import OPEN

SHOWN = 5
# kind -> what a group of them is called, in the order in which they are told.
KINDS: Mapping[str, str] = {
    "decision": "Decisions sought",
    "extension": "Extensions asked for",
    "overdue": "Overdue without a reason",
    "claim": "Delivered, not verified",
    "assurance": "Assurance that does not support",
}


@dataclass(frozen=True)
class Item:
    """One thing that needs a decision: its reference (of a decision, an activity, else an action), and a sentence."""

    reference: str
    sentence: str


@dataclass(frozen=True)
class Need:
    """All of one kind: how many, and the first few."""

    kind: str
    count: int
    items: tuple[Item, ...]

    @property
    def title(self) -> str:
        """What the kind is called."""
        return KINDS[self.kind]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.items)


def decision(reference: str, text: str, sought_by: str) -> Item:
    """A decision that is sought, or was put off."""
    return Item(reference, f"{text.rstrip('.')}." + (f" {sought_by}." if sought_by else ""))


def extension(reference: str, was: date, proposed: date, body: str) -> Item:
    """An extension that was asked for and not decided."""
    return Item(reference, f"{body} asks to move it from {day(was)} to {day(proposed)}.")


def overdue(reference: str, due: date, body: str) -> Item:
    """An action that is overdue without a word."""
    return Item(reference, f"Due on {day(due)}. {body} has given no reason.")


def claim(reference: str, title: str, body: str) -> Item:
    """An action that its lead says is delivered, and nobody independent has verified."""
    return Item(reference, f"{title.rstrip('.')}. {body} says that it is done.")


def assurance(reference: str, title: str, found: str) -> Item:
    """An activity whose result does not support what it tests."""
    return Item(reference, f"{title.rstrip('.')}." + (f" {found}" if found else ""))


def _decisions(line: PlanLine, on: date) -> list[Item]:
    return [
        decision(each.reference, each.text, each.sought_by.name if each.sought_by else "")
        for each in line.decisions
        if each.outcome in OPEN
    ]


def _extensions(line: PlanLine, on: date) -> list[Item]:
    return [
        extension(action.reference, each.was_due, each.proposed, action.lead.name)
        for action in line.actions
        if action.delivery not in ENDED
        for each in action.extensions
        if each.state == "asked"
    ]


def _overdue(line: PlanLine, on: date) -> list[Item]:
    return [
        overdue(each.reference, each.due, each.lead.name)
        for each in line.actions
        if each.shown(on).overdue and reason_for_delay(each) is None
    ]


def _claims(line: PlanLine, on: date) -> list[Item]:
    return [
        claim(each.reference, each.title, each.lead.name)
        for each in line.actions
        if each.delivery is Delivery.DELIVERED_CLAIMED
    ]


def _assurance(line: PlanLine, on: date) -> list[Item]:
    return [
        assurance(each.reference, each.title, each.found)
        for each in line.activities
        if each.result == "does_not_support"
    ]


FINDERS: Mapping[str, Callable[[PlanLine, date], list[Item]]] = {
    "decision": _decisions, "extension": _extensions, "overdue": _overdue, "claim": _claims, "assurance": _assurance,
}  # fmt: skip


def needs(line: PlanLine, on: date) -> tuple[Need, ...]:
    """What needs a decision in a plan as seen on a day, every kind in order, those without any too."""
    return tuple(need(kind, FINDERS[kind](line, on)) for kind in KINDS)


def need(kind: str, items: Iterable[Item], count: int | None = None) -> Need:
    """A need with its first few items; `count` where not all of them are given."""
    given = list(items)
    return Need(kind, len(given) if count is None else count, tuple(given[:SHOWN]))
