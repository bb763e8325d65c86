"""Reads of reports. Everything starts from what the person may see."""

from django.urls import reverse

from throughline.access import GuardedQuerySet
from throughline.partners.models import Partnership, Person
from throughline.reports.models import Report, ReportFile


def reports_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's reports, newest first, without their content."""
    return (
        Report.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("period__plan")
        .defer("content")
        .order_by("-number")
    )


def report_of(partnership: Partnership, reference: str, *, for_person: Person) -> Report:
    """One report with its content. Raises DoesNotExist for what is not there or not the person's."""
    found: Report = (
        Report.objects.visible_to(for_person)
        .filter(withdrawn_at__isnull=True)
        .select_related("period__plan", "partnership")
        .get(partnership=partnership, reference=reference)
    )
    return found


def files_of(report: Report, *, for_person: Person) -> list[ReportFile]:
    """The report's files, Word first."""
    order = ["docx", "pdf", "html"]
    found = ReportFile.objects.visible_to(for_person).filter(report=report, withdrawn_at__isnull=True)
    return sorted(found.select_related("file"), key=lambda each: order.index(each.format))


def list_url(partnership: Partnership) -> str:
    """Where the partnership's reports are listed."""
    return reverse("reports:reports", args=[partnership.slug])
