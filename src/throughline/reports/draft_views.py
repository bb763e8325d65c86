"""Pages on which a report in a board's form is drafted: its sections one by one, the whole, and then frozen."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe

from throughline.access import check
from throughline.documents import html
from throughline.history.door import Conflict
from throughline.methods.printed import count
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.reports import board, forms, permissions, queries
from throughline.reports.actions import CannotDo
from throughline.reports.addresses import place_of
from throughline.reports.board_form import ATTACHED, BODY, END, FRONT, IMPLICATIONS
from throughline.reports.drafting import Drafting, Part, drafting_of
from throughline.reports.models import Report
from throughline.ui import page
from throughline.ui.answers import confirm

AUDIENCE = "the business manager and the lead officer, until it is frozen"
_GROUPS = (
    ("Front", FRONT), ("Body", BODY), ("Papers and contact", END), ("Appendix 1: Implications", IMPLICATIONS),
    ("Attached", ATTACHED),
)  # fmt: skip


def show(request: Request, report: Report, *, refused: bool = False) -> HttpResponse:
    """A draft: every section with where it stands, and what is missing before it can be frozen."""
    found = _read(request, report)
    parts = {each.state.section.key: each for each in found.parts}
    proposed = len(found.proposed)
    context = {
        "report": report, "partnership": report.partnership, "gaps": found.gaps, "refused": refused,
        "groups": [(name, [parts[each.key] for each in some if each.key in parts]) for name, some in _GROUPS],
        "decided": len(found.parts) - len(found.gaps), "all": len(found.parts), "proposed": proposed,
        "advice": [each for each in found.parts if each.doubts or each.moved],
        "urls": {name: place_of(report, page_) for name, page_ in _PAGES.items()},
    }  # fmt: skip
    return render(request, "reports/draft.html", context, status=409 if refused else 200)


_PAGES = {
    "preview": "preview", "freeze": "freeze", "drafts": "take-drafts", "discard": "discard", "day": "day",
}  # fmt: skip


def _read(request: Request, report: Report) -> Drafting:
    page.describe(request, marking=report.marking, audience=AUDIENCE)
    try:
        return drafting_of(report, by=request.user, now=request.now)
    except LookupError as error:
        raise Http404 from error


def _writable(request: Request, partnership: Partnership, reference: str) -> Report:
    """The report, for somebody who may write it. Raises AccessDenied, DoesNotExist."""
    found = queries.report_of(partnership, reference, for_person=request.user)
    check(request.user, "write", found)
    return found


def _elsewhere(request: Request, partnership: Partnership, reference: str) -> HttpResponse | None:
    """Back to the report, with the reason, when it is not being drafted now."""
    found = queries.report_of(partnership, reference, for_person=request.user)
    if found.stage == permissions.DRAFTING:
        return None
    check(request.user, "change", found)
    messages.info(request, "Its sections are fixed: it was given to be frozen. Make another report for a correction.")
    return redirect(place_of(found))


@member_view
def section(request: Request, partnership: Partnership, reference: str, section: str) -> HttpResponse:
    """One section: its draft with the facts that it came from, and what to do with it."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    found = _read(request, report)
    part = found.part(section)
    if part is None:
        raise Http404
    row = part.state.row
    form = bound(
        request, forms.SectionForm, only="own",
        initial={"text": row.text or part.draft.text, "version": row.version},
    )  # fmt: skip
    if request.method == "POST":
        answer = _answer(request, found, part, form)
        if answer is not None:
            return answer
    step = {"version": row.version, "seen": part.seen}
    context = {
        "report": report, "partnership": partnership, "part": part, "row": row, "section": part.state.section,
        "form": form, "url": place_of(report),
        "steps": {name: forms.StepForm(initial={**step, "form": name}) for name in ("draft", "none", "open")},
    }  # fmt: skip
    return render(request, "reports/section.html", context, status=400 if form.is_bound and form.errors else 200)


def _answer(request: Request, found: Drafting, part: Part, form: forms.SectionForm) -> HttpResponse | None:
    """Do what was asked of a section; None when its page is to be shown again with what is wrong."""
    report, key, draft = found.report, part.state.section.key, part.draft.text
    common: dict[str, Any] = {"by": request.user, "report": report, "key": key, "now": request.now}
    asked = request.POST.get("form", "")
    sent: Any = form if asked == "own" else forms.StepForm(request.POST)
    if not sent.is_valid():
        return None if asked == "own" else redirect(part.url)
    version = sent.cleaned_data["version"]
    if asked == "draft" and sent.cleaned_data["seen"] != part.seen:
        messages.warning(request, "The register has moved on since you read this draft. Read it again.")
        return redirect(part.url)
    steps: dict[str, Callable[[], Any]] = {
        "draft": lambda: board.take_draft(**common, draft=draft, expected_version=version),
        "own": lambda: board.keep_section(
            **common, text=sent.cleaned_data["text"], draft=draft, expected_version=version
        ),
        "none": lambda: board.say_none(**common, draft=draft, expected_version=version),
        "open": lambda: board.open_again(**common, expected_version=version),
    }
    if asked not in steps:
        raise Http404

    def act() -> str:
        steps[asked]()
        return _onward(request, found, part, asked)

    try:
        return answer_once(request, act)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect(part.url)
    except Conflict as error:
        if asked == "own":
            return web.conflict(request, error, form=form, title=part.state.section.heading, theirs_url=part.url)
        messages.warning(request, "Somebody has decided this section meanwhile. Look at it again.")
        return redirect(part.url)


