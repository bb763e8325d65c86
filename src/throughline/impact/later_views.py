"""Pages on which is recorded what a later inspection said about a finding."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render

from throughline.access import check, check_new, scope_of
from throughline.history.door import Conflict
from throughline.impact import later_tests, permissions, queries
from throughline.impact.addresses import later_url
from throughline.impact.forms import ChangeLater, RecordLater
from throughline.impact.judgements import CannotDo
from throughline.impact.models import LaterTest
from throughline.inspections.forms import Withdraw
from throughline.inspections.models import Finding
from throughline.inspections.offers import finding_url
from throughline.inspections.queries import finding_of, inspection_of
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.ui import answers


def _finding(request: Request, partnership: Partnership, inspection: str, finding: str) -> Finding:
    say_audience(request, partnership)
    return finding_of(
        inspection_of(partnership, inspection, for_person=request.user), finding, for_person=request.user
    )  # fmt: skip


def _test(request: Request, finding: Finding, test: str) -> LaterTest:
    found: LaterTest = queries.later_tests_of(finding, for_person=request.user).get(pk=test)
    check(request.user, "change", found)
    return found


def _form(
    request: Request, form: Any, save: Callable[[], str], *, finding: Finding, title: str, nothing: str = "",
    withdraw_url: str = "",
) -> HttpResponse:  # fmt: skip
    """A form of this page: saved once, or shown with what is wrong, or settled with who was first."""
    back = finding_url(finding)
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=finding.reference, theirs_url=back)
    context = {
        "partnership": finding.partnership, "finding": finding, "form": form, "title": title, "back": back,
        "nothing": nothing, "withdraw_url": withdraw_url,
    }  # fmt: skip
    return render(request, "impact/later.html", context, status=400 if form.errors else 200)


@member_view
def record(request: Request, partnership: Partnership, inspection: str, finding: str) -> HttpResponse:
    """Record what a later inspection said about a finding."""
    found = _finding(request, partnership, inspection, finding)
    check_new(request.user, "create", permissions.LATER_TEST, scope_of(partnership))
    later = queries.later_inspections(found, for_person=request.user)
    begins = {"inspection": str(later[0].pk)} if len(later) == 1 else {}
    form = bound(request, RecordLater, inspections=later, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        made = later_tests.record(
            by=request.user, finding=found, inspection=form.chosen, said=data["said"], says=data["says"],
            page=data["page"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"What {made.inspection.title} said about {found.reference} is recorded.")
        return finding_url(found)

    nothing = "" if later else (
        "No inspection is on record that began after this one and has not spoken of this finding yet. Add the later"
        " inspection with its dates first."
    )  # fmt: skip
    return _form(request, form, save, finding=found, title="What did a later inspection say about it?", nothing=nothing)


@member_view
def change(request: Request, partnership: Partnership, inspection: str, finding: str, test: str) -> HttpResponse:
    """Put right what a later inspection said."""
    found = _finding(request, partnership, inspection, finding)
    held = _test(request, found, test)
    begins = {"said": held.said, "says": held.says, "page": held.page, "version": held.version}
    form = bound(request, ChangeLater, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        later_tests.change(
            by=request.user, test=held, expected_version=data["version"], said=data["said"], says=data["says"],
            page=data["page"], now=request.now,
        )  # fmt: skip
        messages.success(request, "It is saved.")
        return finding_url(found)

    return _form(
        request, form, save, finding=found, title=f"What {held.inspection.title} said about it",
        withdraw_url=later_url(held, "withdraw-later"),
    )  # fmt: skip


@member_view
def withdraw(request: Request, partnership: Partnership, inspection: str, finding: str, test: str) -> HttpResponse:
    """Take back what a later inspection was recorded to have said."""
    found = _finding(request, partnership, inspection, finding)
    held = _test(request, found, test)
    back = finding_url(found)
    form = bound(request, Withdraw, initial={"version": held.version})

    def save() -> str:
        later_tests.withdraw(
            by=request.user, test=held, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, "It is taken back. The record keeps it.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.reference, theirs_url=back)
    return answers.confirm(
        request, title=f"Take back what {held.inspection.title} said?", action="Take it back", cancel_url=back,
        form=form, sentence=f"{held.get_said_display()}: {held.says}",
        consequences=[f"{found.reference} counts as not tested by that inspection."],
    )  # fmt: skip
