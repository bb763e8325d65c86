"""The job that builds a report: reads the line as whoever asked for it, prints it, and has it frozen.

Nothing here runs inside a transaction but the action at the end.
"""

import io
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from throughline.access import allows
from throughline.documents import fonts, html, pdf, word
from throughline.documents import kept as keeping
from throughline.documents.model import Document
from throughline.files import store
from throughline.files.store import Blob
from throughline.history.moments import day_of
from throughline.jobs import CannotFinish, Work
from throughline.line.queries import plan_line
from throughline.line.tree import PeriodLine, PlanLine
from throughline.partners.former import called_on
from throughline.partners.models import Person
from throughline.reports import actions, board, board_reading, kinds, permissions, public, releases, standing
from throughline.reports.kinds import Facts, Kept, Kind
from throughline.reports.models import Report
from throughline.returns.models import ReportingPeriod

log = logging.getLogger("throughline.reports")
FAILED = "The report could not be printed. Try again; if it fails again, tell your administrator."


def run(work: Work) -> str:
    """Build one report. Harmless to repeat: a frozen report stays as it is."""
    report = _report_of(work.arguments["report"])
    url = reverse("reports:report", args=[report.partnership.slug, report.reference])
    if report.stage == permissions.FROZEN:
        return url
    try:
        build(report, by=work.person, now=work.now)
    except Exception as error:
        log.exception("report %s could not be built", report.pk)
        actions.fail_report(by=work.person, report=report, problem=FAILED, now=work.now)
        raise CannotFinish(FAILED) from error
    return url


def build(report: Report, *, by: Person, now: datetime) -> Report:
    """Read, print and freeze one report as `by`."""
    document, sequence, head_hash = read(
        report.period, by=by, kind=report.kind, as_of=report.as_of, audience=report.audience, marking=report.marking,
        reference=report.reference, kept=board.kept_of(report), now=now,
    )  # fmt: skip
    blobs = {name: _stored(data) for name, data in files_of(document).items()}
    return actions.freeze_report(
        by=by, report=report, content=keeping.to_data(document), sequence=sequence, head_hash=head_hash, blobs=blobs,
        now=now,
    )  # fmt: skip


def read(
    period: ReportingPeriod, *, by: Person, kind: str, as_of: date, audience: str, marking: str, reference: str,
    now: datetime, kept: Mapping[str, Kept] | None = None,
) -> tuple[Document, int, str]:  # fmt: skip
    """The document of a report as `by` may read the register, and where in the record it was read."""
    material = gather(
        period, by=by, kind=kind, as_of=as_of, audience=audience, marking=marking, reference=reference, now=now,
        kept=kept,
    )  # fmt: skip
    return material.document, material.line.sequence, material.line.head_hash


@dataclass(frozen=True)
class Material:
    """What a report is built from: its kind, the line as its audience may read it, the period and the facts."""

    kind: Kind
    line: PlanLine
    period: PeriodLine
    facts: Facts

    @property
    def document(self) -> Document:
        """The report."""
        return self.kind.build(self.line, self.period, self.facts)


def gather(
    period: ReportingPeriod, *, by: Person, kind: str, as_of: date, audience: str, marking: str, reference: str,
    now: datetime, kept: Mapping[str, Kept] | None = None,
) -> Material:  # fmt: skip
    """Read everything that a report says. Raises LookupError when the period was not there on that day."""
    found, plan, on = kinds.of(kind), period.plan, day_of(now)
    line = plan_line(plan, for_person=by, as_of=as_of, on=on)
    period_line = line.period(period.reference)
    if found is None or period_line is None:
        raise LookupError("The period or the kind of report is not there on that day.")
    is_public = audience == permissions.PUBLIC_MEETING
    since, before = standing.since(line, period_line), None
    if since < as_of and not found.is_drafted:
        before = plan_line(plan, for_person=by, as_of=since, on=on)
    about = None
    if found.is_drafted:
        about = board_reading.facts_of(plan, line, for_person=by, as_of=as_of, on=on)
    if is_public:
        line = public.for_public(line, releases.released_words(plan, line))
        before = public.for_public(before, ()) if before else None
        period_line = line.period(period.reference) or period_line
    partnership = period.partnership
    called = called_on(partnership, as_of)
    facts = Facts(
        organisation=called.name, group=called.executive_name, marking=marking,
        audience="Anyone: for a meeting in public" if is_public else f"Members of {called.name}",
        reference=reference, prepared_on=min(on, partnership.shown_today or on),
        prepared_by=(by.post_title if is_public else by.name) or "the business unit", on=as_of,
        illustrative=partnership.illustrative, public=is_public, before=before, since=since, about=about,
        kept=kept or {},
    )  # fmt: skip
    return Material(found, line, period_line, facts)


def files_of(document: Document) -> dict[str, bytes]:
    """The document as Word, PDF and web page."""
    return {
        "docx": word.render(document, font_dir=fonts.font_dir()),
        "pdf": pdf.render(document, font_dir=fonts.font_dir()),
        "html": html.render(document).encode(),
    }


def _stored(data: bytes) -> Blob:
    return store.put(io.BytesIO(data))


def print_again(work: Work) -> str:
    """Print a frozen report anew after a redaction, from its cleaned content."""
    report = _report_of(work.arguments["report"])
    document = keeping.from_data(report.content or {})
    blobs = {name: _stored(data) for name, data in files_of(document).items()}
    actions.attach_again(by=work.person, report=report, blobs=blobs, now=work.now)
    return reverse("reports:report", args=[report.partnership.slug, report.reference])


def _report_of(id_: str) -> Report:
    found: Report = Report.objects.select_related("period__plan", "period__partnership", "partnership").get(
        pk=UUID(id_)
    )
    return found


def may_build(person: Person, arguments: object) -> bool:
    """Whether the person may still have this report built."""
    return _may(person, arguments, "change")


def may_print_again(person: Person, arguments: object) -> bool:
    """Whether the person may still have it printed again."""
    return _may(person, arguments, "print_again")


def _may(person: Person, arguments: object, verb: str) -> bool:
    report = Report.objects.filter(pk=UUID(arguments["report"])).first()  # type: ignore[index]
    return report is not None and allows(person, verb, report)
