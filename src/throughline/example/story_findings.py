"""What the letter of July 2018 found, in our own words: one priority action and 42 areas for improvement.

Public record: the inspectorates' letter of 24 August 2018 on the multi-agency response to domestic abuse in Durham.
Each finding below says in other words what the letter says, in the letter's order. Of its strengths and case studies
there is a selection. Who is named stands in the letter; nothing here is quoted from it.
"""

from dataclasses import dataclass


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


def _improvement(key: str, title: str, text: str) -> StoryFinding:
    return StoryFinding(key, "improvement", title, text)


PRIORITY = StoryFinding(
    "strategy", "priority_action", "Strategy meetings: held late, without key agencies, actions not shared",
    "Some strategy meetings never take place although the threshold was met. Others come weeks after the incident, "
    "without agencies that hold key information, and who agreed to do what is not written down for all. Children "
    "are therefore not safeguarded in time.",
)  # fmt: skip

IMPROVEMENTS: tuple[StoryFinding, ...] = (
    _improvement(
        "history", "History and cumulative risk are overlooked",
        "Workers of all agencies weigh the latest incident and overlook what came before it. They are too hopeful "
        "about change and are misled by parents who seem to co-operate. Risks to children therefore grow unseen.",
    ),
    _improvement(
        "audit", "Audit and management oversight do not reach the quality of work",
        "Audits and monitoring are not robust, and what the hub decides is not challenged. Leaders cannot say whether "
        "practice is getting better for children.",
    ),
    _improvement(
        "board", "The safeguarding board does not scrutinise enough",
        "The safeguarding board does not yet scrutinise the response to domestic abuse closely enough to know what "
        "difference agencies make to children.",
    ),
    _improvement(
        "late", "Referrals come late and thresholds are not understood",
        "Some agencies refer children late, because thresholds are understood differently. Children wait for help "
        "longer than they should.",
    ),
    _improvement(
        "mash", "The hub and front door have too few people for what they receive",
        "The multi-agency hub and the front door do not have the people for the number of contacts that reach them, "
        "and some referrals are put in the wrong category. Children wait for a decision.",
    ),
    _improvement(
        "backlog", "A backlog of medium-risk notifications, with children left off forms",
        "Police notifications graded medium wait to be looked at, and some forms leave out children who live in the "
        "home. Nobody knows how much harm the wait allows.",
    ),
    _improvement(
        "adult_focus", "Police risk assessment looks at the adults",
        "Police assess the risk to the adult victim well, but do not always assess the risk to each child in the "
        "home. What children live with is missed.",
    ),
    _improvement(
        "voice", "Children’s views are rarely recorded at incidents",
        "Officers who attend an incident seldom write down what the child saw, heard or said, and some reports that "
        "amount to a crime against a child are not investigated as one.",
    ),
    _improvement(
        "grading", "Standard and medium risk are graded wrongly",
        "Some incidents are graded standard that should be medium, so that they are not shared and children are not "
        "considered.",
    ),
    _improvement(
        "absent", "The hub lacks probation, youth offending and some health services",
        "Neither probation provider, nor the youth offending service, nor some health services sit in the hub, so "
        "decisions are made without what they know.",
    ),
    _improvement(
        "joint", "Decisions in the hub are not made jointly",
        "Most decisions in the hub are made by one agency. What others know is asked for too seldom, and risk to "
        "children is judged from part of the picture.",
    ),
    _improvement(
        "probation_roles", "The roles of the two probation providers are misunderstood",
        "Staff of other agencies do not know which probation provider supervises whom, and ask the wrong one or none.",
    ),
    _improvement(
        "probation_data", "Probation records cannot be searched in the hub",
        "Nobody in the hub can search the records of the probation providers, and both are recorded as one category, "
        "so that nobody can see what each contributes.",
    ),
    _improvement(
        "feedback", "Only those who refer hear what happened",
        "Whoever refers a child is told what was decided; other agencies that work with the family are not, and go "
        "on without knowing.",
    ),
    _improvement(
        "unborn", "Unborn children are considered late",
        "Risk to unborn children is considered late in the pregnancy, which leaves little time to plan for their "
        "safety.",
    ),
    _improvement(
        "encompass", "Schools are told of some incidents only",
        "Schools hear of incidents graded medium or high, and of medium ones late. Incidents graded standard are not "
        "shared with them, so a school cannot support a child who was at home that night.",
    ),
    _improvement(
        "attendance", "Police sometimes arrive late",
        "At some calls to domestic abuse police arrive late, so that children stay at risk and evidence is lost.",
    ),
    _improvement(
        "marac", "The threshold of the risk assessment conference is applied unevenly",
        "Cases reach the multi-agency risk assessment conference by different thresholds, and general practitioners "
        "are not asked for what they know of the children.",
    ),
    _improvement(
        "moved", "Children are moved without police protection and without checks",
        "Officers at times move children to relatives without using their powers of protection. No checks are made "
        "and no strategy meeting follows, so that nobody knows whether the child is safe there.",
    ),
    _improvement(
        "flags", "Flags are not used and minutes lie in systems of their own",
        "Records are not flagged for children at risk, and minutes of meetings lie in systems that others cannot "
        "reach. Workers decide without them.",
    ),
    _improvement(
        "victims", "Too much is left to the victim to keep children safe",
        "Plans rely on the adult victim to keep children safe, at times by a written agreement, and too little on "
        "what the abuser must do.",
    ),
    _improvement(
        "plans", "Child protection plans are weak and not shared",
        "Many child protection plans do not say what must change, by when, and what happens if it does not. Not every "
        "agency that has a part in the plan holds a copy. Children stay in harm’s way while the plan drifts.",
    ),
    _improvement(
        "workers", "Priorities of social care have no effect yet, and children’s workers change",
        "The right priorities were set in children’s social care but do not yet make a difference, and some children "
        "have had several social workers in a short time.",
    ),
    _improvement(
        "views", "What children say does not shape their plan",
        "Children are asked for their views but these are not taken into account when plans are made for them.",
    ),
    _improvement(
        "caseloads", "Caseloads and the duty inbox",
        "Some social workers carry too many cases, and messages wait in a shared duty inbox, so that visits to "
        "children slip.",
    ),
    _improvement(
        "coercive", "Coercive control and disguised compliance are not recognised",
        "Workers do not always recognise coercive control or a parent who only seems to comply. Children are left "
        "with an adult who controls the home.",
    ),
    _improvement(
        "assessments", "Assessments leave out the history",
        "Assessments do not always draw on the history of the child and the adults, so that the same harm comes back.",
    ),
    _improvement(
        "school_risk", "Schools do not assess the risk to the single child",
        "Schools know that a child lives with domestic abuse but have no risk assessment for that child, and support "
        "depends on who is there.",
    ),
    _improvement(
        "health_audit", "Audit in health services is at its beginning",
        "Audit of safeguarding practice in health services is under-developed. Leaders do not know how well children "
        "who live with abuse are cared for.",
    ),
    _improvement(
        "supervision", "Health managers’ oversight and supervision are thin",
        "Safeguarding supervision and managers’ oversight in health services are not regular or not recorded, so "
        "that drift goes unnoticed.",
    ),
    _improvement(
        "escalation", "Health staff do not escalate",
        "Health staff who disagree with a decision about a child do not always escalate their concern, and the child "
        "stays without help.",
    ),
    _improvement(
        "mental_audit", "The mental health service does not audit domestic abuse",
        "The mental health service has not audited how its staff deal with domestic abuse, and does not know whether "
        "children of patients are considered.",
    ),
    _improvement(
        "adult_service", "The substance misuse service is stretched and its records are out of date",
        "The adult substance misuse service has too few people, and its list of children at risk was not kept up for "
        "some months. Staff may not know that a child is on a plan.",
    ),
    _improvement(
        "maternity", "Maternity staff in one place ask less",
        "In one locality midwives ask about domestic abuse less reliably than elsewhere, so that women and their "
        "unborn children are missed.",
    ),
    _improvement(
        "emergency", "Emergency and urgent care do not screen reliably",
        "Staff in emergency and urgent care do not always ask adults who were hurt whether there are children at home.",
    ),
    _improvement(
        "family", "‘Think family’ is not embedded",
        "Adult services do not always think of the whole family, so that a parent is treated and the children go "
        "unseen.",
    ),
    _improvement(
        "frontline", "Front-line police decisions vary",
        "Decisions of front-line officers vary, and incidents are looked at one by one. A pattern of harm to a child "
        "is not seen.",
    ),
    _improvement(
        "checks", "Checks on call-outs reach one probation provider, and only for some offences",
        "Police tell one probation provider of call-outs, and only where the offence on record was domestic abuse. "
        "Others who supervise an abuser do not hear of it.",
    ),
    _improvement(
        "crc", "Practice of the community rehabilitation company varies",
        "The community rehabilitation company’s work to protect children varies between officers: some visit and "
        "check, some do not.",
    ),
    _improvement(
        "yos", "Risk is not followed up where young people take part by choice",
        "Where a young person works with the youth offending service by choice, risk in the home is not always "
        "followed up.",
    ),
    _improvement(
        "nps", "Information of the National Probation Service is about adults",
        "What the National Probation Service gives to conferences is about the adult, and says little about the risk "
        "to the child.",
    ),
    _improvement(
        "court", "Probation staff at court lack information for prisons",
        "Probation staff at court do not always have what a prison needs to know about risk to children before the "
        "first night.",
    ),
)  # fmt: skip

STRENGTHS: tuple[StoryFinding, ...] = (
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

FINDINGS: tuple[StoryFinding, ...] = (*STRENGTHS, PRIORITY, *IMPROVEMENTS)
