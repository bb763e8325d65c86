"""Pages of desired impacts: what would be different for children, and what one would see."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check_new, scope_of
from throughline.history.door import Conflict
from throughline.inspections.offers import finding_url, may_add
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import actions, forms, permissions, placings, queries
from throughline.plans.models import DesiredImpact, ImpactTest
from throughline.plans.offers import action_url, impact_url, plan_url
from throughline.plans.placing_views import test_url
from throughline.plans.sufficiency import SUFFICIENT, Sufficiency
from throughline.ui.lists import Choice, ChoiceFilter, FieldFilter, ListColumn, ListPage
from throughline.ui.parts import Cell


def _served_by(each: DesiredImpact) -> str:
    return ", ".join(link.action.reference for link in each.served_by) or "No action yet"  # type: ignore[attr-defined]


IMPACTS = ListPage(
    title="Desired impacts",
    name="desired-impacts",
    columns=(
        ListColumn("Reference", lambda each: Cell(each.reference, url=impact_url(each)), sort="number", narrow=True),
        ListColumn("What would be seen", lambda each: each.would_see, sort="would_see"),
        ListColumn("For whom", lambda each: each.for_whom, sort="for_whom"),
        ListColumn("Actions", _served_by),
    ),
    filters=(
        FieldFilter("for", "For whom", "for_whom"),
        ChoiceFilter("check", "Look at", (Choice("without", "Without an action", Q(has_action=False)),)),
    ),
    search=("reference", "would_see", "for_whom"),
    default_sort="number",
    empty="Nobody has said yet what should be different for children. Add the first desired impact.",
)


@member_view
def impacts(request: Request, partnership: Partnership, plan: str) -> HttpResponseBase:
    """A plan's desired impacts."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "may_add": may_add(request, partnership, permissions.IMPACT),
    }  # fmt: skip
    rows = queries.impacts_of(found, for_person=request.user)
    return IMPACTS.respond(request, rows, template="plans/impacts.html", context=context)


@member_view
def add_impact(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Say what should be different, for whom."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    check_new(request.user, "create", permissions.IMPACT, scope_of(partnership))
    say_audience(request, partnership)
    form = bound(request, forms.ImpactWords)
    back = reverse("plans:impacts", args=[partnership.slug, found.reference])

    def add() -> str:
        data = form.cleaned_data
        made = actions.create_desired_impact(
            by=request.user, plan=found, for_whom=data["for_whom"], would_see=data["would_see"], now=request.now,
            sufficiency=data["sufficiency"] or Sufficiency.TWO_KINDS,
        )  # fmt: skip
        messages.success(request, f"{made.reference} is added.")
        return back

    if request.method == "POST" and form.is_valid():
        return answer_once(request, add)
    context = {
        "partnership": partnership, "form": form, "title": "Add a desired impact", "button": "Add this impact",
        "back": back, "back_words": "Desired impacts",
    }  # fmt: skip
    return render(request, "plans/form.html", context, status=400 if form.errors else 200)


@member_view
def change_impact(request: Request, partnership: Partnership, plan: str, impact: str) -> HttpResponse:
    """One desired impact with the actions that serve it, and the form that puts it in other words."""
    within = queries.plan_of(partnership, plan, for_person=request.user)
    found = queries.impact_of(within, impact, for_person=request.user)
    say_audience(request, partnership)
    keeps = allows(request.user, "change", found)
    form = None
    back = reverse("plans:impacts", args=[partnership.slug, within.reference])
    if keeps:
        begins = {name: getattr(found, name) for name in ("for_whom", "would_see", "sufficiency", "version")}
        form = bound(request, forms.ChangeImpact, initial=begins)

    def save() -> str:
        assert form is not None
        data = form.cleaned_data
        actions.change_desired_impact(
            by=request.user, impact=found, expected_version=data["version"], for_whom=data["for_whom"],
            would_see=data["would_see"], sufficiency=data["sufficiency"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"{found.reference} is saved.")
        return back

    if request.method == "POST":
        check_new(request.user, "change", permissions.IMPACT, scope_of(partnership))
        if form is not None and form.is_valid():
            try:
                return answer_once(request, save)
            except Conflict as error:
                return web.conflict(request, error, form=form, title=found.reference, theirs_url=request.path)
    turns = placings.turned_in(within, for_person=request.user).filter(desired_impact=found)
    context = {
        "partnership": partnership, "plan": within, "impact": found, "form": form, "back": back,
        "enough": SUFFICIENT[Sufficiency(found.sufficiency)],
        "turns": [(each.finding, finding_url(each.finding)) for each in turns],
        "tests": _tests_by_kind(found, list(placings.tests_of(found, for_person=request.user))),
        "add_test_url": reverse("plans:add-test", args=[partnership.slug, within.reference, found.reference]),
        "served_by": [(link.action, action_url(link.action)) for link in found.served_by],  # type: ignore[attr-defined]
        "panels": web.panels("impact", request, found),
    }  # fmt: skip
    return render(request, "plans/impact.html", context, status=400 if form is not None and form.errors else 200)


def _tests_by_kind(impact: DesiredImpact, tests: list[ImpactTest]) -> list[tuple[str, list[tuple[ImpactTest, str]]]]:
    """What would show an impact, by kind: its heading, and each with its address."""
    for each in tests:
        each.desired_impact = impact
    return [
        (heading, some)
        for kind, heading in TEST_HEADINGS.items()
        if (some := [(each, test_url(each)) for each in tests if each.kind == kind])
    ]


TEST_HEADINGS = {
    ImpactTest.MEASURE: "Measures", ImpactTest.AUDIT: "Audits",
    ImpactTest.VOICE: "Questions to children, families and practitioners",
}  # fmt: skip
