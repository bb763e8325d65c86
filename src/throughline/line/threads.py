"""The line as connected steps: what pages show of a finding, from the inspectors' words to the last accepted ones."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.line.tree import ActionLine, FindingLine, PlanLine
from throughline.methods.printed import day
from throughline.ui.parts import Step
from throughline.ui.scales import mark_of


@dataclass(frozen=True)
class Threads:
    """One finding with a thread for each action that answers it; none where the line is broken."""

    finding: FindingLine
    source: str
    threads: tuple[tuple[str, tuple[Step, ...]], ...]

    @property
    def anchor(self) -> str:
        """Where the finding stands on the page."""
        return f"{self.finding.inspection}-{self.finding.reference}".lower()


AddressOf = Callable[[str, str], str]


def source_of(finding: FindingLine) -> str:
    """Where the words stand: "Joint targeted area inspection, area for improvement AFI-17, page 4 of the letter"."""
    page = f", page {finding.page} of the letter" if finding.page else ""
    return f"{finding.inspection_title}, {finding.kind_printed.lower()} {finding.reference}{page}"


def threads_of(line: PlanLine, finding: FindingLine, address: AddressOf) -> Threads:
    """A finding and its threads. `address(kind, reference)` says where a thing's page is; '' for none."""
    return Threads(
        finding,
        source_of(finding),
        tuple((each.reference, steps_of(line, each, address)) for each in line.answers_to(finding)),
    )


def steps_of(line: PlanLine, action: ActionLine, address: AddressOf) -> tuple[Step, ...]:
    """An action, what its agency said last, and what children would see."""
    redated = f" (first {day(action.original_due)})" if action.due != action.original_due else ""
    steps = [
        Step(
            "Action", action.reference, action.title, url=address("action", action.reference),
            text=f"{action.lead.name} leads. Due {day(action.due)}{redated}.",
            mark=mark_of("delivery", action.delivery.value),
        )
    ]  # fmt: skip
    if action.accepted:
        said = action.accepted[0]
        unchanged = "Unchanged from the quarter before. " if said.brought_forward else ""
        steps.append(
            Step(
                "Latest accepted update", said.period_label, said.body.name,
                text=unchanged + (said.progress or "On track, nothing to add."),
                mark=mark_of("delivery", said.self_rating) if said.self_rating else None,
            )
        )  # fmt: skip
    else:
        steps.append(Step("Update", "", "Nothing was reported and accepted about this action yet.", is_missing=True))
    impacts = [each for each in line.impacts if each.id in action.impacts]
    steps += [
        Step("Desired impact", each.reference, each.would_see, text=f"For: {each.for_whom}",
             mark=mark_of("impact", "not_yet_measurable"), is_round=True)
        for each in impacts
    ]  # fmt: skip
    if not impacts:
        steps.append(
            Step("Desired impact", "", "Nobody has said what would be different for children.", is_missing=True)
        )
    return tuple(steps)
