"""What a column of a plan can mean, and the headings by which plans call it. Data: a heading is known or it is not.

The headings are those of published plans of English councils and safeguarding boards, and near spellings of them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from throughline.methods.mentions import searchable


class Field(StrEnum):
    """What a column can mean. `LEFT_OUT` is a choice too: its words are not brought in."""

    REFERENCE = "reference"
    OWN_NUMBER = "own_number"
    AREA = "area"
    FINDING_NUMBER = "finding_number"
    FINDING = "finding"
    TITLE = "title"
    DETAIL = "detail"
    LEAD = "lead"
    OWNER_POST = "owner_post"
    CONTRIBUTORS = "contributors"
    FIRST_DUE = "first_due"
    DUE = "due"
    MILESTONES = "milestones"
    FOR_WHOM = "for_whom"
    IMPACT = "impact"
    MEASURE = "measure"
    PROGRESS = "progress"
    RESOURCES = "resources"
    RATING = "rating"
    COMPLETED = "completed"
    NOTE = "note"
    LEFT_OUT = ""


@dataclass(frozen=True)
class Meaning:
    """A field as people choose it, and the headings that mean it, folded."""

    printed: str
    headings: frozenset[str]


def fold(heading: str) -> str:
    """A heading as it is compared: plain letters and digits, one space between words; # and № are a number's sign.

    >>> fold("R/A/G")
    'r a g'
    """
    return searchable(re.sub("[#№]", " number ", heading.replace("&", " and "))).strip()


def alike(text: str) -> str:
    """Words of a plan as they are compared: folded, with the letters that folding drops; no words are like no others.

    >>> alike("Ask each child.") == alike("ask each child"), alike("="), alike("Слово")
    (True, '=', 'слово')
    """
    other = (each for each in text.casefold() if each.isalnum() and not searchable(each).strip())
    return f"{fold(text)} {''.join(other)}".strip() or " ".join(text.split())


def _meaning(printed: str, headings: str) -> Meaning:
    return Meaning(printed, frozenset(fold(each) for each in headings.split("|") if each.strip()))


FIELDS: Mapping[Field, Meaning] = {
    Field.REFERENCE: _meaning("Throughline’s own reference (ACT-001)", "Reference|Act reference|Throughline reference"),
    Field.OWN_NUMBER: _meaning(
        "The plan’s own number (1.1)",
        "No|No.|Nos|Number|#|Ref|Ref no|Ref. no.|Item|Item no|Action no|Action number|Action ref|Own number|Line|S No"
        "|Rec no|Recommendation no|Recommendation number|ID|Action id|Plan ref|Unique ref",
    ),
    Field.AREA: _meaning(
        "Improvement area",
        "Area|Improvement area|Key improvement area|KIA|Priority area|Key priority|Theme|Workstream"
        "|Work stream|Objective|Strategic objective|Key area|Strand|Domain|Strategic priority|Outcome area|Section"
        "|Improvement theme|Improvement priority|Key theme|Focus area|Area of focus",
    ),
    Field.FINDING_NUMBER: _meaning(
        "The finding’s number or paragraph",
        "Para|Para no|Paragraph|Paragraph no|Paragraph number|Letter paragraph|Report paragraph|Report ref"
        "|Letter reference|Finding ref|Finding reference|Finding no|Findings answered|Inspection ref",
    ),
    Field.FINDING: _meaning(
        "Finding: the inspectors’ words",
        "Finding|Findings|Inspection finding|Inspectors finding|Key finding|Recommendation|Recommendations"
        "|Area for improvement|Areas for improvement|Area for development|Areas for development"
        "|Area for priority action|Areas for priority action|Area of weakness|Areas of weakness|Area of concern"
        "|Significant concern|Significant weakness|Concern|Issue|Issue identified|What inspectors said"
        "|What the inspectors said|What needs to improve|Inspectors text|What inspectors told us"
        "|What the inspectors told us|What inspectors found|What the inspectors found|Area of improvement"
        "|Area for improvement identified|Identified area for improvement|Letter finding",
    ),
    Field.TITLE: _meaning(
        "Action: what will be done",
        "Action|Actions|Action required|Actions required|Action to be taken|Actions to be taken|Action needed"
        "|Proposed action|Agreed action|Key action|Key actions|Improvement action|What|What will we do"
        "|What will it do|What will be done|What we will do|What needs to be done|What are we going to do|Task|Tasks"
        "|Activity|Activities|Response action taken or planned|Action taken or planned"
        "|What we are going to do|Action agreed|Required action|Planned action|Action planned|Specific action"
        "|SMART action|Action we will take",
    ),
    Field.DETAIL: _meaning(
        "How it will be done",
        "How|How will we do it|How will it be done|How will the LSCB do this|How will the board do this"
        "|How will the partnership do this|How will we do this|Detail|Details|Description|Approach|Method",
    ),
    Field.LEAD: _meaning(
        "Who leads: agency or group",
        "Lead|Lead agency|Lead body|Lead organisation|Lead partner|Lead group|Responsible lead group"
        "|Responsible lead|Responsible agency|Responsible|Responsibility|Who|By whom|Who will do it|Who is responsible"
        "|Who leads|Lead and group|Agency|Organisation|Accountable agency|Accountable body"
        "|Lead agency ies|Lead s|Action lead|Agency lead|Lead agency and officer|Lead agency officer"
        "|Lead agency and lead officer"
        "|Lead agency lead officer|Lead officer agency|Lead officer and agency|Agency responsible"
        "|Organisation responsible"
        "|Delivery lead|Named lead",
    ),
    Field.OWNER_POST: _meaning(
        "The owner’s post",
        "Owner|Owners post|Action owner|Post|Lead officer|Lead person|Responsible officer|Responsible owner"
        "|Responsible person|Person responsible|Officer responsible|Accountable officer|Accountable lead|SRO"
        "|Senior responsible officer",
    ),
    Field.CONTRIBUTORS: _meaning(
        "Who contributes",
        "Contributors|Contributor|Partners|Partner agencies|Supporting agencies|Support|Supported by|Other agencies"
        "|Supporting partner|Supporting organisation|Agencies involved|Who else|With whom|Contributing agencies",
    ),
    Field.FIRST_DUE: _meaning(
        "The first due date",
        "First due date|Original date|Original due date|Original target date|Original timescale|Original deadline"
        "|Original completion date",
    ),
    Field.DUE: _meaning(
        "Due date",
        "Due|Due date|Due by|By when|When|Target date|Target dates|Target completion date|Date|Date due|Deadline"
        "|Timescale|Timescales|Timeframe|Time frame|Timeline|Completion by|Complete by|End date|Revised date"
        "|Revised due date|Revised target date|To be completed by|Date for completion|Planned completion date"
        "|Expected completion date|Estimated completion date|Due for completion|Timescale for completion"
        "|Date to be completed|Finish date|Revised deadline|Revised timescale",
    ),
    Field.MILESTONES: _meaning("Milestones", "Milestones|Milestone|Key milestones|Steps|Key steps|Interim milestones"),
    Field.FOR_WHOM: _meaning("For whom the impact is", "For whom|Who will benefit|Beneficiaries"),
    Field.IMPACT: _meaning(
        "Desired impact: what will be different",
        "Desired impact|Desired impacts|Expected impact|Intended impact|Impact|Impact on children|Outcome|Outcomes"
        "|Desired outcome|Desired outcomes|Expected outcome|Expected outcomes|Intended outcome|Intended outcomes"
        "|What is desired outcome|What is the desired outcome|What difference will it make"
        "|What difference will this make|What will be different|Outcome for children|Impact for children"
        "|Outcome for children and families|Outcome for children and young people|Impact on children and families"
        "|Impact for children and families|Impact on children and young people|Impact for children and young people"
        "|Anticipated impact|Anticipated outcome|Intended outcome for children|What will children notice",
    ),
    Field.MEASURE: _meaning(
        "What would show it: measures",
        "Success measure|Success measures|Measure of success|Measures of success|Success criteria|Measure|Measures|KPI"
        "|KPIs|Performance measure|Performance measures|How will we know|How will we measure it|How measured"
        "|What will impact be and how measured|Impact and how measured|How will success be measured|What would show it"
        "|Monitoring and evaluation|Evaluation|Performance indicator|Performance indicators"
        "|Impact measure|Outcome measure|Key performance indicator|How will we know we have succeeded"
        "|How will we know it has worked"
        "|How will we know we have made a difference|How will impact be measured|How will the impact be measured"
        "|How will it be measured|Evidence of success",
    ),
    Field.PROGRESS: _meaning(
        "Progress: dated notes",
        "Progress|Progress to date|Progress update|Progress updates|Progress made|Progress notes|Update|Updates"
        "|Latest update|Latest position|Current position|Current status|Status update|Progress summary|Commentary"
        "|Comment|Comments|Notes|Note|Outcome report for q1 q2 q3 q4|Progress presented to committee"
        "|Agency response to recommendations|Agency response|What have we done|Headline progress|Highlights|Position"
        "|Progress narrative|Narrative|Narrative update|Progress commentary|Progress comment"
        "|Action taken|Latest progress|What has been done|Update on progress|Progress report",
    ),
    Field.RESOURCES: _meaning(
        "Resources",
        "Resources|Resource|Resource implications|Resources required|Resource needed|Cost|Costs|Budget|Funding",
    ),
    Field.RATING: _meaning(
        "Rating or status (kept as a note, never as delivery)",
        "RAG|R A G|RAG rating|RAG status|BRAG|BRAG rating|Rating|Status|Progress indicator|Progress indicator r a g"
        "|Assessment of progress|Assessment of progress 1 4|Delivery status|Progress rating|Progress rag|Confidence"
        "|Impact rag|Delivery rag|RAGB|RAG rated|BRAG status|Action status|Progress status|Completion status"
        "|Impact rating",
    ),
    Field.COMPLETED: _meaning(
        "Completed",
        "Completed|Complete|Completion|Completion date|Date completed|Date of completion|Actual completion date"
        "|Date of completion and outcome|Closed|Date closed|Completed y n|Date achieved|Signed off|Date signed off",
    ),
    Field.NOTE: _meaning(
        "Keep it as a note of the action",
        "Kept as a note|Start date|Start|Planned start date|Date started|Evidence|Barriers|Dependencies|Risk",
    ),
    Field.LEFT_OUT: _meaning("Leave this column out", "Delivery, for reading only"),
}

# An inspectorate's name in front of a heading says whose words they are, not what they are.
_WHOSE = re.compile(
    r"(?:the |(?:ofsted|cqc|jtai|ilacs|send|hmicfrs|hmic|hmip|inspectors?|inspection|lscb|safeguarding) )+"
)


_MONTHS = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
# When a column was filled in: 'Progress Q1', 'Update as at March 2019', 'RAG 2018/19'.
_WHEN = re.compile(
    rf" (?:(?:as )?(?:at|of|on)|for|{_MONTHS}|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|q ?[1-4]|quarter [1-4]"
    r"|(?:19|20)\d\d(?: \d\d)?|\d{1,2})(?= )"
)
# Two meanings that one column may have, and as what it is read.
_AGREE = (
    (Field.LEAD, {Field.LEAD, Field.OWNER_POST}),
    (Field.PROGRESS, {Field.PROGRESS, Field.RATING}),
)
_FILLED_EACH_TIME = frozenset({Field.PROGRESS, Field.RATING})


def _singular(folded: str) -> str:
    """A folded heading by which plurals are compared: both 'Agreed action' and 'Agreed actions' give the same."""
    return " ".join(_one(each) for each in folded.split())


def _one(word: str) -> str:
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") else word[:-1]


def _by_heading() -> dict[str, Field]:
    found: dict[str, Field] = {}
    for field, meaning in FIELDS.items():
        for each in map(_singular, meaning.headings):
            if found.setdefault(each, field) is not field:
                raise ValueError(f"the heading '{each}' means two fields")
    return found


_BY_HEADING = _by_heading()
_FIRST_WORDS = frozenset(each.split()[0] for each in _BY_HEADING)


def begins_like_a_heading(folded: str) -> bool:
    """Whether folded words may be a heading that the table knows, told quickly: most words of a plan are none."""
    first = folded.partition(" ")[0]
    return bool(first) and (_one(first) in _FIRST_WORDS or bool(_WHOSE.match(folded) or _WHEN.match(f" {folded} ")))


def meaning_of(heading: str) -> Field | None:
    """The field that a heading means; None for one that the table does not know. Nothing is guessed.

    >>> meaning_of("Ofsted Area for Improvement")
    <Field.FINDING: 'finding'>
    """
    spellings = (heading, re.sub(r"\([^()]*\)", " ", heading))
    for spelling in spellings:
        folded = fold(spelling)
        for each in (folded, _WHOSE.sub("", folded, count=1) if _WHOSE.match(folded) else folded):
            if (known := _BY_HEADING.get(_singular(each))) is not None:
                return known
            undated = _BY_HEADING.get(_singular(_WHEN.sub("", f" {each} ").strip()))
            if undated in _FILLED_EACH_TIME:
                return undated
    return _of_several(heading)


def _of_several(heading: str) -> Field | None:
    """What 'Action / Task' or 'Lead officer & agency' means: each of its headings is known, and they agree."""
    names = re.split(r"[/&+]|\band\b", heading)
    if len(names) < 2:
        return None
    means = {_BY_HEADING.get(_singular(fold(each))) for each in names}
    if len(means) == 1:
        return means.pop()
    return next((field for field, held in _AGREE if means == held), None)
