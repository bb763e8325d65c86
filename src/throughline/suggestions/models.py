"""A partnership's own bank of suggestions, and the suggestions that it set aside."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.models import Finding, Theme
from throughline.methods.suggestions import Kind
from throughline.partners.models import PartnershipRecord
from throughline.plans.models import Plan
from throughline.suggestions import permissions


class BankEntry(PartnershipRecord):
    """One thing that findings of a theme suggest. `number` is its place among those of its theme and kind."""

    PRINTED: ClassVar = {
        Kind.AREA: "Improvement area", Kind.MEASURE: "Measure", Kind.AUDIT: "Audit tool",
        Kind.VOICE: "Question to children, families or practitioners",
    }  # fmt: skip

    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=[(each.value, words) for each, words in PRINTED.items()])
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.BANK_ENTRY

    class Meta:
        ordering = ["theme__number", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "kind", "number"], name="bank_entry_number_once"),
            models.CheckConstraint(condition=Q(kind__in=[each.value for each in Kind]), name="bank_entry_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.PRINTED[Kind(self.kind)]}: {self.text}"


class SetAside(PartnershipRecord):
    """A suggestion that a person did not take for a finding of a plan, so that it is not made again.

    what: area, impact, measure, audit or voice; `fingerprint` is the SHA-256 of its words: other words are another
    suggestion.
    """

    IMPACT = "impact"
    WHAT = ("area", IMPACT, "measure", "audit", "voice")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=[(each, each) for each in WHAT])
    fingerprint = models.CharField(max_length=64)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.SET_ASIDE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "finding", "what", "fingerprint"],
                condition=Q(withdrawn_at__isnull=True),
                name="suggestion_set_aside_once",
            ),
            models.CheckConstraint(
                condition=Q(what__in=("area", "impact", "measure", "audit", "voice")), name="set_aside_what_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} for {self.finding}"
