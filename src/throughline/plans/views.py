"""Pages of a plan as a whole: the list of plans, a plan's front page, and its improvement areas."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from throughline.access import allows, check_new, scope_of
from throughline.inspections.offers import finding_url, may_add
from throughline.inspections.queries import findings_of, inspections_of
from throughline.inspections.rules import reference_from
from throughline.inspections.views import say_audience
from throughline.methods.printed import short_day
from throughline.partners import web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import answer_once, bound, member_view
from throughline.plans import actions, forms, judged, permissions, placings, queries
from throughline.plans.delivery import ENDED, Delivery, Shown, shown_delivery
from throughline.plans.models import Action, FindingArea, ImprovementArea, Plan
from throughline.plans.offers import action_url, area_url, plan_url
from throughline.ui.lists import ListColumn, ListPage
from throughline.ui.parts import Cell
from throughline.ui.scales import Mark, mark_of

PLANS = ListPage(
    title="Improvement plans",
    name="plans",
    columns=(
        ListColumn("Plan", lambda each: Cell(each.title, url=plan_url(each)), sort="title"),
        ListColumn("Actions", lambda each: each.actions_planned, sort="actions_planned", numeric=True),
    ),
    empty="No improvement plan has begun. It answers the findings with actions, each with a lead and a day.",
)


@dataclass(frozen=True)
class ActionLine:
    """An action as tables show it on a day."""

    action: Action
    url: str
    shown: Shown

    @property
    def delivery(self) -> Mark:
        """Where it stands."""
        return mark_of("delivery", self.shown.state.value)

    @property
    def due_mark(self) -> Mark | None:
        """Overdue comes before re-dated; None for neither."""
        if self.shown.overdue:
            return mark_of("due", "overdue")
        return mark_of("due", "re_dated") if self.shown.redated else None

    @property
    def due_words(self) -> str:
        """The due date's small print."""
        return f"first {short_day(self.action.original_due)}" if self.shown.redated else ""

    @property
    def impact(self) -> Mark:
        """The least favourable judgement of what it serves, or that nobody has said what should change."""
        return mark_of("impact", judged.shown([link.judged for link in self.action.serves]))  # type: ignore[attr-defined]

    @property
    def findings(self) -> list[tuple[str, str]]:
        """The findings that it answers: reference and address."""
        return [
            (link.finding.reference, reverse(
                "inspections:finding",
                args=[self.action.plan.partnership.slug, link.finding.inspection.reference, link.finding.reference],
            ))
            for link in self.action.answers  # type: ignore[attr-defined]
        ]  # fmt: skip


def line_of(act: Action, on: date) -> ActionLine:
    """An action as it is shown on a day."""
    return ActionLine(act, action_url(act), shown_delivery(Delivery(act.delivery), act.due, act.original_due, on))


@member_view
def plans(request: Request, partnership: Partnership) -> HttpResponseBase:
    """The plans of a partnership; where there is one, its front page."""
    say_audience(request, partnership)
    rows = queries.plans_of(partnership, for_person=request.user).select_related("partnership")
    found = list(rows[:2])
    if len(found) == 1 and not request.GET:
        return HttpResponseRedirect(plan_url(found[0]))
    context = {
        "partnership": partnership, "may_add": may_add(request, partnership, permissions.PLAN),
        "has_inspection": bool(found) or inspections_of(partnership, for_person=request.user).exists(),
        "has_findings": bool(found) or findings_of(partnership, for_person=request.user).exists(),
    }  # fmt: skip
    return PLANS.respond(request, queries.counted(rows), template="plans/plans.html", context=context)


@member_view
def new_plan(request: Request, partnership: Partnership) -> HttpResponse:
    """Begin an improvement plan."""
    check_new(request.user, "create", permissions.PLAN, scope_of(partnership))
    say_audience(request, partnership)
    form = bound(request, forms.NewPlan)

    def begin() -> str:
        title = form.cleaned_data["title"]
        plans = Plan.objects.visible_to(request.user).filter(partnership=partnership)
        taken = set(plans.values_list("reference", flat=True))
        made = actions.create_plan(
            by=request.user, partnership=partnership, reference=reference_from(title, taken), title=title,
            now=request.now,
        )  # fmt: skip
        messages.success(request, "The plan has begun. Add its first action.")
        return plan_url(made)

    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, begin)
        except actions.CannotDo as error:
            form.add_error("title", str(error))
    context = {
        "partnership": partnership, "form": form, "title": "Begin an improvement plan", "button": "Begin the plan",
        "back": reverse("plans:plans", args=[partnership.slug]), "back_words": "Plans",
    }  # fmt: skip
    return render(request, "plans/form.html", context, status=400 if form.errors else 200)


