"""Pages of inspections and their letters: a letter is taken in, and read page by page beside a form."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from throughline.access import allows, check
from throughline.files.pictures_of_pages import WIDTHS
from throughline.files.store import Missing
from throughline.files.verdict import Kind, Refused
from throughline.history.door import Conflict
from throughline.inspections import actions, clock, forms, letter_pages, permissions, queries, rules
from throughline.inspections.frameworks import Framework
from throughline.inspections.models import Inspection, Letter
from throughline.inspections.offers import check_url, inspection_url, may_add, page_url
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import page as pages
from throughline.ui.lists import ListColumn, ListPage
from throughline.ui.parts import Cell, Row


def say_audience(request: Request, partnership: Partnership) -> None:
    """Findings and the plan are open to everybody who takes part; board readers see reports only."""
    pages.describe(request, audience=f"members of {partnership.name}, without its board readers")


INSPECTIONS = ListPage(
    title="Inspections",
    name="inspections",
    columns=(
        ListColumn("Inspection", lambda each: Cell(each.title, url=inspection_url(each)), sort="title"),
        ListColumn("Kind", lambda each: each.regime_name),
        ListColumn("Fieldwork began", lambda each: each.fieldwork_start, sort="fieldwork_start", narrow=True),
        ListColumn("Findings marked", lambda each: each.findings_marked, sort="findings_marked", numeric=True),
    ),
    empty="No inspection is recorded yet. Its letter is what everything else follows from.",
)


@member_view
def inspections(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The partnership's inspections; usually one."""
    say_audience(request, partnership)
    rows = queries.inspections_of(partnership, for_person=request.user).select_related("partnership")
    context = {"partnership": partnership, "may_add": may_add(request, partnership, permissions.INSPECTION)}
    return INSPECTIONS.respond(request, rows, template="inspections/inspections.html", context=context)


def _doubts(letter: Letter, regime: Framework) -> list[str]:
    return clock.doubts_of(letter, regime)


# -- an inspection ---------------------------------------------------------------------------------------------------


