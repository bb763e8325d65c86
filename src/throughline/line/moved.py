"""What moved since the last quarter, as values: steps of delivery, judgements, days, and what became overdue. Pure.

It is told from two trees, one of each day. `live_moved` tells the same from the record without building either.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from throughline.impact.scale import SCALE, Impact
from throughline.line.tree import ActionLine, PlanLine
from throughline.methods.printed import day
from throughline.plans.delivery import PRINTED, Delivery

SHOWN = 8
# kind -> what a group of them is called, in the order in which they are told.
KINDS: Mapping[str, str] = {
    "delivery": "Steps of delivery",
    "judged": "New judgements",
    "re-dated": "Given another day",
    "newly overdue": "Newly overdue",
    "added": "New actions",
}


@dataclass(frozen=True)
class Move:
    """One thing that moved. `reference` is an action's, or a desired impact's where `kind` is judged."""

    kind: str
    reference: str
    sentence: str


@dataclass(frozen=True)
class Moves:
    """All of one kind: how many, and the first few."""

    kind: str
    count: int
    items: tuple[Move, ...]

    @property
    def title(self) -> str:
        """What the kind is called."""
        return KINDS[self.kind]

    @property
    def more(self) -> int:
        """How many are not shown."""
        return self.count - len(self.items)


class Period(Protocol):
    """A reporting period, as a row or as a value."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def opens(self) -> date:
        """The day on which it begins."""

    @property
    def meeting(self) -> date | None:
        """The day on which its papers are read, if one is set."""


@dataclass(frozen=True)
class Since:
    """The day from whose end on is looked, and why that one: "the Executive Group’s meeting of Q3 2018/19"."""

    day: date
    words: str


def since(periods: Iterable[Period], on: date) -> Since | None:
    """Since when a quarter's work is looked at on a day: the last quarter's meeting, or the opening of this one.

    This quarter is the newest that was open before the day, and the last one the one before it. None before the first.
    """
    opened = sorted((each for each in periods if each.opens < on), key=lambda each: each.opens)
    if not opened:
        return None
    last = opened[-2] if len(opened) > 1 else None
    if last is not None and last.meeting is not None and last.meeting < on:
        return Since(last.meeting, f"the meeting of {last.label}")
    return Since(opened[-1].opens, f"{opened[-1].label} was opened")


def moved(before: PlanLine, after: PlanLine, since_: date, on: date) -> list[Move]:
    """What is different in `after`, as seen on a day, from `before`, as it was at the end of `since_`; kind by kind."""
    then = {each.id: each for each in before.actions}
    found: list[Move] = []
    for each in after.actions:
        found += of_action(then.get(each.id), each, since_, on)
    known = {said.id for impact in before.impacts for said in impact.judgements}
    for impact in after.impacts:
        new = [said for said in impact.judgements if said.id not in known]
        found += [judged(impact.reference, said.whose, said.state) for said in reversed(new)]
    return ordered(found)


def ordered(found: Iterable[Move]) -> list[Move]:
    """Kind by kind, and within each by reference, as its number goes."""
    kinds = list(KINDS)
    return sorted(found, key=lambda each: (kinds.index(each.kind), len(each.reference), each.reference))


def of_action(then: ActionLine | None, now: ActionLine, since_: date, on: date) -> list[Move]:
    """What moved about one action; None is one that was not there."""
    if then is None:
        found = [added(now.reference, now.title, now.lead.name)]
        return [*found, late(now.reference, now.due)] if now.shown(on).overdue else found
    found = []
    if then.delivery != now.delivery:
        found.append(stepped(now.reference, then.delivery, now.delivery))
    if then.due != now.due:
        found.append(redated(now.reference, then.due, now.due))
    if now.shown(on).overdue and not then.shown(since_).overdue:
        found.append(late(now.reference, now.due))
    return found


def added(reference: str, title: str, lead: str) -> Move:
    """An action that was not in the plan."""
    return Move("added", reference, f"{reference} {title.rstrip('.')}. {lead} leads.")


def stepped(reference: str, then: Delivery, now: Delivery) -> Move:
    """A step of delivery."""
    return Move("delivery", reference, f"{reference}: from {PRINTED[then].lower()} to {PRINTED[now].lower()}.")


def redated(reference: str, then: date, now: date) -> Move:
    """A due date that was moved."""
    return Move("re-dated", reference, f"{reference}: from {day(then)} to {day(now)}.")


def late(reference: str, due: date) -> Move:
    """An action whose day has passed since."""
    return Move("newly overdue", reference, f"{reference} was due on {day(due)}.")


def judged(reference: str, whose: str, state: Impact) -> Move:
    """A judgement of a desired impact."""
    who = "the Executive Group judged" if whose == "executive" else "the scrutineer’s view is"
    return Move("judged", reference, f"{reference}: {who} “{SCALE[state].printed.lower()}”.")


def grouped(found: Iterable[Move]) -> tuple[Moves, ...]:
    """The moves by kind, every kind in order, those without any too."""
    given = list(found)
    return tuple(group(kind, [each for each in given if each.kind == kind]) for kind in KINDS)


def group(kind: str, found: Sequence[Move], count: int | None = None) -> Moves:
    """The moves of one kind; `count` where not all of them are given."""
    return Moves(kind, len(found) if count is None else count, tuple(ordered(found)[:SHOWN]))
