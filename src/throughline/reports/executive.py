"""The Executive Group's quarterly report: from each finding in the letter to the sentence that its agency returned.

Pure: the line, one of its periods and a few facts go in, a document comes out. Only accepted words are printed, and
nothing is said that the register does not hold.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

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
from throughline.methods.printed import day, listing, short_day
from throughline.plans.delivery import KEY, PRINTED, Delivery, rating
from throughline.reports.kinds import Facts, Kind, register
from throughline.reports.wording import counted, distribution, in_words, of_all, sentence
from throughline.returns.states import PRINTED as RETURN_PRINTED
from throughline.returns.states import ReturnState

_ENDED = (Delivery.WITHDRAWN, Delivery.SUPERSEDED)
_TONES = {"neutral": Tone.NEUTRAL, "good": Tone.GOOD, "info": Tone.INFO, "warning": Tone.WARNING, "bad": Tone.BAD}
_SOON = timedelta(days=92)
_TOGETHER = "\N{NO-BREAK SPACE}"  # a title that breaks inside "Q3 2026/27" reads like two


def build(line: PlanLine, period: PeriodLine, facts: Facts) -> Document:
    """The report as a document."""
    blocks: list[Block] = []
    if facts.illustrative:
        blocks.append(Notice("Illustrative: invented content. Not a real partnership."))
    line = _up_to(line, period)
    blocks += _position(line, period, facts)
    blocks += _returned(period, facts)
    blocks += _exceptions(line, facts)
    blocks += _areas(line, facts)
    blocks += _the_line(line, period)
    blocks += _unanswered(line)
    blocks += _beside(period)
    blocks += _decisions(facts)
    blocks += _dates(line, period, facts)
    return Document(
        title=title(facts.group, period.label.replace(" ", _TOGETHER)), subtitle=line.title,
        organisation=facts.organisation, kind="Quarterly report", marking=facts.marking, audience=facts.audience,
        as_of=facts.on,
        prepared_on=facts.prepared_on, reference=facts.reference, blocks=tuple(blocks),
        footer_note=f"Prepared by {facts.prepared_by} from the partnership’s record at event {line.sequence}, "
        f"{line.head_hash[:12]}.",
        subject=f"{line.title}, {period.label}", keywords=("improvement plan", period.label),
        author=facts.organisation,
    )  # fmt: skip


def title(group: str, period: str) -> str:
    """The paper's title."""
    return f"Report to the {group}: {period}"


def _up_to(line: PlanLine, period: PeriodLine) -> PlanLine:
    """The line without what was returned for later periods: a quarter's report is about that quarter."""
    later = {each.reference for each in line.periods if each.opens > period.opens}
    actions = (
        replace(each, updates=tuple(said for said in each.updates if said.period not in later)) for each in line.actions
    )
    return replace(line, actions=tuple(actions))


def _standing(line: PlanLine) -> list[ActionLine]:
    return [each for each in line.actions if each.delivery not in _ENDED]


def _needing(line: PlanLine) -> list[FindingLine]:
    return [each for each in line.findings if each.needs_action and not each.answered_elsewhere]


