"""County Durham, 2018 to January 2019, as a worked example: public record in our own words, and what is invented.

Public record: the joint targeted area inspection of the multi-agency response to domestic abuse, 9 to 13 July 2018; the
inspectors' letter of 24 August 2018 (Ofsted, Care Quality Commission, HMICFRS, HMI Probation); the written statement
due and submitted on 3 December 2018; the five Key Improvement Areas; quarterly reports to the LSCB Executive Group from
January 2019; the report to the Health and Wellbeing Board of 30 January 2019. The findings below say in other words
what the letter says. Owners, dates and updates are invented to show the product, and marked illustrative.
"""

from dataclasses import dataclass
from datetime import date

# By role, not by name: what the example has them report is invented. What would shame somebody (late, at risk, not
# confirmed) is reported by Example agencies A and B, which nobody is.
AGENCIES: dict[str, tuple[str, str]] = {
    "council": ("Children's social care", "Social care"),
    "police": ("Police", "Police"),
    "health": ("Health trusts", "Health"),
    "probation": ("Probation services", "Probation"),
    "schools": ("Schools", "Schools"),
    "a": ("Example agency A", "Agency A"),
    "b": ("Example agency B", "Agency B"),
}
NOT_RETURNED = "a"
# Which of those whom the letter names, by their number, is which agency of the example.
RECIPIENT_OF: dict[int, str] = {1: "council", 2: "health", 4: "police", 6: "probation", 7: "probation"}
AREAS: tuple[str, ...] = (
    "Priority Action to Improve Strategy Meetings",
    "Front Door/Multi Agency Safeguarding Arrangements (MASH)",
    "Safeguarding Practice and Workforce Development",
    "Leadership & Management",
    "Voice of the Child",
)


@dataclass(frozen=True)
class StoryFinding:
    """A finding in our own words, as the example's own letter prints it."""

    key: str
    kind: str
    title: str
    text: str
    where: str = ""

    @property
    def section(self) -> str:
        """Under which heading of the letter it stands."""
        return self.where or self.kind


@dataclass(frozen=True)
class StoryAction:
    """An action, what it answers and serves, and what its lead reports for the first quarter."""

    key: str
    area: int
    title: str
    lead: str
    post: str
    due: date
    findings: tuple[str, ...]
    impact: str
    rating: str
    update: str


FINDINGS: tuple[StoryFinding, ...] = (
    StoryFinding(
        "strategy", "priority_action", "Strategy meetings: held late, without key agencies, actions not shared",
        "Some strategy meetings never take place although the threshold was met. Others come weeks after the incident, "
        "without agencies that hold key information, and who agreed to do what is not written down for all. Children "
        "are therefore not safeguarded in time.",
    ),
    StoryFinding(
        "encompass", "improvement", "Schools are told of some incidents only",
        "Schools hear of incidents graded medium or high, and of medium ones late. Incidents graded standard are not "
        "shared with them, so a school cannot support a child who was at home that night.",
    ),
    StoryFinding(
        "backlog", "improvement", "A backlog of medium-risk referrals, with children left off forms",
        "Referrals graded medium wait to be looked at, and some forms leave out children who live in the home. Nobody "
        "knows how much harm the wait allows.",
    ),
    StoryFinding(
        "mash", "improvement", "The safeguarding hub has too few people for what it receives",
        "The multi-agency hub does not have the people for the number of contacts that reach it, and some are put in "
        "the wrong category. Children wait for a decision.",
    ),
    StoryFinding(
        "probation", "improvement", "Probation is not part of decisions in the hub",
        "Neither probation provider sits in the hub and their systems cannot be searched there, so decisions are "
        "made without what they know about the adult who is the risk.",
    ),
    StoryFinding(
        "history", "improvement", "History and cumulative risk are overlooked",
        "Workers weigh the latest incident and overlook what came before it. They are too hopeful about change and are "
        "misled by parents who seem to co-operate.",
    ),
    StoryFinding(
        "plans", "improvement", "Child protection plans are weak and not shared",
        "Many child protection plans do not say what must change, by when, and what happens if it does not. Not every "
        "agency that has a part in the plan holds a copy.",
    ),
    StoryFinding(
        "audit", "improvement", "Audit and oversight do not reach the quality of work",
        "Audits in the agencies are not robust, and what the hub decides is not challenged. Leaders cannot say whether "
        "practice is getting better.",
    ),
    StoryFinding(
        "voice", "improvement", "Children's views are rarely recorded at incidents",
        "Officers who attend an incident seldom write down what the child saw, heard or said. What children say does "
        "not shape the plan that is made for them.",
    ),
    StoryFinding(
        "thirdparty", "strength", "Agencies share a commitment to children who live with abuse",
        "Leaders of all agencies know how many children live with domestic abuse in the county and have made it a "
        "common priority.",
    ),
    StoryFinding(
        "remain", "strength", "Victims’ homes are made safer by a scheme that agencies pay for together",
        "A scheme that public health, family support and housing pay for together makes the homes of victims more "
        "secure, so that they and their children feel safer where they live.",
    ),
    StoryFinding(
        "gps", "strength", "Nearly nine in ten GPs were trained about domestic abuse and its effect on children",
        "Nearly 90% of the county’s GPs came to a round of safeguarding training that dealt with domestic abuse, with "
        "the risk assessment conference for victims and with what abuse does to children.",
    ),
    StoryFinding(
        "schools", "strength", "Schools are places where children can talk about what they live with",
        "Most schools build strong relationships with children and their parents. Children have somebody there to whom "
        "they can talk safely about abuse at home.",
    ),
    StoryFinding(
        "relationships", "case_study", "Young people asked for lessons about relationships, and got them",
        "Young people whom the safeguarding board asked said that they knew too little about the signs of controlling "
        "relationships. The board had a package of lessons made with them and tried it out in schools.\n"
        "Their views have a place in what the board does, and they can see what came of them.",
        where="good_practice",
    ),
    StoryFinding(
        "girl", "case_study", "A girl of 14: everybody knew something, nobody put it together",
        "Several agencies held information about the history of a girl of 14 and about her family. Each looked at its "
        "own part. Chances to share it and to weigh the risks together were missed.\n"
        "She was not seen as a child in need of protection, and what she needed was not met.",
        where="missed",
    ),
)  # fmt: skip

