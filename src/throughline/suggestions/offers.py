"""What the suggestions room puts into other pages: the plan's page, the front page, and how its rows are told."""

from collections.abc import Sequence

from django.urls import reverse

from throughline.access import allows_new, scope_of
from throughline.inspections.models import Finding
from throughline.partners import stories, web
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import Panel
from throughline.plans import queries
from throughline.plans.models import FindingArea, Plan
from throughline.suggestions import permissions
from throughline.suggestions.models import BankEntry, SetAside


def draft_url(plan: Plan) -> str:
    """What the findings of a plan suggest."""
    return reverse("suggestions:draft", args=[plan.partnership.slug, plan.reference])


def drafted_finding_url(plan: Plan, finding: Finding) -> str:
    """What one finding suggests."""
    place = [plan.partnership.slug, plan.reference, finding.inspection.reference, finding.reference]
    return reverse("suggestions:finding", args=place)


def bank_url(partnership: Partnership) -> str:
    """A partnership's bank."""
    return reverse("suggestions:bank", args=[partnership.slug])


def entry_url(partnership: Partnership, entry: BankEntry) -> str:
    """Where an entry is put in other words."""
    return reverse("suggestions:entry", args=[partnership.slug, entry.pk])


def _keeps(request: Request, partnership: Partnership) -> bool:
    return allows_new(request.user, "create", permissions.SET_ASIDE, scope_of(partnership), web.today(request))


def _waiting(plan: Plan, request: Request) -> int:
    """How many findings that need an action have no place in the plan and no action in it. One query."""
    placed = FindingArea.objects.visible_to(request.user).filter(area__plan=plan, withdrawn_at__isnull=True)
    answered = queries.answers_in(plan, for_person=request.user).order_by()
    to_answer = queries.findings_to_answer(plan.partnership, for_person=request.user).order_by()
    without = to_answer.exclude(pk__in=placed.values("finding")).exclude(pk__in=answered.values("finding"))
    return without.count()


def _of_plan(request: Request, plan: Plan) -> Sequence[Panel]:
    """The way from a plan to what its findings suggest, for those who keep it."""
    if not _keeps(request, plan.partnership):
        return ()
    return (
        Panel("suggestions/plan_panel.html", {"url": draft_url(plan), "waiting": _waiting(plan, request)}, order=5),
    )


def _front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """The step after an empty plan has begun: see what the findings suggest for it."""
    if not _keeps(request, partnership):
        return ()
    plans = queries.plans_of(partnership, for_person=request.user).select_related("partnership")
    plan = plans.filter(actions__isnull=True, areas__isnull=True).first()
    if plan is None or not _waiting(plan, request):
        return ()
    return (Panel("suggestions/front_panel.html", {"url": draft_url(plan)}, order=6),)


def _aside_title(each: SetAside) -> str:
    return f"A suggestion for {each.finding.reference}"


def register() -> None:
    """Say what this room offers."""
    web.offer_panel("plan", _of_plan)
    web.offer_panel("front", _front)
    stories.tell(
        "suggestions.bank_entry",
        stories.Teller(
            lambda each: f"{each.theme.name}: {each.text[:80]}",
            lambda each: bank_url(each.partnership),
            labels={"theme_id": "Theme", "kind": "What it is", "text": "In words", "number": "Place"},
            related=("theme", "partnership"),
        ),
    )
    stories.tell(
        "suggestions.set_aside",
        stories.Teller(
            _aside_title,
            lambda each: drafted_finding_url(each.plan, each.finding),
            labels={"what": "What was suggested", "fingerprint": "Fingerprint of its words"},
            related=("plan__partnership", "finding__inspection"),
        ),
    )
