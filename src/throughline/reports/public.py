"""What a paper for a meeting in public may read of the line: no agency's words about itself, unless they were released.

Pure. Words that nobody has released are not in the tree that a public paper is built from, so that no part of the paper
can print them by mistake. What an agency says of its own action (its self-rating) is never printed in public.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from throughline.line.tree import (
    ActionLine,
    ImpactLine,
    PeriodLine,
    PlanLine,
    ReturnLine,
    UpdateLine,
)
from throughline.returns.states import ReturnState

UPDATE, ACTIVITY, JUDGEMENT = "update", "activity", "judgement"
KINDS = {UPDATE: "Words of a return", ACTIVITY: "What an assurance activity found", JUDGEMENT: "Reason of a judgement"}


@dataclass(frozen=True)
class Releasable:
    """Words that a keeper may release. `about` says in print what they are about and whose they are."""

    kind: str
    id: str
    text: str
    about: str
    detail: str
    period: str = ""


def releasable(line: PlanLine) -> Iterator[Releasable]:
    """Everything that could be released: accepted words, what activities found, and reasons of judgements."""
    for act in line.actions:
        for said in act.accepted:
            if said.progress:
                about = f"{act.reference} {act.title}"
                yield Releasable(UPDATE, said.id, said.progress, about, f"{said.body.name}, {said.period_label}",
                                 said.period)  # fmt: skip
    for period in line.periods:
        for each in period.returns:
            if each.state == ReturnState.ACCEPTED and each.general and each.general.progress:
                detail = f"{each.body.name}, {period.label}"
                yield Releasable(UPDATE, each.general.id, each.general.progress, "Beside its actions", detail,
                                 period.reference)  # fmt: skip
    for activity in line.activities:
        if activity.found:
            about = f"{activity.reference} {activity.title}"
            yield Releasable(ACTIVITY, activity.id, activity.found, about, activity.body.name)
    for impact in line.impacts:
        for judged in impact.judgements:
            about = f"{impact.reference} {impact.would_see}"
            whose = "Executive Group" if judged.whose == "executive" else "Independent scrutineer"
            yield Releasable(JUDGEMENT, judged.id, judged.reason, about, whose)


def for_public(line: PlanLine, released: Collection[tuple[str, str]]) -> PlanLine:
    """The line without words that are not for the public. `released` are pairs of a row's id and its words."""

    def is_released(id_: str, words: str) -> bool:
        return (id_, words) in released

    return replace(
        line,
        actions=tuple(_action(each, is_released) for each in line.actions),
        activities=tuple(
            each if is_released(each.id, each.found) else replace(each, found="") for each in line.activities
        ),
        impacts=tuple(_impact(each, is_released) for each in line.impacts),
        periods=tuple(_period(each, is_released) for each in line.periods),
        decisions=(),
        evidence=(),
    )


_IsReleased = Callable[[str, str], bool]


def _action(act: ActionLine, is_released: _IsReleased) -> ActionLine:
    return replace(
        act,
        updates=tuple(_update(each, is_released) for each in act.updates),
        extensions=tuple(replace(each, reason="", decision_note="") for each in act.extensions),
        verifications=tuple(replace(each, basis="") for each in act.verifications),
    )


def _update(said: UpdateLine, is_released: _IsReleased) -> UpdateLine:
    words = said.progress if said.stage == ReturnState.ACCEPTED and is_released(said.id, said.progress) else ""
    return replace(said, progress=words, self_rating="", slip_reason="", brought_forward=False)


def _impact(impact: ImpactLine, is_released: _IsReleased) -> ImpactLine:
    judgements = (
        replace(each, by_name="", reason=each.reason if is_released(each.id, each.reason) else "")
        for each in impact.judgements
    )
    return replace(impact, judgements=tuple(judgements))


def _period(period: PeriodLine, is_released: _IsReleased) -> PeriodLine:
    def without(each: ReturnLine) -> ReturnLine:
        return replace(each, general=_update(each.general, is_released) if each.general else None)

    return replace(period, returns=tuple(without(each) for each in period.returns))
