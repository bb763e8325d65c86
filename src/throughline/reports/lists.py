"""The list of reports, as its page shows it and files export it."""

from django.urls import reverse

from throughline.partners.models import Partnership
from throughline.reports import kinds, permissions
from throughline.reports.models import Report
from throughline.ui.lists import FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell

STAGES = {
    permissions.DRAFTING: "Being drafted", permissions.FROZEN: "Frozen", permissions.BUILDING: "Being built",
    permissions.FAILED: "Failed",
}  # fmt: skip
_AUDIENCES = {permissions.EXECUTIVE_ONLY: "Members", permissions.PUBLIC_MEETING: "Meeting in public"}


def reports(partnership: Partnership) -> ListPage:
    """Every report with its period, day and audience."""

    def place(each: Report) -> str:
        return reverse("reports:report", args=[partnership.slug, each.reference])

    def kind(each: Report) -> str:
        found = kinds.of(each.kind)
        return found.printed if found else each.kind

    return ListPage(
        title="Reports", name="reports", default_sort="-number", search=("title", "reference"),
        empty="There is no report yet.",
        columns=(
            ListColumn("Reference", lambda each: Cell(each.reference, url=place(each)),
                       export=lambda each: each.reference, sort="number", narrow=True),
            ListColumn("Title", lambda each: each.title, sort="title"),
            ListColumn("Kind", kind),
            ListColumn("As at", lambda each: each.as_of, sort="as_of", narrow=True),
            ListColumn("For", lambda each: _AUDIENCES[each.audience]),
            ListColumn("State", lambda each: STAGES[each.stage], sort="stage"),
        ),
        filters=(
            FieldFilter("for", "For", "audience", words=_AUDIENCES),
            FieldFilter("period", "Period", "period__reference", words="period__label"),
        ),
    )  # fmt: skip
