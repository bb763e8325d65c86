"""What the assurance room puts into other rooms' pages: what tests an action or a desired impact, and the programme."""

from collections.abc import Iterable, Sequence
from typing import Any

from throughline.assurance import lists, permissions, queries
from throughline.assurance.addresses import activity_url, add_url, programme_url
from throughline.assurance.models import AssuranceActivity
from throughline.evidence import links
from throughline.inspections.offers import may_add
from throughline.methods.printed import count
from throughline.partners import stories, web
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.plans.models import Action, DesiredImpact, Plan
from throughline.ui import scales
from throughline.ui.scales import Mark, Tone


def _panel(request: Request, rows: Iterable[AssuranceActivity], plan: Plan, *, about: str, add: str) -> Sequence[Panel]:
    on = web.today(request)
    context = {
        "activities": [(each, activity_url(each), lists.result_cell(each, on)) for each in rows], "about": about,
        "programme_url": programme_url(plan),
        "add_url": f"{add_url(plan)}?{add}" if may_add(request, plan.partnership, permissions.ACTIVITY) else "",
    }  # fmt: skip
    return (Panel("assurance/panel.html", context, order=20),)


def of_action(request: Request, act: Action) -> Sequence[Panel]:
    """What tests an action, and what it found."""
    rows = queries.testing_action(act, for_person=request.user)
    return _panel(request, rows, act.plan, about="this action", add=f"action={act.reference}")


def of_impact(request: Request, impact: DesiredImpact) -> Sequence[Panel]:
    """What tests a desired impact, and what it found."""
    rows = queries.testing_impact(impact, for_person=request.user)
    return _panel(request, rows, impact.plan, about="this impact", add=f"impact={impact.reference}")


def of_plan(request: Request, plan: Plan) -> Sequence[Panel]:
    """The programme in a sentence, with the way to it."""
    on = web.today(request)
    rows = queries.activities_of(plan, for_person=request.user)
    planned = rows.order_by().count()
    context = {
        "url": programme_url(plan),
        "sentence": f"{count(planned, 'activity', 'activities')} of scrutiny and audit planned, "
        f"{rows.filter(done_on__isnull=False).order_by().count()} done, "
        f"{rows.filter(queries.overdue(on)).order_by().count()} overdue.",
    }  # fmt: skip
    return (Panel("assurance/plan_panel.html", context, order=40),)


def _title(each: AssuranceActivity) -> str:
    return f"{each.reference} {each.title}"


def register() -> None:
    """Put everything where it is shown, and say how this room's things are told."""
    scales.register(
        "assurance",
        (
            Mark("does_not_support", "Does not support", Tone.BAD, "down", "What was found speaks against it."),
            Mark("partly", "Supports in part", Tone.CARE, "half", "Some of what was found speaks for it."),
            Mark("supports", "Supports", Tone.GOOD, "disc-tick", "What was found speaks for it."),
        ),
    )
    web.offer_panel("action", of_action)
    web.offer_panel("impact", of_impact)
    web.offer_panel("plan", of_plan)
    links.register(
        links.ThingKind(
            "assurance.activity", "Scrutiny and audit", AssuranceActivity, title=_title, url=activity_url,
            related=("plan__partnership",), order=("plan__reference", "number"),
        )
    )  # fmt: skip
    plan = ("plan__partnership",)
    stories.tell(
        "assurance.activity",
        stories.Teller(
            _title, activity_url, related=plan,
            labels={"agency_id": "Carried out by", "group_id": "Carried out by", "tests": "What it tests"},
        ),
    )  # fmt: skip
    for kind, end in (("assurance.tested_action", "action"), ("assurance.tested_impact", "desired_impact")):
        stories.tell(
            kind,
            stories.Teller(_link_title, lambda each: activity_url(each.activity),
                           related=("activity__plan__partnership", end)),
        )  # fmt: skip


def _link_title(link: Any) -> str:
    tested = link.action if hasattr(link, "action_id") else link.desired_impact
    return f"{link.activity.reference} tests {tested.reference}"
