"""What a reporting period is proposed as, for a person to change: its quarter and its days. Pure."""

from collections.abc import Collection, Container
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from throughline.methods.calendars import Quarter, clear_days_before, working_days_after, working_days_before

CLEAR_DAYS = 5
_TO_RETURN, _TO_VERIFY, _TO_MEET = 10, 3, 20


@dataclass(frozen=True)
class Proposed:
    """A quarter and its days, in the order in which they come."""

    reference: str
    label: str
    opens: date
    data_to: date
    due: date
    verification_closes: date
    papers_cleared: date
    papers_out: date
    meeting: date


def reference_of(label: str, taken: Collection[str] = ()) -> str:
    """A label as a place in addresses: q4-2018-19; with a number behind it when that is taken."""
    plain = "-".join("".join(c if c.isalnum() and c.isascii() else " " for c in label.lower()).split()) or "period"
    plain = plain[:34]
    found, number = plain, 2
    while found in taken or found == "open":
        found, number = f"{plain}-{number}", number + 1
    return found


def propose(on: date, holidays: Container[date], *, last: date | None = None, taken: Collection[str] = ()) -> Proposed:
    """The quarter in which `on` falls, or the one after `last` (the end of the newest period) where that is later.

    Returns are due ten working days after the quarter's end and the meeting is twenty after it; papers go out five
    clear days before the meeting and are cleared the working day before that.
    """
    quarter = Quarter.containing(on)
    if last is not None and quarter.end <= last:
        quarter = Quarter.containing(last).next
    meeting = working_days_after(quarter.end, _TO_MEET, holidays)
    papers_out = clear_days_before(meeting, CLEAR_DAYS, holidays)
    due = working_days_after(quarter.end, _TO_RETURN, holidays)
    papers_cleared = max(due, working_days_before(papers_out, 1, holidays))
    return Proposed(
        reference=reference_of(quarter.label, taken), label=quarter.label, opens=max(on, quarter.start),
        data_to=quarter.end, due=due,
        verification_closes=min(working_days_after(due, _TO_VERIFY, holidays), papers_cleared),
        papers_cleared=papers_cleared, papers_out=papers_out, meeting=meeting,
    )  # fmt: skip


def why_not_in_order(
    *, opens: date, data_to: date, due: date, verification_closes: date | None, papers_cleared: date | None,
    papers_out: date | None, meeting: date | None,
) -> list[tuple[str, str]]:  # fmt: skip
    """(field, sentence) for each day that comes before one that it must follow."""
    named = (
        ("opens", "the period opens", opens), ("due", "the returns are due", due),
        ("verification_closes", "verification closes", verification_closes),
        ("papers_cleared", "the papers are cleared", papers_cleared), ("papers_out", "the papers go out", papers_out),
        ("meeting", "the meeting is held", meeting),
    )  # fmt: skip
    given = [each for each in named if each[2] is not None]
    wrong = [
        (field, f"This day is before the day on which {earlier}. Give a later one.")
        for (_, earlier, before), (field, _, after) in pairwise(given)
        if before is not None and after is not None and after < before
    ]
    if data_to < opens.replace(year=opens.year - 1):
        wrong.append(("data_to", "The data end more than a year before the period opens. Check the year."))
    return wrong


def short_notice(meeting: date | None, papers_out: date | None, holidays: Container[date]) -> str:
    """The sentence for papers that go out with fewer than five clear days; empty when there are enough."""
    if meeting is None or papers_out is None or papers_out <= clear_days_before(meeting, CLEAR_DAYS, holidays):
        return ""
    return (
        f"The papers go out with fewer than {CLEAR_DAYS} clear days before the meeting. A council committee needs them."
    )
