"""What a body types into its return: one action, one assurance activity, everything else, or that there is nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from throughline.history.door import Conflict
from throughline.methods import printed
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, member_view, today
from throughline.plans.delivery import Delivery
from throughline.returns import actions, pages, queries
from throughline.returns.actions import CannotDo
from throughline.returns.content import Line, Test, content_of
from throughline.returns.forms import RATINGS, RESULT_CHOICES, OutcomeForm, RestForm, UpdateForm
from throughline.returns.models import MilestoneUpdate, Return
from throughline.ui.answers import Difference, conflict


def _sent(request: Request, return_: Return) -> None:
    """Nobody writes in a return that they may not read."""
    if not queries.may_read(return_, request.user, today(request)):
        raise Http404


def _line(request: Request, return_: Return, reference: str) -> Line:
    lines = content_of(return_, for_person=request.user, on=today(request)).lines
    found = next((each for each in lines if each.act.reference == reference), None)
    if found is None:
        raise Http404
    return found


@member_view
def action(request: Request, partnership: Partnership, period: str, body: str, reference: str) -> HttpResponse:
    """Save what is said about one action with its milestones; its form stands on the return's page."""
    return_ = pages.found(request, partnership, period, body)
    back = f"{pages.url_of(return_)}#{reference.lower()}"
    if request.method != "POST":
        return redirect(back)
    _sent(request, return_)
    line = _line(request, return_, reference)
    if request.POST.get("verb") in _QUICK:
        return _quick(request, return_, line, back)
    form = UpdateForm(request.POST, auto_id=f"{reference.lower()}-%s", line=line, on=today(request))
    if not form.is_valid():
        return pages.show(request, return_, wrong=form, status=400)

    def save() -> str:
        actions.report_action(
            by=request.user, return_=return_, act=line.act, now=request.now, milestones=form.milestones,
            expected_version=form.cleaned_data["version"] or 0, **form.words,
        )  # fmt: skip
        return back

    return _saved(request, return_, form, save, reference)


_QUICK = {"on_track", "unchanged"}


def _quick(request: Request, return_: Return, line: Line, back: str) -> HttpResponse:
    """One click: on track with nothing to add, or the last accepted words once more."""
    version = _number(request.POST.get("version"))
    told: dict[str, Any] = {
        "by": request.user, "return_": return_, "act": line.act, "now": request.now, "expected_version": version,
    }  # fmt: skip

    def save() -> str:
        if request.POST.get("verb") == "unchanged":
            actions.mark_unchanged(**told)
        else:
            actions.report(self_rating=Delivery.ON_TRACK.value, progress="", **told)
        return back

    try:
        return answer_once(request, save)
    except (CannotDo, Conflict) as refusal:
        sentence = "Somebody saved this action a moment ago. Look at what stands there now."
        messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
        return redirect(back)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _saved(request: Request, return_: Return, form: Any, save: Callable[[], str], title: str) -> HttpResponse:
    """Save once, or show the page with what is wrong, or settle with who was first."""
    try:
        return answer_once(request, save)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return pages.show(request, return_, wrong=form, status=400)
    except Conflict as clash:
        return _both(request, return_, title, form, clash)


_LABELS = {
    "self_rating": "Where it stands", "progress": "Progress", "slip_reason": "Why the day is not kept",
    "proposed_due": "Proposed day", "reached": "Reached on", "note": "Why its day moves", "done_on": "Done on",
    "result": "Result", "found": "What was found",
}  # fmt: skip
_WORDS = {**dict(RATINGS), **dict(RESULT_CHOICES)}


def _printed(name: str, value: Any) -> str:
    if isinstance(value, date):
        return printed.day(value)
    text = "" if value is None else str(value)
    return _WORDS.get(text, text) if name in {"self_rating", "result"} else text


def _both(request: Request, return_: Return, title: str, form: Any, clash: Conflict) -> HttpResponse:
    """Two people wrote at once: show both texts and let the person choose."""
    theirs: Any = clash.theirs
    who, at = queries.last_hand(theirs)
    data = form.data.copy()
    which = "version"
    if isinstance(theirs, MilestoneUpdate):
        which = f"m{theirs.milestone.number}_version"
        title = f"{title}, milestone {theirs.milestone.number}"
    data[which] = str(theirs.version)
    form.data = data
    names = [name for name in clash.mine if name in _LABELS and (name in form.fields or which != "version")]
    return conflict(
        request, title=title, by=who, at=at, now=request.now, form=form,
        differences=[
            Difference(_LABELS[name], _printed(name, clash.mine[name]), _printed(name, getattr(theirs, name)))
            for name in names
        ],
        theirs_url=pages.url_of(return_),
    )  # fmt: skip


def _test(request: Request, return_: Return, reference: str) -> Test:
    tests = content_of(return_, for_person=request.user, on=today(request)).tests
    found = next((each for each in tests if each.activity.reference == reference), None)
    if found is None:
        raise Http404
    return found


@member_view
def outcome(request: Request, partnership: Partnership, period: str, body: str, reference: str) -> HttpResponse:
    """Save what is said about one assurance activity; its form stands on the return's page."""
    return_ = pages.found(request, partnership, period, body)
    back = f"{pages.url_of(return_)}#{reference.lower()}"
    if request.method != "POST":
        return redirect(back)
    _sent(request, return_)
    test = _test(request, return_, reference)
    form = OutcomeForm(request.POST, auto_id=f"{reference.lower()}-%s", on=today(request))
    if not form.is_valid():
        return pages.show(request, return_, wrong=form, status=400)

    def save() -> str:
        actions.report_outcome(
            by=request.user, return_=return_, activity=test.activity, now=request.now,
            expected_version=form.cleaned_data["version"] or 0, **form.words,
        )  # fmt: skip
        return back

    return _saved(request, return_, form, save, reference)


@member_view
def rest(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Save what belongs to no action."""
    return_ = pages.found(request, partnership, period, body)
    back = f"{pages.url_of(return_)}#rest"
    if request.method != "POST":
        return redirect(back)
    _sent(request, return_)
    form = RestForm(request.POST, auto_id="rest-%s")
    if not form.is_valid():
        return pages.show(request, return_, wrong=form, status=400)

    def save() -> str:
        actions.report(
            by=request.user, return_=return_, act=None, self_rating="", progress=form.cleaned_data["progress"],
            now=request.now, expected_version=form.cleaned_data["version"] or 0,
        )  # fmt: skip
        return back

    return _saved(request, return_, form, save, "rest")


@member_view
def nil(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Say that there is nothing to report, or take that back: one button."""
    return_ = pages.found(request, partnership, period, body)
    back = pages.url_of(return_)
    if request.method != "POST":
        return redirect(back)

    def save() -> str:
        actions.say_nil(by=request.user, return_=return_, nil=request.POST.get("nil") == "yes", now=request.now)
        return back

    try:
        return answer_once(request, save)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
