"""What came after: the board’s successor, later inspections, and the last steps of the plan.

Public record: a focused visit in January 2019 saw some improvement and weaknesses that remained; the inspection of
children’s services in September 2019 found the front door effective and timely and partners engaged in strategy
meetings, and found management oversight and the quality of plans wanting again; the inspection of 2022 judged the
services good and their leadership outstanding; the safeguarding board was followed by a safeguarding partnership in
April 2019. Days on which something was recorded are invented.
"""

from dataclasses import dataclass
from datetime import date

from throughline.example.story_plan import StoryActivity
from throughline.example.story_quarters import Judged

SUCCEEDED = date(2019, 4, 1)
BOARD_SUCCESSOR = ("Safeguarding children partnership", "Partnership")
EXECUTIVE_AFTER = "Safeguarding Partnership Executive Group"


@dataclass(frozen=True)
class StoryInspection:
    """A later inspection. Its month (or year) is public record; the first day of it stands in `begins` for the rest.

    `recorded` is the day on which the example entered it.
    """

    reference: str
    title: str
    framework: str
    begins: date
    recorded: date


@dataclass(frozen=True)
class StoryReturn:
    """A later finding, in our own words, and which earlier ones it brings back."""

    inspection: str
    kind: str
    title: str
    text: str
    brings_back: tuple[str, ...]


@dataclass(frozen=True)
class StoryTest:
    """What a later inspection said about an earlier finding."""

    inspection: str
    finding: str
    said: str
    says: str


FOCUSED, CHILDREN, AGAIN = "focused-visit-2019", "ilacs-2019", "ilacs-2022"
INSPECTIONS: tuple[StoryInspection, ...] = (
    StoryInspection(
        FOCUSED, "Focused visit to children’s services, January 2019", "ilacs", date(2019, 1, 1), date(2019, 2, 20)
    ),
    StoryInspection(
        CHILDREN, "Inspection of children’s services, September 2019", "ilacs", date(2019, 9, 1), date(2019, 11, 20)
    ),
    StoryInspection(AGAIN, "Inspection of children’s services, 2022", "ilacs", date(2022, 1, 1), date(2022, 7, 29)),
)
RETURNS: tuple[StoryReturn, ...] = (
    StoryReturn(
        CHILDREN, "improvement", "Management oversight does not yet change what is done",
        "Managers’ oversight and supervision are not yet strong enough to make sure that work with children does not "
        "drift.", ("audit", "supervision"),
    ),
    StoryReturn(
        CHILDREN, "improvement", "The quality of plans is not good enough",
        "The quality of children’s plans varies, and too many do not say clearly what must change and by when.",
        ("plans",),
    ),
)  # fmt: skip
TESTS: tuple[StoryTest, ...] = (
    StoryTest(FOCUSED, "mash", "partly", "Some improvement at the front door; weaknesses remained."),
    StoryTest(CHILDREN, "strategy", "better", "Partners are engaged in strategy meetings, which are strong."),
    StoryTest(CHILDREN, "mash", "better", "The hub and first contact are effective and timely."),
    StoryTest(CHILDREN, "joint", "better", "Decisions at the front door are effective and timely."),
    StoryTest(CHILDREN, "audit", "came_back", "Management oversight is among what needs to improve."),
    StoryTest(CHILDREN, "plans", "came_back", "The quality of plans is among what needs to improve."),
    StoryTest(AGAIN, "workers", "better", "Services were judged good, and their leadership outstanding."),
)

# The last steps after the fourth quarter (invented): a second sample of messages to schools, and what was judged then.
SECOND_SAMPLE = date(2019, 11, 22)
SAMPLE = StoryActivity(
    "again", "Second dip sample of messages to schools", "dip_sample",
    "Whether schools are now told of every incident before the next school day.", "board", SECOND_SAMPLE,
    ("encompass",), ("school",),
    (SECOND_SAMPLE, "supports", "Of 30 incidents with a child in the home the school was told of 29 in time."),
)  # fmt: skip
SAMPLE_BASIS = "The second dip sample: of 30 incidents the school was told of 29 in time."
ENDED = date(2019, 12, 10)
JUDGED: tuple[Judged, ...] = (
    Judged(ENDED, "safe", "chair", "achieved", "The audit, the cases that were read and the inspectors of September "
           "agree, and it has held for three quarters."),
    Judged(ENDED, "safe", "scrutineer", "achieved", "Agreed: three kinds of evidence say the same."),
    Judged(ENDED, "school", "chair", "early_sign", "One sample supports it. It must hold."),
    Judged(ENDED, "plan", "chair", "no_change", "The inspectors of September say so too."),
    Judged(ENDED, "oversight", "chair", "no_change", "The inspectors of September say so too."),
)  # fmt: skip
