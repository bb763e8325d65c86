"""One finding's line as its page tells it: all that was said and done about it, as far as a person may see. Pure.

Each part is a list of values for the page's components, in the order of the line: the words, what they return from,
what answers them, what was reported, tested, seen and decided, what children would see, what was judged, and what later
inspections said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from throughline.history.moments import day_of
from throughline.line import marks, threads
from throughline.line.threads import AddressOf
from throughline.line.tree import (
    ActionLine,
    DecisionLine,
    EvidenceLine,
    FindingLine,
    ImpactLine,
    PlanLine,
    UpdateLine,
)
from throughline.methods.printed import day
from throughline.plans.models import Action, Extension
from throughline.plans.verifying import LEVELS, Level
from throughline.scrutiny.models import Decision
from throughline.ui.parts import Cell, Happening, Row, Step
from throughline.ui.scales import mark_of


@dataclass(frozen=True)
class ActionPart:
    """An action of a finding's line. `marks` say where it stands, `facts` what it is, `told` what was said and done."""

    action: ActionLine
    url: str
    marks: tuple[Cell, ...]
    facts: tuple[Row, ...]
    told: tuple[Happening, ...]
    tested: tuple[Step, ...]
    evidence: tuple[Step, ...]


@dataclass(frozen=True)
class ImpactPart:
    """A desired impact of a finding's line, with what shows it, and every judgement of it."""

    impact: ImpactLine
    url: str
    steps: tuple[Step, ...]
    earlier: tuple[Happening, ...]


@dataclass(frozen=True)
class ThreadPage:
    """One finding's whole line. `before`: the findings that it returns from; `after`: those that returned from it."""

    finding: FindingLine
    source: str
    areas: tuple[str, ...]
    before: tuple[tuple[FindingLine, str], ...]
    after: tuple[tuple[FindingLine, str], ...]
    actions: tuple[ActionPart, ...]
    impacts: tuple[ImpactPart, ...]
    decisions: tuple[Happening, ...]
    later: tuple[Step, ...]


def thread_page(line: PlanLine, finding: FindingLine, on: date, address: AddressOf, evidence_url: str) -> ThreadPage:
    """Everything about a finding in one plan. `evidence_url` has {} where a piece of evidence's reference stands."""
    actions = line.answers_to(finding)
    served = dict.fromkeys(id_ for each in actions for id_ in each.impacts)
    impacts = [each for each in line.impacts if each.id in served]
    references = {each.reference for each in actions}
    by_id = {each.id: each for each in line.findings}
    areas = {each.area for each in actions} | set(finding.areas)

    def linked(found: Sequence[FindingLine]) -> tuple[tuple[FindingLine, str], ...]:
        return tuple((each, address("finding", each.reference, each.inspection)) for each in found)

    return ThreadPage(
        finding=finding,
        source=threads.source_of(finding),
        areas=tuple(f"{each.number} {each.title}" for each in line.areas if each.id in areas),
        before=linked([by_id[id_] for id_ in finding.returns_of if id_ in by_id]),
        after=linked([each for each in line.findings if finding.id in each.returns_of]),
        actions=tuple(_action(line, each, on, address, evidence_url) for each in actions),
        impacts=tuple(_impact(line, each, address) for each in impacts),
        decisions=tuple(_decision(each) for each in line.decisions if each.action and each.action in references),
        later=tuple(threads.later_step(each, address) for each in finding.later),
    )


def _action(line: PlanLine, each: ActionLine, on: date, address: AddressOf, evidence_url: str) -> ActionPart:
    activities = [one for one in line.activities if each.id in one.actions]
    ids = {each.id, *(one.id for one in activities)}
    shown = [marks.delivery_mark(each, on)]
    if each.shown(on).redated:
        shown.append(marks.REDATED)
    return ActionPart(
        each,
        address("action", each.reference, ""),
        tuple(Cell(mark=mark) for mark in shown),
        tuple(_facts(each)),
        tuple(sorted(_told(line, each), key=lambda one: one.at, reverse=True)),  # type: ignore[arg-type,return-value]
        tuple(threads.activity_step(one, address) for one in activities),
        tuple(_evidence(one, evidence_url) for one in line.evidence if ids & set(one.linked)),
    )


