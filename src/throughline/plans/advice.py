"""Advice on the wording of a plan: beside each thing for those who keep it, and for the whole plan on one page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows
from throughline.inspections.views import say_audience
from throughline.methods import prompts
from throughline.methods.prompts import Prompt
from throughline.partners import web
from throughline.partners.models import Partnership, Person
from throughline.partners.requests import Request
from throughline.partners.web import Panel, member_view
from throughline.plans import queries
from throughline.plans.delivery import ENDED
from throughline.plans.models import Action, DesiredImpact, ImpactTest, ImprovementArea, Plan
from throughline.plans.offers import action_url, area_url, impact_url, plan_url


@dataclass(frozen=True)
class Advised:
    """One thing of a plan that there is advice on. `kind` is action, impact or area."""

    kind: str
    reference: str
    title: str
    url: str
    prompts: tuple[Prompt, ...]


def of_action(act: Action) -> tuple[Prompt, ...]:
    """Advice on an action; none on one that was ended."""
    if act.delivery in ENDED:
        return ()
    return prompts.about_action(title=act.title, detail=act.detail, owner_post=act.owner_post)


def of_impact(impact: DesiredImpact, tests: Sequence[ImpactTest]) -> tuple[Prompt, ...]:
    """Advice on a desired impact and on the measures that would show it."""
    measures = [each.text for each in tests if each.kind == ImpactTest.MEASURE]
    return prompts.about_impact(for_whom=impact.for_whom, would_see=impact.would_see, measures=measures)


def of_area(area: ImprovementArea) -> tuple[Prompt, ...]:
    """Advice on an improvement area."""
    return prompts.about_area(owner_post=area.owner_post)


def of_plan(plan: Plan, *, for_person: Person) -> list[Advised]:
    """Advice on everything of a plan, areas first, then actions and desired impacts in order. A constant number of
    queries."""
    return [each for each in _everything(plan, for_person) if each.prompts]


def _everything(plan: Plan, by: Person) -> Iterator[Advised]:
    for area in queries.areas_of(plan, for_person=by):
        area.plan = plan
        yield Advised("area", str(area.number), area.title, area_url(area), of_area(area))
    for act in queries.actions_of(plan, for_person=by):
        yield Advised("action", act.reference, act.title, action_url(act), of_action(act))
    standing = Prefetch("tests", queryset=ImpactTest.objects.filter(withdrawn_at__isnull=True), to_attr="standing")
    for impact in queries.impacts_of(plan, for_person=by).prefetch_related(standing):
        yield Advised(
            "impact", impact.reference, impact.would_see, impact_url(impact), of_impact(impact, impact.standing)
        )


# -- beside each thing -----------------------------------------------------------------------------------------------


def _panel(request: Request, thing: Action | DesiredImpact | ImprovementArea) -> Sequence[Panel]:
    if not allows(request.user, "change", thing):
        return ()
    if isinstance(thing, Action):
        found = of_action(thing)
    elif isinstance(thing, DesiredImpact):
        found = of_impact(thing, list(ImpactTest.objects.filter(desired_impact=thing, withdrawn_at__isnull=True)))
    else:
        found = of_area(thing)
    return (Panel("plans/advice_panel.html", {"prompts": found}, order=1),) if found else ()


def register() -> None:
    """Put the advice onto the pages of actions, desired impacts and improvement areas."""
    for place in ("action", "impact", "area"):
        web.offer_panel(place, _panel)


# -- the whole plan --------------------------------------------------------------------------------------------------

_HEADINGS = (("area", "Improvement areas"), ("action", "Actions"), ("impact", "Desired impacts"))


@member_view
def advice(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Every piece of advice on a plan's wording."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    advised = of_plan(found, for_person=request.user)
    context = {
        "partnership": partnership, "plan": found, "plan_url": plan_url(found),
        "total": sum(len(each.prompts) for each in advised), "things": len(advised),
        "groups": [(heading, [each for each in advised if each.kind == kind]) for kind, heading in _HEADINGS],
    }  # fmt: skip
    return render(request, "plans/advice.html", context)


def advice_url(plan: Plan) -> str:
    """The page of a plan's advice."""
    return reverse("plans:advice", args=[plan.partnership.slug, plan.reference])
