"""Where everything stands, in computed sentences, and what the chair has to raise. Pure.

Delivery and impact are said apart, and nothing is called good that nobody proved.
"""

from collections import Counter

from throughline.documents.model import Block, Cell, Column, Heading, Paragraph, Style, Table, Tone
from throughline.impact.scale import SCALE, Impact
from throughline.line.tree import PeriodLine, PlanLine
from throughline.methods.printed import day, listing
from throughline.plans.delivery import KEY, rating
from throughline.reports.kinds import Facts
from throughline.reports.standing import (
    OutOfOrder,
    done_without_change,
    judged_state,
    needing,
    out_of_order,
    standing,
    unanswered,
)
from throughline.reports.wording import counted, distribution, in_words, of_all, sentence
from throughline.returns.states import ReturnState

LOWER = {
    "not_started": "not started", "on_track": "on track", "at_risk": "at risk", "overdue": "overdue",
    "claimed": "delivered, not verified", "verified": "delivered and verified", "ended": "ended",
}  # fmt: skip
_JUDGED = {
    Impact.GETTING_WORSE: "getting worse", Impact.NO_CHANGE: "showing no change", Impact.CANNOT_TELL: "not clear "
    "enough to tell", Impact.TOO_EARLY: "too early to judge", Impact.NOT_MEASURABLE: "not yet measurable",
    Impact.EARLY_SIGN: "showing an early sign", Impact.IMPROVING: "improving", Impact.ACHIEVED: "achieved and holding",
}  # fmt: skip
_AGENDA = 9
_NAMED = 3  # so many findings without an action are named with their titles


def position(line: PlanLine, period: PeriodLine, facts: Facts) -> str:
    """The position in a paragraph: findings answered, delivery, impact, returns."""
    return " ".join([_answered(line), *delivery(line, facts), *impact(line), *_returns(period)])


def _answered(line: PlanLine) -> str:
    found = needing(line)
    if not found:
        return "No finding is marked in the register that needs an action."
    answered = len(found) - len(unanswered(line))
    them = "it" if len(found) == 1 or answered <= 1 else "them"
    rest = f"an action that answers {them}"
    return sentence(of_all(answered, len(found), "finding", ("has", "have"), rest))


def delivery(line: PlanLine, facts: Facts) -> list[str]:
    """How far the actions have got, and how many claims were not confirmed."""
    actions = standing(line)
    if not actions:
        return ["The plan has no action yet."]
    by_key = Counter(rating(each.shown(facts.on)).key for each in actions)
    parts = [(by_key[each.key], LOWER[each.key]) for each in KEY if by_key[each.key]]
    if len(parts) == 1:
        who = "The one action is" if len(actions) == 1 else f"All {in_words(len(actions))} actions are"
        said = [sentence(f"{who} {parts[0][1]}")]
    else:
        said = [sentence(f"Of {counted(len(actions), 'action')}, {distribution(parts)}")]
    if not by_key["verified"]:
        said.append("Nothing has been verified by somebody independent yet.")
    return said


def impact(line: PlanLine) -> list[str]:
    """What is known to have changed for children, and what was done without any change that shows."""
    if not line.impacts:
        return ["No desired impact is written down, so nobody can say what has changed for children."]
    by_state = Counter(judged_state(each) for each in line.impacts)
    judged = len(line.impacts) - by_state[None]
    all_ = counted(len(line.impacts), "desired impact")
    if not judged:
        who = "The one desired impact has" if len(line.impacts) == 1 else f"None of the {all_} has"
        return [sentence(f"{who} {'not ' if len(line.impacts) == 1 else ''}been judged yet: whether children are "
                         "better off is not known")]  # fmt: skip
    parts = [(by_state[each], _JUDGED[each]) for each in reversed(Impact) if by_state[each]]
    parts += [(by_state[None], "not judged yet")] if by_state[None] else []
    same = len(parts) == 1 and len(line.impacts) > 1
    said = [sentence(f"All {all_} are {parts[0][1]}" if same else f"Of {all_}, {distribution(parts)}")]
    if found := done_without_change(line):
        names = listing([each.reference for each in found])
        said.append(sentence(f"For {names} what was planned has been done, and no change for the better shows"))
    return said


