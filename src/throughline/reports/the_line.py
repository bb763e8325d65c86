"""The line in a paper: each finding in the inspectors' words, its actions, what came back, and what it is for. Pure."""

from collections.abc import Iterable

from throughline.documents.model import Block, Bullets, Heading, Quotation, Step, Strong, Thread
from throughline.impact.scale import NOT_JUDGED, SCALE
from throughline.line.tree import ActionLine, FindingLine, ImpactLine, PeriodLine, PlanLine
from throughline.methods.printed import short_day
from throughline.plans.delivery import ENDED, PRINTED, Delivery
from throughline.reports.exceptions import words
from throughline.reports.kinds import Facts
from throughline.reports.standing import unanswered
from throughline.returns.states import ReturnState


def blocks(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """For each finding with an action: the inspectors' words, the action, and what its agency returned."""
    shown = [(each, answers) for each in line.findings if (answers := line.answers_to(each))]
    if not shown:
        return []
    found: list[Block] = [Heading(1, "Appendix 1: The line from each finding")]
    for finding, answers in shown:
        found += [
            Heading(2, f"{finding.reference} {finding.title}"),
            Quotation(finding.text, _source(finding)),
            *(
                Thread((*_steps(each, period, facts), *_aims(each, line, answers[at + 1 :])))
                for at, each in enumerate(answers)
            ),
        ]
    return found


def not_answered(line: PlanLine) -> list[Block]:
    """The findings that no standing action answers."""
    found = unanswered(line)
    if not found:
        return []
    return [
        Heading(1, "Findings not yet answered"),
        Bullets(tuple((Strong(each.reference), f" {each.title}") for each in found)),
    ]


def _source(finding: FindingLine) -> str:
    page = f", page {finding.page}" if finding.page else ""
    return f"{finding.inspection_title}: {finding.kind_printed.lower()}{page}"


def _steps(action: ActionLine, period: PeriodLine, facts: Facts) -> Iterable[Step]:
    redated = f", first {short_day(action.original_due)}" if action.due != action.original_due else ""
    yield Step(
        f"Action {action.reference}", action.title,
        f"{action.lead.name} · due {short_day(action.due)}{redated} · {PRINTED[action.delivery].lower()}",
    )  # fmt: skip
    said = [each for each in action.accepted if each.period == period.reference]
    if facts.public:
        said = [each for each in said if each.progress]
    for each in sorted(said, key=lambda one: (one.body.id != action.lead.id, one.body.name)):
        claimed = f"says {PRINTED[Delivery(each.self_rating)].lower()}" if each.self_rating else ""
        yield Step(f"Returned for {each.period_label}", words(each), f"{each.body.name} {claimed}".strip())
    if said or facts.public or action.delivery in ENDED:
        return
    earlier = action.accepted[0] if action.accepted else None
    yield Step(
        f"{_why_not(action, period)} for {period.label}",
        words(earlier) if earlier else "No accepted words about this action yet.",
        f"last said by {earlier.body.name} for {earlier.period_label}" if earlier else action.lead.name,
    )


def _aims(action: ActionLine, line: PlanLine, later: tuple[ActionLine, ...]) -> Iterable[Step]:
    """What the action is for, printed once: under the last of a finding's standing actions that serve it.

    A board that reads of delivery alone cannot ask whether children are better off.
    """
    served_later = {impact for each in later if each.delivery not in ENDED for impact in each.impacts}
    if action.delivery in ENDED:
        return
    for each in line.impacts:
        if each.id in action.impacts and each.id not in served_later:
            yield Step(f"Desired impact {each.reference}", each.would_see, f"For: {each.for_whom} · {_judged(each)}")


def _judged(impact: ImpactLine) -> str:
    return (SCALE[impact.judged.state].printed if impact.judged else NOT_JUDGED).lower()


def _why_not(action: ActionLine, period: PeriodLine) -> str:
    """Why nothing is printed for the period: the return has not come in, is not accepted, or does not mention it."""
    owed = next((each for each in period.returns if each.body.id == action.lead.id), None)
    if owed is None or not owed.is_in:
        return "Not returned"
    return "Nothing said" if owed.state == ReturnState.ACCEPTED else "Returned and not accepted yet"
