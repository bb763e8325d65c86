"""Where the pages of reports are."""

from django.urls import reverse

from throughline.reports.models import Report


def place_of(report: Report, page: str = "report", *more: str) -> str:
    """A page of a report."""
    return reverse(f"reports:{page}", args=[report.partnership.slug, report.reference, *more])