def _returns(period: PeriodLine) -> list[str]:
    if not period.returns:
        return []
    received = sum(each.is_in for each in period.returns)
    accepted = sum(each.state == ReturnState.ACCEPTED for each in period.returns)
    if len(period.returns) == 1:
        came = "has come in" if received else "has not come in"
        return [sentence(f"The one return asked for {came} and {'is' if accepted else 'is not'} accepted")]
    came = f"{in_words(received)} {'has' if received < 2 else 'have'} come in"
    taken = f"{in_words(accepted)} {'is' if accepted < 2 else 'are'} accepted"
    return [sentence(f"Of the {in_words(len(period.returns))} returns asked for, {came} and {taken}")]


def blocks(line: PlanLine, period: PeriodLine, facts: Facts) -> list[Block]:
    """The position, and what to raise: a chair can hold the meeting from this alone."""
    found: list[Block] = [
        Heading(1, "Position"),
        Paragraph(position(line, period, facts), style=Style.LEAD),
    ]
    rows = _agenda(line, period, facts)
    if rows:
        left = len(rows) - _AGENDA
        more = f"{counted(left, 'more point')} under the headings below.".capitalize() if left > 0 else ""
        columns = (Column("Do", 1.5), Column("What", 6.5), Column("Who speaks to it", 3))
        found += [
            Heading(1, "For this meeting"),
            Table("What the meeting has to decide and to ask", columns, tuple(rows[:_AGENDA]), note=more),
        ]  # fmt: skip
    return found


def _agenda(line: PlanLine, period: PeriodLine, facts: Facts) -> list[tuple[Cell | str, ...]]:
    """The points of the meeting, the ones that only it can settle first."""
    rows: list[tuple[Cell | str, ...]] = [
        (Cell("Decide", Tone.INFO, bold=True), f"{each.reference}: {each.text}",
         each.sought_by.name if each.sought_by else "Business unit")
        for each in line.decisions
        if each.outcome == "sought"
    ]  # fmt: skip
    missing = [each.body.name for each in period.returns if not each.is_in] if facts.on > period.due else []
    if missing:
        words = f"No return for {period.label}, due {day(period.due)}"
        rows.append((Cell("Ask", Tone.BAD, bold=True), words, listing(missing)))
    rows += [_raised(each) for each in out_of_order(line, period, facts.on) if _is_raised(each)]
    for impact_ in line.impacts:
        state = judged_state(impact_)
        if state is not None and SCALE[state].tone == "bad":
            served = dict.fromkeys(act.lead.name for act in line.actions if impact_.id in act.impacts)
            words = f"{impact_.reference} {SCALE[state].printed.lower()}: {impact_.would_see}"
            rows.append((Cell("Ask", Tone.BAD, bold=True), words, listing(list(served)) or "–"))
    if left := unanswered(line):
        named = len(left) <= _NAMED  # two inspections may both have an AFI-1
        names = listing([f"{each.reference} ({each.title})" if named else each.reference for each in left])
        rows.append((Cell("Ask", Tone.WARNING, bold=True), f"No action answers {names}", "Business unit"))
    return rows


def _is_raised(each: OutOfOrder) -> bool:
    return each.overdue or each.at_risk or each.unconfirmed is not None


def _raised(each: OutOfOrder) -> tuple[Cell | str, ...]:
    act = each.action
    why = [f"overdue since {day(act.due)}"] if each.overdue else []
    why += ["claimed, and not confirmed"] if each.unconfirmed else []
    why += [f"at risk, due {day(act.due)}"] if each.at_risk and not each.overdue else []
    tone = Tone.BAD if each.overdue or each.unconfirmed else Tone.WARNING
    return (Cell("Ask", tone, bold=True), f"{act.reference} {act.title}: {listing(why)}", act.lead.name)
