"""Letters about other areas, kept to compare with, and what they found. None of it is a finding of the partnership."""

from django.db import models
from django.db.models import F, Q

from throughline.access import GuardedQuerySet
from throughline.inspections.frameworks import FINDING_KINDS, FindingKind
from throughline.library import permissions
from throughline.partners.models import PartnershipRecord


class LibraryUpload(PartnershipRecord):
    """Files that somebody brought at once. `files` lists {sha256, name}; `outcomes` says of each what became of it.

    An outcome is {name, kind, sentence, notes, letter}: kind is one of `taking_in.KINDS`, letter its number or null.
    Until all are read, `outcomes` is empty.
    """

    number = models.PositiveIntegerField()
    files = models.JSONField(default=list)
    outcomes = models.JSONField(default=list, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.UPLOAD

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="library_upload_number_once"),
        ]

    def __str__(self) -> str:
        return f"Files {self.number} for the library"


class LibraryLetter(PartnershipRecord):
    """A letter about another area as it came, with the facts that were read in it. `number` is its place in addresses.

    Facts are empty or None where the letter prints none; `inspectorates` is a list of names as printed.
    """

    number = models.PositiveIntegerField()
    upload = models.ForeignKey(LibraryUpload, on_delete=models.PROTECT, related_name="letters")
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    area = models.CharField(max_length=200, blank=True)
    published = models.DateField(null=True, blank=True)
    theme = models.CharField(max_length=200, blank=True)
    inspectorates = models.JSONField(default=list, blank=True)
    fieldwork_start = models.DateField(null=True, blank=True)
    fieldwork_end = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.LETTER

    class Meta:
        ordering = ["area", "-published", "number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="library_letter_number_once"),
            models.CheckConstraint(
                condition=Q(fieldwork_end__isnull=True) | Q(fieldwork_end__gte=F("fieldwork_start")),
                name="library_fieldwork_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.area or f"Letter {self.number}"


class LibraryFinding(PartnershipRecord):
    """One finding of a letter in the library, verbatim, parts included. `searched` is its text as it is searched.

    `reference` counts within its kind and letter, as findings of our own do: AFI-3. It is not the inspectors'.
    """

    letter = models.ForeignKey(LibraryLetter, on_delete=models.PROTECT, related_name="findings")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    kind = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FINDING_KINDS.items()])
    page = models.PositiveSmallIntegerField()
    text = models.TextField()
    searched = models.TextField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FINDING

    class Meta:
        ordering = ["letter", "number"]
        constraints = [
            models.UniqueConstraint(fields=["letter", "number"], name="library_finding_number_once"),
            models.CheckConstraint(condition=Q(kind__in=sorted(FINDING_KINDS)), name="library_finding_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} of {self.letter}"

    @property
    def finding_kind(self) -> FindingKind:
        """What kind of finding this is."""
        return FINDING_KINDS[self.kind]
