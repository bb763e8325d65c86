"""The page on which words are released to the public, line by line, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.access import Scope, check_new
from throughline.history.door import Conflict
from throughline.methods.printed import count
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, member_view
from throughline.plans.models import Plan
from throughline.plans.queries import plans_of
from throughline.reports import permissions, releases
from throughline.reports.actions import CannotDo
from throughline.reports.public import KINDS
from throughline.ui import page

_DO = {"release": releases.release, "take_back": releases.take_back}


@member_view
def release(request: Request, partnership: Partnership) -> HttpResponse:
    """What could be released, with what is. Ticked words are released, or taken back."""
    scope = Scope(frozenset({partnership.pk}))
    check_new(request.user, "create", permissions.RELEASE, scope)
    page.describe(request, audience="the business manager and the lead officer")
    plans = list(plans_of(partnership, for_person=request.user).select_related("partnership"))
    plan = next((each for each in plans if each.reference == request.GET.get("plan")), plans[0] if plans else None)
    if plan is None:
        return render(request, "reports/release.html", {"partnership": partnership, "plan": None})
    here = _here(request, plan)
    if request.method == "POST":
        return _answer(request, plan, here)
    shown = releases.shown_of(plan, for_person=request.user)
    what, period = request.GET.get("what", ""), request.GET.get("period", "")
    listed = [
        each for each in shown
        if what in ("", each.words.kind) and period in ("", each.words.period)
    ]  # fmt: skip
    periods = dict.fromkeys(each.words.period for each in shown if each.words.period)
    context: dict[str, Any] = {
        "partnership": partnership, "plan": plan, "plans": plans, "here": here,
        "closed": [each for each in listed if each.release is None],
        "open": [each for each in listed if each.release is not None],
        "all": len(shown), "what": what, "period": period, "kinds": KINDS, "periods": list(periods),
    }  # fmt: skip
    return render(request, "reports/release.html", context)


def _here(request: Request, plan: Plan) -> str:
    query = request.GET.copy()
    base = reverse("reports:release", args=[plan.partnership.slug])
    return f"{base}?{query.urlencode()}" if query else base


def _answer(request: Request, plan: Plan, here: str) -> HttpResponse:
    asked = request.POST.get("do", "")
    act = _DO.get(asked)
    if act is None:
        return redirect(here)

    def do() -> str:
        done = act(by=request.user, plan=plan, keys=request.POST.getlist("words"), now=request.now)
        said = "released to the public" if asked == "release" else "taken back"
        messages.success(request, f"{count(done, 'passage')} {said}.".capitalize())
        return here

    try:
        return answer_once(request, do)
    except CannotDo as refusal:
        messages.error(request, str(refusal))
    except Conflict:
        messages.warning(request, "Somebody took some of these back meanwhile. Look at them again.")
    return redirect(here)
