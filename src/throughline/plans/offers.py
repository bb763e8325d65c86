"""What the plans room puts into other rooms' pages: menu, front page, a finding's page, and how its things are told."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from throughline.inspections.models import Finding
from throughline.inspections.offers import is_member, may_add
from throughline.inspections.queries import findings_of
from throughline.partners import stories, web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.plans import permissions, placings, queries
from throughline.plans.models import Action, DesiredImpact, ImprovementArea, Plan
from throughline.ui import menus


def plan_url(plan: Plan) -> str:
    """A plan's front page."""
    return reverse("plans:plan", args=[plan.partnership.slug, plan.reference])


def action_url(act: Action) -> str:
    """An action's page."""
    return reverse("plans:action", args=[act.plan.partnership.slug, act.plan.reference, act.reference])


def area_url(area: ImprovementArea) -> str:
    """An improvement area's page."""
    return reverse("plans:area", args=[area.plan.partnership.slug, area.plan.reference, area.number])


def impact_url(impact: DesiredImpact) -> str:
    """A desired impact's page."""
    return reverse("plans:impact", args=[impact.plan.partnership.slug, impact.plan.reference, impact.reference])


def _menu_url(request: Request) -> str | None:
    partnership = web.partnership_of(request)
    if partnership is None or not is_member(request, partnership):
        return None
    return reverse("plans:plans", args=[partnership.slug])


def _front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """Each plan in numbers."""
    on = web.today(request)
    plans = [
        {"plan": each, "url": plan_url(each), "summary": queries.summary_of(each, for_person=request.user, on=on)}
        for each in queries.plans_of(partnership, for_person=request.user).select_related("partnership")
    ]
    return (Panel("plans/front_panel.html", {"plans": plans}, order=5),) if plans else ()


def _first_step(request: Request, partnership: Partnership) -> tuple[str, str, str] | None:
    """After the findings comes the plan that answers them."""
    if not may_add(request, partnership, permissions.PLAN):
        return None
    if queries.plans_of(partnership, for_person=request.user).exists():
        return None
    if not findings_of(partnership, for_person=request.user).exists():
        return None
    return (
        "Findings are marked. Begin the improvement plan that answers them.",
        "Begin the improvement plan",
        reverse("plans:new", args=[partnership.slug]),
    )


def _of_finding(request: Request, finding: Finding) -> Sequence[Panel]:
    """The actions that answer a finding, and the way to add one."""
    partnership = web.partnership_of(request)
    if partnership is None:
        return ()
    context: dict[str, Any] = {
        "finding": finding, "needs_action": finding.finding_kind.needs_action,
        "actions": [
            {"action": each, "url": action_url(each)}
            for each in queries.actions_answering(finding, for_person=request.user)
        ],
    }  # fmt: skip
    areas, impacts = placings.of_finding(finding, for_person=request.user)
    context["areas"] = [(each.area, plan_url(each.area.plan)) for each in areas]
    context["impacts"] = [(each.desired_impact, impact_url(each.desired_impact)) for each in impacts]
    if finding.withdrawn_at is None and may_add(request, partnership, permissions.ACTION):
        plans = queries.plans_of(partnership, for_person=request.user).select_related("partnership")
        which = f"?finding={finding.inspection.reference}/{finding.reference}"
        context["add"] = [
            (each.title, f"{reverse('plans:add-action', args=[partnership.slug, each.reference])}{which}")
            for each in plans
        ]
        context["new_plan"] = reverse("plans:new", args=[partnership.slug])
    return (Panel("plans/finding_panel.html", context, order=5),)


def register() -> None:
    """Say what this room offers."""
    from throughline.plans import due, evidenced, tellers, work

    menus.register(menus.MenuItem("plans", "Plan", _menu_url, order=30))
    web.offer_panel("front", _front)
    web.offer_panel("finding", _of_finding)
    web.offer_first_step(_first_step)
    web.offer_work(work.my_work)
    stories.tell(
        "plans.plan",
        stories.Teller(
            lambda each: each.title,
            plan_url,
            labels={"equality_screened": "Screened for equality on", "equality_note": "What the screening found"},
        ),
    )
    stories.tell(
        "plans.improvement_area",
        stories.Teller(
            lambda each: f"Improvement area {each.number}: {each.title}",
            area_url,
            labels={"owner_post": "Post that owns it", "owner_agency_id": "Agency", "owner_group_id": "Group"},
            related=("plan__partnership",),
        ),
    )
    stories.tell(
        "plans.action",
        stories.Teller(
            lambda each: f"{each.reference} {each.title}",
            action_url,
            labels={
                "title": "What will be done", "detail": "How", "lead_agency_id": "Lead agency",
                "lead_group_id": "Lead group", "owner_post": "Owner’s post", "area_id": "Improvement area",
                "original_due": "First due date", "due": "Due date", "plan_id": "Plan",
                "own_number": "Its own number", "resources_note": "What it takes", "funding_decided": "Funding decided",
                "equality": "Equality screening",
                "equality_note": "What the screening found", "equality_screened": "Screened on",
                "superseded_by_id": "Takes its place",
            },
        ),
    )  # fmt: skip
    stories.tell(
        "plans.desired_impact",
        stories.Teller(
            lambda each: f"{each.reference} {each.would_see}",
            impact_url,
            labels={"for_whom": "For whom", "would_see": "What would be seen"},
        ),
    )
    stories.tell(
        "plans.finding_area",
        stories.Teller(
            lambda each: f"{each.finding.reference} in improvement area {each.area.number}",
            lambda each: plan_url(each.area.plan),
            related=("finding", "area__plan__partnership"),
        ),
    )
    stories.tell(
        "plans.impact_finding",
        stories.Teller(
            lambda each: f"{each.desired_impact.reference} turns {each.finding.reference}",
            lambda each: impact_url(each.desired_impact),
            related=("finding", "desired_impact__plan__partnership"),
        ),
    )
    stories.tell(
        "plans.impact_test",
        stories.Teller(
            lambda each: f"{each.desired_impact.reference}: {each.text[:80]}",
            lambda each: impact_url(each.desired_impact),
            labels={"kind": "What it is", "text": "In words"},
            related=("desired_impact__plan__partnership",),
        ),
    )
    stories.tell("plans.action_finding", stories.Teller(_link_title, lambda each: action_url(each.action)))
    stories.tell("plans.action_impact", stories.Teller(_link_title, lambda each: action_url(each.action)))
    tellers.register()
    due.register()
    evidenced.register()


def _link_title(link: Any) -> str:
    if hasattr(link, "finding_id"):
        return f"{link.action.reference} answers {link.finding.reference}"
    return f"{link.action.reference} serves {link.desired_impact.reference}"
