"""Which returns came, when, and what stands in them beside actions. Pure."""

from throughline.documents.model import Block, Cell, Column, Heading, Step, Table, Thread, Tone
from throughline.line.tree import PeriodLine, ReturnLine
from throughline.methods.printed import count, day, short_day
from throughline.reports.kinds import Facts
from throughline.returns.states import PRINTED, ReturnState


def blocks(period: PeriodLine, facts: Facts) -> list[Block]:
    """Every return that the period asks for: received, late by how many days, not accepted."""
    if not period.returns:
        return []
    rows = tuple(
        (
            each.body.name,
            state_of(each, period, facts),
            short_day(each.submitted_on) if each.submitted_on else "–",
            short_day(each.accepted_on) if each.accepted_on else "–",
        )
        for each in period.returns
    )
    return [
        Heading(1, "What was returned"),
        Table(
            f"Returns for {period.label}, due {day(period.due)}",
            (Column("Agency or group", 4), Column("State", 3), Column("Submitted", 2), Column("Accepted", 2)),
            rows,
            row_headings=True,
        ),
    ]


def state_of(return_: ReturnLine, period: PeriodLine, facts: Facts) -> Cell:
    """Where a return stands, with the days by which it is or was late."""
    state = ReturnState(return_.state)
    if return_.is_in:
        days = (return_.submitted_on - period.due).days if return_.submitted_on else 0
        late = f", {count(days, 'day')} late" if days > 0 else ""
        words = PRINTED[state] + late + (", nothing to report" if return_.nil else "")
        if state == ReturnState.SUBMITTED:
            words += ", not accepted yet"
        return Cell(words, Tone.WARNING if late else Tone.INFO if state == ReturnState.SUBMITTED else Tone.GOOD)
    days = (facts.on - period.due).days
    if days > 0:
        what = "Sent back" if state == ReturnState.SENT_BACK else "Not submitted"
        return Cell(f"{what}, {count(days, 'day')} late", Tone.BAD)
    return Cell(PRINTED[ReturnState.SENT_BACK] if state == ReturnState.SENT_BACK else "Not due yet", Tone.NEUTRAL)


def beside(period: PeriodLine) -> list[Block]:
    """What bodies wrote in accepted returns that belongs to no action: their audits, and what the chair should know."""
    found = [
        Step(each.body.name, each.general.progress, f"{period.label}, beside its actions")
        for each in period.returns
        if each.general and each.general.progress and each.state == ReturnState.ACCEPTED
    ]
    return [Heading(1, "Also returned"), *(Thread((each,)) for each in found)] if found else []
