"""Letters of findings as they came, and those to whom they were sent."""

from django.db import models

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.models.inspection import Inspection
from throughline.partners.models import Agency, PartnershipRecord


class Letter(PartnershipRecord):
    """A letter of findings as it came: the file, and the dates that it carries. `statement_due` is as printed in it."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    received = models.DateField()
    published = models.DateField(null=True, blank=True)
    statement_due = models.DateField(null=True, blank=True)
    # The day with the words around it, as printed: 'Friday 18 April 2023'.
    statement_due_printed = models.CharField(max_length=100, blank=True)
    principal_authority = models.CharField(max_length=200, blank=True)
    # Whether findings were proposed from it, and what the reader said that a person should check.
    was_read = models.BooleanField(default=False)
    reading_notes = models.JSONField(default=list, blank=True)
    # By what the same letter is known when it was saved anew as another file; empty where its text was not read.
    words_sha256 = models.CharField(max_length=64, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.LETTER

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "number"], name="letter_number_once"),
        ]

    def __str__(self) -> str:
        return f"Letter {self.number} of {self.inspection}"


class Recipient(PartnershipRecord):
    """One of those whom a letter names before its salutation, and what that body has done of its duties.

    `printed` is the line as printed. Every recipient publishes the letter and co-operates with the statement
    (SI 2015/1792, regulations 3 and 4).
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="recipients")
    number = models.PositiveSmallIntegerField()
    printed = models.CharField(max_length=300)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    published_where = models.CharField(max_length=500, blank=True)
    contributed_on = models.DateField(null=True, blank=True)
    contribution = models.CharField(max_length=500, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=200, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.RECIPIENT

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="recipient_number_once")]

    def __str__(self) -> str:
        return self.printed
