"""The programme of scrutiny and audit: what is tested, by whom, when, and what it found."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.assurance import permissions
from throughline.assurance.outcomes import KINDS, RESULTS, ActivityKind, Result
from throughline.partners.models import Agency, Group, PartnershipRecord
from throughline.plans.models import Action, DesiredImpact, Plan


class AssuranceActivity(PartnershipRecord):
    """One planned test. `reference` is ASR-03, unique in the plan. `tests` says in a sentence what it tests.

    The body carries it out and reports its outcome in a return. `done_on`, `result` and `found` are what was accepted;
    all three stand together or none does. `due` is the day by which it will be done.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="activities")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=[(each.value, KINDS[each]) for each in ActivityKind])
    tests = models.TextField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    due = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(
        max_length=20, blank=True, choices=[(each.value, RESULTS[each].printed) for each in Result]
    )
    found = models.TextField(blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.ACTIVITY

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="activity_number_once"),
            models.CheckConstraint(
                condition=Q(agency__isnull=False, group__isnull=True) | Q(agency__isnull=True, group__isnull=False),
                name="activity_of_one_body",
            ),
            models.CheckConstraint(condition=Q(kind__in=sorted(ActivityKind)), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(result__in=["", *sorted(Result)]), name="activity_result_known"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, result="") | (Q(done_on__isnull=False) & ~Q(result="")),
                name="done_activity_has_a_result",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def body(self) -> Agency | Group:
        """The agency or group that carries it out."""
        return self.agency or self.group  # type: ignore[return-value]


class TestedAction(PartnershipRecord):
    """An assurance activity tests whether an action did what it should."""

    __test__ = False  # the name is the field's, not a test's

    activity = models.ForeignKey(AssuranceActivity, on_delete=models.PROTECT, related_name="action_links")
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="activity_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.TESTED_ACTION

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "action"], condition=Q(withdrawn_at__isnull=True), name="activity_tests_action_once"
            )
        ]


class TestedImpact(PartnershipRecord):
    """An assurance activity tests whether a desired impact came about."""

    __test__ = False

    activity = models.ForeignKey(AssuranceActivity, on_delete=models.PROTECT, related_name="impact_links")
    desired_impact = models.ForeignKey(DesiredImpact, on_delete=models.PROTECT, related_name="activity_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.TESTED_IMPACT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "desired_impact"],
                condition=Q(withdrawn_at__isnull=True),
                name="activity_tests_impact_once",
            )
        ]