IMPACTS: dict[str, tuple[str, str]] = {
    "safe": (
        "Children at risk of significant harm",
        "A strategy meeting within one working day of the decision, with police, health and children's services there, "
        "and every invited agency holding the actions: children are safeguarded in time.",
    ),
    "school": (
        "Children who were at home during an incident",
        "Their school knows before the next school day, whatever the grading, and says what it did.",
    ),
    "decision": (
        "Children about whom somebody has contacted the hub",
        "A joint decision made with what every agency knows, without waiting in a backlog.",
    ),
    "heard": (
        "Children who live with domestic abuse",
        "What they said stands in the record in their own words, and their plan is different because of it.",
    ),
}

ACTIONS: tuple[StoryAction, ...] = (
    StoryAction(
        "standard", 1, "Agree one standard for strategy meetings: trigger, quorum, minutes within a day, by telephone "
        "where that is quicker", "council", "Strategic manager, first contact", date(2019, 1, 31), ("strategy",),
        "safe", "delivered_claimed",
        "The standard was agreed by all partners on 14 January. Meetings by telephone began the same week. Whether "
        "it is kept will be tested by the first audit in March.",
    ),
    StoryAction(
        "attend", 1, "Have a decision-maker of the police at every strategy meeting", "police",
        "Detective superintendent, safeguarding", date(2019, 3, 29), ("strategy",), "safe", "on_track",
        "A rota of detective sergeants covers every weekday. Weekends are covered from March.",
    ),
    StoryAction(
        "encompass", 2, "Tell schools of every incident with a child in the home before the next school day", "b",
        "Senior officer of Example agency B", date(2019, 4, 30), ("encompass",), "school", "at_risk",
        "Medium and high are sent daily. Standard incidents wait for the new system; the supplier gives May.",
    ),
    StoryAction(
        "backlog", 2, "Clear the backlog of medium-risk referrals and check every form for children left out", "a",
        "Senior officer of Example agency A", date(2019, 1, 18), ("backlog",), "decision", "", "",
    ),
    StoryAction(
        "review", 2, "Review what the hub needs: people, categories, joint decisions", "council",
        "Strategic manager, first contact", date(2019, 5, 31), ("mash",), "decision", "on_track",
        "Terms of reference are agreed; contacts of eight weeks are being counted.",
    ),
    StoryAction(
        "desk", 2, "Put a probation desk in the hub, with access to its own systems", "probation",
        "Head of probation delivery unit", date(2019, 6, 28), ("probation",), "decision", "not_started",
        "Waiting for the review of the hub.",
    ),
    StoryAction(
        "training", 3, "Train practitioners of all agencies in cumulative risk and coercive control", "health",
        "Designated nurse", date(2019, 7, 31), ("history",), "safe", "on_track",
        "Two of eight courses have been held. Evaluation at three months is part of the contract.",
    ),
    StoryAction(
        "plans", 3, "Rewrite the child protection plan so that it says what must change and by when", "council",
        "Head of child protection", date(2019, 4, 12), ("plans",), "safe", "on_track",
        "The new form is being tried by two teams.",
    ),
    StoryAction(
        "programme", 4, "Run six multi-agency audits a year, with the results reported to the Executive Group",
        "council", "Safeguarding board business manager", date(2019, 3, 15), ("audit",), "safe", "on_track",
        "The first audit of improvement actions took place in December. Dates for the next five are set.",
    ),
    StoryAction(
        "voice", 5, "Record what the child said at every incident that officers attend", "police",
        "Chief inspector, response", date(2019, 2, 28), ("voice",), "heard", "on_track",
        "The prompt is on the officers' device since 7 January.",
    ),
)  # fmt: skip