_DONE = {"draft": "The draft is taken.", "own": "Your words are kept.", "none": "“None.” is on record as your answer."}


def _onward(request: Request, found: Drafting, part: Part, asked: str) -> str:
    """Where to go on: to the next section that nobody has decided, or back to the list."""
    heading = part.state.section.heading
    if asked == "open":
        messages.success(request, f"{heading}: the answer is taken back.")
        return part.url
    following = found.after(part.state.section.key)
    messages.success(request, f"{heading}: {_DONE[asked]}{' This is the next one.' if following else ''}")
    return following.url if following else place_of(found.report)


@member_view
def preview(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """The whole paper as it is now, gaps and all."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    document = _read(request, report).document
    return render(
        request, "reports/preview.html",
        {"report": report, "partnership": partnership, "document": document, "url": place_of(report),
         "body": mark_safe(html.fragment(document))},  # noqa: S308 - every text of a document is escaped there
    )  # fmt: skip


@member_view
def take_drafts(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """Take every draft at once, for sections that nobody has decided."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    found = _read(request, report)
    back = place_of(report)
    if request.method == "POST":

        def take() -> str:
            taken = board.take_drafts(by=request.user, report=report, drafts=found.proposed, now=request.now)
            messages.success(request, f"{count(taken, 'draft')} taken.".capitalize())
            return back

        try:
            return answer_once(request, take)
        except (CannotDo, Conflict) as refusal:
            messages.info(request, str(refusal))
            return redirect(back)
    if not found.proposed:
        messages.info(request, "Every section that has a draft is decided already.")
        return redirect(back)
    names = [each.state.section.heading for each in found.gaps if each.draft.text]
    return confirm(
        request, title=f"Take {count(len(names), 'draft')}?", action="Take these drafts", cancel_url=back,
        is_destructive=False, sentence=f"{', '.join(names)}.",
        consequences=("They are kept in your name, as the register proposes them now.",
                      "You can change each of them until the report is frozen.",
                      "No section is answered “None.” by this."),
    )  # fmt: skip


@member_view
def freeze(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """Have the paper built and frozen, once nothing is missing. Every gap is named at once."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    if board.gaps_of(report):
        return show(request, report, refused=True)
    form = bound(request, forms.VersionForm, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            board.freeze(by=request.user, report=report, expected_version=form.cleaned_data["version"], now=request.now)
            return place_of(report)

        try:
            return answer_once(request, act)
        except Conflict:
            messages.warning(request, "Somebody has changed this report meanwhile. Look at it again.")
            return redirect(place_of(report))
        except CannotDo:
            return show(request, report, refused=True)
    return confirm(
        request, title=f"Freeze {report.reference}?", action="Freeze this report", cancel_url=place_of(report),
        form=form, is_destructive=False,
        sentence="It is printed as Word, PDF and web page and then stays as it is.",
        consequences=("Its sections can no longer be changed; a correction is another report.",
                      "Board readers see it, because it is for a meeting in public."
                      if report.audience == permissions.PUBLIC_MEETING else "Every member sees it."),
    )  # fmt: skip


@member_view
def set_day(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """Read the register as at another day."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    form = bound(request, forms.DayForm, initial={"as_of": report.as_of, "version": report.version})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            board.set_day(
                by=request.user, report=report, expected_version=form.cleaned_data["version"],
                as_of=form.cleaned_data["as_of"], now=request.now,
            )  # fmt: skip
            return place_of(report)

        try:
            return answer_once(request, act)
        except CannotDo as refusal:
            form.add_error("as_of", str(refusal))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=report.reference, theirs_url=place_of(report))
    context = {"form": form, "report": report, "partnership": partnership, "url": place_of(report)}
    return render(request, "reports/day.html", context, status=400 if form.is_bound and form.errors else 200)


@member_view
def discard(request: Request, partnership: Partnership, reference: str) -> HttpResponse:
    """Set a draft aside."""
    if (away := _elsewhere(request, partnership, reference)) is not None:
        return away
    report = _writable(request, partnership, reference)
    form = bound(request, forms.ReasonForm, initial={"version": report.version})
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            board.discard(
                by=request.user, report=report, expected_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"], now=request.now,
            )  # fmt: skip
            messages.success(request, f"{report.reference} is set aside.")
            return queries.list_url(partnership)

        try:
            return answer_once(request, act)
        except Conflict:
            messages.warning(request, "Somebody has changed this report meanwhile. Look at it again.")
            return redirect(place_of(report))
    return confirm(
        request, title=f"Set {report.reference} aside?", action="Set this draft aside", cancel_url=place_of(report),
        form=form, consequences=("It is no longer listed. What was written stays in the record.",),
    )  # fmt: skip