@member_view
def inspection(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """What is known of an inspection: its letters, its clock, and its findings by kind."""
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    say_audience(request, partnership)
    may_change = allows(request.user, "change", found)
    read = queries.open_of(found, for_person=request.user)
    letters = [
        {"letter": each, "url": page_url(each, 1), "doubts": _doubts(each, found.regime), "check_url": check_url(each),
         "waiting": read.get(each.pk, (0, 0))[0], "every": read.get(each.pk, (0, 0))[1],
         "rows": _letter_rows(each, may_change=may_change, on=web.today(request))}
        for each in queries.letters_of(found, for_person=request.user)
    ]  # fmt: skip
    counts = queries.counts_of(found, for_person=request.user)
    return render(
        request,
        "inspections/inspection.html",
        {
            "partnership": partnership, "inspection": found, "letters": letters, "counts": counts,
            "marked": sum(each.marked for each in counts), "may_change": may_change,
            "findings_url": reverse("inspections:findings", args=[partnership.slug, found.reference]),
            "panels": web.panels("inspection", request, found), "facts": _facts(found),
        },
    )  # fmt: skip


def _facts(found: Inspection) -> list[Row]:
    rows = [Row("Kind", found.regime.printed)]
    if found.theme:
        rows.append(Row("Theme", found.theme))
    if found.fieldwork_start:
        rows.append(Row("Fieldwork began", found.fieldwork_start))
    if found.fieldwork_end:
        rows.append(Row("Fieldwork ended", found.fieldwork_end))
    return rows


def _letter_rows(letter: Letter, *, may_change: bool, on: date) -> list[Row]:
    """A letter's dates and its clock. The computed day stands beside the printed one and never in its place."""
    inspection = letter.inspection
    dates_url = reverse(
        "inspections:letter-dates", args=[inspection.partnership.slug, inspection.reference, letter.number]
    )
    regime = inspection.regime
    found = clock.clock_of(letter, regime)
    change = dates_url if may_change else ""
    return [
        Row("Received", letter.received, change),
        Row("Published", letter.published, change),
        Row("Principal authority", letter.principal_authority or "Not recorded", change),
        Row(f"{regime.response} due, as printed", letter.statement_due, change),
        *found.rows(on),
        Row("Pages", letter.pages),
    ]


@member_view
def letter_dates(request: Request, partnership: Partnership, inspection: str, letter: int) -> HttpResponse:
    """Put a letter's dates right, and who answers it."""
    found = queries.letter_of(
        queries.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    check(request.user, "change", found)
    say_audience(request, partnership)
    back = inspection_url(found.inspection)
    form = bound(request, forms.LetterDatesForm, initial=forms.LetterDatesForm.begins(found))

    def save() -> str:
        changed = actions.change_dates(
            by=request.user, letter=found, expected_version=form.cleaned_data["version"], dates=form.dates,
            principal_authority=form.cleaned_data["principal_authority"], now=request.now,
        )  # fmt: skip
        for each in _doubts(changed, changed.inspection.regime):
            messages.warning(request, each)
        messages.success(request, "What the letter says is saved.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except Conflict as error:
            title = "the letter’s dates and principal authority"
            return web.conflict(request, error, form=form, title=title, theirs_url=back)
    context = {
        "partnership": partnership, "letter": found, "form": form, "back": back,
        "title": "The letter’s dates and principal authority",
    }  # fmt: skip
    return render(request, "inspections/letter_dates.html", context, status=400 if form.errors else 200)


# -- a letter, page by page ------------------------------------------------------------------------------------------


@member_view
def letter_page(request: Request, partnership: Partnership, inspection: str, letter: int, page: int) -> HttpResponse:
    """One page of a letter, as a picture and as text, beside the form that marks what it found."""
    found = queries.letter_of(
        queries.inspection_of(partnership, inspection, for_person=request.user), letter, for_person=request.user
    )
    asked = request.GET.get("go", "")
    if asked.isdecimal() and 1 <= int(asked[:4]) <= found.pages:
        return HttpResponseRedirect(page_url(found, int(asked[:4])))
    if not 1 <= page <= found.pages:
        raise Http404
    say_audience(request, partnership)
    text, trouble = _page_text(found, page)
    may_mark = may_add(request, partnership, permissions.FINDING)
    form = None
    if may_mark:
        form = bound(
            request, forms.MarkFinding, page=page, page_text=text, initial={"kind": request.GET.get("kind", "")}
        )
    elif request.method == "POST":
        raise Http404
    if form is not None and request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _mark(request, found, page, form))
        except actions.CannotDo as error:
            form.add_error(None, str(error))
    marked = list(queries.marked_on(found, for_person=request.user))
    here = [each for each in marked if each.page == page]
    context = {
        "partnership": partnership, "letter": found, "page": page, "text": rules.shown_text(text),
        "trouble": trouble, "form": form,
        "findings": here, "marked": len(marked), "inspection": found.inspection,
        "inspection_url": inspection_url(found.inspection),
        "picture": picture_of(found, page), "pages": range(1, found.pages + 1),
        "marked_pages": sorted({each.page for each in marked}),
        "previous": page_url(found, page - 1) if page > 1 else "",
        "next": page_url(found, page + 1) if page < found.pages else "",
        "findings_url": reverse("inspections:findings", args=[partnership.slug, found.inspection.reference]),
        "check_url": check_url(found, page),
    }  # fmt: skip
    wrong = form is not None and form.is_bound and not form.is_valid()
    return render(request, "inspections/page.html", context, status=400 if wrong else 200)


def _page_text(letter: Letter, page: int) -> tuple[str, str]:
    """A page's text, or the sentence that says why there is none."""
    try:
        return letter_pages.text_of(letter.file, page), ""
    except Refused as refused:
        return "", refused.sentence
    except Missing as missing:
        return "", str(missing)


def picture_of(letter: Letter, page: int) -> str:
    """The address of a page's picture; empty for a file that has none."""
    if letter.file.kind != Kind.PDF:
        return ""
    return reverse("files:page_picture", args=[letter.file_id, page, WIDTHS[-1]])


def _mark(request: Request, letter: Letter, page: int, form: forms.MarkFinding) -> str:
    data = form.cleaned_data
    marked = actions.mark_finding(
        by=request.user, inspection=letter.inspection, letter=letter, page=page, kind=data["kind"], text=data["text"],
        title=data["title"], now=request.now,
    )  # fmt: skip
    messages.success(request, f"{marked.reference} is marked on page {page}.")
    return f"{page_url(letter, page)}?{urlencode({'kind': marked.kind})}"
