"""What is out of order, in its lead's own words, and what is being done about it. Pure."""

from datetime import date

from throughline.documents.model import Block, Cell, Column, Heading, Paragraph, Strong, Table, Text, Tone
from throughline.line.tree import ActionLine, PeriodLine, PlanLine, UpdateLine
from throughline.methods.printed import count, day, short_day
from throughline.plans.delivery import PRINTED, Delivery
from throughline.reports.kinds import Facts
from throughline.reports.standing import OutOfOrder, out_of_order


def blocks(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """Every action that is overdue, at risk, slipped, past a milestone, or claimed and not confirmed."""
    found = out_of_order(line, period, facts.on)
    heading = Heading(1, "Exceptions")
    if not found:
        return [heading, Paragraph("No action is overdue, at risk, slipped, past a milestone, or claimed in vain.")]
    columns = (Column("Action", 3), Column("What is wrong", 2.4), Column("What its lead says", 3.4),
               Column("What is being done", 3))  # fmt: skip
    rows = tuple(
        (f"{each.action.reference} {each.action.title}", _wrong(each), _said(each, facts), _done(each, line))
        for each in found
    )
    return [heading, Table(f"{count(len(found), 'exception').capitalize()}", columns, rows, row_headings=True)]


def _wrong(each: OutOfOrder) -> Cell:
    act = each.action
    first = f" (first due {short_day(act.original_due)})" if act.due != act.original_due else ""
    parts = [f"Overdue since {short_day(act.due)}{first}"] if each.overdue else []
    parts += ["Claimed, and not confirmed"] if each.unconfirmed else []
    parts += [f"At risk, due {short_day(act.due)}{first}"] if each.at_risk and not each.overdue else []
    if each.slipped and each.slipped.proposed_due:
        parts.append(_slipped(act, each.slipped.proposed_due))
    parts += [f"Milestone missed: {step.title}, {short_day(step.due)}" for step in each.milestones]
    grave = each.overdue or each.unconfirmed is not None
    return Cell("\n".join(parts), Tone.BAD if grave else Tone.WARNING)


def _slipped(act: ActionLine, proposed: date) -> str:
    """The day that its lead proposes; once that day is given, from which day it slipped."""
    if proposed != act.due:
        return f"{short_day(proposed)} proposed instead of {short_day(act.due)}"
    given = [each.was_due for each in act.extensions if each.state == "approved" and each.due_given == act.due]
    return f"Slipped from {short_day(given[-1] if given else act.original_due)} to {short_day(act.due)}"


def words(said: UpdateLine) -> str:
    """The words of an update, marked when they were carried over unchanged."""
    unchanged = "Unchanged from the quarter before: " if said.brought_forward else ""
    rating = PRINTED[Delivery(said.self_rating)] if said.self_rating else "No rating"
    return unchanged + (said.progress or f"{rating}, nothing to add.")


def _said(each: OutOfOrder, facts: Facts) -> Text:
    said = next((one for one in each.action.accepted_of_lead if one.progress or not facts.public), None)
    if said is None:
        return "" if facts.public else (Strong(each.action.lead.name), "\nNothing accepted about this action.")
    reason = f"\nWhy: {each.slipped.slip_reason}" if each.slipped and each.slipped.slip_reason else ""
    return (Strong(f"{said.body.name}, {said.period_label}"), f"\n{words(said)}{reason}")


def _done(each: OutOfOrder, line: PlanLine) -> str:
    """Looks, requests for another day and decisions about the action, the newest last."""
    act, parts = each.action, []
    if each.unconfirmed:
        basis = f": {each.unconfirmed.basis}" if each.unconfirmed.basis else ""
        parts.append(f"Looked at on {short_day(each.unconfirmed.on)}, {each.unconfirmed.capacity}{basis}")
    for asked in act.extensions:
        if asked.state == "asked":
            parts.append(f"Asked on {short_day(asked.asked_on)} to have until {short_day(asked.proposed)}")
        elif asked.state == "approved" and asked.due_given == act.due and asked.due_given:
            parts.append(f"Given until {short_day(asked.due_given)}")
        elif asked.state == "refused":
            parts.append(f"Another day was refused: {asked.decision_note or short_day(asked.proposed)}")
    for decision in line.decisions:
        if decision.action == act.reference:
            at = f", {day(decision.answered_on)}" if decision.answered_on else ""
            words_ = "decision sought" if decision.outcome == "sought" else decision.answer or decision.outcome
            parts.append(f"{decision.reference}{at}: {words_}")
    return "\n".join(parts) or "Nothing is recorded yet"
