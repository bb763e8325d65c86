"""Stored files: the row says whose they are and what they are called; the bytes lie in the store under their hash."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.files import permissions
from throughline.files.names import LONGEST
from throughline.files.verdict import Kind
from throughline.partners.models import PartnershipRecord

KIND_CHOICES = [(kind.value, kind.value) for kind in Kind]


class StoredFile(PartnershipRecord):
    """A file as it was uploaded. `size` in bytes; `name` for display only; `sha256` names the bytes in the store.

    Who uploaded it and when is in history. Two rows may share the same bytes.
    `kept` says whether every member may fetch it, or only those who may see the thing that it belongs to.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=KIND_CHOICES)
    name = models.CharField(max_length=LONGEST)
    kept = models.CharField(
        max_length=16, choices=[(each, each) for each in permissions.KEPT], default=permissions.OPEN
    )

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FILE

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["sha256"], name="file_by_hash")]
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_hash_whole"),
            models.CheckConstraint(condition=Q(size__gt=0), name="file_not_empty"),
            models.CheckConstraint(condition=~Q(name=""), name="file_named"),
            models.CheckConstraint(condition=Q(kept__in=permissions.KEPT), name="file_kept_known"),
            models.CheckConstraint(condition=Q(kind__in=sorted(kind.value for kind in Kind)), name="file_kind_known"),
        ]

    def __str__(self) -> str:
        return self.name
