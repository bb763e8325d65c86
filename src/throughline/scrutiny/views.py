"""Pages of decisions: the list, one decision, and what is done with it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.access import allows, check
from throughline.history.door import Conflict
from throughline.inspections.finding_views import happenings
from throughline.inspections.forms import Withdraw
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans.models import Plan
from throughline.plans.offers import action_url, plan_url
from throughline.plans.queries import actions_of, plan_of, plans_of
from throughline.returns.queries import periods_of
from throughline.scrutiny import decisions, lists, queries
from throughline.scrutiny.addresses import decision_url, list_url, seek_url
from throughline.scrutiny.forms import AnswerDecision, ChangeDecision, SeekDecision
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OPEN, OUTCOMES, Outcome
from throughline.ui import answers, page
from throughline.ui.lists import ListColumn, ListPage
from throughline.ui.parts import Cell, Happening, Row

PLANS = ListPage(
    title="Decisions", name="decisions", default_sort="title",
    columns=(ListColumn("Plan", lambda each: Cell(each.title, url=list_url(each)), sort="title"),),
    empty="No improvement plan has begun. Decisions are sought about a plan.",
)  # fmt: skip


def _plan(request: Request, partnership: Partnership, plan: str) -> Plan:
    say_audience(request, partnership)
    page.describe(request, section="decisions")
    return plan_of(partnership, plan, for_person=request.user)


def _decision(request: Request, partnership: Partnership, plan: str, decision: str) -> Decision:
    return queries.decision_of(_plan(request, partnership, plan), decision, for_person=request.user)


@member_view
def plans(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Which plan’s decisions: where there is one plan, that one’s."""
    say_audience(request, partnership)
    page.describe(request, section="decisions")
    rows = plans_of(partnership, for_person=request.user).select_related("partnership")
    found = list(rows[:2])
    return redirect(list_url(found[0])) if len(found) == 1 else PLANS.respond(request, rows)


@member_view
def decisions_list(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """The decisions that were sought, and what was answered."""
    found = _plan(request, partnership, plan)
    may = queries.may_seek(request.user, partnership, web.today(request))
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "seek_url": seek_url(found) if may else "",
    }  # fmt: skip
    rows = queries.decisions_of(found, for_person=request.user)
    return lists.DECISIONS.respond(request, rows, template="scrutiny/decisions.html", context=context)


@member_view
def decision(request: Request, partnership: Partnership, plan: str, decision: str) -> HttpResponse:
    """One decision: what is sought and why, and what was answered."""
    found = _decision(request, partnership, plan, decision)
    stands = Outcome(found.outcome)
    context = {
        "partnership": partnership, "plan": found.plan, "plan_url": plan_url(found.plan), "decision": found,
        "list_url": list_url(found.plan), "rows": _rows(found), "is_open": stands in OPEN, "means": OUTCOMES[stands],
        "may_change": stands in OPEN and allows(request.user, "change", found),
        "may_answer": allows(request.user, "answer", found),
        "change_url": decision_url(found, "change"), "answer_url": decision_url(found, "answer"),
        "withdraw_url": decision_url(found, "withdraw"), "panels": web.panels("decision", request, found),
        "history": _history(found, request),
    }  # fmt: skip
    return render(request, "scrutiny/decision.html", context)


def _history(found: Decision, request: Request) -> list[Happening]:
    """What happened to it; what it began with is on the page already."""
    told = happenings(found, request)
    return [*told[:-1], replace(told[-1], text="")] if told else told


def _rows(found: Decision) -> list[Row]:
    rows = [Row("Sought by", found.body_name), Row("Sought", found.sought_on)]  # type: ignore[attr-defined]
    if found.action:
        rows.append(Row("About", Cell(str(found.action), url=action_url(found.action))))
    if found.period:
        rows.append(Row("Quarter", found.period.label))
        if found.period.meeting:
            rows.append(Row("Meeting", found.period.meeting))
    return rows


def _form(
    request: Request, form: Any, save: Callable[[], str], *, plan: Plan, title: str, button: str, back: str,
    back_words: str, decision: Decision | None = None,
) -> HttpResponse:  # fmt: skip
    """A form of this room: saved once, or shown with what is wrong, or settled with who was first."""
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except decisions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=back_words, theirs_url=back)
    context = {
        "partnership": plan.partnership, "plan": plan, "plan_url": plan_url(plan), "form": form, "title": title,
        "button": button, "back": back, "back_words": back_words, "decision": decision,
    }  # fmt: skip
    return render(request, "scrutiny/form.html", context, status=400 if form.errors else 200)


def _choices(request: Request, plan: Plan) -> dict[str, Any]:
    periods = periods_of(plan.partnership, for_person=request.user).filter(plan=plan)
    return {"actions": list(actions_of(plan, for_person=request.user)), "periods": list(periods)}


