"""Pages by which a plan comes in, in three steps, and the files by which it goes out."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse

from throughline.access import check_new, scope_of
from throughline.files.intake import Received
from throughline.files.names import attachment
from throughline.files.serving import harmless
from throughline.files.store import Missing
from throughline.files.verdict import Refused
from throughline.history.door import Conflict
from throughline.inspections.views import say_audience
from throughline.methods.plan_tables.grids import Tables
from throughline.methods.printed import count, day, listing
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import permissions, queries
from throughline.plans.actions import CannotDo
from throughline.plans.importing import actions, carried, interchange, preview, reading
from throughline.plans.importing.changes import note_text
from throughline.plans.importing.exporting import plan_table
from throughline.plans.importing.forms import Decisions, Headings, PlanFile
from throughline.plans.importing.held import Held, held_in
from throughline.plans.importing.preview import MOST_ROWS, Choice, Kind, Preview, Shown
from throughline.plans.importing.wanted import Wanted
from throughline.plans.importing.wanting import Answers
from throughline.plans.models import Plan
from throughline.plans.offers import plan_url
from throughline.ui import page as pages
from throughline.ui.downloads import download
from throughline.ui.parts import Row

CARRIED = "upload"


def _url(plan: Plan, name: str, token: str = "") -> str:
    address = reverse(f"plans:{name}", args=[plan.partnership.slug, plan.reference])
    return f"{address}?{urlencode({CARRIED: token})}" if token else address


def _keeper(request: Request, partnership: Partnership, reference: str) -> Plan:
    found = queries.plan_of(partnership, reference, for_person=request.user)
    check_new(request.user, "create", permissions.ACTION, scope_of(partnership))
    say_audience(request, partnership)
    return found


# -- step 1: the file --------------------------------------------------------------------------------------------------


@member_view
def bring_in(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Upload the plan. It is judged, stored and read; nothing is written but the bytes."""
    found = _keeper(request, partnership, plan)
    form = bound(request, PlanFile)
    if request.method == "POST" and form.is_valid():
        try:
            received = reading.receive(form.cleaned_data["plan"])
            _check_some_action(_content(received), received.name)
        except (Refused, interchange.NotInterchange) as refused:
            form.add_error("plan", str(refused))
        else:
            token = carried.sign(carried.Carried(received), person=request.user.pk, plan=found.pk)
            step = "bring-in-check" if reading.is_json(received) else "bring-in-headings"
            return HttpResponseRedirect(_url(found, step, token))
    context = {"partnership": partnership, "plan": found, "plan_url": plan_url(found), "form": form}
    return render(request, "plans/bring_in.html", context, status=400 if form.errors else 200)


Content = Tables | Mapping[str, Any]


def _content(received: Received) -> Content:
    """What an upload holds: tables, or a plan by the schema. Raises Refused, NotInterchange, Missing."""
    if reading.is_json(received):
        return reading.json_of(received)
    return reading.tables_of(received.blob.sha256, name=received.name)


def _check_some_action(content: Content, name: str) -> None:
    if isinstance(content, Tables):
        if not preview.offered(content, {}):
            raise Refused(
                f"{name} has no table with a row of headings and a row below it: upload the plan's own table."
            )
    elif not content["actions"]:
        raise Refused(f"{name}, actions: the list is empty. Choose the file that holds the actions.")
    elif len(content["actions"]) > MOST_ROWS:
        raise Refused(f"{_too_many(name, len(content['actions']))}.")


def _opened(request: Request, plan: Plan) -> tuple[carried.Carried, Content] | HttpResponse:
    """The upload that the address carries, read again; or the way back to the first step."""
    start = _url(plan, "bring-in")
    if CARRIED not in request.GET:
        return HttpResponseRedirect(start)
    try:
        held = carried.open_(request.GET[CARRIED], person=request.user.pk, plan=plan.pk)
        return held, _content(held.upload)
    except (carried.TooOld, Missing, Refused, interchange.NotInterchange):
        messages.error(request, "The plan was uploaded too long ago. Choose it again.")
        return HttpResponseRedirect(start)
    except carried.NotCarried:
        raise Http404 from None


# -- step 2: the headings ----------------------------------------------------------------------------------------------


