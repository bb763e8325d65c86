"""What a partnership has set for a regime: another time for its answer, and what the answer is called."""

from dataclasses import replace

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.frameworks import FRAMEWORKS, Framework
from throughline.methods.clocks import Clock, Start, Unit
from throughline.partners.models import Partnership, PartnershipRecord


class FrameworkTerms(PartnershipRecord):
    """A regime's own terms in one partnership. Without `count` the regime sets no time."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="framework_terms")
    framework = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FRAMEWORKS.items()])
    response = models.CharField(max_length=100)
    count = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Unit])
    start = models.CharField(max_length=20, blank=True, choices=[(each.value, each.value) for each in Start])
    # Where the partnership has it from: the letter, the handbook of the year.
    source = models.CharField(max_length=300)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.TERMS

    class Meta:
        ordering = ["framework"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "framework"],
                condition=Q(withdrawn_at__isnull=True),
                name="framework_terms_once",
            ),
            models.CheckConstraint(
                condition=Q(count__isnull=True, unit="", start="")
                | (
                    Q(count__gte=1)
                    & Q(unit__in=[each.value for each in Unit])
                    & Q(start__in=[each.value for each in Start])
                ),
                name="framework_clock_whole",
            ),
        ]

    def __str__(self) -> str:
        return FRAMEWORKS[self.framework].printed

    @property
    def clock(self) -> Clock | None:
        """The time that it sets."""
        return Clock(self.count, Unit(self.unit), Start(self.start)) if self.count is not None else None

    def applied(self) -> Framework:
        """The regime with these terms in place of its defaults."""
        return replace(
            FRAMEWORKS[self.framework], response=self.response, clock=self.clock, source=self.source, checked=True
        )
