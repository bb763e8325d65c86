"""Where the pages of the programme are."""

from django.urls import reverse

from throughline.assurance.models import AssuranceActivity
from throughline.plans.models import Plan


def programme_url(plan: Plan) -> str:
    """The list of a plan's activities."""
    return reverse("assurance:activities", args=[plan.partnership.slug, plan.reference])


def add_url(plan: Plan) -> str:
    """Where an activity is planned."""
    return reverse("assurance:add", args=[plan.partnership.slug, plan.reference])


def activity_url(activity: AssuranceActivity, name: str = "activity") -> str:
    """An activity's page, or what is done with it: `change`, `result`, `withdraw`."""
    plan = activity.plan
    return reverse(f"assurance:{name}", args=[plan.partnership.slug, plan.reference, activity.reference])