def _position(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """Where everything stands, in one paragraph of computed sentences."""
    needing, actions = _needing(line), _standing(line)
    answered = [each for each in needing if any(a.delivery not in _ENDED for a in line.answers_to(each))]
    said = []
    if needing:
        them = "it" if len(needing) == 1 or len(answered) <= 1 else "them"
        rest = f"an action that answers {them}"
        said.append(sentence(of_all(len(answered), len(needing), "finding", ("has", "have"), rest)))
    else:
        said.append("No finding is marked in the register that needs an action.")
    if actions:
        by_key = Counter(rating(each.shown(facts.on)).key for each in actions)
        parts = [(by_key[each.key], _LOWER[each.key]) for each in KEY if by_key[each.key]]
        if len(parts) == 1:
            who = "The one action is" if len(actions) == 1 else f"All {in_words(len(actions))} actions are"
            said.append(sentence(f"{who} {parts[0][1]}"))
        else:
            said.append(sentence(f"Of {counted(len(actions), 'action')}, {distribution(parts)}"))
        if not by_key["verified"]:
            said.append("Nothing has been verified by somebody independent yet.")
    else:
        said.append("The plan has no action yet.")
    if period.returns:
        received = sum(each.is_in for each in period.returns)
        accepted = sum(each.state == ReturnState.ACCEPTED for each in period.returns)
        asked = "The one return" if len(period.returns) == 1 else f"Of the {in_words(len(period.returns))} returns"
        came = f"{in_words(received)} {'has' if received < 2 else 'have'} come in"
        taken = f"{in_words(accepted)} {'is' if accepted < 2 else 'are'} accepted"
        if len(period.returns) == 1:
            came, taken = (
                "has come in" if received else "has not come in",
                "is accepted" if accepted else "is not accepted",
            )
        said.append(sentence(f"{asked} asked for{',' if len(period.returns) > 1 else ''} {came} and {taken}"))
    said.append("The register does not yet measure what has changed for children.")
    return [Heading(1, "Position"), Paragraph(" ".join(said), style=Style.LEAD)]


_LOWER = {
    "not_started": "not started", "on_track": "on track", "at_risk": "at risk", "overdue": "overdue",
    "claimed": "delivered, not verified", "verified": "delivered and verified", "ended": "ended",
}  # fmt: skip


def _exceptions(line: PlanLine, facts: Facts) -> list[Block]:
    """What is overdue or at risk, with the agency's own words."""
    found = [each for each in _standing(line) if each.shown(facts.on).overdue or each.delivery == Delivery.AT_RISK]
    blocks: list[Block] = [Heading(1, "Exceptions")]
    if not found:
        return [*blocks, Paragraph("No action is overdue or at risk.")]
    found.sort(key=lambda each: (not each.shown(facts.on).overdue, each.due))
    for each in found:
        shown = each.shown(facts.on)
        why = f"overdue since {day(each.due)}" if shown.overdue else f"at risk, due {day(each.due)}"
        moved = f" (first due {day(each.original_due)})" if shown.redated else ""
        said = each.accepted[0] if each.accepted else None
        words = _words(said) if said else "Nothing has been accepted from the agency about this action."
        by = f"{said.body.name}, {said.period_label}" if said else each.lead.name
        blocks.append(Thread((Step(f"{each.reference} {each.title}", words, f"{why}{moved} · {by}"),)))
    return blocks


def _words(said: UpdateLine) -> str:
    unchanged = "Unchanged from the quarter before: " if said.brought_forward else ""
    return unchanged + (said.progress or f"{PRINTED[Delivery(said.self_rating)]}, nothing to add.")


def _the_line(line: PlanLine, period: PeriodLine) -> list[Block]:
    """For each finding with an action: the inspectors' words, the action, and what its agency returned."""
    shown = [(each, answers) for each in line.findings if (answers := line.answers_to(each))]
    if not shown:
        return []
    blocks: list[Block] = [Heading(1, "The line")]
    for finding, answers in shown:
        blocks += [
            Heading(2, f"{finding.reference} {finding.title}"),
            Quotation(finding.text, _source(finding)),
            *(
                Thread((*_steps(each, period), *_aims(each, line, answers[at + 1 :])))
                for at, each in enumerate(answers)
            ),
        ]
    return blocks


def _source(finding: FindingLine) -> str:
    page = f", page {finding.page}" if finding.page else ""
    return f"{finding.inspection_title}: {finding.kind_printed.lower()}{page}"


def _steps(action: ActionLine, period: PeriodLine) -> Iterable[Step]:
    redated = f", first {short_day(action.original_due)}" if action.due != action.original_due else ""
    yield Step(
        f"Action {action.reference}", action.title,
        f"{action.lead.name} · due {short_day(action.due)}{redated} · {PRINTED[action.delivery].lower()}",
    )  # fmt: skip
    said = next((each for each in action.accepted if each.period == period.reference), None)
    if said is not None:
        claimed = f"says {PRINTED[Delivery(said.self_rating)].lower()}" if said.self_rating else ""
        yield Step(f"Returned for {said.period_label}", _words(said), f"{said.body.name} {claimed}".strip())
        return
    earlier = action.accepted[0] if action.accepted else None
    if action.delivery in _ENDED:
        return
    yield Step(
        f"{_why_not(action, period)} for {period.label}",
        _words(earlier) if earlier else "No accepted words about this action yet.",
        f"last said by {earlier.body.name} for {earlier.period_label}" if earlier else action.lead.name,
    )


def _aims(action: ActionLine, line: PlanLine, later: tuple[ActionLine, ...]) -> Iterable[Step]:
    """What the action is for, printed once: under the last of a finding's standing actions that serve it.

    A board that reads of delivery alone cannot ask whether children are better off.
    """
    served_later = {impact for each in later if each.delivery not in _ENDED for impact in each.impacts}
    if action.delivery in _ENDED:
        return
    for each in line.impacts:
        if each.id in action.impacts and each.id not in served_later:
            yield Step(f"Desired impact {each.reference}", each.would_see, f"For: {each.for_whom} · not yet measurable")


def _why_not(action: ActionLine, period: PeriodLine) -> str:
    """Why nothing is printed for the period: the return has not come in, is not accepted, or does not mention it."""
    owed = next((each for each in period.returns if each.body.id == action.lead.id), None)
    if owed is None or not owed.is_in:
        return "Not returned"
    return "Nothing said" if owed.state == ReturnState.ACCEPTED else "Returned and not accepted yet"


def _unanswered(line: PlanLine) -> list[Block]:
    found = [
        each for each in _needing(line) if not any(action.delivery not in _ENDED for action in line.answers_to(each))
    ]
    if not found:
        return []
    return [
        Heading(1, "Findings not yet answered"),
        Bullets(tuple((Strong(each.reference), f" {each.title}") for each in found)),
    ]


def _beside(period: PeriodLine) -> list[Block]:
    """What bodies wrote in accepted returns that belongs to no action: their audits, and what the chair should know."""
    found = [
        Step(each.body.name, each.general.progress, f"{period.label}, beside its actions")
        for each in period.returns
        if each.general and each.general.progress and each.state == ReturnState.ACCEPTED
    ]
    return [Heading(1, "Also returned"), *(Thread((each,)) for each in found)] if found else []


def _areas(line: PlanLine, facts: Facts) -> list[Block]:
    """Delivery beside impact for every improvement area, with the key that turns one into the other."""
    shown = [(area, [each for each in line.actions_in(area) if each.delivery not in _ENDED]) for area in line.areas]
    shown = [(area, actions) for area, actions in shown if actions]
    if not shown:
        return []
    rows = []
    for area, actions in shown:
        by_key = Counter(rating(each.shown(facts.on)).key for each in actions)
        worst = next(each for each in _WORST_FIRST if by_key[each.key])
        delivery = listing([f"{by_key[each.key]} {_LOWER[each.key]}" for each in KEY if by_key[each.key]])
        without = sum(not each.impacts for each in actions)
        measured = len(actions) - without
        impact = [f"{measured} not yet measurable"] if measured else []
        impact += [f"{without} without a desired impact"] if without else []
        rows.append(
            (
                f"{area.number} {area.title}",
                str(len(actions)),
                Cell(delivery[:1].upper() + delivery[1:], tone=_TONES[worst.tone]),
                Cell(listing(impact), tone=Tone.WARNING if without else Tone.NEUTRAL),
            )
        )
    return [
        Heading(1, "Delivery and impact by improvement area"),
        Table(
            "Actions by improvement area",
            (
                Column("Improvement area", 3), Column("Actions", 1, numeric=True), Column("Delivery", 3),
                Column("Impact", 3),
            ),
            tuple(rows),
            note="Key. The sign is that of the area’s least favourable action: an open action past its day is overdue, "
            "whatever its agency says; a claim is not green until somebody independent has verified it. Impact is "
            "judged from evidence, never from delivery.",
            row_headings=True,
        ),
    ]  # fmt: skip


_WORST_FIRST = tuple(sorted(KEY, key=lambda each: ("bad", "warning", "neutral", "info", "good").index(each.tone)))


def _returned(period: PeriodLine, facts: Facts) -> list[Block]:
    if not period.returns:
        return []
    rows = tuple(
        (
            each.body.name,
            _state_of(each, period, facts),
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


def _state_of(return_: ReturnLine, period: PeriodLine, facts: Facts) -> Cell:
    state = ReturnState(return_.state)
    if return_.is_in:
        late = return_.submitted_on is not None and return_.submitted_on > period.due
        words = RETURN_PRINTED[state] + (", late" if late else "") + (", nothing to report" if return_.nil else "")
        return Cell(words, tone=Tone.WARNING if late else Tone.INFO if state == ReturnState.SUBMITTED else Tone.GOOD)
    if facts.on > period.due:
        return Cell("Not submitted, late" if state != ReturnState.SENT_BACK else "Sent back, late", tone=Tone.BAD)
    return Cell(RETURN_PRINTED[ReturnState.SENT_BACK] if state == ReturnState.SENT_BACK else "Not due yet",
                tone=Tone.NEUTRAL)  # fmt: skip


def _decisions(facts: Facts) -> list[Block]:
    return [
        Heading(1, "Decisions sought"),
        Paragraph(
            f"Decisions, challenges and remedial actions of the {facts.group} are not yet kept in this register, so "
            "none can be listed here. The agenda names what the meeting is asked to decide."
        ),
    ]


def _dates(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    rows: list[tuple[str, str]] = []
    if period.due >= facts.on:
        rows.append(("Returns due", day(period.due, weekday=True)))
    if period.papers_out and period.papers_out >= facts.on:
        rows.append(("Papers go out", day(period.papers_out, weekday=True)))
    if period.meeting and period.meeting >= facts.on:
        rows.append(("Meeting", day(period.meeting, weekday=True)))
    soon = sorted(
        (each for each in _standing(line) if facts.on <= each.due <= facts.on + _SOON and each.shown(facts.on)),
        key=lambda each: (each.due, each.reference),
    )
    rows += [
        (f"{each.reference} due", f"{day(each.due, weekday=True)} · {each.lead.name}")
        for each in soon
        if each.delivery not in (Delivery.DELIVERED_CLAIMED, Delivery.DELIVERED_VERIFIED)
    ]
    return [Heading(1, "Next dates"), KeyFacts(tuple(rows))] if rows else []


EXECUTIVE_GROUP = register(
    Kind(
        "executive_group", "Executive Group quarterly report",
        "The position, exceptions, the line from each finding to what its agency returned, and who has not returned.",
        title, build,
    )
)  # fmt: skip
