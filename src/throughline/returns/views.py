"""Pages of the bodies that owe returns: the periods, one period, my return, signing and submitting it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.access import Scope, allows, allows_new
from throughline.history.door import Conflict
from throughline.methods.printed import count, day
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, panels, today
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models import Action
from throughline.plans.queries import plans_of
from throughline.returns import actions, lists, permissions, queries
from throughline.returns.actions import CannotDo, NotReady
from throughline.returns.forms import RATINGS, RestForm, SignForm, UpdateForm, VersionForm
from throughline.returns.models import Return, Update
from throughline.returns.queries import Content, Line
from throughline.returns.states import ReturnState
from throughline.ui import page
from throughline.ui.answers import Difference, confirm, conflict


@member_view
def periods(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The reporting periods, newest first."""
    can_open = allows_new(
        request.user, "create", permissions.PERIOD, Scope(frozenset({partnership.pk})), today(request)
    )
    has_plan = plans_of(partnership, for_person=request.user).exists()
    rows = queries.periods_of(partnership, for_person=request.user)
    return lists.periods(partnership).respond(
        request, rows, template="returns/periods.html",
        context={"partnership": partnership, "can_open": can_open and has_plan, "has_plan": has_plan,
                 "is_first": not rows.exists()},
    )  # fmt: skip


@member_view
def period(request: Request, partnership: Partnership, period: str) -> HttpResponseBase:
    """One period: which body owes what, and what has come in."""
    found = queries.period_of(partnership, period, for_person=request.user)
    on = today(request)
    rows = queries.returns_of(found, for_person=request.user)
    return lists.returns(partnership, found, on).respond(
        request, rows, template="returns/period.html",
        context={"partnership": partnership, "period": found, "on": on, "is_past_due": on > found.due,
                 "mine": [each for each in rows if _is_mine(request, each)],
                 "panels": panels("period", request, found)},
    )  # fmt: skip


def _is_mine(request: Request, return_: Return) -> bool:
    on = today(request)
    return any(
        grant.body is not None and grant.body in {return_.agency_id, return_.group_id}
        for grant in request.user.grants_on(on)
    )


@dataclass(frozen=True)
class Asked:
    """One action on the return page, with its form where it may be filled in."""

    line: Line
    form: UpdateForm | None

    @property
    def anchor(self) -> str:
        """Where the action stands on the page."""
        return self.line.act.reference.lower()


def _found(request: Request, partnership: Partnership, period: str, body: str) -> Return:
    return queries.return_of(partnership, period, body, for_person=request.user)


def _url(return_: Return, name: str = "return", *more: str) -> str:
    return reverse(f"returns:{name}", args=[return_.partnership.slug, return_.period.reference, return_.slug, *more])


def _update_form(request: Request, line: Line) -> UpdateForm:
    said = line.update
    return bound(
        request, UpdateForm, only=line.act.reference, auto_id=f"{line.act.reference.lower()}-%s",
        initial={
            "form": line.act.reference, "version": said.version if said else 0,
            "self_rating": said.self_rating if said else "", "progress": said.progress if said else "",
        },
    )  # fmt: skip


def _rest_form(request: Request, content: Content) -> RestForm:
    said = content.general
    return bound(
        request, RestForm, only="rest", auto_id="rest-%s",
        initial={
            "form": "rest", "version": said.version if said else 0, "progress": said.progress if said else "",
        },
    )  # fmt: skip


