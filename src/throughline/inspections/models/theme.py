"""What findings are about: a partnership's own list of themes."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.partners.models import PartnershipRecord


class Theme(PartnershipRecord):
    """A theme of findings. `words` is a list of words or phrases by which it is recognised in a finding's text."""

    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    words = models.JSONField(default=list, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.THEME

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "name"], condition=Q(withdrawn_at__isnull=True), name="theme_name_once"
            ),
            models.UniqueConstraint(fields=["partnership", "number"], name="theme_number_once"),
        ]

    def __str__(self) -> str:
        return self.name
