"""What is done with reports: asked for, frozen with their files, failed and tried again, downloaded, printed anew."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from throughline.access import AccessDenied, Scope, check, check_new
from throughline.files.models import StoredFile
from throughline.files.store import Blob
from throughline.files.verdict import Kind as FileKind
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.jobs import queue
from throughline.partners.former import called_on
from throughline.partners.models import Person
from throughline.reports import kinds, permissions
from throughline.reports.models import Report, ReportFile, ReportSection
from throughline.returns.models import ReportingPeriod

BUILD, PRINT_AGAIN = "build_report", "print_report_again"
FORMATS = {"docx": FileKind.DOCX, "pdf": FileKind.PDF, "html": FileKind.TEXT}


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


@action("period")
def request_report(
    *, by: Person, period: ReportingPeriod, kind: str, audience: str, as_of: date, now: datetime
) -> Report:
    """Ask for a report of a period's plan as at the end of a day.

    It is built by a job; one in a board's fixed form is drafted first, section by section. Raises AccessDenied,
    CannotDo.
    """
    found = kinds.of(kind)
    stage = permissions.DRAFTING if found is not None and found.is_drafted else permissions.BUILDING
    check_new(
        by, "create", permissions.REPORT,
        Scope(frozenset({period.partnership_id}), stage=stage, sensitivity=audience), day_of(now),
    )  # fmt: skip
    if found is None or audience not in permissions.AUDIENCES:
        raise CannotDo("Choose the kind of report and whom it is for.")
    partnership = period.partnership
    if as_of > (partnership.shown_today or day_of(now)):
        raise CannotDo("The register cannot be read as at a day that is still to come. Give today or an earlier day.")
    if as_of < period.opens:
        raise CannotDo(f"{period.label} was not open on that day. Give a later day.")
    number = max(Report.objects.filter(partnership=partnership).values_list("number", flat=True), default=0) + 1
    title = found.title(called_on(partnership, as_of).executive_name, period.label)
    asked = door.create(
        Report, by=by, verb="asked for", now=now, partnership_id=partnership.pk, number=number,
        reference=f"REP-{number:03d}", kind=kind, title=title[:200],
        period=period, audience=audience, as_of=as_of, stage=stage,
        marking="OFFICIAL" if audience == permissions.PUBLIC_MEETING else partnership.marking,
    )  # fmt: skip
    if not found.is_drafted:
        enqueue(BUILD, by, asked, now)
        return asked
    door.bulk(
        ReportSection, by=by, verb="opened", now=now,
        rows=[
            {"partnership_id": asked.partnership_id, "report": asked, "key": each.key} for each in found.sections
        ],
    )  # fmt: skip
    return asked


def enqueue(kind: str, by: Person, report: Report, now: datetime) -> None:
    """Have the queue build a report, or print it again, as `by`."""
    queue.enqueue(
        kind, by=by, arguments={"report": str(report.pk)}, key=f"{kind}:{report.pk}:{report.version}", now=now,
        partnership=report.partnership,
    )  # fmt: skip


@action("report")
def try_again(*, by: Person, report: Report, expected_version: int, now: datetime) -> Report:
    """Have a report built that failed. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", report, day_of(now))
    if report.stage != permissions.FAILED:
        raise CannotDo("This report has not failed. There is nothing to try again.")
    again = door.change(
        by=by, thing=report, expected_version=expected_version, verb="tried again", now=now,
        stage=permissions.BUILDING, problem="",
    )  # fmt: skip
    enqueue(BUILD, by, again, now)
    return again


@action("report")
def freeze_report(
    *, by: Person, report: Report, content: dict[str, Any], sequence: int, head_hash: str, blobs: Mapping[str, Blob],
    now: datetime,
) -> Report:  # fmt: skip
    """Keep what was built: the content, where in the record it was read, and its files. From now on it stays.

    The bytes are in the store already: nothing is rendered here. Raises AccessDenied, CannotDo when it is frozen.
    """
    current = Report.objects.get(pk=report.pk)
    check(by, "change", current, day_of(now))
    if current.stage == permissions.FROZEN:
        raise CannotDo(f"{current.reference} is frozen. Make another report for a correction.")
    frozen = door.change(
        by=by, thing=current, expected_version=current.version, verb="frozen", now=now, stage=permissions.FROZEN,
        problem="", content=content, sequence=sequence, head_hash=head_hash, frozen_at=now,
    )  # fmt: skip
    _attach(by, frozen, blobs, now)
    return frozen


def _attach(by: Person, report: Report, blobs: Mapping[str, Blob], now: datetime) -> None:
    for format_, blob in blobs.items():
        stored = door.create(
            StoredFile, by=by, verb="stored", now=now, partnership_id=report.partnership_id, sha256=blob.sha256,
            size=blob.size, kind=FORMATS[format_].value, name=f"{report.reference}.{format_}",
        )  # fmt: skip
        door.create(
            ReportFile, by=by, verb="attached", now=now, partnership_id=report.partnership_id, report=report,
            format=format_, file=stored,
        )  # fmt: skip


@action("report")
def fail_report(*, by: Person, report: Report, problem: str, now: datetime) -> Report:
    """Say why a report could not be built, so that it can be tried again. A frozen one stays frozen."""
    current = Report.objects.get(pk=report.pk)
    check(by, "change", current, day_of(now))
    if current.stage != permissions.BUILDING:
        return current
    return door.change(
        by=by, thing=current, expected_version=current.version, verb="failed", now=now, stage=permissions.FAILED,
        problem=problem[:300],
    )  # fmt: skip


@action("file")
def record_download(*, by: Person, file: ReportFile, now: datetime) -> None:
    """Put on record that a person was given a report. Raises AccessDenied."""
    check(by, "view", file, day_of(now))
    if file.withdrawn_at is not None:
        raise AccessDenied("withdrawn")
    door.note(by=by, thing=file, verb="downloaded", now=now)


@action("report")
def withdraw_files(*, by: Person, report: Report, now: datetime) -> list[str]:
    """Withdraw files that repeat words which were redacted, and ask for new ones of the cleaned content.

    Follows an approved redaction, inside its transaction: whoever approved it was checked there. Returns the hashes of
    the bytes that nobody may be given any more.
    """
    taken = []
    for each in ReportFile.objects.filter(report=report, withdrawn_at__isnull=True).select_related("file"):
        reason = "It repeated words that were redacted."
        door.withdraw(by=by, thing=each, expected_version=each.version, now=now, reason=reason)
        door.withdraw(by=by, thing=each.file, expected_version=each.file.version, now=now, reason=reason)
        taken.append(each.file.sha256)
    if taken:
        enqueue(PRINT_AGAIN, by, report, now)
    return taken


@action("report")
def attach_again(*, by: Person, report: Report, blobs: Mapping[str, Blob], now: datetime) -> Report:
    """Attach the files that were printed anew from cleaned content, unless they are there. Raises AccessDenied."""
    check(by, "print_again", report, day_of(now))
    if not ReportFile.objects.filter(report=report, withdrawn_at__isnull=True).exists():
        _attach(by, report, blobs, now)
    return report
