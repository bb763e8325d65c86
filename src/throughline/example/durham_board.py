"""The worked example’s report to the Health and Wellbeing Board, drafted and decided as its business manager would.

Most sections are the register’s own drafts. What no register holds is written here in our own words after the public
record, the report to Durham’s Health and Wellbeing Board of 30 January 2019; no person is named.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from throughline.partners.models import Person
from throughline.reports import actions, board, building
from throughline.reports.board_paper import HEALTH_AND_WELLBEING_BOARD
from throughline.reports.drafting import drafting_of
from throughline.reports.models import Report
from throughline.reports.permissions import PUBLIC_MEETING
from throughline.returns.models import ReportingPeriod

# What goes after the draft of a section.
ADDED: Mapping[str, str] = {
    "summary": "The deep dive asked how all agencies work together for children of all ages who live with domestic "
    "abuse.",
    "background": "Inspectors acknowledged how demanding a joint inspection is, and how complex the work of the "
    "agencies: in families that live with domestic abuse there is often more than one victim; to assess the risk and "
    "to decide is often complex, because domestic abuse is seldom the only risk, and because what it does to children "
    "does not always show at once.",
    "plan": "Both during the inspection and straight after it the LSCB Executive Group and its partners worked closely "
    "together on what inspectors had found wanting. All partners considered the outcome with care. The plan has been "
    "finalised and is attached.",
    "legal": "Among the partners the local authority is the lead agency for this response.",
    "procurement": "Independent scrutiny and overview of the delivery of the plan would give assurance that it has the "
    "impact that is required.",
    "conclusion": "All partners worked closely together during the inspection and after it, and have made a plan that "
    "is meant to answer every area for improvement.",
}
# What is said more exactly than in the draft of a section.
PUT: Mapping[str, tuple[str, str]] = {
    "summary": (
        "the chief officers of the partners",
        "the chief officers of the Local Safeguarding Children Board (LSCB)",
    ),
}
# What is written where the register proposes nothing.
WRITTEN: Mapping[str, str] = {
    "report_of": "the Corporate Director of Children and Young People’s Services",
    "divisions": "Countywide",
    "contact": "Business manager, Local safeguarding children board",
    "finance": "Actions that deal with capacity are to be delivered within existing resource wherever possible.",
    "equality": "An equality impact screening was carried out, so that the plan meets the Public Sector Equality Duty.",
    "crime_and_disorder": "Criminal justice agencies have to work in partnership against what domestic abuse does to "
    "children.",
    "staffing": "A review of the MASH will be carried out, because inspectors found too few people for its work. It "
    "may have staffing implications, which the partnership would deal with together.",
    "procurement": "Independent scrutiny and overview of the delivery of the plan may have to be procured.",
}
NONE = ("consultation", "human_rights", "accommodation")


def build(period: ReportingPeriod, *, by: Person, as_of: date, at: Callable[..., datetime]) -> Report:
    """Ask for the report, decide every section, and freeze it on the evening of the day that it shows."""
    evening = at(as_of, 18)
    report = actions.request_report(
        by=by, period=period, kind=HEALTH_AND_WELLBEING_BOARD.name, audience=PUBLIC_MEETING, as_of=as_of, now=evening
    )
    for part in drafting_of(report, by=by, now=evening).parts:
        key, draft, version = part.state.section.key, part.draft.text, part.state.row.version
        if key in NONE:
            board.say_none(by=by, report=report, key=key, draft=draft, expected_version=version, now=evening)
        elif draft and key not in ADDED:
            board.take_draft(by=by, report=report, key=key, draft=draft, expected_version=version, now=evening)
        else:
            words = (
                [draft.replace(*PUT.get(key, ("", ""))), ADDED.get(key, "")]
                if draft
                else [WRITTEN.get(key) or ADDED[key]]
            )
            text = "\n\n".join(each for each in words if each)
            board.keep_section(
                by=by, report=report, key=key, text=text, draft=draft, expected_version=version, now=evening
            )
    board.freeze(by=by, report=report, expected_version=report.version, now=evening)
    return building.build(Report.objects.get(pk=report.pk), by=by, now=evening)
