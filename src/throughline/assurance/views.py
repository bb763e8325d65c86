"""Pages of the programme of scrutiny and audit: the list, one activity, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.access import allows, check, check_new, scope_of
from throughline.assurance import actions, lists, permissions, queries
from throughline.assurance.addresses import activity_url, add_url, programme_url
from throughline.assurance.forms import ActivityForm, ChangeActivity, ResultForm
from throughline.assurance.models import AssuranceActivity
from throughline.assurance.outcomes import KINDS, ActivityKind
from throughline.evidence.stories_of import happenings
from throughline.history.door import Conflict
from throughline.inspections.forms import Withdraw
from throughline.inspections.offers import may_add
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.queries import bodies_of
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans.models import Plan
from throughline.plans.offers import action_url, impact_url, plan_url
from throughline.plans.queries import actions_of, impacts_of, plan_of
from throughline.ui import answers
from throughline.ui.parts import Row


def _plan(request: Request, partnership: Partnership, plan: str) -> Plan:
    say_audience(request, partnership)
    return plan_of(partnership, plan, for_person=request.user)


def _activity(request: Request, partnership: Partnership, plan: str, activity: str) -> AssuranceActivity:
    return queries.activity_of(_plan(request, partnership, plan), activity, for_person=request.user)


@member_view
def activities(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """The programme: what is tested, by whom and when, and what it found."""
    found = _plan(request, partnership, plan)
    rows = queries.activities_of(found, for_person=request.user)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "add_url": add_url(found) if may_add(request, partnership, permissions.ACTIVITY) else "",
    }  # fmt: skip
    page = lists.activities(web.today(request))
    return page.respond(request, rows, template="assurance/activities.html", context=context)


@member_view
def activity(request: Request, partnership: Partnership, plan: str, activity: str) -> HttpResponse:
    """One activity: what it tests, what it found, and what belongs to it."""
    found = _activity(request, partnership, plan, activity)
    may_change = allows(request.user, "change", found)
    context = {
        "partnership": partnership, "plan": found.plan, "activity": found, "programme_url": programme_url(found.plan),
        "plan_url": plan_url(found.plan), "rows": _rows(found), "may_change": may_change,
        "state": lists.result_cell(found, web.today(request)),
        "tested_actions": [(link.action, action_url(link.action)) for link in found.tested_actions],  # type: ignore[attr-defined]
        "tested_impacts": [
            (link.desired_impact, impact_url(link.desired_impact))
            for link in found.tested_impacts  # type: ignore[attr-defined]
        ],
        "change_url": activity_url(found, "change"), "result_url": activity_url(found, "result"),
        "withdraw_url": activity_url(found, "withdraw"), "panels": web.panels("activity", request, found),
        "history": happenings(found, request),
    }  # fmt: skip
    return render(request, "assurance/activity.html", context)


def _rows(found: AssuranceActivity) -> list[Row]:
    rows = [
        Row("Kind", KINDS[ActivityKind(found.kind)]), Row("Carried out by", found.body.name), Row("Due", found.due),
    ]  # fmt: skip
    return [*rows, Row("Done", found.done_on)] if found.done_on else rows


def _form(
    request: Request, form: Any, save: Callable[[], str], *, plan: Plan, title: str, button: str, back: str,
    back_words: str, field: str | None = None, caption: str = "",
) -> HttpResponse:  # fmt: skip
    """A form of this room: saved once, or shown with what is wrong, or settled with who was first."""
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error(field, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=back_words, theirs_url=back)
    context = {
        "partnership": plan.partnership, "plan": plan, "plan_url": plan_url(plan), "form": form, "title": title,
        "button": button, "back": back, "back_words": back_words, "caption": caption,
    }  # fmt: skip
    return render(request, "assurance/form.html", context, status=400 if form.errors else 200)


def _choices(request: Request, plan: Plan) -> dict[str, Any]:
    return {
        "bodies": bodies_of(plan.partnership, for_person=request.user, on=web.today(request)),
        "actions": list(actions_of(plan, for_person=request.user)),
        "impacts": list(impacts_of(plan, for_person=request.user)),
    }


@member_view
def add(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Plan an activity. `?action=ACT-001` or `?impact=IMP-01` says what it tests to begin with."""
    found = _plan(request, partnership, plan)
    check_new(request.user, "create", permissions.ACTIVITY, scope_of(partnership))
    choices = _choices(request, found)
    begins = {
        name: [str(each.pk) for each in choices[name] if each.reference == request.GET.get(name.removesuffix("s"))]
        for name in ("actions", "impacts")
    }
    form = bound(request, ActivityForm, **choices, initial=begins)

    def save() -> str:
        made = actions.plan_activity(by=request.user, plan=found, now=request.now, **form.words)
        messages.success(request, f"{made.reference} is planned. {made.body} returns its result.")
        return activity_url(made)

    return _form(
        request, form, save, plan=found, title="Plan an activity of scrutiny or audit", button="Plan this activity",
        back=programme_url(found), back_words="Scrutiny and audit",
    )  # fmt: skip


