"""Inspections, the letters that report them, and the findings that a person has marked in a letter."""

from django.db import models
from django.db.models import F, Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.frameworks import FINDING_KINDS, FRAMEWORKS, FindingKind, Framework
from throughline.partners.models import PartnershipRecord


class Inspection(PartnershipRecord):
    """One inspection of the partnership's area. `reference` is its place in addresses: jtai-2018."""

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    framework = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FRAMEWORKS.items()])
    theme = models.CharField(max_length=200, blank=True)
    fieldwork_start = models.DateField(null=True, blank=True)
    fieldwork_end = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.INSPECTION

    class Meta:
        ordering = ["-fieldwork_start", "reference"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "reference"], name="inspection_reference_once"),
            models.CheckConstraint(
                condition=Q(fieldwork_end__isnull=True) | Q(fieldwork_end__gte=F("fieldwork_start")),
                name="fieldwork_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def regime(self) -> Framework:
        """The inspection's framework."""
        return FRAMEWORKS[self.framework]


class Letter(PartnershipRecord):
    """A letter of findings as it came: the file, and the dates that it carries. `statement_due` is as printed in it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    received = models.DateField()
    published = models.DateField(null=True, blank=True)
    statement_due = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.LETTER

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="letter_number_once"),
        ]


class Finding(PartnershipRecord):
    """One finding. `text` is the inspectors' own words and is kept apart from `title`, which is ours.

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
