"""What is judged about desired impacts, and what a later inspection said."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.impact import permissions
from throughline.impact.scale import SCALE, Impact
from throughline.inspections.models import Finding, Inspection
from throughline.partners.models import PartnershipRecord, Person
from throughline.plans.models import DesiredImpact


class Judgement(PartnershipRecord):
    """The Executive Group's judgement of a desired impact, or the scrutineer's view beside it, on a day.

    `reason` is printed with it. A later one stands beside the earlier ones; the newest of each counts.
    """

    WHOSE: ClassVar = {
        permissions.EXECUTIVE: "Executive Group",
        permissions.SCRUTINEER: "Independent scrutineer",
    }

    desired_impact = models.ForeignKey(DesiredImpact, on_delete=models.PROTECT, related_name="judgements")
    number = models.PositiveSmallIntegerField()
    whose = models.CharField(max_length=12, choices=list(WHOSE.items()))
    state = models.CharField(max_length=20, choices=[(each.value, SCALE[each].printed) for each in Impact])
    reason = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.JUDGEMENT

    class Meta:
        ordering = ["desired_impact__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["desired_impact", "number"], name="judgement_number_once"),
            models.CheckConstraint(condition=Q(whose__in=permissions.WHOSE), name="judgement_whose_known"),
            models.CheckConstraint(condition=Q(state__in=sorted(Impact)), name="judgement_state_known"),
        ]


class LaterTest(PartnershipRecord):
    """What a later inspection said about an earlier finding: whether it came back, or is shown to be better.

    `finding` is the earlier one, `inspection` the later. `says` gives the inspectors' point in our words, `page` where.
    """

    __test__ = False

    BETTER, PARTLY, CAME_BACK = "better", "partly", "came_back"
    SAID: ClassVar = {BETTER: "Shown to be better", PARTLY: "Better in part", CAME_BACK: "Came back as a finding"}

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="later_tests")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="tests_of_earlier")
    said = models.CharField(max_length=10, choices=list(SAID.items()))
    says = models.TextField()
    page = models.PositiveIntegerField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.LATER_TEST

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "inspection"],
                condition=Q(withdrawn_at__isnull=True),
                name="tested_once_an_inspection",
            ),
            models.CheckConstraint(condition=Q(said__in=["better", "partly", "came_back"]), name="later_test_known"),
        ]
