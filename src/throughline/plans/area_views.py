"""Pages of an improvement area: what it holds and who owns it; and the equality impact screening of a whole plan."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check
from throughline.inspections.views import say_audience
from throughline.partners import web
from throughline.partners.models import Agency, Group, Partnership
from throughline.partners.requests import Request
from throughline.partners.web import bound, member_view
from throughline.plans import actions, areas, editing, forms, placings, queries, resources, step_forms
from throughline.plans.delivery import ENDED
from throughline.plans.models import ImprovementArea, Plan
from throughline.plans.offers import action_url, area_url, plan_url
from throughline.plans.views import ActionLine, line_of, placed_lines


def _area(request: Request, partnership: Partnership, plan: str, number: int, *, verb: str = "") -> ImprovementArea:
    within = queries.plan_of(partnership, plan, for_person=request.user)
    found = queries.area_of(within, number, for_person=request.user)
    if verb:
        check(request.user, verb, found)
    say_audience(request, partnership)
    found.plan = within
    return found


@member_view
def area(request: Request, partnership: Partnership, plan: str, area: int) -> HttpResponse:
    """One improvement area: who owns it, the findings placed in it, and its actions."""
    found = _area(request, partnership, plan, area)
    on = web.today(request)
    rows = queries.actions_of(found.plan, for_person=request.user)
    lines = [line_of(each, on) for each in rows.filter(area=found)]
    placed = list(placings.placed_in(found.plan, for_person=request.user).filter(area=found))
    answers = queries.answers_in(found.plan, for_person=request.user).filter(finding__in=[p.finding for p in placed])
    by_finding: dict[Any, list[tuple[str, str]]] = {}
    for link in answers:
        link.action.plan = found.plan
        by_finding.setdefault(link.finding_id, []).append((link.action.reference, action_url(link.action)))
    standing = [each for each in lines if each.shown.state not in ENDED]
    place = [partnership.slug, found.plan.reference]
    others = list(queries.areas_of(found.plan, for_person=request.user).values_list("number", "title"))
    context = {
        "partnership": partnership, "plan": found.plan, "plan_url": plan_url(found.plan), "area": found,
        "lines": lines, "standing": standing, "answered": _answered(standing, {each.finding_id for each in placed}),
        "overdue": sum(each.shown.overdue for each in lines), "placed": placed_lines(placed, by_finding),
        "may_change": allows(request.user, "change", found), "owner": found.owner,
        "rename_url": reverse("plans:rename-area", args=[*place, found.number]),
        "owner_url": reverse("plans:area-owner", args=[*place, found.number]),
        "add_url": f"{reverse('plans:add-action', args=place)}?area={found.pk}",
        "others": [(f"{number} {title}", reverse("plans:area", args=[*place, number]))
                   for number, title in others if number != found.number],
        "panels": web.panels("area", request, found),
    }  # fmt: skip
    return render(request, "plans/area.html", context)


def _answered(lines: list[ActionLine], placed: set[Any]) -> list[tuple[Any, str, list[str]]]:
    """The findings that an area's actions answer and that are not placed in it, each with those actions."""
    found: dict[Any, tuple[Any, str, list[str]]] = {}
    for each in lines:
        for link, (_, url) in zip(each.action.answers, each.findings, strict=True):  # type: ignore[attr-defined]
            if link.finding_id not in placed:
                found.setdefault(link.finding_id, (link.finding, url, []))[2].append(each.action.reference)
    return sorted(found.values(), key=lambda one: (str(one[0].inspection_id), one[0].place))


@member_view
def rename_area(request: Request, partnership: Partnership, plan: str, area: int) -> HttpResponse:
    """Give an improvement area another title."""
    found = _area(request, partnership, plan, area, verb="change")
    form = bound(request, forms.RenameArea, initial={"title": found.title, "version": found.version})

    def save() -> str:
        actions.rename_area(
            by=request.user, area=found, expected_version=form.cleaned_data["version"],
            title=form.cleaned_data["title"], now=request.now,
        )  # fmt: skip
        messages.success(request, f"Improvement area {found.number} is renamed.")
        return area_url(found)

    return editing.form_page(
        request, found.plan, form, save, title=f"Rename improvement area {found.number}", button="Save",
        about=f"improvement area {found.number}", back=area_url(found), back_words=f"Area {found.number}",
    )  # fmt: skip


@member_view
def owner(request: Request, partnership: Partnership, plan: str, area: int) -> HttpResponse:
    """Name the post that owns an improvement area."""
    found = _area(request, partnership, plan, area, verb="change")
    bodies = editing.bodies(request, partnership)
    if found.owner is not None and found.owner not in bodies:  # one that has left since is shown until another is named
        bodies.append(found.owner)
    form = bound(request, step_forms.Owner, bodies=bodies, initial=step_forms.Owner.begins(found))

    def save() -> str:
        body = form.chosen
        named = areas.set_owner(
            by=request.user, area=found, expected_version=form.cleaned_data["version"],
            post=form.cleaned_data["owner_post"], agency=body if isinstance(body, Agency) else None,
            group=body if isinstance(body, Group) else None, now=request.now,
        )  # fmt: skip
        said = f"is owned by the {named.owner_post}, {named.owner}" if named.owner else "has no owner now"
        messages.success(request, f"Improvement area {found.number} {said}.")
        return area_url(found)

    return editing.form_page(
        request, found.plan, form, save, title="Who owns this area?", button="Save", field="owner",
        about=f"the owner of area {found.number}", caption=str(found), back=area_url(found),
        back_words=f"Area {found.number}",
    )  # fmt: skip


@member_view
def screen_plan(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Record the equality impact screening of the plan as a whole."""
    found: Plan = queries.plan_of(partnership, plan, for_person=request.user)
    check(request.user, "change", found)
    say_audience(request, partnership)
    begins = {name: getattr(found, name) for name in ("equality_screened", "equality_note", "version")}
    form = bound(request, step_forms.PlanScreening, initial=begins)

    def save() -> str:
        data = form.cleaned_data
        resources.screen_plan(
            by=request.user, plan=found, expected_version=data["version"], screened=data["equality_screened"],
            note=data["equality_note"], now=request.now,
        )  # fmt: skip
        messages.success(request, "The screening of the plan is saved.")
        return plan_url(found)

    return editing.form_page(
        request, found, form, save, title="Equality impact screening of the plan", button="Save",
        field="equality_screened", about="the screening of the plan",
    )  # fmt: skip
