"""What changed since the period before: steps of delivery, days, judgements, and claims that were looked at. Pure."""

from collections.abc import Iterator
from datetime import date

from throughline.documents.model import Block, Cell, Column, Heading, Paragraph, Table, Tone
from throughline.impact.scale import NOT_JUDGED, SCALE
from throughline.line.tree import ActionLine, PlanLine
from throughline.methods.printed import count, day, listing, short_day
from throughline.plans.delivery import ENDED, PRINTED, Delivery
from throughline.plans.verifying import LEVELS, Level
from throughline.reports.kinds import Facts
from throughline.reports.wording import sentence

Row = tuple[Cell | str, ...]
_COLUMNS = (Column("What", 4), Column("Was", 2), Column("Is now", 3))
TONES = {"neutral": Tone.NEUTRAL, "good": Tone.GOOD, "info": Tone.INFO, "warning": Tone.WARNING, "bad": Tone.BAD}


def blocks(line: PlanLine, facts: Facts) -> list[Block]:
    """Everything that is different from how the register stood on the day from which changes are counted."""
    heading = Heading(1, "What changed")
    if facts.before is None or facts.since is None or not facts.before.actions:
        return [heading, Paragraph("This is the plan’s first report: there is nothing earlier to compare it with.")]
    groups = (
        ("step of delivery", "steps of delivery", list(_delivery(line, facts.before))),
        ("new day", "new days", list(_days(line, facts.before))),
        ("judgement of impact", "judgements of impact", list(_judgements(line, facts.before))),
        ("claim looked at", "claims looked at", list(_looks(line, facts.before))),
        ("milestone reached", "milestones reached", list(_milestones(line, facts.before))),
    )
    rows = [row for _, _, found in groups for row in found]
    if not rows:
        return [heading, Paragraph(f"Nothing has changed since {day(facts.since)}.")]
    said = listing([count(len(found), one, many) for one, many, found in groups if found])
    return [
        heading,
        Paragraph(sentence(f"Since {day(facts.since)}: {said}")),
        Table(f"Changes since {day(facts.since)}", _COLUMNS, tuple(rows), row_headings=True),
    ]


def _name(act: ActionLine) -> str:
    return f"{act.reference} {act.title}"


def _delivery(line: PlanLine, before: PlanLine) -> Iterator[Row]:
    was = {each.id: each for each in before.actions}
    for act in line.actions:
        earlier = was.get(act.id)
        if earlier is None:
            if act.delivery not in ENDED:
                yield (_name(act), "–", Cell(f"New: {PRINTED[act.delivery].lower()}", Tone.NEUTRAL))
        elif earlier.delivery != act.delivery:
            yield (_name(act), PRINTED[earlier.delivery], Cell(PRINTED[act.delivery], _DELIVERY[act.delivery]))
    gone = [each for each in before.actions if each.id not in {act.id for act in line.actions}]
    for act in gone:
        yield (_name(act), PRINTED[act.delivery], Cell("Taken out of the plan", Tone.NEUTRAL))


_DELIVERY = {
    Delivery.NOT_STARTED: Tone.NEUTRAL, Delivery.ON_TRACK: Tone.INFO, Delivery.AT_RISK: Tone.WARNING,
    Delivery.DELIVERED_CLAIMED: Tone.INFO, Delivery.DELIVERED_VERIFIED: Tone.GOOD, Delivery.WITHDRAWN: Tone.NEUTRAL,
    Delivery.SUPERSEDED: Tone.NEUTRAL,
}  # fmt: skip


def _days(line: PlanLine, before: PlanLine) -> Iterator[Row]:
    was = {each.id: each.due for each in before.actions}
    for act in line.actions:
        earlier = was.get(act.id, act.due)
        if earlier == act.due or act.delivery in ENDED:
            continue
        reason = next(
            (each.reason for each in act.extensions if each.state == "approved" and each.due_given == act.due), ""
        )
        words = f"Due {short_day(act.due)}" + (f": {reason}" if reason else "")
        later = act.due > earlier
        yield (_name(act), f"Due {short_day(earlier)}", Cell(words, Tone.WARNING if later else Tone.INFO))


def _judgements(line: PlanLine, before: PlanLine) -> Iterator[Row]:
    was = {each.id: each.judged for each in before.impacts}
    for impact in line.impacts:
        judged, earlier = impact.judged, was.get(impact.id)
        if judged is None or (earlier is not None and earlier.id == judged.id):
            continue
        meaning = SCALE[judged.state]
        words = f"{meaning.printed}: {judged.reason}" if judged.reason else meaning.printed
        then = SCALE[earlier.state].printed if earlier else NOT_JUDGED
        yield (f"{impact.reference} {impact.would_see}", then, Cell(words, TONES[meaning.tone]))


def _looks(line: PlanLine, before: PlanLine) -> Iterator[Row]:
    known = {look.id for act in before.actions for look in act.verifications}
    for act in line.actions:
        for look in act.verifications:
            if look.id in known:
                continue
            said = LEVELS[Level(look.level)].printed if look.satisfied else "Not confirmed"
            words = f"{said} on {short_day(look.on)}, {look.capacity}" + (f": {look.basis}" if look.basis else "")
            tone = Tone.GOOD if look.satisfied else Tone.BAD
            yield (_name(act), "Claimed", Cell(words, tone))


def _milestones(line: PlanLine, before: PlanLine) -> Iterator[Row]:
    reached = {step.id for act in before.actions for step in act.milestones if step.reached}
    for act in line.actions:
        for step in act.milestones:
            if step.reached and step.id not in reached and act.delivery not in ENDED:
                words = Cell(f"Reached {_on(step.reached)}", Tone.INFO)
                yield (f"{act.reference}, milestone {step.number}: {step.title}", f"Due {short_day(step.due)}", words)


def _on(day_: date) -> str:
    return short_day(day_)
