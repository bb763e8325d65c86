"""Inspections: what was inspected, by whom, when, and how far its facts were checked before it was published."""

from functools import cached_property

from django.db import models
from django.db.models import F, Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.frameworks import FRAMEWORKS, Framework
from throughline.partners.models import PartnershipRecord


class Inspection(PartnershipRecord):
    """One inspection of the partnership's area. `reference` is its place in addresses: jtai-2018.

    `inspectorates` is a list of names as printed (Ofsted, CQC); `deep_dive_cases` how many children's cases were looked
    at in depth.
    """

    reference = models.SlugField(max_length=60)
    title = models.CharField(max_length=200)
    framework = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FRAMEWORKS.items()])
    theme = models.CharField(max_length=200, blank=True)
    fieldwork_start = models.DateField(null=True, blank=True)
    fieldwork_end = models.DateField(null=True, blank=True)
    area = models.CharField(max_length=200, blank=True)
    inspectorates = models.JSONField(default=list, blank=True)
    team_size = models.PositiveSmallIntegerField(null=True, blank=True)
    deep_dive_cases = models.PositiveSmallIntegerField(null=True, blank=True)
    what_inspectors_did = models.TextField(blank=True)
    # The stage of factual accuracy: a draft comes before the letter is published, and is answered by a day.
    draft_received = models.DateField(null=True, blank=True)
    corrections_due = models.DateField(null=True, blank=True)
    corrections_sent = models.DateField(null=True, blank=True)
    corrections = models.TextField(blank=True)

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

    @cached_property
    def regime(self) -> Framework:
        """The inspection's framework, with the terms that the partnership has set for it. Asked for once a row."""
        # Asked here, because terms are a table of the same room that is made of the framework's own data.
        from throughline.inspections.terms import regime_in

        return regime_in(self.partnership, self.framework)

    @property
    def regime_name(self) -> str:
        """What the regime is called in short, for lists: no partnership changes that."""
        return FRAMEWORKS[self.framework].short
