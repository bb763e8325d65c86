"""Pages of an inspection's record: who inspected what, when and how, and the stage of factual accuracy."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from throughline.access import check
from throughline.history.door import Conflict
from throughline.inspections import queries, record_forms, record_rules, recording
from throughline.inspections.models import Inspection
from throughline.inspections.offers import inspection_url
from throughline.inspections.refusals import CannotDo
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.ui.forms import Form


def form_page(request: Request, form: Form, **context: Any) -> HttpResponse:
    """A page with one form: `title`, `button` and `back` (with `back_words`) say what it is, `lead` what it is for."""
    return render(request, "inspections/one_form.html", {"form": form, **context}, status=400 if form.errors else 200)


def save_once(
    request: Request, form: Form, save: Callable[[], str], *, title: str, theirs_url: str
) -> HttpResponse | None:
    """Save what a valid form holds, once. None when the form must be shown again, with what stands in the way."""
    try:
        return answer_once(request, save)
    except CannotDo as error:
        form.add_error(None, str(error))
    except Conflict as error:
        return web.conflict(request, error, form=form, title=title, theirs_url=theirs_url)
    return None


def _found(request: Request, partnership: Partnership, inspection: str) -> Inspection:
    found = queries.inspection_of(partnership, inspection, for_person=request.user)
    check(request.user, "change", found)
    say_audience(request, partnership)
    return found


@member_view
def record(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Put an inspection's facts right."""
    found = _found(request, partnership, inspection)
    back = inspection_url(found)
    form = bound(request, record_forms.RecordForm, initial=record_forms.RecordForm.begins(found))

    def save() -> str:
        recording.change_record(
            by=request.user, inspection=found, expected_version=form.cleaned_data["version"], facts=form.facts,
            now=request.now,
        )  # fmt: skip
        messages.success(request, "The record is saved.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title="the inspection’s record", theirs_url=back)
    return answer or form_page(
        request, form, partnership=partnership, title="The inspection’s record", button="Save", caption=found.title,
        back=back, back_words=found.title,
    )  # fmt: skip


@member_view
def accuracy(request: Request, partnership: Partnership, inspection: str) -> HttpResponse:
    """Record what became of the draft letter."""
    found = _found(request, partnership, inspection)
    back, on = inspection_url(found), today(request)
    form = bound(
        request, record_forms.AccuracyForm, today=on, initial=record_forms.AccuracyForm.begins(found)
    )  # fmt: skip
    published = published_on(found, request)

    def save() -> str:
        recording.record_accuracy(
            by=request.user, inspection=found, expected_version=form.cleaned_data["version"], stage=form.stage,
            today=on, now=request.now,
        )  # fmt: skip
        for each in record_rules.doubts_about_accuracy(form.stage, published):
            messages.warning(request, each)
        messages.success(request, "The stage of factual accuracy is saved.")
        return back

    answer = None
    if request.method == "POST" and form.is_valid():
        answer = save_once(request, form, save, title="the stage of factual accuracy", theirs_url=back)
    return answer or form_page(
        request, form, partnership=partnership, title="Factual accuracy", button="Save", caption=found.title,
        back=back, back_words=found.title,
        lead="Before a letter is published, the partnership gets a draft and says what in it is not so.",
    )  # fmt: skip


def published_on(inspection: Inspection, request: Request) -> Any:
    """The first day on which a letter of the inspection was public, or None."""
    letters = queries.letters_of(inspection, for_person=request.user)
    days = [each.published for each in letters if each.published]
    return min(days, default=None)
