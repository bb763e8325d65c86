"""Decisions that are sought from the Executive Group, and what it answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.partners.models import Agency, Group, PartnershipRecord
from throughline.plans.models import Action, Plan
from throughline.returns.models import ReportingPeriod
from throughline.scrutiny import permissions


class Decision(PartnershipRecord):
    """One decision, sought and then answered. `reference` is DEC-04, unique in the plan.

    The body is who seeks it, none when the business unit does. `answer` is as the minutes have it, `answered_on` the
    day of the meeting; both stand with an outcome, or none does.
    """

    SOUGHT, AGREED, NOT_AGREED, DEFERRED = "sought", "agreed", "not_agreed", "deferred"
    OUTCOMES: ClassVar = {SOUGHT: "Sought", AGREED: "Agreed", NOT_AGREED: "Not agreed", DEFERRED: "Put off"}

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    period = models.ForeignKey(
        ReportingPeriod, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    why = models.TextField(blank=True)
    sought_on = models.DateField()
    outcome = models.CharField(max_length=12, choices=list(OUTCOMES.items()), default=SOUGHT)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.DECISION

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="decision_number_once"),
            models.CheckConstraint(
                condition=Q(agency__isnull=True) | Q(group__isnull=True), name="decision_sought_by_one_body_at_most"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["sought", "agreed", "not_agreed", "deferred"]), name="decision_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome="sought", answered_on__isnull=True)
                | (~Q(outcome="sought") & Q(answered_on__isnull=False)),
                name="answered_decision_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.text}"
