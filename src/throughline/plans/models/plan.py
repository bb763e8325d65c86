"""The plan, its improvement areas, and where findings are placed in them."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding
from throughline.partners.models import Agency, Group, PartnershipRecord
from throughline.plans import permissions


class Plan(PartnershipRecord):
    """One improvement plan of a partnership. `reference` is its place in addresses: improvement-plan."""

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    # Equality impact screening of the plan as a whole: the day, and what it found.
    equality_screened = models.DateField(null=True, blank=True)
    equality_note = models.CharField(max_length=500, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PLAN

    class Meta:
        ordering = ["title"]
        constraints = [models.UniqueConstraint(fields=["partnership", "reference"], name="plan_reference_once")]

    def __str__(self) -> str:
        return self.title


class ImprovementArea(PartnershipRecord):
    """A group of findings and actions that belong together. Numbered in the plan's order.

    `owner_post` is the post that answers for the area as a whole; the agency or group whose post it is stands beside.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="areas")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    owner_post = models.CharField(max_length=200, blank=True)
    owner_agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    owner_group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.AREA

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="area_number_once"),
            models.CheckConstraint(
                condition=Q(owner_agency__isnull=True) | Q(owner_group__isnull=True), name="area_has_one_owner_at_most"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def owner(self) -> Agency | Group | None:
        """The agency or group whose post owns the area; None when nobody was named."""
        return self.owner_agency or self.owner_group


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
