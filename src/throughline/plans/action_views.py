"""A new action, and what is done to one: its words, its day, its links, its end."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render

from throughline.access import check, check_new, scope_of
from throughline.inspections.views import say_audience
from throughline.methods.printed import day
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import actions, editing, forms, permissions, placings, queries
from throughline.plans.delivery import Delivery
from throughline.plans.models import Plan
from throughline.plans.offers import action_url, plan_url

# -- a new one -------------------------------------------------------------------------------------------------------


@member_view
def add_action(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Add an action with its area, lead, day, findings and desired impact, all in one form."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    check_new(request.user, "create", permissions.ACTION, scope_of(partnership))
    say_audience(request, partnership)
    findings = list(queries.findings_to_answer(partnership, for_person=request.user))
    asked = request.GET.get("finding", "")
    chosen = [str(each.pk) for each in findings if f"{each.inspection.reference}/{each.reference}" == asked]
    form = bound(
        request, forms.NewAction, bodies=editing.bodies(request, partnership), findings=findings,
        areas=list(queries.areas_of(found, for_person=request.user)),
        impacts=list(queries.impacts_of(found, for_person=request.user)),
        initial={"findings": chosen, **_preselected(request, found, chosen)},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _add(request, found, form))
        except actions.CannotDo as error:
            form.add_error("due", str(error))
    context = {
        "partnership": partnership, "form": form, "title": "Add an action", "button": "Add this action",
        "back": plan_url(found), "back_words": found.title,
    }  # fmt: skip
    return render(request, "plans/form.html", context, status=400 if form.errors else 200)


def _preselected(request: Request, plan: Plan, findings: list[str]) -> dict[str, Any]:
    """The area and the desired impacts that a new action begins with: those of the finding that it is to answer."""
    area = request.GET.get("area", "")
    if not findings:
        return {"area": area}
    placed = placings.placed_in(plan, for_person=request.user).filter(finding__in=findings).first()
    turned = placings.turned_in(plan, for_person=request.user).filter(finding__in=findings)
    return {
        "area": area or (str(placed.area_id) if placed else ""),
        "impacts": [str(each.desired_impact_id) for each in turned],
    }


def _add(request: Request, plan: Plan, form: forms.NewAction) -> str:
    data = form.cleaned_data
    made = actions.add_action(
        by=request.user, plan=plan, area=form.chosen_area, title=data["title"], detail=data["detail"],
        lead_agency=form.lead_agency, lead_group=form.lead_group, owner_post=data["owner_post"], due=data["due"],
        findings=form.chosen_findings, impacts=form.chosen_impacts, new_impact=form.new_impact, now=request.now,
    )  # fmt: skip
    messages.success(request, f"{made.reference} is in the plan.")
    if made.due < web.today(request):
        messages.warning(request, f"Its due date, {day(made.due)}, has passed: it is overdue from the start.")
    return action_url(made)


# -- what is done to one ---------------------------------------------------------------------------------------------


@member_view
def change_action(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Change what an action says, its area and who leads it."""
    found = editing.found(request, partnership, plan, act, verb="change")
    bodies = editing.bodies(request, partnership)
    if found.lead not in bodies:  # one that has left the partnership since is shown until another takes over
        bodies.append(found.lead)
    form = bound(
        request, forms.ChangeAction, bodies=bodies, areas=list(queries.areas_of(found.plan, for_person=request.user)),
        initial=forms.ChangeAction.begins(found),
    )  # fmt: skip

    def save() -> str:
        data = form.cleaned_data
        changed = actions.change_action(
            by=request.user, act=found, expected_version=data["version"], area=form.chosen_area, title=data["title"],
            detail=data["detail"], owner_post=data["owner_post"], lead_agency=form.lead_agency,
            lead_group=form.lead_group, now=request.now,
        )  # fmt: skip
        messages.success(request, f"{changed.reference} is saved.")
        return action_url(changed)

    return editing.edit(request, found, form, save, title="Change this action", button="Save", field="lead")


@member_view
def set_due(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Give an action another due date, with the reason."""
    found = editing.found(request, partnership, plan, act, verb="change")
    form = bound(request, forms.SetDue, initial={"version": found.version})

    def save() -> str:
        data = form.cleaned_data
        changed = actions.set_due(
            by=request.user, act=found, expected_version=data["version"], due=data["due"], reason=data["reason"],
            now=request.now,
        )  # fmt: skip
        messages.success(request, f"{changed.reference} is now due on {day(changed.due)}.")
        if changed.due < web.today(request):
            messages.warning(request, "That day has passed, so the action is overdue.")
        return action_url(changed)

    title = f"Change the due date from {day(found.due)}"
    return editing.edit(request, found, form, save, title=title, button="Change the due date", field="due")


@member_view
def links(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Which findings an action answers and which desired impacts it serves."""
    found = editing.found(request, partnership, plan, act, verb="change")
    form = bound(
        request, forms.Links, findings=list(queries.findings_to_answer(partnership, for_person=request.user)),
        impacts=list(queries.impacts_of(found.plan, for_person=request.user)),
        initial={
            "findings": [str(link.finding_id) for link in found.answers],  # type: ignore[attr-defined]
            "impacts": [str(link.desired_impact_id) for link in found.serves],  # type: ignore[attr-defined]
        },
    )  # fmt: skip

    def save() -> str:
        actions.set_links(
            by=request.user, act=found, findings=form.chosen_findings, impacts=form.chosen_impacts, now=request.now
        )
        messages.success(request, "The findings and desired impacts are saved.")
        return action_url(found)

    return editing.edit(request, found, form, save, title="Findings and desired impacts", button="Save", field=None)


def _end_or_restore(
    request: Request, partnership: Partnership, plan: str, reference: str, *, restores: bool
) -> HttpResponse:
    found = editing.found(request, partnership, plan, reference)
    if restores != (found.delivery == Delivery.WITHDRAWN):
        raise Http404
    check(request.user, "change", found)
    form = bound(request, forms.Reason, initial={"version": found.version})
    act = actions.restore_action if restores else actions.withdraw_action

    def save() -> str:
        act(
            by=request.user, act=found, expected_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is {'back in the plan' if restores else 'withdrawn'}.")
        return action_url(found)

    verb = "Put {} back into the plan?" if restores else "Withdraw {}?"
    return editing.ask(
        request, found, form, save, title=verb.format(found.reference), sentence=found.title,
        action="Put it back" if restores else "Withdraw this action", is_destructive=not restores,
        consequences=(
            ["It stands as not started, and its lead reports on it again."]
            if restores
            else [
                "Its lead is asked for no more progress.",
                "Findings that only this action answers are without an action again.",
                "It stays in the plan as withdrawn, with your reason.",
            ]
        ),
    )  # fmt: skip


@member_view
def withdraw(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """End an action that will not be done."""
    return _end_or_restore(request, partnership, plan, act, restores=False)


@member_view
def restore(request: Request, partnership: Partnership, plan: str, act: str) -> HttpResponse:
    """Put a withdrawn action back into the plan."""
    return _end_or_restore(request, partnership, plan, act, restores=True)
