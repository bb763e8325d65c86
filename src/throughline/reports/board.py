"""What is done with a report in a board's fixed form: its sections decided one by one, then the whole frozen.

“None.” is nobody's default: it is the answer of a named person, on record with the moment at which it was given.
"""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import check
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.partners.models import Person
from throughline.reports import kinds, permissions
from throughline.reports.actions import BUILD, CannotDo, enqueue
from throughline.reports.kinds import Kept, Section
from throughline.reports.models import Report, ReportSection
from throughline.returns.models import ReportingPeriod


class NotReady(CannotDo):
    """Sections are neither written nor answered. `gaps` are all of them."""

    def __init__(self, gaps: list[Section]) -> None:
        super().__init__(f"{len(gaps)} sections are neither written nor answered: "
                         f"{', '.join(each.heading for each in gaps)}.")  # fmt: skip
        self.gaps = gaps


@dataclass(frozen=True)
class State:
    """A section of the form with the row that keeps what was decided about it."""

    section: Section
    row: ReportSection

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided it."""
        return self.row.answer == ReportSection.OPEN


def states_of(report: Report) -> list[State]:
    """Every section of a report in the order of its form. Read it only for somebody who may write the report."""
    rows = {each.key: each for each in ReportSection.objects.filter(report=report).select_related("report")}
    form = kinds.of(report.kind)
    return [State(each, rows[each.key]) for each in (form.sections if form else ()) if each.key in rows]


def gaps_of(report: Report) -> list[Section]:
    """The sections that are neither written nor answered."""
    return [each.section for each in states_of(report) if each.is_open]


def kept_of(report: Report) -> dict[str, Kept]:
    """What was decided about each section, by its key; open ones are left out."""
    return {
        each.section.key: Kept(each.row.text, is_none=each.row.answer == ReportSection.NONE)
        for each in states_of(report)
        if not each.is_open
    }


def kept_in(period: ReportingPeriod, kind: str, *, as_of: date, for_person: Person) -> dict[str, Kept]:
    """What was decided in the newest report of a kind about a period, for whoever may write it. Nothing without one.

    A report as at a later day than `as_of` does not count. From one as at an earlier day come only own words and
    answers: the drafts that were taken told of that day, and are drawn anew.
    """
    found = (
        Report.objects.visible_to(for_person, verb="change")
        .filter(period=period, kind=kind, as_of__lte=as_of, withdrawn_at__isnull=True)
        .order_by("-number")
        .first()
    )
    if found is None:
        return {}
    taken = {each.section.key for each in states_of(found) if each.row.answer == ReportSection.DRAFT}
    anew = taken if found.as_of != as_of else set()
    return {key: kept for key, kept in kept_of(found).items() if key not in anew}


def _section(by: Person, report: Report, key: str, now: datetime) -> State:
    check(by, "write", report, day_of(now))
    found = next((each for each in states_of(report) if each.section.key == key), None)
    if found is None:
        raise CannotDo("The form has no such section.")
    return found


@action("report")
def take_draft(
    *, by: Person, report: Report, key: str, draft: str, expected_version: int, now: datetime
) -> ReportSection:
    """Keep the draft of a section as its words, as it was shown. Raises AccessDenied, Conflict, CannotDo."""
    found = _section(by, report, key, now)
    if not draft.strip():
        raise CannotDo("The register has no draft for this section. Write it yourself.")
    return door.change(
        by=by, thing=found.row, expected_version=expected_version, verb="draft taken", now=now,
        answer=ReportSection.DRAFT, text=draft.strip(), drafted=draft, by_id=by.pk, by_name=by.name, at=now,
    )  # fmt: skip


@action("report")
def keep_section(
    *, by: Person, report: Report, key: str, text: str, expected_version: int, now: datetime, draft: str = ""
) -> ReportSection:
    """Keep one's own words for a section; `draft` is what stood beside them.

    Raises AccessDenied, Conflict, CannotDo.
    """
    found = _section(by, report, key, now)
    if not text.strip():
        raise CannotDo(f"Write something under ‘{found.section.heading}’, or leave the page.")
    return door.change(
        by=by, thing=found.row, expected_version=expected_version, verb="written", now=now,
        answer=ReportSection.OWN, text=text.strip(), drafted=draft, by_id=by.pk, by_name=by.name, at=now,
    )  # fmt: skip


@action("report")
def say_none(
    *, by: Person, report: Report, key: str, expected_version: int, now: datetime, draft: str = ""
) -> ReportSection:
    """Answer a section with “None.”, in one's own name. Raises AccessDenied, Conflict, CannotDo."""
    found = _section(by, report, key, now)
    if not found.section.may_be_none:
        raise CannotDo(f"‘{found.section.heading}’ must say something. Write it.")
    return door.change(
        by=by, thing=found.row, expected_version=expected_version, verb="answered none", now=now,
        answer=ReportSection.NONE, text="", drafted=draft, by_id=by.pk, by_name=by.name, at=now,
    )  # fmt: skip


