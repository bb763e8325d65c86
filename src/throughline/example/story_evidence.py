"""The evidence of the worked example: what bodies said that they hold when they reported, and who has seen it.

Invented, and marked illustrative. Nothing is a file: each stays where its body keeps it, as evidence about children's
cases should, and somebody independent goes and looks.
"""

from dataclasses import dataclass
from datetime import date

from throughline.evidence.strength import Strength
from throughline.example.story_quarters import Q1, Q2, Q3


@dataclass(frozen=True)
class Seen:
    """Somebody independent looked at it on a day, and says of what it satisfied them or did not."""

    on: date
    who: str
    satisfied: bool
    words: str


@dataclass(frozen=True)
class Held:
    """A piece of evidence that the lead of an action told of in the return of a period."""

    period: str
    action: str
    title: str
    where: str
    strength: Strength
    dated: date
    seen: Seen | None = None


EVIDENCE: tuple[Held, ...] = (
    Held(Q1, "standard", "The standard for strategy meetings, as agreed", "Safeguarding unit, policies",
         Strength.OUTPUT, date(2019, 1, 14),
         Seen(date(2019, 1, 18), "manager", True, "That all partners agreed the same text.")),
    Held(Q1, "substance", "List of adults with children at risk, as brought up to date",
         "Substance misuse service, team manager", Strength.OUTPUT, date(2018, 12, 21)),
    Held(Q2, "attend", "Rota of detective sergeants, and who attended twenty meetings", "Safeguarding hub, duty office",
         Strength.OUTCOME, date(2019, 3, 29),
         Seen(date(2019, 4, 17), "scrutineer", True, "That the rota was kept in all of the twenty meetings.")),
    Held(Q2, "voice", "The force’s count of 300 records in which a child was in the home", "Performance unit",
         Strength.OUTCOME, date(2019, 4, 5),
         Seen(date(2019, 4, 17), "manager", True, "That the count was made, and how.")),
    Held(Q2, "advocate", "The advocacy provider’s first report, with what children said of it", "Commissioning team",
         Strength.VOICE, date(2019, 4, 8),
         Seen(date(2019, 4, 17), "manager", True, "That the offer is made, and that children speak well of it.")),
    Held(Q3, "encompass", "Log of the messages that the system sent in June", "Example agency B, information team",
         Strength.OUTPUT, date(2019, 6, 28),
         Seen(date(2019, 7, 19), "quality", False,
              "That messages were sent; not that schools had them in time: thirteen of thirty had not.")),
    Held(Q3, "escalate", "Count of escalations by service and month", "Named nurses’ office", Strength.OUTCOME,
         date(2019, 7, 1),
         Seen(date(2019, 7, 18), "manager", True, "That escalations rose in the quarter after the sessions.")),
    Held(Q3, "caseloads", "List of caseloads on 28 June, without names", "Head of service", Strength.OUTCOME,
         date(2019, 6, 28),
         Seen(date(2019, 7, 18), "manager", True, "That no worker is above the ceiling.")),
)  # fmt: skip
