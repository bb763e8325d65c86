"""The plan of the worked example: areas, desired impacts, actions, and the programme of scrutiny and audit.

Public record: the five Key Improvement Areas and their order; expected impact and a programme of scrutiny and audit;
one audit in December 2018 with six more planned. Owners, contributors, dates and words of actions are invented.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class StoryArea:
    """An improvement area and who owns it. `group` is a key of GROUPS."""

    title: str
    post: str
    group: str


@dataclass(frozen=True)
class StoryImpact:
    """A desired impact, with what would show it."""

    key: str
    whom: str
    see: str
    sufficiency: str
    tests: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StoryAction:
    """An action. Bodies are keys of AGENCIES or GROUPS; findings and impacts keys of theirs."""

    key: str
    area: int
    title: str
    lead: str
    post: str
    due: date
    findings: tuple[str, ...]
    impacts: tuple[str, ...]
    contributors: tuple[tuple[str, str], ...] = ()
    milestones: tuple[tuple[str, date], ...] = ()
    resources: str = "within_existing"
    resources_note: str = ""
    equality: str = "no_effect"


@dataclass(frozen=True)
class StoryActivity:
    """A planned test, its day, and what it found: (done on, result, words) once done."""

    key: str
    title: str
    kind: str
    tests: str
    body: str
    due: date
    actions: tuple[str, ...] = ()
    impacts: tuple[str, ...] = ()
    done: tuple[date, str, str] | None = field(default=None)


AREAS: tuple[StoryArea, ...] = (
    StoryArea("Priority Action to Improve Strategy Meetings", "Chair of the front door group", "door"),
    StoryArea("Front Door/Multi Agency Safeguarding Arrangements (MASH)", "Chair of the front door group", "door"),
    StoryArea("Safeguarding Practice and Workforce Development", "Chair of the practice group", "practice"),
    StoryArea("Leadership & Management", "Chair of the performance and audit group", "performance"),
    StoryArea("Voice of the Child", "Chair of the practice group", "practice"),
)

IMPACTS: tuple[StoryImpact, ...] = (
    StoryImpact(
        "safe", "Children at immediate risk from domestic abuse",
        "Every strategy meeting is held in time with police, health and social care, and what was agreed is done.",
        "measure_and_audit",
        (("measure", "Strategy meetings held within one working day of the decision that the threshold is met"),
         ("audit", "Multi-agency audit of strategy meetings: held, attended, minutes shared, actions done")),
    ),
    StoryImpact(
        "school", "Children who were at home at an incident",
        "Their school knows before the next school day whatever the grading, and says what it did.",
        "measure_and_audit",
        (("measure", "Incidents with a child in the home of which the school was told before the next school day"),
         ("audit", "Dip sample of incidents against what the school received")),
    ),
    StoryImpact(
        "decision", "Children about whom somebody has contacted the hub",
        "A joint decision made with what every agency knows, without waiting in a backlog.",
        "two_kinds",
        (("measure", "Contacts decided within one working day"), ("audit", "Observation of decisions in the hub")),
    ),
    StoryImpact(
        "history", "Children who live with repeated or hidden abuse",
        "Their whole history is known to those who decide, and harm is recognised before the next incident.",
        "audit_and_voice",
        (("audit", "Audit of assessments: history, cumulative risk, coercive control"),
         ("voice", "Do people who work with your family know what happened before?")),
    ),
    StoryImpact(
        "plan", "Children with a child protection plan",
        "The plan says what must change and by when, every agency in it holds a copy, and change is seen or acted on.",
        "measure_and_audit",
        (("measure", "Children with a second or later child protection plan"),
         ("audit", "Audit of child protection plans against the standard")),
    ),
    StoryImpact(
        "oversight", "Children whose case a manager should see",
        "Managers’ oversight is in the record, and changes what is done for the child when work drifts.",
        "two_kinds",
        (("audit", "Audit of management oversight and supervision in all agencies"),
         ("voice", "Ask practitioners what supervision changed in their last case")),
    ),
    StoryImpact(
        "health", "Children and unborn children seen by health services",
        "Staff ask, think of the whole family and act on what they hear, wherever the family is seen.",
        "two_kinds",
        (("measure", "Women asked about domestic abuse in pregnancy"),
         ("audit", "Audit of screening in emergency and urgent care")),
    ),
    StoryImpact(
        "heard", "Children who live with domestic abuse",
        "What they said stands in the record in their own words, and their plan is different because of it.",
        "audit_and_voice",
        (("audit", "Audit of the child’s voice in incident records and plans"),
         ("voice", "Children who were asked: did anything change after you said it?")),
    ),
)  # fmt: skip

ACTIONS: tuple[StoryAction, ...] = (
    StoryAction(
        "standard", 1, "Agree one standard for strategy meetings: trigger, quorum, minutes within a day, by telephone "
        "where that is quicker", "council", "Strategic manager, first contact", date(2019, 1, 31), ("strategy",),
        ("safe",), (("police", "Agree and publish it to officers"), ("hospital", "Name who attends, day and night")),
        (("Standard drafted with all agencies", date(2018, 12, 14)), ("Standard in use", date(2019, 1, 21))),
    ),
    StoryAction(
        "attend", 1, "Have a police decision-maker at every strategy meeting", "police",
        "Detective superintendent, safeguarding", date(2019, 3, 29), ("strategy", "moved"), ("safe",), (),
        (("Rota for weekdays", date(2019, 1, 14)), ("Rota for weekends", date(2019, 3, 4))),
    ),
    StoryAction(
        "minutes", 1, "Share minutes and actions of every strategy meeting with all who were invited within one "
        "working day", "council", "Service manager, child protection", date(2019, 3, 29), ("strategy", "flags"),
        ("safe",), (("ccg", "Have minutes reach general practitioners"),),
    ),
    StoryAction(
        "powers", 1, "Use police protection where a child is moved at once, and hold the strategy meeting that follows",
        "police", "Chief inspector, response", date(2019, 4, 30), ("moved", "strategy"), ("safe",),
    ),
    StoryAction(
        "encompass", 2, "Tell schools of every incident with a child in the home before the next school day", "b",
        "Senior officer of Example agency B", date(2019, 4, 30), ("encompass", "grading"), ("school",),
        (("schools", "Name who receives the message in every school"),),
        (("Medium and high incidents daily", date(2019, 1, 31)), ("Standard incidents included", date(2019, 4, 30))),
    ),
    StoryAction(
        "backlog", 2, "Clear the backlog of medium-risk notifications and check every form for children left out", "a",
        "Senior officer of Example agency A", date(2019, 1, 18), ("backlog",), ("decision",),
    ),
    StoryAction(
        "review", 2, "Review what the hub and front door need: people, categories, joint decisions", "council",
        "Strategic manager, first contact", date(2019, 5, 31), ("mash", "joint", "late"), ("decision",),
        (("police", "Count what reaches the hub by hour"), ("ccg", "Count health’s share of the work")),
        (("Eight weeks of contacts counted", date(2019, 3, 15)), ("Options to the Executive Group", date(2019, 4, 30))),
        "additional", "The review may have staffing implications, to be dealt with by the partnership together.",
    ),
    StoryAction(
        "desk", 2, "Bring probation, youth offending and health into the hub, with access to their own systems", "nps",
        "Head of probation delivery unit", date(2019, 6, 28),
        ("absent", "probation_data", "probation_roles", "checks"), ("decision",),
        (("crc", "Name a contact who answers the same day"), ("yos", "Give a worker two days a week"),
         ("mental", "Give a nurse three days a week")),
    ),
    StoryAction(
        "feedback", 2, "Tell every agency that works with the family what was decided, not only who referred",
        "council", "Team manager, hub", date(2019, 3, 29), ("feedback",), ("decision",),
    ),
    StoryAction(
        "court", 2, "Give prisons what they need to know about risk to children before the first night", "nps",
        "Senior probation officer, courts", date(2019, 5, 31), ("court", "nps"), ("decision",),
    ),
    StoryAction(
        "risk_tool", 3, "Assess the risk to each child, not only to the adult, at every incident", "police",
        "Detective chief inspector, safeguarding", date(2019, 4, 30), ("adult_focus", "grading", "frontline"),
        ("history",), (),
        (("Prompt for each child on the device", date(2019, 2, 28)),
         ("All response officers briefed", date(2019, 4, 30))),
    ),
    StoryAction(
        "training", 3, "Train practitioners of all agencies in cumulative risk and coercive control, and ask three "
        "months later what they do differently", "board", "Training co-ordinator", date(2019, 7, 31),
        ("history", "coercive", "victims"), ("history",),
        (("council", "Release social workers"), ("hospital", "Release midwives and emergency staff"),
         ("schools", "Release designated leads")),
        (("Four of eight courses", date(2019, 3, 29)), ("Eight of eight courses", date(2019, 6, 28))), "additional",
        "Trainers are paid from the board’s training budget.",
    ),
    StoryAction(
        "chronology", 3, "Put a chronology that all agencies feed into every assessment", "council",
        "Head of assessment", date(2019, 6, 28), ("assessments", "history", "flags"), ("history",),
        (("community", "Add health visits"), ("police", "Add incidents of three years")),
    ),
    StoryAction(
        "plans", 3, "Rewrite the child protection plan so that it says what must change, by when, and what follows if "
        "it does not", "council", "Head of child protection", date(2019, 4, 12), ("plans", "victims"), ("plan",),
        (("police", "Hold the plan on the police system"), ("community", "Hold the plan in the child’s health record")),
        (("New form tried by two teams", date(2019, 1, 31)), ("All teams use it", date(2019, 4, 12))),
    ),
    StoryAction(
        "unborn", 3, "Begin planning for an unborn child by the twentieth week", "hospital", "Head of midwifery",
        date(2019, 5, 31), ("unborn", "maternity"), ("health",),
    ),
    StoryAction(
        "screening", 3, "Ask adults who were hurt about children at home, at every emergency and urgent care desk",
        "hospital", "Matron, emergency care", date(2019, 4, 30), ("emergency", "family"), ("health",),
    ),
    StoryAction(
        "family", 3, "Put the children of adult patients on the first page of every record", "mental",
        "Named nurse, mental health trust", date(2019, 6, 28), ("family", "mental_audit"), ("health",),
    ),
    StoryAction(
        "escalate", 3, "Teach staff of all health services to escalate, and count how often they do", "ccg",
        "Designated nurse", date(2019, 5, 31), ("escalation", "late"), ("health",),
    ),
    StoryAction(
        "conference", 3, "Apply one threshold for the risk assessment conference and ask general practitioners first",
        "police", "Conference co-ordinator’s manager", date(2019, 4, 30), ("marac",), ("history",),
        (("ccg", "Have general practitioners answer"),),
    ),
    StoryAction(
        "schoolplan", 3, "Have a risk assessment for each child known to live with abuse in every school", "schools",
        "Schools’ representative", date(2019, 7, 19), ("school_risk",), ("school",),
    ),
    StoryAction(
        "visits", 3, "Have every officer of the company visit and check who lives in the home", "crc",
        "Head of operations", date(2019, 5, 31), ("crc", "probation_roles"), ("history",),
    ),
    StoryAction(
        "choice", 3, "Follow up risk in the home for young people who take part by choice", "yos",
        "Manager, youth offending service", date(2019, 3, 29), ("yos",), ("history",),
    ),
    StoryAction(
        "programme", 4, "Run a programme of seven multi-agency audits and report each to the Executive Group", "board",
        "Business manager", date(2019, 9, 30), ("audit", "board", "health_audit", "mental_audit"), ("oversight",), (),
        (("Audit of improvement actions", date(2018, 12, 14)), ("Four audits done", date(2019, 6, 28))),
        "additional", "Independent scrutiny of delivery may have to be procured.",
    ),
    StoryAction(
        "supervise", 4, "Record managers’ oversight of every child at risk each month, in every agency", "council",
        "Head of service, safeguarding", date(2019, 5, 31), ("audit", "supervision", "workers"), ("oversight",),
        (("hospital", "Supervision in every ward team"), ("community", "Supervision of every health visitor")),
    ),
    StoryAction(
        "caseloads", 4, "Bring caseloads below the ceiling and empty the duty inbox each day", "council",
        "Head of service, families", date(2019, 6, 28), ("caseloads", "workers"), ("oversight",), (), (), "additional",
        "Six posts beyond the present budget were asked for.",
    ),
    StoryAction(
        "substance", 4, "Bring the substance misuse service’s list of children at risk up to date each week", "ccg",
        "Commissioner, substance misuse", date(2019, 1, 31), ("adult_service",), ("health",),
    ),
    StoryAction(
        "calls", 4, "Reach every call with a child in the home within the force’s standard", "police",
        "Chief inspector, control room", date(2019, 6, 28), ("attendance", "frontline"), ("safe",),
    ),
    StoryAction(
        "voice", 5, "Record what the child said at every incident that officers attend", "police",
        "Chief inspector, response", date(2019, 2, 28), ("voice",), ("heard",), (),
        (("Prompt on the device", date(2019, 1, 7)), ("Nine in ten records hold it", date(2019, 2, 28))),
    ),
    StoryAction(
        "views", 5, "Show in every plan what the child said and what is different because of it", "council",
        "Head of child protection", date(2019, 5, 31), ("views",), ("heard",),
        (("schools", "Give the child a person to say it to"),),
    ),
    StoryAction(
        "advocate", 5, "Offer an advocate to every child who comes to a conference", "board",
        "Participation officer", date(2019, 3, 29), ("views", "voice"), ("heard",), (), (), "additional",
        "Advocacy is commissioned for one year.",
    ),
)  # fmt: skip

PROGRAMME: tuple[StoryActivity, ...] = (
    StoryActivity(
        "actions", "Audit of improvement actions", "audit",
        "Whether what was begun at once after the inspection is in place.", "board", date(2018, 12, 14),
        ("standard",), ("safe",),
        (date(2018, 12, 14), "partly", "Eight of twelve strategy meetings looked at were held in time. Minutes were "
         "shared with all in five of twelve."),
    ),
    StoryActivity(
        "meetings", "Audit of strategy meetings", "audit",
        "Whether meetings are held in time, attended, and their actions done.", "door", date(2019, 3, 22),
        ("standard", "attend", "minutes"), ("safe",),
        (date(2019, 3, 22), "supports", "Eighteen of twenty were held within a working day with police, health and "
         "social care. Minutes were shared with all in sixteen of twenty."),
    ),
    StoryActivity(
        "sample", "Dip sample of messages to schools", "dip_sample",
        "Whether schools were told of every incident before the next school day.", "board", date(2019, 6, 14),
        ("encompass",), ("school",),
        (date(2019, 6, 14), "does_not_support", "Of 30 incidents with a child in the home the school was told of 17 "
         "before the next school day. Nine of the 13 others were graded standard."),
    ),
    StoryActivity(
        "hub", "Observation of decisions in the hub", "observation",
        "Whether decisions are made jointly and without waiting.", "door", date(2019, 6, 21),
        ("review", "desk", "backlog"), ("decision",),
        (date(2019, 6, 20), "supports", "Eleven of twelve decisions that were observed used what at least three "
         "agencies knew. Nothing waited longer than a day."),
    ),
    StoryActivity(
        "plans", "Audit of child protection plans", "audit",
        "Whether plans say what must change, and whether change is seen.", "practice", date(2019, 7, 12),
        ("plans",), ("plan",),
        (date(2019, 7, 12), "does_not_support", "All 16 plans used the new form. In five of 16 a reader could say "
         "what had to change by when; in three change was followed up."),
    ),
    StoryActivity(
        "voices", "What children say about being heard", "voice",
        "Whether children see that what they said changed something.", "practice", date(2019, 9, 13),
        ("voice", "views", "advocate"), ("heard",),
        (date(2019, 9, 12), "partly", "Of 14 children who were asked, all but one had been listened to; six could name "
         "something that changed."),
    ),
    StoryActivity(
        "oversight", "Audit of management oversight", "audit",
        "Whether managers’ oversight is recorded and changes what is done.", "performance", date(2019, 9, 20),
        ("supervise", "programme"), ("oversight",),
        (date(2019, 9, 20), "does_not_support", "Oversight was recorded in 19 of 20 cases. In four of 20 it had "
         "changed anything for the child."),
    ),
)  # fmt: skip