@member_view
def seek(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Seek a decision. `?action=ACT-001` says what it is about to begin with."""
    found = _plan(request, partnership, plan)
    on = web.today(request)
    bodies = bodies_of(partnership, for_person=request.user, on=on)
    seekers = queries.seeks_for(request.user, partnership, bodies)
    if not seekers:
        raise Http404
    choices = _choices(request, found)
    asked = next((each for each in choices["actions"] if each.reference == request.GET.get("action")), None)
    begins = {"on": on, "action": str(asked.pk) if asked else ""}
    form = bound(request, SeekDecision, **choices, seekers=seekers, today=on, initial=begins)

    def save() -> str:
        made = decisions.seek(by=request.user, plan=found, now=request.now, **form.words)
        messages.success(request, f"{made.reference} is sought from the {partnership.executive_name}.")
        return decision_url(made)

    back = action_url(asked) if asked else list_url(found)
    return _form(
        request, form, save, plan=found, title=f"Seek a decision from the {partnership.executive_name}",
        button="Seek this decision", back=back, back_words=asked.reference if asked else "Decisions",
    )  # fmt: skip


@member_view
def change(request: Request, partnership: Partnership, plan: str, decision: str) -> HttpResponse:
    """Put what is sought in other words, or say which quarter it comes back to."""
    found = _decision(request, partnership, plan, decision)
    check(request.user, "change", found)
    back = decision_url(found)
    if Outcome(found.outcome) not in OPEN:
        messages.error(request, f"{found.reference} has its answer, and what was asked stays as it was.")
        return redirect(back)
    begins = {
        "text": found.text, "why": found.why, "action": str(found.action_id or ""),
        "period": str(found.period_id or ""), "version": found.version,
    }  # fmt: skip
    choices = _choices(request, found.plan)
    for name, held in (("actions", found.action), ("periods", found.period)):  # one that has left the plan since
        if held is not None and held not in choices[name]:
            choices[name].append(held)
    form = bound(request, ChangeDecision, **choices, initial=begins)

    def save() -> str:
        decisions.change(
            by=request.user, decision=found, expected_version=form.cleaned_data["version"], now=request.now,
            **form.words,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is saved.")
        return back

    return _form(
        request, form, save, plan=found.plan, title="Change what is sought", button="Save", back=back,
        back_words=found.reference,
    )  # fmt: skip


@member_view
def answer(request: Request, partnership: Partnership, plan: str, decision: str) -> HttpResponse:
    """Record what the Executive Group answered; or put an answer right, with the reason."""
    found = _decision(request, partnership, plan, decision)
    check(request.user, "answer", found)
    back, on = decision_url(found), web.today(request)
    stands = Outcome(found.outcome)
    begins: dict[str, Any] = {"version": found.version}
    if stands not in OPEN:
        begins |= {"outcome": found.outcome, "answer": found.answer, "on": found.answered_on}
    elif found.period and (meeting := found.period.meeting) and (found.answered_on or found.sought_on) < meeting <= on:
        begins["on"] = meeting
    form = bound(request, AnswerDecision, decision=found, today=on, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        done = decisions.answer(
            by=request.user, decision=found, expected_version=data["version"], outcome=data["outcome"],
            answer=data["answer"], on=data["on"], reason=data.get("reason", ""), now=request.now,
        )  # fmt: skip
        words = OUTCOMES[Outcome(done.outcome)].printed.lower()
        comes_back = " It stays open and can be answered later." if Outcome(done.outcome) in OPEN else ""
        messages.success(request, f"{found.reference} is {words}.{comes_back}")
        return back

    return _form(
        request, form, save, plan=found.plan,
        title=f"What did the {partnership.executive_name} answer?" if stands in OPEN else "Put the answer right",
        button="Record this answer", back=back, back_words=found.reference, decision=found,
    )  # fmt: skip


@member_view
def withdraw(request: Request, partnership: Partnership, plan: str, decision: str) -> HttpResponse:
    """Take back a decision that is no longer sought."""
    found = _decision(request, partnership, plan, decision)
    check(request.user, "change", found)
    back = decision_url(found)
    if Outcome(found.outcome) not in OPEN:
        messages.error(request, f"{found.reference} has its answer, which stays on record.")
        return redirect(back)
    form = bound(request, Withdraw, initial={"version": found.version})

    def save() -> str:
        decisions.withdraw(
            by=request.user, decision=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is no longer sought.")
        return list_url(found.plan)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except decisions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.reference, theirs_url=back)
    return answers.confirm(
        request, title=f"Is {found.reference} no longer sought?", action="Withdraw this decision", cancel_url=back,
        form=form, sentence=found.text,
        consequences=[f"It leaves the list and the papers of the {partnership.executive_name}."],
    )  # fmt: skip
