"""What the reports room puts into other pages: the menu, the front page and a period's page."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from throughline.access import Role
from throughline.partners import stories
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import Panel, offer_panel, partnership_of, role_names, today
from throughline.reports import queries
from throughline.reports.models import Report
from throughline.reports.permissions import FROZEN
from throughline.ui.menus import MenuItem
from throughline.ui.menus import register as register_menu


def register() -> None:
    """Put everything where it is shown."""
    register_menu(MenuItem("reports", "Reports", _menu, order=60))
    offer_panel("front", front)
    offer_panel("period", of_period)
    stories.tell("reports.report", stories.Teller(str, _place, related=("partnership",)))
    stories.tell(
        "reports.report_file",
        stories.Teller(
            lambda each: f"{each.report.reference} as {each.get_format_display()}", lambda each: _place(each.report),
            related=("report__partnership",),
        ),
    )  # fmt: skip


def _place(report: Report) -> str:
    return reverse("reports:report", args=[report.partnership.slug, report.reference])


def _menu(request: Request) -> str | None:
    partnership = partnership_of(request)
    if partnership is None or not request.user.is_authenticated:
        return None
    held = role_names(request.user, partnership.pk, today(request)) - {Role.ADMINISTRATOR}
    return reverse("reports:reports", args=[partnership.slug]) if held else None


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """The newest frozen report on the partnership's front page."""
    newest = queries.reports_of(partnership, for_person=request.user).filter(stage=FROZEN).first()
    return (Panel("reports/front.html", {"report": newest, "partnership": partnership}, order=30),) if newest else ()


def of_period(request: Request, period: Any) -> Sequence[Panel]:
    """The reports of a period, on its page."""
    partnership = partnership_of(request)
    if partnership is None:
        return ()
    found = list(queries.reports_of(partnership, for_person=request.user).filter(period=period, stage=FROZEN))
    return (Panel("reports/period.html", {"reports": found, "partnership": partnership}, order=10),) if found else ()