@member_view
def headings(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Say what each heading means. It is remembered for the partnership's next plan."""
    found = _keeper(request, partnership, plan)
    opened = _opened(request, found)
    if isinstance(opened, HttpResponse):
        return opened
    upload, tables = opened
    if not isinstance(tables, Tables):
        return HttpResponseRedirect(_url(found, "bring-in-check", request.GET[CARRIED]))
    held = held_in(found, for_person=request.user, on=web.today(request))
    form = bound(request, Headings, tables=preview.offered(tables, held.headings))

    def go_on() -> str:
        fields = form.fields_chosen
        actions.remember_headings(by=request.user, partnership=partnership, fields=fields, now=request.now)
        token = carried.sign(carried.Carried(upload.upload, fields), person=request.user.pk, plan=found.pk)
        return _url(found, "bring-in-check", token)

    if request.method == "POST" and form.is_valid():
        rows, _ = preview.rows_in(tables, held.headings, form.fields_chosen)
        if rows and len(rows) <= MOST_ROWS:
            return answer_once(request, go_on)
        form.add_error(None, _too_many(upload.upload.name, len(rows)))
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found), "form": form,
        "name": upload.upload.name, "again_url": _url(found, "bring-in"),
        "notes": [*upload.upload.verdict.warnings, *tables.notes],
        "unknown": [each for each in form.known if not each.value() and not form.is_bound],
    }  # fmt: skip
    return render(request, "plans/bring_in_headings.html", context, status=400 if form.errors else 200)


def _too_many(name: str, rows: int) -> str:
    if not rows:
        return f"{name} has no row below these headings. Choose the file that holds the actions"
    return f"{name} has {rows} actions, and at most {MOST_ROWS} come in at once. Split it into several files"


# -- step 3: row by row ------------------------------------------------------------------------------------------------


