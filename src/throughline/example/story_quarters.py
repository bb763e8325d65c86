"""The four quarters of the worked example: who reported what, what was verified, decided and judged, and when.

All of it is invented to show the product, and marked illustrative, but for what the public record says of outcomes: the
priority action had its impact, management oversight and the quality of plans did not. What would shame somebody (late,
at risk, a claim that an audit did not confirm) is told of Example agencies A and B, which nobody is.
"""

from dataclasses import dataclass
from datetime import date

NOT_STARTED, ON_TRACK, AT_RISK, DELIVERED = "not_started", "on_track", "at_risk", "delivered_claimed"


@dataclass(frozen=True)
class StoryPeriod:
    """A reporting period and its days."""

    reference: str
    label: str
    opens: date
    data_to: date
    due: date
    cleared: date
    out: date
    meeting: date


@dataclass(frozen=True)
class Said:
    """What a lead reported about its action in one quarter. A slip has its reason and the day proposed instead."""

    rating: str
    words: str = ""
    slip: str = ""
    proposed: date | None = None


@dataclass(frozen=True)
class Verified:
    """Somebody independent looked at a claim. `who` is manager, quality, scrutineer or chair."""

    on: date
    action: str
    level: str
    who: str
    satisfied: bool
    basis: str


@dataclass(frozen=True)
class Judged:
    """A judgement of a desired impact. `who` is chair or scrutineer."""

    on: date
    impact: str
    who: str
    state: str
    reason: str


@dataclass(frozen=True)
class Sought:
    """A decision that was sought, and its answer: (day, outcome, words)."""

    key: str
    on: date
    period: str
    text: str
    why: str
    action: str
    answer: tuple[date, str, str]


Q1, Q2, Q3, Q4 = "q3-2018-19", "q4-2018-19", "q1-2019-20", "q2-2019-20"
PERIODS: tuple[StoryPeriod, ...] = (
    StoryPeriod(
        Q1, "Q3 2018/19", date(2018, 12, 3), date(2018, 12, 31), date(2019, 1, 16), date(2019, 1, 18),
        date(2019, 1, 21), date(2019, 1, 29),
    ),
    StoryPeriod(
        Q2, "Q4 2018/19", date(2019, 2, 1), date(2019, 3, 31), date(2019, 4, 12), date(2019, 4, 17),
        date(2019, 4, 18), date(2019, 4, 30),
    ),
    StoryPeriod(
        Q3, "Q1 2019/20", date(2019, 5, 1), date(2019, 6, 30), date(2019, 7, 12), date(2019, 7, 17),
        date(2019, 7, 22), date(2019, 7, 30),
    ),
    StoryPeriod(
        Q4, "Q2 2019/20", date(2019, 8, 1), date(2019, 9, 30), date(2019, 10, 11), date(2019, 10, 16),
        date(2019, 10, 21), date(2019, 10, 29),
    ),
)  # fmt: skip

_T = ON_TRACK
_D = DELIVERED