def _facts(each: ActionLine) -> list[Row]:
    redated = f" (first {day(each.original_due)})" if each.due != each.original_due else ""
    rows = [
        Row("Who leads", " – ".join(part for part in (each.lead.name, each.owner_post) if part)),
        Row("Due", f"{day(each.due)}{redated}"),
    ]
    rows += [Row("Contributes", f"{part.body.name}: {part.part}") for part in each.contributors]
    rows += [
        Row(
            f"Milestone {step.number}",
            f"{step.title.rstrip('.')}. "
            + (f"Reached on {day(step.reached)}." if step.reached else f"Due on {day(step.due)}."),
        )
        for step in each.milestones
    ]
    if each.resources:
        rows.append(
            Row("Resources", " – ".join(p for p in (Action.RESOURCES[each.resources], each.resources_note) if p))
        )
    return rows


def _told(line: PlanLine, each: ActionLine) -> list[Happening]:
    """What was returned, verified, asked for and decided about an action."""
    found = [_update(line, said) for said in each.updates]
    found += [
        Happening(
            f"{LEVELS[Level(one.level)].printed}: {'satisfied' if one.satisfied else 'not satisfied'}", one.on,
            by=one.capacity, text=one.basis,
        )
        for one in each.verifications
    ]  # fmt: skip
    for one in each.extensions:
        found.append(
            Happening(
                f"Another day was asked for: {day(one.proposed)}", one.asked_on, by=each.lead.name, text=one.reason
            )
        )
        if one.decided_on:
            given = f": {day(one.due_given)}" if one.due_given and one.state == Extension.APPROVED else ""
            found.append(Happening(f"The extension was {one.state}{given}", one.decided_on, text=one.decision_note))
    return found


def _update(line: PlanLine, said: UpdateLine) -> Happening:
    """What one body said in one return; until it is accepted it stands at the day on which the return is due."""
    stage = "" if said.stage == "accepted" else " (not accepted yet)"
    says = f": {mark_of('delivery', said.self_rating).words.lower()}" if said.self_rating else ""
    period = line.period(said.period)
    at = day_of(datetime.fromisoformat(said.accepted_at)) if said.accepted_at else period.due if period else date.min
    parts = (
        "Unchanged from the quarter before." if said.brought_forward else "",
        said.progress or "Nothing to add.",
        f"Why it slips: {said.slip_reason}" if said.slip_reason else "",
        f"Another day is proposed: {day(said.proposed_due)}." if said.proposed_due else "",
    )
    return Happening(
        f"Reported for {said.period_label}{says}{stage}",
        at,
        by=said.body.name,
        text="\n".join(part for part in parts if part),
    )


def _evidence(each: EvidenceLine, url: str) -> Step:
    seen = [
        f"Seen on {day(on)} by the {capacity[:1].lower()}{capacity[1:]}, who is "
        f"{'satisfied' if satisfied else 'not satisfied'} that {that}"
        for on, capacity, satisfied, that in each.seen
    ]
    dated = f" Of {day(each.dated)}." if each.dated else ""
    held = f"Held by {each.body.name}" + (f", {each.held_where}." if each.held_where else ".")
    return Step(
        "Evidence",
        each.reference,
        each.title,
        url=url.format(each.reference),
        text="\n".join([f"{held}{dated}", *seen]),
    )


def _impact(line: PlanLine, each: ImpactLine, address: AddressOf) -> ImpactPart:
    newest = {one.id for one in (each.judged, each.scrutineers_view) if one}
    return ImpactPart(
        each,
        address("impact", each.reference, ""),
        tuple(threads.impact_steps(line, each, address))[1:],
        tuple(
            Happening(
                f"{'Executive Group' if one.whose == 'executive' else 'Independent scrutineer'}: "
                f"{marks.impact_mark(one.state).words.lower()}",
                one.on, by=one.by_name, text=one.reason,
            )
            for one in each.judgements
            if one.id not in newest
        ),
    )  # fmt: skip


def _decision(each: DecisionLine) -> Happening:
    answered = f"{Decision.OUTCOMES[each.outcome]}: {each.answer}" if each.answered_on else "Not answered yet."
    return Happening(
        f"{each.reference} {each.text}", each.answered_on or each.sought_on,
        by=each.sought_by.name if each.sought_by else "", text="\n".join(p for p in (each.why, answered) if p),
    )  # fmt: skip
