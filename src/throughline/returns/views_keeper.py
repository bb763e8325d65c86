"""Pages of whoever receives returns: a quarter is opened, a return accepted or sent back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.access import Scope, allows, allows_new, check
from throughline.history.door import Conflict
from throughline.methods.calendars import bank_holidays, holiday_warning
from throughline.methods.printed import count
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.plans.queries import plans_of
from throughline.returns import actions, permissions, proposals, queries
from throughline.returns.actions import CannotDo
from throughline.returns.forms import DAYS, ChangePeriodForm, PeriodForm, ReasonForm, SendBackForm, VersionForm
from throughline.returns.models import ReportingPeriod, Return
from throughline.returns.periods import has_report
from throughline.returns.states import ReturnState
from throughline.ui import page
from throughline.ui.answers import confirm


@member_view
def open_period(request: Request, partnership: Partnership) -> HttpResponse:
    """Open a quarter, with its days proposed."""
    on = today(request)
    if not allows_new(request.user, "create", permissions.PERIOD, Scope(frozenset({partnership.pk})), on):
        raise Http404
    plans = plans_of(partnership, for_person=request.user)
    if not plans.exists():
        messages.info(request, "A quarter reports on a plan. Begin the plan first.")
        return redirect(reverse("returns:periods", args=[partnership.slug]))
    earlier = list(queries.periods_of(partnership, for_person=request.user).values_list("reference", "data_to"))
    # A quarter that was withdrawn keeps its place in addresses.
    taken = list(ReportingPeriod.objects.filter(partnership=partnership).values_list("reference", flat=True))
    proposed = proposals.propose(
        on, bank_holidays(), last=max((data_to for _, data_to in earlier), default=None), taken=taken
    )
    form = bound(
        request, PeriodForm, plans=plans,
        initial={"label": proposed.label, **{name: getattr(proposed, name) for name in DAYS}},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():

        def act_on_it() -> str:
            label = form.cleaned_data["label"]
            opened = actions.open_period(
                by=request.user, plan=form.cleaned_data["plan"], label=label, now=request.now,
                reference=proposals.reference_of(label, taken), **form.days,  # type: ignore[arg-type]
            )  # fmt: skip
            messages.success(request, f"{opened.label} is open. Every agency and group has been asked for its return.")
            return reverse("returns:period", args=[partnership.slug, opened.reference])

        try:
            return answer_once(request, act_on_it)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
    return render(
        request, "returns/open.html", status=400 if form.is_bound and form.errors else 200,
        context={"form": form, "partnership": partnership, "is_first": not earlier,
                 "warning_text": holiday_warning(proposed.due, proposed.meeting)},
    )  # fmt: skip


@member_view
def change_period(request: Request, partnership: Partnership, period: str) -> HttpResponse:
    """Give an open quarter another name or other days, with the reason."""
    found = queries.period_of(partnership, period, for_person=request.user)
    check(request.user, "change", found, today(request))
    begins = {"label": found.label, "version": found.version, **{name: getattr(found, name) for name in DAYS}}
    form = bound(request, ChangePeriodForm, initial=begins)
    back = reverse("returns:period", args=[partnership.slug, found.reference])

    def save() -> str:
        data = form.cleaned_data
        changed = actions.change_period(
            by=request.user, period=found, expected_version=data["version"], label=data["label"],
            reason=data["reason"], now=request.now, **form.days,  # type: ignore[arg-type]
        )  # fmt: skip
        messages.success(request, f"{changed.label} is saved.")
        return back

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        except Conflict as clash:
            return web.conflict(request, clash, form=form, title=found.label, theirs_url=back)
    return render(
        request,
        "returns/change_period.html",
        status=400 if form.errors else 200,
        context={"form": form, "partnership": partnership, "period": found, "back": back},
    )


@member_view
def withdraw_period(request: Request, partnership: Partnership, period: str) -> HttpResponse:
    """Ask, then take back a quarter that was opened by mistake."""
    found = queries.period_of(partnership, period, for_person=request.user)
    check(request.user, "change", found, today(request))
    back = reverse("returns:period", args=[partnership.slug, found.reference])
    if has_report(found):
        messages.error(request, f"Something has been reported for {found.label}, so it stays. Change its days instead.")
        return redirect(back)
    form = bound(request, ReasonForm, initial={"version": found.version})

    def save() -> str:
        actions.withdraw_period(
            by=request.user, period=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.label} is withdrawn. Nobody owes a return for it.")
        return reverse("returns:periods", args=[partnership.slug])

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except CannotDo as refusal:
            form.add_error(None, str(refusal))
        except Conflict as clash:
            return web.conflict(request, clash, form=form, title=found.label, theirs_url=back)
    return confirm(
        request, title=f"Withdraw {found.label}?", action="Withdraw this quarter", cancel_url=back, form=form,
        sentence="Nothing has been reported for it yet.",
        consequences=(
            f"None of the {count(found.asked, 'return')} is asked for any more, and those who write them are told.",  # type: ignore[attr-defined]
            "You can open the quarter again.",
        ),
    )  # fmt: skip


def _submitted(request: Request, partnership: Partnership, period: str, body: str, verb: str) -> Return:
    found = queries.return_of(partnership, period, body, for_person=request.user)
    if not allows(request.user, verb, found, today(request)):
        raise Http404
    page.describe(request, audience=queries.audience_of(found))
    return found


def _step(request: Request, return_: Return, url: str, done: str, act: Any) -> HttpResponse:
    def act_on_it() -> str:
        act()
        messages.success(request, done)
        return reverse("returns:period", args=[return_.partnership.slug, return_.period.reference])

    try:
        return answer_once(request, act_on_it)
    except Conflict:
        messages.error(request, "Somebody was here before you. Look at the return again.")
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    return redirect(url)


@member_view
def accept(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Ask, then accept a return."""
    return_ = _submitted(request, partnership, period, body, "accept")
    url = reverse("returns:return", args=[partnership.slug, period, body])
    form = VersionForm(request.POST or None, initial={"version": return_.version})
    if request.method == "POST" and form.is_valid():
        return _step(
            request, return_, url, f"The return of {return_.body} is accepted.",
            lambda: actions.accept(
                by=request.user, return_=return_, expected_version=form.cleaned_data["version"], now=request.now
            ),
        )  # fmt: skip
    if return_.state != ReturnState.SUBMITTED:
        messages.info(request, "There is nothing to accept here.")
        return redirect(url)
    return confirm(
        request, title=f"Accept the return of {return_.body} for {return_.period.label}?", action="Accept this return",
        cancel_url=url, form=form, is_destructive=False,
        consequences=(
            "All members of the partnership can read it.",
            "What it claims becomes the delivery of its actions. A claim stays a claim: nothing becomes verified.",
            "Milestones are reached or moved as it says. Another day that it proposes is asked for.",
            "What its audits found becomes their result.",
            "It can no longer be changed.",
        ),
    )  # fmt: skip


@member_view
def send_back(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Ask for the reason, then send a return back."""
    return_ = _submitted(request, partnership, period, body, "send_back")
    url = reverse("returns:return", args=[partnership.slug, period, body])
    form = bound(request, SendBackForm, initial={"version": return_.version})
    if request.method == "POST" and form.is_valid():
        return _step(
            request, return_, url, f"The return is with {return_.body} again, with your reason.",
            lambda: actions.send_back(
                by=request.user, return_=return_, expected_version=form.cleaned_data["version"], now=request.now,
                reason=form.cleaned_data["reason"],
            ),
        )  # fmt: skip
    if return_.state != ReturnState.SUBMITTED:
        messages.info(request, "There is nothing to send back here.")
        return redirect(url)
    return confirm(
        request, title=f"Send the return of {return_.body} back?", action="Send it back", cancel_url=url, form=form,
        consequences=(
            f"{return_.body} can change it, and has to sign and submit it again.",
            "You can no longer read it until it is submitted again.",
        ),
    )  # fmt: skip