# By action: what its lead said in each of the four quarters. What was verified is not asked about again (None).
SAID: dict[str, tuple[Said | None, Said | None, Said | None, Said | None]] = {
    "standard": (
        Said(_D, "The standard was agreed by all partners on 14 January. Meetings by telephone began the same week. "
             "Whether it is kept will be tested by the audit in March."),
        Said(_D, "The audit in March found it kept in eighteen of twenty meetings."), None, None,
    ),
    "attend": (
        Said(_T, "A rota of detective sergeants covers every weekday. Weekends are covered from March."),
        Said(_D, "The rota has covered every day since 4 March; no meeting was held without us."), None, None,
    ),
    "minutes": (
        Said(_T, "A secure mailbox for minutes opened on 7 January."),
        Said(_D, "Minutes have gone out within a working day since the middle of March."), None, None,
    ),
    "powers": (
        Said(_T, "The instruction to officers is written and goes out in February."),
        Said(_T, "Officers were briefed. The first month’s cases are being looked at."),
        Said(_D, "Each of the nine moves since March had its checks and a strategy meeting."), None,
    ),
    "encompass": (
        Said(AT_RISK, "Medium and high are sent daily. Standard incidents wait for the new system; the supplier "
             "gives May.", "The supplier’s new system comes in May.", date(2019, 5, 31)),
        Said(_T, "The new system is being tested with twelve schools."),
        Said(_D, "The system sends every incident since 3 June."),
        Said(_T, "After the dip sample the rules of the system were put right. Schools confirm each message.",
             "The rules of the system had to be put right; a second sample is needed before it can be claimed.",
             date(2019, 11, 29)),
    ),
    "backlog": (
        None,
        Said(_D, "Cleared on 22 March. Every form since December was read again; 31 children were added."), None, None,
    ),
    "review": (
        Said(_T, "Terms of reference are agreed; contacts of eight weeks are being counted."),
        Said(_T, "The count is complete and options are written."),
        Said(_D, "The review was received by the Executive Group in April and its first two steps are taken."), None,
    ),
    "desk": (
        Said(NOT_STARTED, "Waits for the review of the hub."),
        Said(_T, "A desk is set up three days a week; access to our own records works."),
        Said(_D, "The desk is staffed every weekday, and the other three services have joined."), None,
    ),
    "feedback": (
        Said(_T, "The letter is drafted."),
        Said(_D, "Every agency in the record has received the outcome since 11 March."), None, None,
    ),
    "court": (
        Said(_T, "The form is agreed with two prisons."), Said(_T, "In use at both courts."),
        Said(_D, "In use at every court of the county; 40 of 41 went before the first night."), None,
    ),
    "risk_tool": (
        Said(_T, "The question for each child is being built into the device."),
        Said(_T, "On every device since 25 February. Briefings are half done."),
        Said(_D, "All response officers were briefed by 26 April."), None,
    ),
    "training": (
        Said(_T, "Two of eight courses have been held. Evaluation at three months is part of the contract."),
        Said(_T, "Five of eight courses have been held."),
        Said(_T, "All eight were held; the first answers after three months are in."),
        Said(_D, "Answers after three months came from 112 of 180 who took part. Two thirds name a case in which they "
             "acted differently."),
    ),
    "chronology": (
        Said(_T, "A form is agreed with police and health."), Said(_T, "In use in two of five teams."),
        Said(_D, "In use in all five teams since 17 June."), None,
    ),
    "plans": (
        Said(_T, "The new form is being tried by two teams."),
        Said(_D, "All teams have used the new form since 8 April."), None, None,
    ),
    "unborn": (
        Said(_T, "The pathway is rewritten and with the midwives."), Said(_T, "In use in two of three localities."),
        Said(_D, "In use in all three since 20 May."), None,
    ),
    "screening": (
        Said(_T, "The question is on the triage screen."),
        Said(_D, "Asked in 88 of 100 attendances looked at in March."), None, None,
    ),
    "family": (
        Said(_T, "The first page of the record is being rebuilt."), Said(_T, "Live for community teams."),
        Said(_D, "Live everywhere since 10 June."), None,
    ),
    "escalate": (
        Said(_T, "Sessions are planned with every health service."), Said(_T, "Seven of nine sessions were held."),
        Said(_D, "All nine were held. Escalations rose from 4 to 13 in the quarter."), None,
    ),
    "conference": (
        Said(_T, "The threshold is written down and with the agencies."), Said(_T, "In use since 4 March."),
        Said(_D, "General practitioners answered in 61 of 70 cases."), None,
    ),
    "schoolplan": (
        Said(_T, "A form is being tried in ten schools."), Said(_T, "Given to all schools with a briefing."),
        Said(_D, "Schools report a plan for 412 children."), None,
    ),
    "visits": (
        Said(_T, "The instruction is with every officer."), Said(_T, "Looked at in supervision each month."),
        Said(_D, "A visit was made and the home checked in 47 of 50 cases looked at."), None,
    ),
    "choice": (
        Said(_T, "The assessment has a page for risk in the home."),
        Said(_D, "Used for all 23 young people since February."), None, None,
    ),
    "programme": (
        Said(_T, "The audit of improvement actions took place in December. Dates for the next six are set."),
        Said(_T, "Two of seven audits are done."), Said(_T, "Five of seven audits are done."),
        Said(_D, "All seven audits are done and were reported to the Executive Group."),
    ),
    "supervise": (
        Said(_T, "The record has a place for oversight since January."), Said(_T, "Used in four of five agencies."),
        Said(_D, "Recorded each month in all agencies since May."), None,
    ),
    "caseloads": (
        Said(_T, "Six posts were asked for; the duty inbox is emptied each day."),
        Said(_T, "Four of six posts are filled."),
        Said(_D, "Six of six posts are filled; no worker is above the ceiling."), None,
    ),
    "substance": (
        Said(_D, "The list was brought up to date on 21 December and is checked each Monday."),
        Said(_D, "Checked each Monday, with the children’s register."), None, None,
    ),
    "calls": (
        Said(_T, "Calls with a child in the home are marked for the control room."),
        Said(_T, "Reached in time in nine of ten."), Said(_D, "Reached in time in 94 of 100 since April."), None,
    ),
    "voice": (
        Said(_T, "The prompt is on the officers’ device since 7 January."),
        Said(_D, "Nine in ten records hold what the child said."), None, None,
    ),
    "views": (
        Said(_T, "The plan’s new form asks what is different because of the child."),
        Said(_T, "Used by all teams with the new form."),
        Said(_D, "Each plan since May says what the child said."), None,
    ),
    "advocate": (
        Said(_T, "An advocacy service was commissioned and begins in February."),
        Said(_D, "Offered to every child who came to a conference since 4 February."), None, None,
    ),
}  # fmt: skip

