"""Where the pages of impact are."""

from django.urls import reverse

from throughline.impact.models import LaterTest
from throughline.inspections.models import Finding
from throughline.plans.models import DesiredImpact, Plan


def list_url(plan: Plan) -> str:
    """Every desired impact of a plan as it was judged."""
    return reverse("impact:plan", args=[plan.partnership.slug, plan.reference])


def judge_url(impact: DesiredImpact) -> str:
    """Where a judgement of a desired impact is recorded."""
    return reverse("impact:judge", args=[impact.plan.partnership.slug, impact.plan.reference, impact.reference])


def record_url(finding: Finding) -> str:
    """Where is recorded what a later inspection said about a finding."""
    return reverse("impact:record-later", args=_of(finding))


def later_url(test: LaterTest, name: str = "change-later") -> str:
    """Where what a later inspection said is put right, or taken back (`withdraw-later`)."""
    return reverse(f"impact:{name}", args=[*_of(test.finding), test.pk])


def _of(finding: Finding) -> list[str]:
    inspection = finding.inspection
    return [inspection.partnership.slug, inspection.reference, finding.reference]
