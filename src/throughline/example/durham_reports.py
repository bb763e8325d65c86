"""The worked example's board reports, each frozen in the evening of the day on which its papers go out."""

from datetime import date, datetime
from functools import partial

from throughline.example import durham_board, story_quarters
from throughline.example.timeline import Story, Timeline, at
from throughline.reports import actions as reports
from throughline.reports import building, kinds
from throughline.reports.executive import EXECUTIVE_GROUP
from throughline.reports.models import Report
from throughline.reports.permissions import EXECUTIVE_ONLY

FIRST = date(2019, 1, 30)


def tell(story: Story, timeline: Timeline) -> None:
    """The Executive Group's report of every quarter, and the Health and Wellbeing Board's of 30 January 2019."""
    for period in story_quarters.PERIODS:
        timeline.at(period.out, 18, partial(_executive, story, period.reference, period.out))
    timeline.at(FIRST, 18, partial(_board, story))


def printed(report: Report) -> str:
    """What a report is called in a file's name."""
    kind = kinds.of(report.kind)
    return kind.printed if kind else report.kind


def _executive(story: Story, period: str, on: date, now: datetime) -> None:
    asked = reports.request_report(
        by=story.manager, period=story.periods[period], kind=EXECUTIVE_GROUP.name, audience=EXECUTIVE_ONLY, as_of=on,
        now=now,
    )  # fmt: skip
    building.build(asked, by=story.manager, now=now)


def _board(story: Story, now: datetime) -> None:
    durham_board.build(story.periods[story_quarters.Q1], by=story.manager, as_of=now.date(), at=at)
