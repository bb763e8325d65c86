"""Pages of impact: how each desired impact of a plan was judged, and the form that records a judgement."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from throughline.access import Scope, allows_new
from throughline.assurance.addresses import activity_url
from throughline.assurance.lists import result_cell
from throughline.assurance.queries import testing_impact
from throughline.impact import judgements, lists, permissions, queries, rules
from throughline.impact.addresses import list_url
from throughline.impact.forms import JudgeForm
from throughline.impact.permissions import WHOSE
from throughline.impact.scale import Impact
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans.offers import impact_url, plan_url
from throughline.plans.queries import impact_of, plan_of, plans_of
from throughline.ui import page
from throughline.ui.lists import ListColumn, ListPage
from throughline.ui.parts import Cell

PLANS = ListPage(
    title="Impact", name="impact", default_sort="title",
    columns=(ListColumn("Plan", lambda each: Cell(each.title, url=list_url(each)), sort="title"),),
    empty="No improvement plan has begun. Desired impacts are judged in a plan.",
)  # fmt: skip


@member_view
def plans(request: Request, partnership: Partnership) -> HttpResponseBase:
    """Which plan’s impact: where there is one plan, that one’s."""
    say_audience(request, partnership)
    page.describe(request, section="impact")
    rows = plans_of(partnership, for_person=request.user).select_related("partnership")
    found = list(rows[:2])
    return redirect(list_url(found[0])) if len(found) == 1 else PLANS.respond(request, rows)


@member_view
def impacts(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """Each desired impact of a plan: the judgement, the scrutineer’s view, what tests it, and since when."""
    say_audience(request, partnership)
    page.describe(request, section="impact")
    found = plan_of(partnership, plan, for_person=request.user)
    context = {"partnership": partnership, "plan": found, "plan_url": plan_url(found)}
    rows = queries.judged_impacts(found, for_person=request.user)
    return lists.IMPACT.respond(request, rows, template="impact/impacts.html", context=context)


def may_judge(request: Request, partnership: Partnership) -> list[str]:
    """Whose judgements this person may record here."""
    return [
        whose
        for whose in WHOSE
        if allows_new(
            request.user, "create", permissions.JUDGEMENT, Scope(frozenset({partnership.pk}), stage=whose)
        )
    ]  # fmt: skip


@member_view
def judge(request: Request, partnership: Partnership, plan: str, impact: str) -> HttpResponse:
    """Record a judgement, with what was tested and reported in sight."""
    say_audience(request, partnership)
    page.describe(request, section="impact")
    within = plan_of(partnership, plan, for_person=request.user)
    found = impact_of(within, impact, for_person=request.user)
    whose = may_judge(request, partnership)
    if not whose:
        raise Http404
    on = web.today(request)
    form = bound(
        request, JudgeForm, whose=whose, begun=judgements.begun(within), today=on,
        executive=partnership.executive_name, initial={"on": on, "whose": whose[0]},
    )  # fmt: skip
    done = queries.tests_done(found, for_person=request.user)

    def save() -> str:
        made = judgements.judge(by=request.user, impact=found, now=request.now, **form.cleaned_data)
        messages.success(request, f"{found.reference} is judged: {rules.printed(Impact(made.state)).lower()}.")
        if doubt := rules.doubt_of(Impact(made.state), done):
            messages.warning(request, f"{doubt} The page and every paper say so beside the judgement.")
        return impact_url(found)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, save)
        except judgements.CannotDo as error:
            form.add_error(None, str(error))
    context: dict[str, Any] = {
        "partnership": partnership, "plan": within, "impact": found, "plan_url": plan_url(within), "form": form,
        "back": impact_url(found),
        "activities": [
            (each, activity_url(each), result_cell(each, on))
            for each in testing_impact(found, for_person=request.user)
        ],
        "earlier": list(queries.judgements_of(found, for_person=request.user)[:3]),
        "panels": web.panels("judge", request, found),
    }  # fmt: skip
    return render(request, "impact/judge.html", context, status=400 if form.errors else 200)