@member_view
def plan(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """A plan's front page: its numbers, and its areas with their actions."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    say_audience(request, partnership)
    on = web.today(request)
    lines = [line_of(each, on) for each in queries.actions_of(found, for_person=request.user)]
    placed = list(placings.placed_in(found, for_person=request.user))
    answered = _answered_by(lines)
    areas = [
        {
            "area": area, "lines": [each for each in lines if each.action.area_id == area.pk],
            "placed": placed_lines([each for each in placed if each.area_id == area.pk], answered),
            "url": _area_url(found, area),
        }
        for area in queries.areas_of(found, for_person=request.user).select_related("owner_agency", "owner_group")
    ]  # fmt: skip
    unanswered = [
        (each, finding_url(each))
        for each in queries.findings_to_answer(partnership, for_person=request.user).filter(answered=False)[:5]
    ]
    return render(
        request,
        "plans/plan.html",
        {
            "partnership": partnership, "plan": found, "areas": areas, "unanswered": unanswered,
            "summary": queries.summary_of(found, for_person=request.user, on=on),
            "actions_url": reverse("plans:actions", args=[partnership.slug, found.reference]),
            "may_change": may_add(request, partnership, permissions.ACTION),
            "screen_url": reverse("plans:screen-plan", args=[partnership.slug, found.reference]),
            "panels": web.panels("plan", request, found),
        },
    )  # fmt: skip


def _area_url(plan: Plan, area: ImprovementArea) -> str:
    area.plan = plan
    return area_url(area)


def _answered_by(lines: list[ActionLine]) -> dict[UUID, list[tuple[str, str]]]:
    """References and addresses of the plan's standing actions, by the finding that they answer."""
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for each in lines:
        if Delivery(each.action.delivery) not in ENDED:
            for link in each.action.answers:  # type: ignore[attr-defined]
                found[link.finding_id].append((each.action.reference, each.url))
    return found


def placed_lines(placed: Iterable[FindingArea], answered: Mapping[UUID, list[tuple[str, str]]]) -> list[dict[str, Any]]:
    """Findings in their area, as pages show them: each with what answers it and where it is moved."""
    return [
        {
            "finding": each.finding, "url": finding_url(each.finding),
            "needs_action": each.finding.finding_kind.needs_action, "answered_by": answered.get(each.finding_id, ()),
            "move_url": reverse("plans:placed", args=[slug, plan.reference, each.pk]),
            "add_url": f"{reverse('plans:add-action', args=[slug, plan.reference])}"
            f"?finding={each.finding.inspection.reference}/{each.finding.reference}",
        }
        for each in placed
        for plan in (each.area.plan,)
        for slug in (plan.partnership.slug,)
    ]  # fmt: skip


def _area_form(request: Request, plan: Plan, form: forms.AreaTitle, *, title: str, button: str) -> HttpResponse:
    context = {
        "partnership": plan.partnership, "form": form, "title": title, "button": button, "back": plan_url(plan),
        "back_words": plan.title,
    }  # fmt: skip
    return render(request, "plans/form.html", context, status=400 if form.errors else 200)


@member_view
def add_area(request: Request, partnership: Partnership, plan: str) -> HttpResponse:
    """Add an improvement area."""
    found = queries.plan_of(partnership, plan, for_person=request.user)
    check_new(request.user, "create", permissions.AREA, scope_of(partnership))
    say_audience(request, partnership)
    form = bound(request, forms.AreaTitle)

    def add() -> str:
        made = actions.create_area(by=request.user, plan=found, title=form.cleaned_data["title"], now=request.now)
        messages.success(request, f"Improvement area {made.number} is added.")
        return plan_url(found)

    if request.method == "POST" and form.is_valid():
        return answer_once(request, add)
    return _area_form(request, found, form, title="Add an improvement area", button="Add this area")


def may_change(request: Request, act: Action) -> bool:
    """Whether to offer this person to change an action."""
    return allows(request.user, "change", act)