# Example agency A returned nothing for the first quarter, and its second return late.
NOT_RETURNED = {(Q1, "a")}
LATE = {(Q2, "a"): date(2019, 4, 17)}

VERIFIED: tuple[Verified, ...] = (
    Verified(date(2019, 4, 18), "standard", "confirmed", "scrutineer", True,
             "Read the audit of March and sat in on two meetings."),
    Verified(date(2019, 4, 18), "attend", "confirmed", "scrutineer", True,
             "Compared the rota with the attendance of twenty meetings."),
    Verified(date(2019, 4, 18), "minutes", "confirmed", "scrutineer", True,
             "Saw the mailbox and sixteen of twenty sets of minutes."),
    Verified(date(2019, 4, 18), "backlog", "checked", "manager", True, "Saw the queue: nothing older than a day."),
    Verified(date(2019, 4, 18), "feedback", "checked", "manager", True, "Saw ten letters of March."),
    Verified(date(2019, 4, 18), "plans", "checked", "manager", True, "Saw the form in use by every team."),
    Verified(date(2019, 4, 18), "screening", "checked", "manager", True, "Saw the trust’s own count of March."),
    Verified(date(2019, 4, 18), "choice", "checked", "manager", True, "Saw the page in six assessments."),
    Verified(date(2019, 4, 18), "substance", "checked", "manager", True, "Saw the lists of five Mondays."),
    Verified(date(2019, 4, 18), "voice", "checked", "manager", True, "Saw the force’s count of 300 records."),
    Verified(date(2019, 4, 18), "advocate", "checked", "manager", True, "Saw the provider’s first report."),
    Verified(date(2019, 7, 22), "encompass", "assured", "quality", False,
             "The dip sample of June: of 30 incidents the school was told of 17 in time."),
    Verified(date(2019, 7, 22), "powers", "confirmed", "scrutineer", True, "Read the nine cases with the police."),
    *(
        Verified(date(2019, 7, 22), key, "checked", "manager", True, basis)
        for key, basis in (
            ("review", "Read the review and the minutes of April."),
            ("desk", "Saw the desk at work."),
            ("court", "Saw forms of six weeks."),
            ("risk_tool", "Saw the question on the device."),
            ("chronology", "Saw ten assessments."),
            ("unborn", "Saw the pathway and the dates of eight families."),
            ("family", "Saw the first page in both systems."),
            ("escalate", "Saw the count of escalations."),
            ("conference", "Saw the answers of a month."),
            ("schoolplan", "Saw twelve plans in four schools."),
            ("visits", "Saw the company’s own audit."),
            ("supervise", "Saw the entries of May and June in five agencies."),
            ("caseloads", "Saw the list of caseloads of 28 June."),
            ("calls", "Saw the control room’s count."),
            ("views", "Saw twelve plans."),
        )
    ),
    Verified(date(2019, 10, 21), "training", "checked", "manager", True, "Read the answers after three months."),
    Verified(date(2019, 10, 21), "programme", "checked", "manager", True, "Read all seven audits."),
)  # fmt: skip

