"""A part of the line that still hangs together: an area's, a body's, one finding's, or only what is broken. Pure."""

from collections.abc import Callable, Collection
from dataclasses import replace

from throughline.line.checks import Break, is_unanswered
from throughline.line.tree import ActionLine, FindingLine, ImpactLine, PlanLine
from throughline.plans.delivery import ENDED


def standing(line: PlanLine) -> PlanLine:
    """The line as it is drawn: without ended actions, and without findings that nobody must or did answer here."""
    actions = tuple(each for each in line.actions if each.delivery not in ENDED)
    answered = {id_ for each in actions for id_ in each.findings}
    return replace(
        line,
        actions=actions,
        findings=tuple(each for each in line.findings if each.id in answered or is_unanswered(line, each)),
    )


def in_area(line: PlanLine, number: int) -> PlanLine:
    """What belongs to an improvement area: its actions, and what was placed in it."""
    area = next((each for each in line.areas if each.number == number), None)
    if area is None:
        return _kept(line, lambda _: False, lambda _: False, lambda _: False)
    found = _kept(
        line,
        lambda each: each.area == area.id,
        lambda each: area.id in each.areas and is_unanswered(line, each),
        lambda _: False,
    )
    return replace(found, areas=(area,))


def of_body(line: PlanLine, body: str) -> PlanLine:
    """What an agency or group leads or contributes to, by its id, with the activities that it carries out."""
    carried = {id_ for each in line.activities if each.body.id == body for id_ in each.impacts}

    def is_theirs(action: ActionLine) -> bool:
        return action.lead.id == body or any(each.body.id == body for each in action.contributors)

    return _kept(line, is_theirs, lambda _: False, lambda each: each.id in carried)


def of_finding(line: PlanLine, finding: FindingLine) -> PlanLine:
    """One finding's own line: the actions that answer it, and what follows from them."""
    found = _kept(line, lambda each: finding.id in each.findings, lambda each: each.id == finding.id, lambda _: False)
    own = tuple(each for each in found.findings if each.id == finding.id)
    actions = tuple(
        replace(each, findings=tuple(id_ for id_ in each.findings if id_ == finding.id)) for each in found.actions
    )
    return replace(found, findings=own, actions=actions)


def only_broken(line: PlanLine, found: Collection[Break]) -> PlanLine:
    """What is broken, with everything that it is tied to."""
    findings = {(each.inspection, each.finding) for each in found if each.finding}
    actions = {each.action for each in found if each.action}
    impacts = {each.impact for each in found if each.impact}
    areas = {each.area for each in found if each.area is not None}
    kept = _kept(
        line,
        lambda each: each.reference in actions,
        lambda each: (each.inspection, each.reference) in findings,
        lambda each: each.reference in impacts,
    )
    used = {each.area for each in kept.actions} | {id_ for each in kept.findings for id_ in each.areas[:1]}
    return replace(kept, areas=tuple(each for each in line.areas if each.id in used or each.number in areas))


def _kept(
    line: PlanLine,
    wants_action: Callable[[ActionLine], bool],
    wants_finding: Callable[[FindingLine], bool],
    wants_impact: Callable[[ImpactLine], bool],
) -> PlanLine:
    """The wanted with their neighbours: an action brings its findings and impacts, a wanted impact its actions."""
    wanted = {each.id for each in line.impacts if wants_impact(each)}
    actions = tuple(each for each in line.actions if wants_action(each) or wanted & set(each.impacts))
    answered = {id_ for each in actions for id_ in each.findings}
    served = wanted | {id_ for each in actions for id_ in each.impacts}
    ids = {each.id for each in actions}
    areas = {each.area for each in actions}
    findings = tuple(each for each in line.findings if each.id in answered or wants_finding(each))
    areas |= {id_ for each in findings if each.id not in answered for id_ in each.areas}
    return replace(
        line,
        findings=findings,
        areas=tuple(each for each in line.areas if each.id in areas),
        actions=actions,
        impacts=tuple(each for each in line.impacts if each.id in served),
        activities=tuple(each for each in line.activities if ids & set(each.actions) or served & set(each.impacts)),
        decisions=tuple(each for each in line.decisions if each.action in {act.reference for act in actions}),
    )
