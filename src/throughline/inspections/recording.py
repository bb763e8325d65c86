"""What is written down about an inspection beside its letter: who inspected, what they did, the draft's corrections."""

from dataclasses import asdict, dataclass, field
from datetime import date, datetime

from throughline.access import check
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import record_rules
from throughline.inspections.models import Inspection
from throughline.inspections.record_rules import Accuracy
from throughline.inspections.refusals import CannotDo
from throughline.partners.models import Person


@dataclass(frozen=True)
class InspectionFacts:
    """What was inspected, by whom, when and how. Numbers are None and texts empty where nobody knows."""

    title: str
    area: str = ""
    inspectorates: list[str] = field(default_factory=list)
    theme: str = ""
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None
    team_size: int | None = None
    deep_dive_cases: int | None = None
    what_inspectors_did: str = ""


@action("inspection")
def change_record(
    *, by: Person, inspection: Inspection, expected_version: int, facts: InspectionFacts, now: datetime
) -> Inspection:
    """Put an inspection's facts right. Its reference and its regime stay. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", inspection, day_of(now))
    wrong = record_rules.wrong_fieldwork(facts.fieldwork_start, facts.fieldwork_end)
    if wrong:
        raise CannotDo(next(iter(wrong.values())))
    if not facts.title.strip():
        raise CannotDo("Say what the inspection was about.")
    return door.change(
        by=by, thing=inspection, expected_version=expected_version, verb="record changed", now=now, **asdict(facts)
    )


@action("inspection")
def record_accuracy(
    *, by: Person, inspection: Inspection, expected_version: int, stage: Accuracy, today: date, now: datetime
) -> Inspection:
    """Record the stage of factual accuracy. `today` is the partnership's own, for days that cannot be to come.

    Raises AccessDenied, Conflict, CannotDo for days out of order.
    """
    check(by, "change", inspection, day_of(now))
    wrong = record_rules.wrong_accuracy(stage, today)
    if wrong:
        raise CannotDo(next(iter(wrong.values())))
    return door.change(
        by=by, thing=inspection, expected_version=expected_version, verb="factual accuracy recorded", now=now,
        **asdict(stage),
    )  # fmt: skip
