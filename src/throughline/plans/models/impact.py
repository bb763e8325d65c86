"""Desired impacts: what would be different for children, what would show it, and which findings they turn."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.partners.models import PartnershipRecord
from throughline.plans import permissions
from throughline.plans.models.plan import Plan
from throughline.plans.sufficiency import SUFFICIENT, Sufficiency


class DesiredImpact(PartnershipRecord):
    """What would be different for children, and what one would see if it were so. `reference` is IMP-03.

    `sufficiency` says, before anything is measured, what evidence will be enough.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="desired_impacts")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    for_whom = models.CharField(max_length=200)
    would_see = models.TextField()
    sufficiency = models.CharField(
        max_length=20, choices=[(each.value, SUFFICIENT[each]) for each in Sufficiency], default=Sufficiency.TWO_KINDS
    )

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.IMPACT

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "reference"], name="impact_reference_once"),
            models.CheckConstraint(condition=Q(sufficiency__in=sorted(Sufficiency)), name="impact_sufficiency_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.would_see}"


class ImpactFinding(PartnershipRecord):
    """A desired impact is what a finding's consequence for children would be, turned to the good."""

    desired_impact = models.ForeignKey(DesiredImpact, on_delete=models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="impact_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.IMPACT_FINDING

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desired_impact", "finding"],
                condition=Q(withdrawn_at__isnull=True),
                name="impact_turns_finding_once",
            )
        ]


class ImpactTest(PartnershipRecord):
    """What would show a desired impact: a measure, an audit, or a question to children and families."""

    MEASURE, AUDIT, VOICE = "measure", "audit", "voice"
    PRINTED: ClassVar = {MEASURE: "Measure", AUDIT: "Audit", VOICE: "Question to children and families"}

    desired_impact = models.ForeignKey(DesiredImpact, on_delete=models.PROTECT, related_name="tests")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=list(PRINTED.items()))
    text = models.CharField(max_length=500)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.IMPACT_TEST

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["desired_impact", "number"], name="impact_test_number_once"),
            models.CheckConstraint(condition=Q(kind__in=["measure", "audit", "voice"]), name="impact_test_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.PRINTED[self.kind]}: {self.text}"
