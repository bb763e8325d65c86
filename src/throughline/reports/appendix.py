"""The plan as an appendix: every area with its findings and actions, who does what by when, and both scales. Pure."""

from collections.abc import Sequence

from throughline.documents.model import Block, Bullets, Cell, Column, Heading, Paragraph, Strong, Table, Text, Tone
from throughline.impact.scale import NO_IMPACT, NOT_JUDGED, SCALE
from throughline.line.tree import ActionLine, AreaLine, FindingLine, MilestoneLine, PlanLine
from throughline.methods.printed import short_day
from throughline.plans.delivery import rating
from throughline.reports.changed import TONES
from throughline.reports.kinds import Facts
from throughline.reports.standing import standing

_COLUMNS = (
    Column("Action", 1.4), Column("What will be done", 4.5), Column("Lead and contributors", 3.9), Column("Due", 1.4),
    Column("Delivery", 2), Column("Impact", 1.9),
)  # fmt: skip


def blocks(line: PlanLine, facts: Facts, *, level: int) -> list[Block]:
    """The plan area by area, with the desired impacts first. `level` is that of each area's heading."""
    if not line.areas:
        return [Paragraph("The plan has no improvement area yet.")]
    found: list[Block] = []
    if line.impacts:
        rows = tuple(
            (each.reference, each.for_whom, each.would_see, _state(each.judged.state if each.judged else None))
            for each in line.impacts
        )
        columns = (Column("Impact", 1.4), Column("For whom", 3), Column("What would be seen", 6), Column("Judged", 2))
        found.append(Table("Desired impacts", columns, rows, row_headings=True))
    for area in line.areas:
        found += _area(line, area, facts, level)
    return found


def _state(state: object) -> Cell:
    if state is None:
        return Cell(NOT_JUDGED, Tone.NEUTRAL)
    meaning = SCALE[state]  # type: ignore[index]
    return Cell(meaning.printed, TONES[meaning.tone])


def _area(line: PlanLine, area: AreaLine, facts: Facts, level: int) -> list[Block]:
    actions = [each for each in line.actions_in(area) if each in standing(line)]
    findings = findings_in(line, area, actions)
    found: list[Block] = [Heading(level, f"{area.number} {area.title}")]
    if area.has_owner:
        owner = " · ".join(part for part in (area.owner_post, area.owner.name if area.owner else "") if part)
        found.append(Paragraph(f"Owner: {owner}"))
    if findings:
        found.append(Paragraph("Findings:"))
        found.append(Bullets(tuple((Strong(each.reference), f" {each.title}") for each in findings)))
    if actions:
        rows = tuple(_row(line, each, facts) for each in actions)
        found.append(Table(f"Actions: {area.title}", _COLUMNS, rows, row_headings=True))
    else:
        found.append(Paragraph("No action yet."))
    return found


def findings_in(line: PlanLine, area: AreaLine, actions: Sequence[ActionLine]) -> list[FindingLine]:
    """The findings that are placed in an area, or answered by its actions."""
    answered = {finding for each in actions for finding in each.findings}
    return [each for each in line.findings if each.needs_action and (area.id in each.areas or each.id in answered)]


def _row(line: PlanLine, act: ActionLine, facts: Facts) -> tuple[Cell | Text, ...]:
    findings = [found.reference for each in act.findings if (found := line.finding(each))]
    done: list[str | Strong] = [Strong(act.title)]
    if act.detail:
        done.append(f"\n{act.detail}")
    if findings:
        done.append(f"\nAnswers {', '.join(findings)}")
    done += [f"\n{_milestone(step)}" for step in act.milestones]
    shown = rating(act.shown(facts.on))
    first = f"\nfirst {short_day(act.original_due)}" if act.due != act.original_due else ""
    return (
        act.reference, tuple(done), _who(act), f"{short_day(act.due)}{first}",
        Cell(shown.printed, TONES[shown.tone]), _impact(line, act),
    )  # fmt: skip


def _milestone(step: MilestoneLine) -> str:
    return f"– {step.title}: {'reached' if step.reached else 'by'} {short_day(step.reached or step.due)}"


def _who(act: ActionLine) -> Text:
    parts: list[str | Strong] = [Strong(act.lead.name)]
    if act.owner_post:
        parts.append(f"\n{act.owner_post}")
    parts += [f"\nWith {each.body.name}: {each.part}" for each in act.contributors]
    return tuple(parts)


def _impact(line: PlanLine, act: ActionLine) -> Cell:
    if not act.impacts:
        return Cell(NO_IMPACT, Tone.WARNING)
    names = ", ".join(each.reference for each in line.impacts if each.id in act.impacts)
    found = line.impact_of(act)
    meaning = SCALE[found] if found else None
    words = meaning.printed if meaning else NOT_JUDGED
    return Cell(f"{words}\n{names}", TONES[meaning.tone] if meaning else Tone.NEUTRAL)