@member_view
def check(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Every row beside the plan, decided one by one; then all of it comes in, or nothing."""
    found = _keeper(request, partnership, plan)
    opened = _opened(request, found)
    if isinstance(opened, HttpResponse):
        return opened
    upload, content = opened
    name = upload.upload.name
    held = held_in(found, for_person=request.user, on=web.today(request))
    beside = _beside(content, held, upload)
    if beside is None:
        return HttpResponseRedirect(_url(found, "bring-in-headings", request.GET[CARRIED]))
    shown = beside(Answers())
    form = bound(request, Decisions, preview=shown, bodies=held.bodies)
    if request.method == "POST":
        try:
            if "look" not in request.POST:
                return answer_once(request, lambda: _bring(request, found, held, beside, form, name))
            shown = beside(form.answers) if form.is_valid() else shown
        except _NotYet as error:
            shown = error.shown or shown
    return _page(request, found, shown, form, upload)


def _beside(content: Content, held: Held, upload: carried.Carried) -> Callable[[Answers], Preview] | None:
    """What shows a file's rows beside the plan; None for a table whose headings must be looked at first."""
    if not isinstance(content, Tables):
        plan = content
        return lambda answers: preview.shown_beside(interchange.wanted_of(plan, held, answers=answers), held)
    rows, notes = preview.rows_in(content, held.headings, upload.fields)
    if not rows or len(rows) > MOST_ROWS:
        return None
    name = upload.upload.name
    return lambda answers: preview.preview_of(rows, held, name=name, answers=answers, notes=notes)


class _NotYet(Exception):
    """Something still stands in the way, and the form says what. `shown` has the answers given so far."""

    def __init__(self, shown: Preview | None = None) -> None:
        super().__init__()
        self.shown = shown


def _bring(
    request: Request, plan: Plan, held: Held, beside: Callable[[Answers], Preview], form: Decisions, name: str
) -> str:
    """Bring it in, and say where to go. A form sent twice does not come here: it gets the first one's answer."""
    if not form.is_valid():
        raise _NotYet
    shown = beside(form.answers)
    decided = [(each, form.choice_of(each)) for each in shown.rows]
    if form.cleaned_data["digest"] != held.digest:
        data = form.data.copy()  # type: ignore[attr-defined]
        data["digest"] = held.digest
        form.data = data
        form.add_error(None, "Somebody changed the plan while you looked at this. Nothing was brought in: look again")
        raise _NotYet(shown)
    for each, choice in decided:
        if choice not in (Choice.SKIP, Choice.STOP) and each.problems:
            form.explain(each)
    if form.errors:
        raise _NotYet(shown)
    try:
        outcome = actions.bring_in(
            by=request.user, plan=plan, expected=held.digest, rows=decided, name=name, now=request.now
        )
    except CannotDo as error:
        form.add_error(None, str(error))
        raise _NotYet(shown) from error
    except Conflict as error:
        form.add_error(None, "Somebody changed the plan at this moment. Nothing was brought in: look again")
        raise _NotYet(shown) from error
    messages.success(request, _told(outcome))
    return plan_url(plan)


def _told(outcome: actions.Outcome) -> str:
    did = [
        f"{count(len(done), 'action')} {verb}"
        for done, verb in ((outcome.added, "added"), (outcome.updated, "updated"))
        if done
    ]
    if not did:
        return "Nothing in the file differs from the plan, or every row was skipped. The plan is as it was."
    skipped = f" {count(outcome.skipped, 'row').capitalize()} left out." if outcome.skipped else ""
    return f"The plan is brought in: {listing(did)}.{skipped}"


def _page(request: Request, plan: Plan, shown: Preview, form: Decisions, upload: carried.Carried) -> HttpResponse:
    is_json = reading.is_json(upload.upload)
    stuck = [each for each in shown.rows if each.problems]
    same = [each for each in shown.of(Kind.SAME) if not each.problems]
    clear = [each for each in shown.rows if not each.problems and each.kind is not Kind.SAME]
    context = {
        "partnership": plan.partnership, "plan": plan, "plan_url": plan_url(plan), "form": form,
        "name": upload.upload.name, "notes": [*upload.upload.verdict.warnings, *shown.notes],
        "again_url": _url(plan, "bring-in"),
        "headings_url": "" if is_json else _url(plan, "bring-in-headings", request.GET[CARRIED]),
        "who": form.who, "for_all": form["all"] if "all" in form.fields else None,
        "numbers": [
            (len(shown.of(Kind.NEW)), "new"), (len(shown.of(Kind.DIFFERS)), "differ from the plan"),
            (len(shown.of(Kind.SAME)), "as in the plan"), (len(stuck), "of these to be mended or skipped"),
        ],
        "sections": [
            ("To be mended or skipped", _cards(stuck, form)),
            ("Different from the plan", _cards([each for each in clear if each.kind is Kind.DIFFERS], form)),
            ("New", _cards([each for each in clear if each.kind is Kind.NEW], form)),
        ],
        "is_all_the_same": not stuck and not clear, "same": [each.wanted.shown for each in same],
        "same_remarks": [remark for each in same for remark in each.remarks],
    }  # fmt: skip
    return render(request, "plans/bring_in_check.html", context, status=400 if form.is_bound and form.errors else 200)


def _cards(rows: Sequence[Shown], form: Decisions) -> list[dict[str, Any]]:
    return [
        {
            "title": each.wanted.shown, "where": each.wanted.where, "rows": _rows(each.wanted),
            "is_new": each.kind is Kind.NEW, "differences": each.differences, "remarks": _remarks(each),
            "problems": [problem.sentence for problem in each.problems], "fields": form.of_row(each),
            "notes": [note_text(note) for note in each.wanted.notes] if each.kind is Kind.NEW else [],
        }
        for each in rows
    ]  # fmt: skip


def _remarks(shown: Shown) -> list[str]:
    """What a person should know, without what a problem of the row says already."""
    said = tuple(problem.sentence for problem in shown.problems)
    return [each for each in shown.remarks if not said or not each.endswith(said)]


def _rows(wanted: Wanted) -> list[Row]:
    """What a new action will be, without what it will not have."""
    due = day(wanted.due) if wanted.due else ""
    first = day(wanted.first_due) if wanted.first_due and wanted.first_due != wanted.due else ""
    rows = [
        ("Improvement area", wanted.area),
        ("How", wanted.detail),
        ("Who leads", wanted.lead.name if wanted.lead else ""),
        ("Owner’s post", wanted.owner_post),
        ("Due", f"{due} (first {first})" if first else due),
        ("Findings", "\n".join(f"{each.reference} {each.title}" for each in wanted.findings)),
        ("Desired impacts", "\n".join(each.would_see for each in wanted.impacts)),
        ("What would show them", "\n".join(text for each in wanted.impacts for _, text in each.tests)),
        ("Contributors", "\n".join(each.body.name for each in wanted.parts)),
        ("Milestones", "\n".join(f"{each.title}, by {day(each.due)}" for each in wanted.steps)),
        ("Resources", wanted.columns.get("resources_note", "") or ("Within existing" if wanted.columns else "")),
    ]
    return [Row(label, linebreaksbr(text)) for label, text in rows if text]


# -- out ---------------------------------------------------------------------------------------------------------------


@member_view
def export(request: Request, partnership: Partnership, plan: str, kind: str) -> HttpResponseBase:
    """The plan as an Excel workbook in our own columns, or as JSON by the published schema."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    on = web.today(request)
    held = held_in(found, for_person=request.user, on=on)
    stem = f"{found.reference}-{on.isoformat()}"
    if kind == "json":
        answer = HttpResponse(interchange.text_of(held), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = attachment(f"{stem}.json")
        return harmless(answer)
    if kind != "xlsx":
        raise Http404
    described = pages.of(request)
    line = f"{described.marking}. Who may see this: {described.audience}." if described.audience else ""
    return harmless(download(plan_table(held, on=on, audience=line), stem, kind))