@action("report")
def open_again(*, by: Person, report: Report, key: str, expected_version: int, now: datetime) -> ReportSection:
    """Take a decision about a section back: it is to be written again. Raises AccessDenied, Conflict, CannotDo."""
    found = _section(by, report, key, now)
    return door.change(
        by=by, thing=found.row, expected_version=expected_version, verb="opened again", now=now,
        answer=ReportSection.OPEN, text="", drafted="", by_id=None, by_name="", at=None,
    )  # fmt: skip


@action("report")
def take_drafts(*, by: Person, report: Report, drafts: dict[str, str], now: datetime) -> int:
    """Keep the drafts of all open sections that have one; how many were taken. Raises AccessDenied, CannotDo."""
    check(by, "write", report, day_of(now))
    changes = [
        (each.row, each.row.version, {
            "answer": ReportSection.DRAFT, "text": text.strip(), "drafted": text, "by_id": by.pk, "by_name": by.name,
            "at": now,
        })
        for each in states_of(report)
        if each.is_open and (text := drafts.get(each.section.key, "")).strip()
    ]  # fmt: skip
    if not changes:
        raise CannotDo("Every section that has a draft is decided already.")
    return len(door.change_many(by=by, changes=changes, verb="draft taken", now=now))


@action("report")
def set_day(*, by: Person, report: Report, expected_version: int, as_of: date, now: datetime) -> Report:
    """Read the register as at another day. What was kept stays as it was kept. Raises Conflict, CannotDo."""
    check(by, "write", report, day_of(now))
    if as_of > (report.partnership.shown_today or day_of(now)):
        raise CannotDo("The register cannot be read as at a day that is still to come. Give today or an earlier day.")
    if as_of < report.period.opens:
        raise CannotDo(f"{report.period.label} was not open on that day. Give a later day.")
    return door.change(
        by=by, thing=report, expected_version=expected_version, verb="read as at another day", now=now, as_of=as_of
    )


@action("report")
def freeze(*, by: Person, report: Report, expected_version: int, now: datetime) -> Report:
    """Have the report built and frozen, once every section is written or answered.

    Raises AccessDenied, Conflict, and NotReady with every gap at once.
    """
    current = Report.objects.select_related("partnership", "period").get(pk=report.pk)
    check(by, "write", current, day_of(now))
    if gaps := gaps_of(current):
        raise NotReady(gaps)
    ready = door.change(
        by=by, thing=current, expected_version=expected_version, verb="given to be frozen", now=now,
        stage=permissions.BUILDING,
    )  # fmt: skip
    enqueue(BUILD, by, ready, now)
    return ready


@action("report")
def discard(*, by: Person, report: Report, expected_version: int, reason: str, now: datetime) -> Report:
    """Set a draft aside that will not be frozen. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "write", report, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why this draft is not needed.")
    return door.withdraw(by=by, thing=report, expected_version=expected_version, now=now, reason=reason)