@member_view
def change(request: Request, partnership: Partnership, plan: str, activity: str) -> HttpResponse:
    """Put an activity right, and what it tests."""
    found = _activity(request, partnership, plan, activity)
    check(request.user, "change", found)
    choices = _choices(request, found.plan)
    if found.body not in choices["bodies"]:  # one that has left the partnership since
        choices["bodies"].append(found.body)
    begins = {
        "title": found.title, "kind": found.kind, "tests": found.tests, "body": str(found.body.pk), "due": found.due,
        "version": found.version,
        "actions": [str(link.action_id) for link in found.tested_actions],  # type: ignore[attr-defined]
        "impacts": [str(link.desired_impact_id) for link in found.tested_impacts],  # type: ignore[attr-defined]
    }  # fmt: skip
    form = bound(request, ChangeActivity, **choices, initial=begins)

    def save() -> str:
        changed = actions.change_activity(
            by=request.user, activity=found, expected_version=form.cleaned_data["version"], now=request.now,
            **form.words,
        )  # fmt: skip
        messages.success(request, f"{changed.reference} is saved.")
        return activity_url(changed)

    return _form(
        request, form, save, plan=found.plan, title="Change this activity", button="Save", back=activity_url(found),
        back_words=found.reference, caption=str(found),
    )  # fmt: skip


@member_view
def result(request: Request, partnership: Partnership, plan: str, activity: str) -> HttpResponse:
    """Record what an activity found, where its body does not return it; or put a result right, with the reason."""
    found = _activity(request, partnership, plan, activity)
    check(request.user, "change", found)
    begins = {"done_on": found.done_on, "result": found.result, "found": found.found, "version": found.version}
    form = bound(
        request, ResultForm, on=web.today(request), has_result=found.done_on is not None, initial=begins
    )  # fmt: skip

    def save() -> str:
        data = form.cleaned_data
        actions.record_result(
            by=request.user, activity=found, expected_version=data["version"], done_on=data["done_on"],
            result=data["result"], found=data["found"], reason=data.get("reason", ""), now=request.now,
        )  # fmt: skip
        messages.success(request, f"What {found.reference} found is recorded.")
        return activity_url(found)

    return _form(
        request, form, save, plan=found.plan, title="What did it find?", button="Record this result",
        back=activity_url(found), back_words=found.reference, caption=str(found),
    )  # fmt: skip


@member_view
def withdraw(request: Request, partnership: Partnership, plan: str, activity: str) -> HttpResponse:
    """Take an activity out of the programme that will not be done."""
    found = _activity(request, partnership, plan, activity)
    if not allows(request.user, "change", found):
        raise Http404
    back = activity_url(found)
    if found.done_on is not None:
        messages.error(request, f"{found.reference} is done, and what it found stays on record.")
        return redirect(back)
    form = bound(request, Withdraw, initial={"version": found.version})

    def save() -> str:
        actions.withdraw_activity(
            by=request.user, activity=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is withdrawn.")
        return programme_url(found.plan)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except actions.CannotDo as error:
            form.add_error(None, str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title=found.reference, theirs_url=back)
    return answers.confirm(
        request, title=f"Withdraw {found.reference}?", action="Withdraw this activity", cancel_url=back, form=form,
        sentence=found.title,
        consequences=[
            f"{found.body} is not asked for its result.",
            "What only this activity would have tested is tested by nothing.",
        ],
    )  # fmt: skip
