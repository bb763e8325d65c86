"""Findings in the register: the inspectors' words, their parts, who is named in them and what they are about."""

from django.db import models
from django.db.models import F, Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.frameworks import FINDING_KINDS, FindingKind
from throughline.inspections.models.inspection import Inspection
from throughline.inspections.models.letter import Letter
from throughline.inspections.models.theme import Theme
from throughline.partners.models import Agency, PartnershipRecord


class Finding(PartnershipRecord):
    """One finding. `text` is the inspectors' own words, parts included, and is kept apart from `title`, which is ours.

    `reference` (APA-1, AFI-17) is given in the order of marking, unique in the inspection and never reused.
    """

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    letter = models.ForeignKey(Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="findings")
    reference = models.CharField(max_length=12)
    # Where the finding stands in lists: kinds in the framework's order, then by number (AFI-2 before AFI-10).
    place = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FINDING_KINDS.items()])
    page = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.TextField()
    title = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FINDING

    class Meta:
        ordering = ["inspection", "place"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "reference"], name="finding_reference_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(FINDING_KINDS)), name="finding_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def finding_kind(self) -> FindingKind:
        """What kind of finding this is."""
        return FINDING_KINDS[self.kind]


class FindingPart(PartnershipRecord):
    """One part of a finding that has several, perhaps for one agency. Its words are among the finding's own."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="parts")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PART

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "number"], condition=Q(withdrawn_at__isnull=True), name="part_number_once"
            )
        ]


class FindingAgency(PartnershipRecord):
    """A finding names an agency."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="agency_links")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FINDING_AGENCY

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "agency"], condition=Q(withdrawn_at__isnull=True), name="finding_names_agency_once"
            )
        ]


class FindingTheme(PartnershipRecord):
    """A finding is about a theme."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="theme_links")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="finding_links")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FINDING_THEME

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "theme"], condition=Q(withdrawn_at__isnull=True), name="finding_theme_once"
            )
        ]


class Recurrence(PartnershipRecord):
    """A finding returns one of an earlier inspection. `note` says what came back."""

    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="returns_of")
    earlier = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="returned_as")
    note = models.CharField(max_length=500, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.RECURRENCE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding", "earlier"], condition=Q(withdrawn_at__isnull=True), name="finding_returns_once"
            ),
            models.CheckConstraint(condition=~Q(finding=F("earlier")), name="finding_returns_another"),
        ]
