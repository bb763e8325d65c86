"""The Executive Group's report, from the line: what was returned, what needs attention, the thread of each finding.

Pure: a `PlanLine` and a few facts in, a document out. Every sentence is computed from the line or quoted from it; what
nobody recorded is not in the report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    KeyFacts,
    Notice,
    Paragraph,
    Quotation,
    Step,
    Strong,
    Style,
    Table,
    Thread,
    Tone,
)
from throughline.line.tree import ActionLine, FindingLine, PeriodLine, PlanLine, ReturnLine, UpdateLine
from throughline.methods.printed import count, day, listing, short_day
from throughline.plans.delivery import CLAIMABLE, KEY, PRINTED, Delivery, rating
from throughline.returns.states import PRINTED as RETURN_STATES
from throughline.returns.states import ReturnState

NO_IMPACT = "No desired impact"
NOT_MEASURABLE = "Not yet measurable"


@dataclass(frozen=True)
class Facts:
    """What the report says about itself. `on` is the day that it speaks of: overdue is counted to its end."""

    partnership: str
    executive_name: str
    marking: str
    reference: str
    prepared_by: str
    prepared_on: date
    on: date
    illustrative: bool = False


def executive_report(line: PlanLine, period: PeriodLine, facts: Facts) -> Document:
    """The report for one period. `line` is as the person who asked for it may see it."""
    blocks: list[Block] = []
    if facts.illustrative:
        blocks.append(
            Notice("Illustrative. This partnership is a worked example: what agencies say in it is invented.")
        )
    blocks += [
        *_position(line, period, facts),
        *_decisions(line, facts),
        *_returns(period, facts),
        *_areas(line, facts),
        *_threads(line, period),
        *_next(period),
    ]
    return Document(
        title=f"{line.title}: {period.label}",
        subtitle=f"Report to the {facts.executive_name}",
        organisation=facts.partnership,
        kind="Executive Group report",
        marking=facts.marking,
        audience=f"{facts.executive_name} and members of the partnership",
        as_of=facts.on,
        prepared_on=facts.prepared_on,
        reference=facts.reference,
        subject=f"Progress of {line.title} in {period.label}",
        keywords=("improvement plan", "joint inspection", period.label),
        author=facts.prepared_by,
        footer_note=f"Read from the record at entry {line.sequence}, {line.head_hash[:12]}",
        blocks=tuple(blocks),
    )


def _rated(action: ActionLine, facts: Facts) -> Cell:
    shown = rating(action.shown(facts.on))
    return Cell(shown.printed, Tone(shown.tone))


def _who(action: ActionLine) -> str:
    return f"{action.lead.name}, {action.owner_post}" if action.owner_post else action.lead.name


def _impact(action: ActionLine) -> Cell:
    return Cell(NOT_MEASURABLE, Tone.NEUTRAL) if action.impacts else Cell(NO_IMPACT, Tone.WARNING)


def _position(line: PlanLine, period: PeriodLine, facts: Facts) -> Iterator[Block]:
    """Where the plan stands, in a paragraph of counted sentences."""
    yield Heading(1, "Where the plan stands")
    answerable = [each for each in line.findings if each.needs_action]
    answered = [each for each in answerable if line.answers_to(each) or each.answered_elsewhere]
    came_in = [each for each in period.returns if each.is_in]
    overdue = [each for each in line.actions if each.shown(facts.on).overdue]
    verified = [each for each in line.actions if each.delivery is Delivery.DELIVERED_VERIFIED]
    claimed = [each for each in line.actions if each.delivery is Delivery.DELIVERED_CLAIMED]
    sentences = [
        f"{count(len(came_in), 'return')} of {len(period.returns)} had come in by {day(facts.on)}.",
        f"The plan has {count(len(line.actions), 'action')} for {count(len(answerable), 'finding')} that need one; "
        + (
            "every one of them is answered."
            if len(answered) == len(answerable)
            else f"{count(len(answerable) - len(answered), 'finding')} "
            f"{'is' if len(answerable) - len(answered) == 1 else 'are'} not answered yet."
        ),
        f"Agencies say that {count(len(claimed), 'action')} {'is' if len(claimed) == 1 else 'are'} delivered; "
        f"{count(len(verified), 'action')} {'has' if len(verified) == 1 else 'have'} been verified by somebody "
        "independent.",
        f"{_capital(count(len(overdue), 'action'))} {'is' if len(overdue) == 1 else 'are'} overdue."
        if overdue
        else "No action is overdue.",
        "No measure of impact has been recorded yet, so this report says what was done, not what changed for children.",
    ]
    yield Paragraph(_capital(" ".join(sentences)), style=Style.LEAD)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _decisions(line: PlanLine, facts: Facts) -> Iterator[Block]:
    """What the Group should look at: overdue, at risk, and what the line lacks."""
    yield Heading(1, "What needs the Group's attention")
    rows = []
    for each in line.actions:
        shown = each.shown(facts.on)
        if not (shown.overdue or shown.state is Delivery.AT_RISK):
            continue
        said = _accepted(each)
        rows.append(
            (
                Cell(each.reference, bold=True),
                (Strong(each.title), f"\n{_who(each)}"),
                _rated(each, facts),
                short_day(each.due),
                said.progress if said and said.progress else "Nothing has been accepted from the agency yet.",
            )
        )
    if rows:
        yield Table(
            "Overdue and at risk",
            (Column("Action", 1), Column("What and who", 3.4), Column("Delivery", 1.7), Column("Due", 1.2),
             Column("What the agency says", 3.4)),
            tuple(rows),
        )  # fmt: skip
    else:
        yield Paragraph("No action is overdue or at risk.")
    lacking = [
        *(f"{each.reference}: {each.title}. No action answers it." for each in line.findings
          if each.needs_action and not each.answered_elsewhere and not line.answers_to(each)),
        *(f"{each.reference}: {each.title}. Nobody has said what should change for children." for each in line.actions
          if not each.impacts and each.delivery not in (Delivery.WITHDRAWN, Delivery.SUPERSEDED)),
    ]  # fmt: skip
    if lacking:
        yield Heading(2, "Where the line is broken")
        yield Bullets(tuple(lacking))


def _returns(period: PeriodLine, facts: Facts) -> Iterator[Block]:
    yield Heading(1, "Returns")
    late = [each.body.name for each in period.returns if not each.is_in and facts.on > period.due]
    missing = [each.body.name for each in period.returns if not each.is_in]
    yield Paragraph(
        f"Returns were due on {day(period.due)}. "
        + ("All have come in." if not missing else "")
        + (f"{listing(late)} had not returned by {day(facts.on)}." if late else "")
        + (f"Still to come: {listing(missing)}." if missing and not late else "")
    )
    yield Table(
        f"Returns for {period.label}",
        (Column("Agency or group", 4), Column("State", 2.4), Column("Submitted", 1.6), Column("Accepted", 1.6)),
        tuple(_return_row(each, period, facts) for each in period.returns),
        row_headings=True,
    )


_RETURN_TONES = {
    ReturnState.ACCEPTED: Tone.GOOD, ReturnState.SUBMITTED: Tone.INFO, ReturnState.SENT_BACK: Tone.WARNING,
    ReturnState.SIGNED: Tone.NEUTRAL, ReturnState.DRAFT: Tone.NEUTRAL,
}  # fmt: skip


def _return_row(each: ReturnLine, period: PeriodLine, facts: Facts) -> tuple[Cell | str, ...]:
    state = ReturnState(each.state)
    if not each.is_in and facts.on > period.due:
        cell = Cell(f"{RETURN_STATES[state]}, late", Tone.BAD)
    else:
        nil = ", nothing to report" if each.nil and each.is_in else ""
        cell = Cell(f"{RETURN_STATES[state]}{nil}", _RETURN_TONES[state])
    return (
        each.body.name,
        cell,
        short_day(each.submitted_on) if each.submitted_on else "–",
        short_day(each.accepted_on) if each.accepted_on else "–",
    )


def _areas(line: PlanLine, facts: Facts) -> Iterator[Block]:
    """Both scales, area by area, with the printed key."""
    yield Heading(1, "Delivery and impact, by improvement area")
    for area in line.areas:
        actions = line.actions_in(area)
        yield Heading(2, f"{area.number}. {area.title}")
        if not actions:
            yield Paragraph("This area has no action yet.")
            continue
        yield Table(
            f"Actions of area {area.number}",
            (Column("Action", 1.1), Column("What will be done", 4.2), Column("Lead", 1.8), Column("Due", 1.3),
             Column("Delivery", 1.9), Column("Impact", 1.9)),
            tuple(
                (Cell(each.reference, bold=True), each.title, each.lead.short_name or each.lead.name, _due(each),
                 _rated(each, facts), _impact(each))
                for each in actions
            ),
        )  # fmt: skip
    yield Heading(2, "Key")
    yield KeyFacts(tuple((each.printed, _MEANING[each.key]) for each in KEY))


def _due(action: ActionLine) -> str:
    if action.due == action.original_due:
        return short_day(action.due)
    return f"{short_day(action.due)} (first {short_day(action.original_due)})"


_MEANING = {
    "not_started": "Work has not begun and the day has not passed.",
    "on_track": "The agency says that it will be done by the day.",
    "at_risk": "The agency says that it may not be done by the day.",
    "overdue": "The day has passed and the action is open, whatever its agency says.",
    "claimed": "The agency says that it is done. Nobody independent has confirmed it.",
    "verified": "Somebody independent has confirmed it.",
    "ended": "The action will not be done, or another took its place.",
}


def _accepted(action: ActionLine) -> UpdateLine | None:
    return next(iter(action.accepted), None)


def _threads(line: PlanLine, period: PeriodLine) -> Iterator[Block]:
    """Each finding that has an action, in the inspectors' words, with what is being done and said about it."""
    answered = [each for each in line.findings if line.answers_to(each)]
    if not answered:
        return
    yield Heading(1, "The line: from each finding to what was reported")
    for finding in answered:
        yield Heading(2, f"{finding.reference} {finding.title}")
        yield Quotation(finding.text, _source(finding))
        for action in line.answers_to(finding):
            yield Thread(tuple(_thread(line, action, period)))


