"""Evidence of a return: registered or chosen for it and its actions, and left out again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from throughline.access import check
from throughline.evidence import actions as evidence_actions
from throughline.evidence import queries as evidence_queries
from throughline.evidence.forms import HoldForm
from throughline.evidence.models import Evidence
from throughline.history.door import Conflict
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view, today
from throughline.plans.models import Action
from throughline.returns import actions, asked, pages, queries
from throughline.returns.actions import CannotDo
from throughline.returns.forms import BringForm
from throughline.returns.models import Return
from throughline.ui import page

NEW, HELD = "new", "held"


def _writable(request: Request, partnership: Partnership, period: str, body: str) -> Return:
    """A return that this person may write in. Raises AccessDenied."""
    return_ = pages.found(request, partnership, period, body)
    check(request.user, "report", return_, today(request))
    page.describe(request, audience=queries.audience_of(return_))
    return return_


def _act(request: Request, return_: Return) -> Action | None:
    """The action that `?action=ACT-001` names, if the return is asked about it; None where it names none."""
    reference = request.GET.get("action", "")
    if not reference:
        return None
    found = asked.asked_about(return_).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


@member_view
def add(request: Request, partnership: Partnership, period: str, body: str) -> HttpResponse:
    """Register evidence for a return, or bring some that the body holds already. `?action=ACT-001`: for one action."""
    return_ = _writable(request, partnership, period, body)
    act = _act(request, return_)
    back = f"{pages.url_of(return_)}#{act.reference.lower() if act else 'return-evidence'}"
    if return_.state not in pages.WRITABLE:
        messages.info(request, f"This return is {return_.get_state_display().lower()}. Nothing can be added to it.")
        return redirect(pages.url_of(return_))
    held = _held(request, return_)
    choose = bound(request, BringForm, only=HELD, auto_id="held-%s", pieces=held) if held else None
    which = request.POST.get("form", "")
    hold = bound(
        request, HoldForm, only=NEW, on=today(request), bodies=[return_.body],
        initial={"body": str(return_.body.pk)},
    )  # fmt: skip
    told: dict[str, Any] = {"by": request.user, "return_": return_, "act": act, "now": request.now}
    if request.method == "POST" and which == HELD and choose is not None and choose.is_valid():
        chosen = next(each for each in held if str(each.pk) == choose.cleaned_data["evidence"])
        answer = _once(request, choose, back, lambda: actions.bring_evidence(evidence=chosen, **told))
        if answer is not None:
            return answer
    if request.method == "POST" and which == NEW and hold.is_valid():
        file = hold.received()
        if not hold.errors:
            words = {k: v for k, v in hold.held.items() if k not in {"agency", "group"}}
            answer = _once(request, hold, back, lambda: actions.hold_evidence(file=file, **words, **told))
            if answer is not None:
                return answer
    wrong = bool(hold.errors or (choose is not None and choose.errors))
    return render(
        request, "returns/evidence.html", status=400 if wrong else 200,
        context={"return": return_, "period": return_.period, "act": act, "hold": hold, "choose": choose, "back": back,
                 "return_url": pages.url_of(return_), "wrong": hold if hold.errors else choose},
    )  # fmt: skip


def _once(request: Request, form: Any, back: str, act_on_it: Any) -> HttpResponse | None:
    """Do it once; None when it was refused, with the sentence in the form."""

    def save() -> str:
        act_on_it()
        return back

    try:
        return answer_once(request, save)
    except (CannotDo, evidence_actions.CannotDo) as refusal:
        form.add_error(None, str(refusal))
    except Conflict:
        form.add_error(None, "Somebody changed this a moment ago. Look at it again.")
    return None


def _held(request: Request, return_: Return) -> list[Evidence]:
    """What the body holds and the return does not bring yet."""
    rows = evidence_queries.evidence_of(return_.partnership, for_person=request.user).filter(**asked.body_of(return_))
    return list(rows.exclude(pk__in=asked.evidence_of(return_).values("pk")))


@member_view
def leave_out(request: Request, partnership: Partnership, period: str, body: str, evidence: str) -> HttpResponse:
    """Have the return not bring a piece of evidence: one button."""
    return_ = _writable(request, partnership, period, body)
    back = pages.url_of(return_)
    if request.method != "POST":
        return redirect(back)
    found = evidence_queries.one(partnership, evidence, for_person=request.user)

    def save() -> str:
        actions.leave_evidence_out(by=request.user, return_=return_, evidence=found, now=request.now)
        messages.success(request, f"{found.reference} is left out. {return_.body} still holds it.")
        return back

    try:
        return answer_once(request, save)
    except (CannotDo, evidence_actions.CannotDo) as refusal:
        messages.error(request, str(refusal))
        return redirect(back)
