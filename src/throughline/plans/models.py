"""The improvement plan: areas, actions, what they answer and what children would see."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.partners.models import Agency, Group, PartnershipRecord
from throughline.plans import permissions
from throughline.plans.delivery import PRINTED, Delivery


class Plan(PartnershipRecord):
    """One improvement plan of a partnership. `reference` is its place in addresses: improvement-plan."""

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PLAN

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["partnership", "reference"], name="plan_reference_once")]

    def __str__(self) -> str:
        return self.title


class ImprovementArea(PartnershipRecord):
    """A group of findings and actions that belong together. Numbered in the plan's order."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.AREA

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="area_number_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Action(PartnershipRecord):
    """What a body will do by a day. `reference` (ACT-012) is unique in the plan and never reused.

    `original_due` never changes; `due` may, with a reason. `owner_post` is the post that answers for it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="actions")
    area = models.ForeignKey(ImprovementArea, on_delete=models.PROTECT, related_name="actions")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    lead_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lead_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_post = models.CharField(max_length=200, blank=True)
    original_due = models.DateField()
    due = models.DateField()
    delivery = models.CharField(
        max_length=20, choices=[(each.value, PRINTED[each]) for each in Delivery], default=Delivery.NOT_STARTED.value
    )

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.ACTION

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "reference"], name="action_reference_once"),
            models.UniqueConstraint(fields=["plan", "number"], name="action_number_once"),
            models.CheckConstraint(
                condition=Q(lead_agency__isnull=False, lead_group__isnull=True)
                | Q(lead_agency__isnull=True, lead_group__isnull=False),
                name="action_has_one_lead",
            ),
            models.CheckConstraint(condition=Q(delivery__in=sorted(Delivery)), name="action_delivery_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def lead(self) -> Agency | Group:
        """The agency or group that leads."""
        return self.lead_agency or self.lead_group  # type: ignore[return-value]


class ActionFinding(PartnershipRecord):
    """An action answers a finding."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="action_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.ACTION_FINDING

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "finding"], condition=Q(withdrawn_at__isnull=True), name="action_answers_finding_once"
            )
        ]


class DesiredImpact(PartnershipRecord):
    """What would be different for children, and what one would see if it were so. `reference` is IMP-03."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="desired_impacts")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    for_whom = models.CharField(max_length=200)
    would_see = models.TextField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.IMPACT

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "reference"], name="impact_reference_once")]

    def __str__(self) -> str:
        return f"{self.reference} {self.would_see}"


class ActionImpact(PartnershipRecord):
    """An action serves a desired impact."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="impact_links")
    desired_impact = models.ForeignKey(DesiredImpact, on_delete=models.PROTECT, related_name="action_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.ACTION_IMPACT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "desired_impact"],
                condition=Q(withdrawn_at__isnull=True),
                name="action_serves_impact_once",
            )
        ]


class FindingArea(PartnershipRecord):
    """A finding is placed in an improvement area of a plan. It may be placed in several."""

    area = models.ForeignKey(ImprovementArea, on_delete=models.PROTECT, related_name="finding_links")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="area_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FINDING_AREA

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "finding"], condition=Q(withdrawn_at__isnull=True), name="finding_in_area_once"
            )
        ]


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
