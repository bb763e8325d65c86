"""Decisions that are sought, those that were answered since, and what the next quarter brings. Pure."""

from datetime import date, timedelta

from throughline.documents.model import Block, Cell, Column, Heading, Paragraph, Table, Tone
from throughline.line.tree import DecisionLine, PeriodLine, PlanLine
from throughline.methods.printed import day, short_day
from throughline.plans.delivery import OPEN
from throughline.reports.kinds import Facts
from throughline.reports.standing import following, standing

_QUARTER = timedelta(days=92)
Row = tuple[Cell | str, ...]
_OUTCOMES = {
    "agreed": ("Agreed", Tone.GOOD),
    "not_agreed": ("Not agreed", Tone.WARNING),
    "deferred": ("Put off", Tone.WARNING),
}


def blocks(line: PlanLine, facts: Facts) -> list[Block]:
    """What the meeting is asked to decide, and what was answered since the period before."""
    sought = [each for each in line.decisions if each.outcome == "sought"]
    answered = [each for each in line.decisions if each.answered_on and _is_new(each.answered_on, facts)]
    found: list[Block] = [Heading(1, "Decisions sought")]
    if sought:
        columns = (Column("Decision", 1.3), Column("What is sought", 4), Column("Why", 4), Column("Sought by", 2))
        rows = tuple((each.reference, _text(each), each.why or "–", _who(each)) for each in sought)
        found.append(Table("Decisions sought from this meeting", columns, rows, row_headings=True))
    else:
        found.append(Paragraph(f"No decision of the {facts.group} is sought."))
    if answered:
        columns = (Column("Decision", 1.3), Column("What was sought", 4), Column("Answer", 4.5), Column("On", 1.6))
        replies: tuple[Row, ...] = tuple(
            (each.reference, _text(each), _answer(each), short_day(each.answered_on or facts.on)) for each in answered
        )
        found.append(Table("Answered since the report before", columns, replies, row_headings=True))
    return found


def _is_new(on: date, facts: Facts) -> bool:
    return facts.since is None or facts.since <= on <= facts.on


def _text(each: DecisionLine) -> str:
    return f"{each.text} ({each.action})" if each.action else each.text


def _who(each: DecisionLine) -> str:
    return each.sought_by.name if each.sought_by else "Business unit"


def _answer(each: DecisionLine) -> Cell:
    words, tone = _OUTCOMES[each.outcome]
    return Cell(f"{words}: {each.answer}" if each.answer else words, tone)


def ahead(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """The days of this period that are still to come, and what is due by the end of the next quarter."""
    after = following(line, period)
    until = after.data_to if after and after.data_to > facts.on else facts.on + _QUARTER
    rows: list[tuple[date, str, str]] = []
    for each in (period, after):
        if each is None:
            continue
        for on, words in ((each.due, "Returns due"), (each.papers_out, "Papers go out"), (each.meeting, "Meeting")):
            if on is not None and on >= facts.on:
                rows.append((on, f"{words}, {each.label}", facts.group if words == "Meeting" else "–"))
    for act in standing(line):
        if act.delivery not in OPEN:
            continue
        if facts.on <= act.due <= until:
            rows.append((act.due, f"{act.reference} {act.title}", act.lead.name))
        rows += [
            (step.due, f"{act.reference}, milestone {step.number}: {step.title}", act.lead.name)
            for step in act.milestones
            if step.reached is None and facts.on <= step.due <= until
        ]
    rows += [
        (each.due, f"{each.reference} {each.title}", each.body.name)
        for each in line.activities
        if each.done_on is None and facts.on <= each.due <= until
    ]
    if not rows:
        return []
    columns = (Column("Day", 2), Column("What", 6), Column("Who", 3))
    table = tuple((day(on), what, who) for on, what, who in sorted(rows))
    return [Heading(1, "Next quarter"), Table(f"Due by {day(until)}", columns, table)]