def _source(finding: FindingLine) -> str:
    page = f", page {finding.page}" if finding.page else ""
    whose = "The inspectors’ letter" if finding.letter else "The partnership’s own finding"
    return f"{finding.kind_printed}. {whose}{page}"


def _thread(line: PlanLine, action: ActionLine, period: PeriodLine) -> Iterator[Step]:
    yield Step(f"Action {action.reference}", action.title, f"{action.lead.name}, due {day(action.due)}")
    said: Sequence[UpdateLine] = [each for each in action.accepted if each.period == period.reference]
    for update in said:
        forward = ", brought forward unchanged" if update.brought_forward else ""
        stands = f"{PRINTED[Delivery(update.self_rating)]}. " if update.self_rating in CLAIMABLE else ""
        yield Step(
            f"{update.body.name}, {update.period_label}{forward}", f"{stands}{update.progress}".strip(),
            "As the agency reported it; not verified",
        )  # fmt: skip
    if not said:
        yield Step(f"{action.lead.name}, {period.label}", "Nothing has been accepted for this period.")
    for impact in line.impacts:
        if impact.id in action.impacts:
            yield Step(f"Desired impact {impact.reference}", impact.would_see, f"{impact.for_whom}. {NOT_MEASURABLE}")
    if not action.impacts:
        yield Step(NO_IMPACT, "Nobody has said what should change for children because of this action.")


def _next(period: PeriodLine) -> Iterator[Block]:
    days = [("Papers go out", period.papers_out), ("Meeting", period.meeting)]
    known = tuple((label, day(when)) for label, when in days if when)
    if known:
        yield Heading(1, "Dates")
        yield KeyFacts(known)
