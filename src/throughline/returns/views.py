"""Pages of the bodies that owe returns: the periods, one period, my return, signing and submitting it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.access import Scope, allows, allows_new
from throughline.history.door import Conflict
from throughline.methods.printed import day
from throughline.partners import stories
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, panels, today
from throughline.plans.queries import plans_of
from throughline.returns import actions, lists, pages, permissions, queries
from throughline.returns.actions import CannotDo, NotReady
from throughline.returns.content import content_of
from throughline.returns.forms import SignForm, VersionForm
from throughline.returns.models import ReportingPeriod, Return
from throughline.returns.states import ReturnState
from throughline.ui import page
from throughline.ui.answers import confirm


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
                 "can_change": allows(request.user, "change", found, on), "changes": _changes(request, found),
                 "change_url": reverse("returns:change_period", args=[partnership.slug, found.reference]),
                 "withdraw_url": reverse("returns:withdraw_period", args=[partnership.slug, found.reference]),
                 "panels": panels("period", request, found)},
    )  # fmt: skip


def _changes(request: Request, found: ReportingPeriod) -> list[stories.Told]:
    """How the period was changed since it opened, newest first, with the reasons."""
    return [each for each in stories.story_of(found, request.user) if each.event.verb == "changed"]


def _is_mine(request: Request, return_: Return) -> bool:
    on = today(request)
    return any(
        grant.body is not None and grant.body in {return_.agency_id, return_.group_id}
        for grant in request.user.grants_on(on)
    )


@member_view
def return_page(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """A body's return: to fill in for those who owe it, to read for those who may, and else its state alone."""
    return pages.show(request, pages.found(request, partnership, period, body))


@member_view
def sign(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """The whole return to read, and the signature of whoever answers for the body."""
    return_ = pages.found(request, partnership, period, body)
    on = today(request)
    if not allows(request.user, "sign", return_, on) or not queries.may_read(return_, request.user, on):
        raise Http404
    if return_.state not in pages.UNSIGNED:
        messages.info(request, f"This return is {return_.get_state_display().lower()}. There is nothing to sign.")
        return redirect(pages.url_of(return_))
    content = content_of(return_, for_person=request.user, on=on)
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
            return pages.url_of(return_)

        try:
            return answer_once(request, act_on_it)
        except NotReady as refusal:
            gaps = refusal.lines
        except (CannotDo, Conflict) as refusal:
            sentence = "Somebody was here before you. Look at the return again."
            messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
            return redirect(pages.url_of(return_, "sign"))
    page.describe(request, audience=queries.audience_of(return_))
    wrong = bool(request.method == "POST")
    return render(
        request, "returns/sign.html", status=400 if wrong else 200,
        context={"return": return_, "period": return_.period, "content": content, "form": form, "gaps": gaps,
                 "pieces": pages.pieces_of(content.evidence, on),
                 "lines": [(each, pages.pieces_of(each.evidence, on)) for each in content.lines]},
    )  # fmt: skip


@member_view
def submit(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Ask, then send the return to the partnership."""
    return_ = pages.found(request, partnership, period, body)
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
            return pages.url_of(return_)

        try:
            return answer_once(request, act_on_it)
        except (CannotDo, Conflict) as refusal:
            sentence = "The return was changed a moment ago. Look at it again."
            messages.error(request, sentence if isinstance(refusal, Conflict) else str(refusal))
            return redirect(pages.url_of(return_))
    if return_.state != ReturnState.SIGNED:
        messages.info(request, "The return has to be signed before it can be submitted.")
        return redirect(pages.url_of(return_))
    late = f" It was due on {day(return_.period.due)}." if on > return_.period.due else ""
    page.describe(request, audience=queries.audience_of(return_))
    return confirm(
        request, title=f"Submit the return of {return_.body} for {return_.period.label}?", action="Submit this return",
        cancel_url=pages.url_of(return_), form=form, is_destructive=False,
        sentence=f"{return_.signed_by} has signed it.{late}",
        consequences=(
            "You can no longer change it.",
            "The business manager, the chair and the independent scrutineer can read it.",
            "Every member can see the evidence that it brings, except what is restricted.",
            "All members can read it once it is accepted.",
        ),
    )  # fmt: skip
