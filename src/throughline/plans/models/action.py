"""Actions: what a body will do by a day, who contributes, by which steps, and what each answers and serves."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.partners.models import Agency, Group, PartnershipRecord
from throughline.plans import permissions
from throughline.plans.delivery import PRINTED, Delivery
from throughline.plans.models.impact import DesiredImpact
from throughline.plans.models.plan import ImprovementArea, Plan


class Action(PartnershipRecord):
    """What a body will do by a day. `reference` (ACT-012) is unique in the plan and never reused.

    `original_due` never changes; `due` may, with a reason. `owner_post` is the post that answers for it. `own_number`
    is the number that it had in the plan it was brought in from (1.1). What it costs and whether equality was screened
    stand beside it, because members ask.
    """

    NOT_SAID, WITHIN, ADDITIONAL = "", "within_existing", "additional"
    RESOURCES: ClassVar = {NOT_SAID: "Not said", WITHIN: "Within existing resource", ADDITIONAL: "Additional resource"}
    SCREENING: ClassVar = {
        "": "Not screened yet",
        "no_effect": "Screened: no adverse effect",
        "mitigated": "Screened: an effect, and what will be done about it",
        "full": "Screened: a full assessment is needed",
    }

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
    own_number = models.CharField(max_length=20, blank=True)
    resources = models.CharField(max_length=20, blank=True, choices=list(RESOURCES.items()))
    resources_note = models.CharField(max_length=500, blank=True)
    funder = models.CharField(max_length=200, blank=True)
    funding_decided = models.DateField(null=True, blank=True)
    equality = models.CharField(max_length=20, blank=True, choices=list(SCREENING.items()))
    equality_note = models.CharField(max_length=500, blank=True)
    equality_screened = models.DateField(null=True, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaces")

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
            models.CheckConstraint(
                condition=Q(resources__in=["", "within_existing", "additional"]), name="action_resources_known"
            ),
            models.CheckConstraint(
                condition=Q(equality__in=["", "no_effect", "mitigated", "full"]), name="action_equality_known"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "number"], name="action_in_order"),
            models.Index(fields=["plan", "due"], name="action_by_due"),
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
