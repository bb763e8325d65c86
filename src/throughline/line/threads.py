"""The line as connected steps: what pages show of a finding in words, from the inspectors' to the last judgement."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from throughline.line import marks
from throughline.line.tree import ActionLine, ActivityLine, FindingLine, ImpactLine, LaterTestLine, PlanLine
from throughline.methods.printed import day
from throughline.plans.models import ImpactTest
from throughline.ui.parts import Step
from throughline.ui.scales import mark_of


@dataclass(frozen=True)
class Threads:
    """One finding with a thread for each action that answers it; none where the line is broken."""

    finding: FindingLine
    source: str
    threads: tuple[tuple[str, tuple[Step, ...]], ...]
    later: tuple[Step, ...] = ()
    url: str = ""

    @property
    def anchor(self) -> str:
        """Where the finding stands on the page."""
        return f"{self.finding.inspection}-{self.finding.reference}".lower()


# (kind, reference, inspection) -> where a thing's page is; '' for none.
AddressOf = Callable[[str, str, str], str]


def source_of(finding: FindingLine) -> str:
    """Where the words stand: "Joint targeted area inspection, area for improvement AFI-17, page 4 of the letter"."""
    page = f", page {finding.page} of the letter" if finding.page else ""
    return f"{finding.inspection_title}, {finding.kind_printed.lower()} {finding.reference}{page}"


def threads_of(line: PlanLine, finding: FindingLine, address: AddressOf) -> Threads:
    """A finding and its threads."""
    return Threads(
        finding,
        source_of(finding),
        tuple((each.reference, steps_of(line, each, address)) for each in line.answers_to(finding)),
        tuple(later_step(each, address) for each in finding.later),
        address("finding", finding.reference, finding.inspection),
    )


def steps_of(line: PlanLine, action: ActionLine, address: AddressOf) -> tuple[Step, ...]:
    """An action, what was said last and tested about it, what children would see, what shows it, what was judged."""
    redated = f" (first {day(action.original_due)})" if action.due != action.original_due else ""
    steps = [
        Step(
            "Action", action.reference, action.title, url=address("action", action.reference, ""),
            text=f"{action.lead.name} leads. Due {day(action.due)}{redated}.",
            mark=mark_of("delivery", action.delivery.value),
        ),
        _last_update(action),
    ]  # fmt: skip
    steps += [activity_step(each, address) for each in line.activities if action.id in each.actions]
    impacts = [each for each in line.impacts if each.id in action.impacts]
    for impact in impacts:
        steps += impact_steps(line, impact, address)
    if not impacts:
        steps.append(
            Step("Desired impact", "", "Nobody has said what would be different for children.", is_missing=True)
        )
    return tuple(steps)


def _last_update(action: ActionLine) -> Step:
    if not action.accepted:
        return Step("Update", "", "Nothing was reported and accepted about this action yet.", is_missing=True)
    said = action.accepted[0]
    unchanged = "Unchanged from the quarter before. " if said.brought_forward else ""
    return Step(
        "Latest accepted update", said.period_label, said.body.name,
        text=unchanged + (said.progress or "On track, nothing to add."),
        mark=mark_of("delivery", said.self_rating) if said.self_rating else None,
    )  # fmt: skip


def activity_step(each: ActivityLine, address: AddressOf) -> Step:
    """An assurance activity: what it tests, and what it found."""
    when = f"Done {day(each.done_on)}." if each.done_on else f"Due {day(each.due)}."
    return Step(
        "Assurance", each.reference, each.title, url=address("activity", each.reference, ""),
        text=f"{each.body.name}. {when} {each.found}".strip(), mark=marks.result_mark(each),
    )  # fmt: skip


def impact_steps(line: PlanLine, impact: ImpactLine, address: AddressOf) -> Iterator[Step]:
    """A desired impact, what would show it, and what was judged."""
    yield Step(
        "Desired impact", impact.reference, impact.would_see, url=address("impact", impact.reference, ""),
        text=f"For: {impact.for_whom}",
    )  # fmt: skip
    for test in impact.tests:
        yield Step(ImpactTest.PRINTED[test.kind], "", test.text)
    activities = line.tested_by(impact)
    for each in activities:
        yield activity_step(each, address)
    if not impact.tests and not activities:
        yield Step(
            "Test", "", "Nothing would show it: no measure, no audit and no question to children.", is_missing=True
        )
    judged, view = impact.judged, impact.scrutineers_view
    if judged is None:
        yield Step(
            "Judgement", "", "The Executive Group has not judged it yet.", mark=marks.impact_mark(None), is_round=True
        )
    else:
        yield Step(
            "Judgement of the Executive Group", day(judged.on), judged.reason, mark=marks.impact_mark(judged.state),
            is_round=True,
        )  # fmt: skip
    if view is not None:
        yield Step(
            "View of the independent scrutineer", day(view.on), view.reason, mark=marks.impact_mark(view.state),
            is_round=True,
        )  # fmt: skip


def later_step(each: LaterTestLine, address: AddressOf) -> Step:
    """What a later inspection said about a finding."""
    page = f" Page {each.page} of its letter." if each.page else ""
    return Step(
        "Later inspection", day(each.on) if each.on else "", each.inspection_title,
        url=address("inspection", each.inspection, ""), text=f"{each.says}{page}", mark=marks.later_mark(each),
    )  # fmt: skip
