"""Pages of reports: the list, asking for one, reading one, and its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from throughline.access import Scope, allows, allows_new
from throughline.documents import html, kept
from throughline.files import serving
from throughline.history.door import Conflict
from throughline.methods.printed import day
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.reports import actions, draft_views, kinds, lists, permissions, queries
from throughline.reports.actions import CannotDo
from throughline.reports.executive import EXECUTIVE_GROUP
from throughline.reports.forms import ReportForm, VersionForm
from throughline.reports.models import Report
from throughline.returns.queries import periods_of
from throughline.ui import page

REFRESH_SECONDS = 3


def _may_make(request: Request, partnership: Partnership) -> bool:
    scope = Scope(frozenset({partnership.pk}), stage=permissions.BUILDING, sensitivity=permissions.EXECUTIVE_ONLY)
    return allows_new(request.user, "create", permissions.REPORT, scope)


@member_view
def reports(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Every report that the person may see."""
    rows = queries.reports_of(partnership, for_person=request.user)
    can_make = _may_make(request, partnership)
    return lists.reports(partnership).respond(
        request, rows, template="reports/reports.html",
        context={
            "partnership": partnership, "can_make": can_make,
            "can_compare": rows.filter(stage=permissions.FROZEN).count() > 1,
            "has_period": not can_make or periods_of(partnership, for_person=request.user).exists(),
        },
    )  # fmt: skip


@member_view
def new(request: Request, partnership: Partnership) -> HttpResponse:
    """Ask for a report."""
    if not _may_make(request, partnership):
        raise Http404
    periods = periods_of(partnership, for_person=request.user)
    form = bound(
        request, ReportForm, periods=periods,
        initial={"as_of": today(request), "audience": permissions.EXECUTIVE_ONLY, "period": periods.first(),
                 "kind": EXECUTIVE_GROUP.name},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act_on_it() -> str:
            asked = actions.request_report(
                by=request.user, period=given["period"], kind=given["kind"], audience=given["audience"],
                as_of=given["as_of"], now=request.now,
            )  # fmt: skip
            return reverse("reports:report", args=[partnership.slug, asked.reference])

        try:
            return answer_once(request, act_on_it)
        except CannotDo as refusal:
            form.add_error("as_of", str(refusal))
    return render(
        request, "reports/new.html", status=400 if form.is_bound and form.errors else 200,
        context={"form": form, "partnership": partnership, "kinds": kinds.kinds()},
    )  # fmt: skip


@member_view
def report(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """A report: being built, failed, or frozen and to be read."""
    found = queries.report_of(partnership, reference, for_person=request.user)
    if request.method == "POST":
        return _again(request, found)
    page.describe(request, marking=found.marking, audience=_audience(found))
    if found.stage == permissions.DRAFTING:
        return draft_views.show(request, found)
    if found.stage != permissions.FROZEN:
        response = render(
            request, "reports/waiting.html",
            {"report": found, "partnership": partnership, "form": VersionForm(initial={"version": found.version}),
             "can_try": allows(request.user, "change", found)},
        )  # fmt: skip
        if found.stage == permissions.BUILDING:
            # A header, so that a reader who has turned refreshing off in the browser keeps the page still.
            response.headers["Refresh"] = str(REFRESH_SECONDS)
        return response
    document = kept.from_data(found.content or {})
    return render(
        request, "reports/report.html",
        {"report": found, "partnership": partnership, "document": document,
         "body": mark_safe(html.fragment(document)),  # noqa: S308 - every text of a document is escaped there
         "chapters": html.chapters(document),
         "files": queries.files_of(found, for_person=request.user)},
    )  # fmt: skip


def _again(request: Request, found: Report) -> HttpResponse:
    """Try a failed report again."""
    url = reverse("reports:report", args=[found.partnership.slug, found.reference])
    form = VersionForm(request.POST)
    if not allows(request.user, "change", found) or not form.is_valid():
        raise Http404

    def act_on_it() -> str:
        actions.try_again(by=request.user, report=found, expected_version=form.cleaned_data["version"], now=request.now)
        return url

    try:
        return answer_once(request, act_on_it)
    except (CannotDo, Conflict):
        messages.info(request, "Somebody has tried it again already.")
        return redirect(url)


def _audience(found: Report) -> str:
    if found.stage != permissions.FROZEN:
        return "the business manager and the lead officer, until it is frozen"
    if found.audience == permissions.PUBLIC_MEETING:
        return "all members and board readers; it is meant for a meeting in public"
    return f"all members of {found.partnership.name}"


@member_view
def download(request: Request, partnership: Partnership, reference: str, format: str) -> HttpResponseBase:
    """One file of a frozen report, as an attachment. Who was given it is on record before its first byte leaves."""
    found = queries.report_of(partnership, reference, for_person=request.user)
    wanted = next((each for each in queries.files_of(found, for_person=request.user) if each.format == format), None)
    if wanted is None:
        raise Http404
    actions.record_download(by=request.user, file=wanted, now=request.now)
    # A quarter is printed "Q3 2026/27", and what stands before a slash would be taken for a folder and cut away.
    title = found.title.replace(": ", ", ").replace("/", "-")
    name = f"{found.reference} {title}, as at {day(found.as_of)}.{format}"
    response = serving.as_attachment(sha256=wanted.file.sha256, size=wanted.file.size, kind=wanted.file.kind, name=name)
    if format == "html":
        response["Content-Type"] = "text/html; charset=utf-8"
    return response


def stylesheet(request: Request) -> HttpResponse:
    """The stylesheet of documents, for the page that shows one."""
    return HttpResponse(html.report_css(), content_type="text/css; charset=utf-8")
