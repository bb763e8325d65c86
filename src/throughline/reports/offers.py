"""What the reports room puts into other pages: the menu, the front page and a period's page."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from throughline.access import Role
from throughline.methods.printed import count
from throughline.partners import stories
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import Panel, WorkItem, offer_panel, offer_work, partnership_of, role_names, today
from throughline.reports import kinds, permissions, queries
from throughline.reports.models import Report, ReportSection
from throughline.reports.permissions import FROZEN
from throughline.ui import scales
from throughline.ui.menus import MenuItem
from throughline.ui.menus import register as register_menu
from throughline.ui.scales import Mark, Tone

scales.register(
    "section",
    (
        Mark("empty", "To be written", Tone.CARE, "pencil", "The register holds nothing for it."),
        Mark("proposed", "Draft to check", Tone.CARE, "half", "The register proposes words; nobody has decided."),
        Mark("draft", "Draft taken", Tone.GOOD, "disc-tick", "Somebody took the register's words."),
        Mark("own", "Own words", Tone.GOOD, "disc-tick", "Somebody wrote it."),
        Mark("none", "None", Tone.INFO, "barred", "Somebody says, by name, that there is nothing to say."),
    ),
)
scales.register(
    "difference",
    (
        Mark("Added", "Added", Tone.INFO, "up", "It is only in the later report."),
        Mark("Changed", "Changed", Tone.CARE, "again", "It says something else."),
        Mark("Removed", "Removed", Tone.QUIET, "barred", "It is only in the earlier report."),
    ),
)


def register() -> None:
    """Put everything where it is shown."""
    register_menu(MenuItem("reports", "Reports", _menu, order=60))
    offer_panel("front", front)
    offer_panel("period", of_period)
    stories.tell("reports.report", stories.Teller(str, _place, related=("partnership",)))
    stories.tell(
        "reports.section",
        stories.Teller(
            lambda each: f"{each.report.reference}: {_heading(each)}", lambda each: _place(each.report),
            related=("report__partnership",),
        ),
    )  # fmt: skip
    stories.tell(
        "reports.release",
        stories.Teller(
            str, lambda each: reverse("reports:release", args=[each.partnership.slug]), related=("partnership",)
        ),
    )
    offer_work(my_work)
    stories.tell(
        "reports.report_file",
        stories.Teller(
            lambda each: f"{each.report.reference} as {each.get_format_display()}", lambda each: _place(each.report),
            related=("report__partnership",),
        ),
    )  # fmt: skip


def _place(report: Report) -> str:
    return reverse("reports:report", args=[report.partnership.slug, report.reference])


def _heading(section: ReportSection) -> str:
    kind = kinds.of(section.report.kind)
    found = kind.section(section.key) if kind else None
    return found.heading if found else section.key


def my_work(person: Person, on: date) -> list[WorkItem]:
    """Reports that wait to be written, for those who keep them. Reads across partnerships; one query."""
    keeps = {each.partnership for each in person.grants_on(on) if each.role in permissions.KEEPERS}
    if not keeps:
        return []
    drafts = (
        Report.objects.visible_to(person, on)
        .filter(partnership__in=keeps, stage=permissions.DRAFTING, withdrawn_at__isnull=True)
        .select_related("partnership", "period")
        .defer("content")
        .annotate(left=Count("sections", filter=Q(sections__answer="")))
    )
    return [
        WorkItem(
            f"Write the report {each.reference}: {count(each.left, 'section')} to decide"
            if each.left else f"Freeze the report {each.reference}: every section is decided",
            _place(each), each.partnership.name, due=each.period.papers_out, order=25 if each.left else 15,
        )
        for each in drafts
    ]  # fmt: skip


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