@member_view
def return_page(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """A body's return: to fill in for those who owe it, to read for those who may, and else its state alone."""
    return _show(request, _found(request, partnership, period, body))


def _show(
    request: Request, return_: Return, *, form: UpdateForm | None = None, rest_form: RestForm | None = None,
    gaps: list[str] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    on = today(request)
    if not queries.may_read(return_, request.user, on):
        return render(request, "returns/closed.html", {"return": return_, "is_late": _is_late(return_, on)})
    content = queries.content_of(return_, on=on)
    can_report = allows(request.user, "report", return_, on) and return_.state in _WRITABLE
    asked = [
        Asked(each, _update_form(request, each) if can_report and _is_asked(return_, each) else None)
        for each in content.lines
    ]
    if form is not None:
        asked = [Asked(each.line, form) if each.line.act.reference == form["form"].value() else each for each in asked]
    page.describe(request, audience=queries.audience_of(return_))
    return render(
        request, "returns/return.html", status=status,
        context={
            "return": return_, "period": return_.period, "content": content, "asked": asked, "on": on,
            "rest_form": (rest_form or _rest_form(request, content)) if can_report else None,
            "can_report": can_report, "is_late": _is_late(return_, on), "gaps": gaps or [],
            "can_sign": allows(request.user, "sign", return_, on) and return_.state in _UNSIGNED,
            "can_submit": allows(request.user, "submit", return_, on) and return_.state == ReturnState.SIGNED,
            "can_accept": allows(request.user, "accept", return_, on) and return_.state == ReturnState.SUBMITTED,
            "comments": queries.comments_of(return_, for_person=request.user),
            "wrong": [each for each in (form, rest_form) if each is not None],
            "progress": f"{content.answered} of {count(len(asked), 'action')} answered" if asked else "",
        },
    )  # fmt: skip


_WRITABLE = (ReturnState.DRAFT, ReturnState.SIGNED, ReturnState.SENT_BACK)
_UNSIGNED = (ReturnState.DRAFT, ReturnState.SENT_BACK)


def _is_asked(return_: Return, line: Line) -> bool:
    return actions.leads(return_, line.act)


def _is_late(return_: Return, on: Any) -> bool:
    return on > return_.period.due and return_.state in _WRITABLE


@member_view
def action(request: Request, partnership: Partnership, period: str, body: str, reference: str) -> HttpResponse:
    """Save what is said about one action; its form stands on the return's page."""
    return_ = _found(request, partnership, period, body)
    if request.method != "POST":
        return redirect(f"{_url(return_)}#{reference.lower()}")
    if not queries.may_read(return_, request.user, today(request)):
        raise Http404
    act = Action.objects.visible_to(request.user).get(plan_id=return_.period.plan_id, reference=reference)
    version = _number(request.POST.get("version"))
    back = f"{_url(return_)}#{reference.lower()}"

    def once_said(**words: Any) -> HttpResponse:
        def act_on_it() -> str:
            actions.report(
                by=request.user, return_=return_, act=act, now=request.now, expected_version=version, **words
            )
            return back

        return answer_once(request, act_on_it)

    try:
        if request.POST.get("verb") == "on_track":
            return once_said(self_rating=Delivery.ON_TRACK.value, progress="")
        if request.POST.get("verb") == "unchanged":
            return answer_once(request, lambda: _unchanged(request, return_, act, version) or back)
    except (CannotDo, Conflict) as refusal:
        sentence = "Somebody saved this action a moment ago. Look at what stands there now."
        messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
        return redirect(back)
    form = UpdateForm(request.POST, auto_id=f"{reference.lower()}-%s")
    if not form.is_valid():
        return _show(request, return_, form=form, status=400)
    words = {name: form.cleaned_data[name] for name in ("self_rating", "progress")}
    try:
        return once_said(**words)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _show(request, return_, form=form, status=400)
    except Conflict as clash:
        return _both(request, return_, reference, form, words, clash.theirs)


def _unchanged(request: Request, return_: Return, act: Action, version: int) -> str:
    actions.mark_unchanged(by=request.user, return_=return_, act=act, now=request.now, expected_version=version)
    return ""


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 0


def _both(
    request: Request,
    return_: Return,
    reference: str,
    form: UpdateForm | RestForm,
    words: dict[str, str],
    theirs: Any,
) -> HttpResponse:
    """Two people wrote at once: show both texts and let the person choose."""
    said = Update.objects.get(pk=theirs.pk)
    who, at = queries.last_hand(said)
    printed = dict(RATINGS)
    rating = [Difference("Where it stands", printed.get(words["self_rating"], ""), printed.get(said.self_rating, ""))]
    data = form.data.copy()  # type: ignore[attr-defined]
    data["version"] = str(said.version)
    again = type(form)(data, auto_id=form.auto_id)
    again.is_valid()
    return conflict(
        request, title=reference, by=who, at=at, now=request.now, form=again,
        differences=[*(rating if "self_rating" in words and reference != "rest" else []),
                     Difference("Progress", words["progress"], said.progress)],
        theirs_url=_url(return_),
    )  # fmt: skip


@member_view
def rest(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Save what belongs to no action."""
    return_ = _found(request, partnership, period, body)
    if request.method != "POST":
        return redirect(f"{_url(return_)}#rest")
    if not queries.may_read(return_, request.user, today(request)):
        raise Http404
    form = RestForm(request.POST, auto_id="rest-%s")
    if not form.is_valid():
        return _show(request, return_, rest_form=form, status=400)
    words = {"self_rating": "", "progress": form.cleaned_data["progress"]}

    def act_on_it() -> str:
        actions.report(
            by=request.user, return_=return_, act=None, now=request.now,
            expected_version=form.cleaned_data["version"] or 0, **words,
        )  # fmt: skip
        return f"{_url(return_)}#rest"

    try:
        return answer_once(request, act_on_it)
    except CannotDo as refusal:
        form.add_error(None, str(refusal))
        return _show(request, return_, rest_form=form, status=400)
    except Conflict as clash:
        return _both(request, return_, "rest", form, words, clash.theirs)


@member_view
def nil(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Say that there is nothing to report, or take that back: one button."""
    return_ = _found(request, partnership, period, body)
    if request.method != "POST":
        return redirect(_url(return_))

    def act_on_it() -> str:
        actions.say_nil(by=request.user, return_=return_, nil=request.POST.get("nil") == "yes", now=request.now)
        return _url(return_)

    try:
        return answer_once(request, act_on_it)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
        return redirect(_url(return_))


@member_view
def sign(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """The whole return to read, and the signature of whoever answers for the body."""
    return_ = _found(request, partnership, period, body)
    on = today(request)
    if not allows(request.user, "sign", return_, on) or not queries.may_read(return_, request.user, on):
        raise Http404
    if return_.state not in _UNSIGNED:
        messages.info(request, f"This return is {return_.get_state_display().lower()}. There is nothing to sign.")
        return redirect(_url(return_))
    content = queries.content_of(return_, on=on)
    form = bound(
        request, SignForm, body=str(return_.body),
        initial={"version": return_.version, "seen": actions.fingerprint_of(return_)},
    )  # fmt: skip
    gaps = list(content.gaps)
    if request.method == "POST" and form.is_valid() and not gaps:

        def act_on_it() -> str:
            actions.sign(
                by=request.user, return_=return_, expected_version=form.cleaned_data["version"], now=request.now,
                seen=form.cleaned_data["seen"],
            )  # fmt: skip
            messages.success(request, f"You have signed the return for {return_.body}.")
            return _url(return_)

        try:
            return answer_once(request, act_on_it)
        except NotReady as refusal:
            gaps = refusal.lines
        except (CannotDo, Conflict) as refusal:
            sentence = "Somebody was here before you. Look at the return again."
            messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
            return redirect(_url(return_, "sign"))
    page.describe(request, audience=queries.audience_of(return_))
    wrong = bool(request.method == "POST")
    return render(
        request, "returns/sign.html", status=400 if wrong else 200,
        context={"return": return_, "period": return_.period, "content": content, "form": form, "gaps": gaps,
                 "printed": PRINTED},
    )  # fmt: skip


@member_view
def submit(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Ask, then send the return to the partnership."""
    return_ = _found(request, partnership, period, body)
    on = today(request)
    if not allows(request.user, "submit", return_, on):
        raise Http404
    form = VersionForm(request.POST or None, initial={"version": return_.version})
    if request.method == "POST" and form.is_valid():

        def act_on_it() -> str:
            actions.submit(
                by=request.user, return_=return_, expected_version=form.cleaned_data["version"], now=request.now
            )
            messages.success(request, f"The return of {return_.body} is submitted. The business manager has been told.")
            return _url(return_)

        try:
            return answer_once(request, act_on_it)
        except (CannotDo, Conflict) as refusal:
            sentence = "The return was changed a moment ago. Look at it again."
            messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
            return redirect(_url(return_))
    if return_.state != ReturnState.SIGNED:
        messages.info(request, "The return has to be signed before it can be submitted.")
        return redirect(_url(return_))
    late = f" It was due on {day(return_.period.due)}." if on > return_.period.due else ""
    page.describe(request, audience=queries.audience_of(return_))
    return confirm(
        request, title=f"Submit the return of {return_.body} for {return_.period.label}?", action="Submit this return",
        cancel_url=_url(return_), form=form, is_destructive=False,
        sentence=f"{return_.signed_by} has signed it.{late}",
        consequences=(
            "You can no longer change it.",
            "The business manager, the chair and the independent scrutineer can read it.",
            "All members can read it once it is accepted.",
        ),
    )  # fmt: skip
