"""Where the pages of decisions are."""

from django.urls import reverse

from throughline.plans.models import Plan
from throughline.scrutiny.models import Decision


def list_url(plan: Plan) -> str:
    """A plan's decisions, sought and answered."""
    return reverse("scrutiny:decisions", args=[plan.partnership.slug, plan.reference])


def seek_url(plan: Plan) -> str:
    """Where a decision is sought."""
    return reverse("scrutiny:seek", args=[plan.partnership.slug, plan.reference])


def decision_url(decision: Decision, name: str = "decision") -> str:
    """A decision's page, or what is done with it: `change`, `answer`, `withdraw`."""
    plan = decision.plan
    return reverse(f"scrutiny:{name}", args=[plan.partnership.slug, plan.reference, decision.reference])