SOUGHT: tuple[Sought, ...] = (
    Sought(
        "later", date(2019, 1, 18), Q1, "Agree 31 May as the new date for messages to schools about every incident.",
        "The supplier’s system comes in May; until then standard incidents are not sent.", "encompass",
        (date(2019, 1, 29), "agreed", "Agreed. Medium and high are to go daily meanwhile."),
    ),
    Sought(
        "missing", date(2019, 1, 21), Q1, "Ask Example agency A’s chief officer for its return and for a date by which "
        "the backlog is cleared.", "No return came, and the action has been overdue since 18 January.", "backlog",
        (date(2019, 1, 29), "agreed", "The chair writes this week; an answer is expected within ten days."),
    ),
    Sought(
        "scrutiny", date(2019, 1, 21), Q1, "Agree that independent scrutiny of delivery is procured.",
        "No agency should mark its own work.", "programme",
        (date(2019, 1, 29), "deferred", "Costs are to be brought in April."),
    ),
    Sought(
        "posts", date(2019, 4, 17), Q2, "Take the review’s first two steps: two more people in the hub, one queue.",
        "The count of eight weeks shows where contacts wait.", "review",
        (date(2019, 4, 30), "agreed", "Agreed by all partners within existing resource."),
    ),
    Sought(
        "schools", date(2019, 7, 17), Q3, "Open the action on messages to schools again, and sample once more in "
        "September.", "The audit did not confirm the claim.", "encompass",
        (date(2019, 7, 30), "agreed", "Agreed. Example agency B reports to each meeting until it is confirmed."),
    ),
    Sought(
        "oversight", date(2019, 10, 16), Q4, "Decide what else is done about management oversight and the quality of "
        "plans: both were delivered, and neither has changed what children live with.",
        "Audits of July and September, and the inspectors’ visit in September.", "supervise",
        (date(2019, 10, 29), "agreed", "The practice group brings remedial action for both to the next meeting."),
    ),
)  # fmt: skip

_EARLY = "What was done has not yet had time to show."
JUDGED: tuple[Judged, ...] = (
    Judged(date(2019, 1, 29), "safe", "chair", "too_early", "The standard is two weeks old. The audit in March will "
           "test it."),
    *(
        Judged(date(2019, 1, 29), key, "chair", "too_early", _EARLY)
        for key in ("school", "decision", "history", "plan", "oversight", "health", "heard")
    ),
    Judged(date(2019, 4, 30), "safe", "chair", "early_sign", "One audit supports it: eighteen of twenty in time."),
    Judged(date(2019, 4, 30), "safe", "scrutineer", "early_sign", "Agreed. A second look is needed."),
    Judged(date(2019, 7, 30), "safe", "chair", "improving", "The audit of March, and the police cases that were read "
           "since, agree."),
    Judged(date(2019, 7, 30), "school", "chair", "no_change", "The dip sample: 17 of 30 in time."),
    Judged(date(2019, 7, 30), "decision", "chair", "early_sign", "Observation supports it. No measure yet."),
    Judged(date(2019, 7, 30), "plan", "chair", "no_change", "All plans use the form; in five of 16 a reader can say "
           "what must change."),
    Judged(date(2019, 7, 30), "plan", "scrutineer", "no_change", "A form is not a plan. Ask what is different for the "
           "child."),
    Judged(date(2019, 10, 29), "decision", "chair", "improving", "The observation in the hub and the count of "
           "contacts agree."),
    Judged(date(2019, 10, 29), "history", "chair", "cannot_tell", "People say that they act differently; no audit has "
           "looked at it yet."),
    Judged(date(2019, 10, 29), "health", "chair", "early_sign", "The trust’s own count points the right way."),
    Judged(date(2019, 10, 29), "heard", "chair", "cannot_tell", "Children are listened to; six of 14 can name what "
           "changed."),
    Judged(date(2019, 10, 29), "school", "chair", "too_early", "Put right in September; sampled again in November."),
    Judged(date(2019, 10, 29), "oversight", "chair", "no_change", "Recorded in 19 of 20 cases, and changed something "
           "in four."),
    Judged(date(2019, 10, 29), "oversight", "scrutineer", "no_change", "A record of oversight is not oversight."),
    Judged(date(2019, 10, 29), "plan", "chair", "no_change", "Nothing that would change the judgement of July."),
)  # fmt: skip
