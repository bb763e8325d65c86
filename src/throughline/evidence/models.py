"""Evidence: what shows that something was done or came about, where it is held, and who has seen it."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.evidence import permissions
from throughline.evidence.strength import STRENGTHS, Strength
from throughline.partners.models import Agency, Group, PartnershipRecord, Person

_ONE_BODY = Q(agency__isnull=False, group__isnull=True) | Q(agency__isnull=True, group__isnull=False)


class Evidence(PartnershipRecord):
    """One piece of evidence. `reference` is EV-012, unique in the partnership and never reused.

    By default the body holds it and says where (`held_where`); a file or a link stands in a revision. `dated` is the
    day that the evidence is of, `expires` the day after which it shows nothing any more. `stage` is draft until what
    it belongs to was submitted.
    """

    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    title = models.CharField(max_length=300)
    detail = models.TextField(blank=True)
    held_where = models.CharField(max_length=300, blank=True)
    dated = models.DateField(null=True, blank=True)
    expires = models.DateField(null=True, blank=True)
    strength = models.CharField(
        max_length=12, choices=[(each.value, STRENGTHS[each].printed) for each in Strength], default=Strength.ASSERTION
    )
    stage = models.CharField(
        max_length=10, choices=[(each, each) for each in permissions.STAGES], default=permissions.OFFERED
    )
    sensitivity = models.CharField(
        max_length=12, choices=[(each, each) for each in permissions.SENSITIVITIES], default=permissions.ORDINARY
    )

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.EVIDENCE

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="evidence_number_once"),
            models.CheckConstraint(condition=_ONE_BODY, name="evidence_of_one_body"),
            models.CheckConstraint(condition=Q(strength__in=sorted(Strength)), name="evidence_strength_known"),
            models.CheckConstraint(condition=Q(stage__in=permissions.STAGES), name="evidence_stage_known"),
            models.CheckConstraint(
                condition=Q(sensitivity__in=permissions.SENSITIVITIES), name="evidence_sensitivity_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def body(self) -> Agency | Group:
        """The agency or group whose evidence it is."""
        return self.agency or self.group  # type: ignore[return-value]


class EvidenceRevision(PartnershipRecord):
    """A file or a link that was shared as evidence. A later one stands beside the earlier ones, which stay."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="revisions")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    file = models.ForeignKey("files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    link = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=300, blank=True)
    added_on = models.DateField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.REVISION

    class Meta:
        ordering = ["evidence__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_revision_once"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, link="") | (Q(file__isnull=True) & ~Q(link="")),
                name="revision_is_file_or_link",
            ),
        ]


class EvidenceLink(PartnershipRecord):
    """Evidence belongs to something: an action, a return, an assurance activity. The thing is known by kind and id.

    This room knows no noun above it: rooms register what may be linked (`links.py`).
    """

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="links")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    thing_kind = models.CharField(max_length=60)
    thing_id = models.UUIDField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.LINK

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["evidence", "thing_kind", "thing_id"],
                condition=Q(withdrawn_at__isnull=True),
                name="evidence_linked_once",
            )
        ]
        indexes = [models.Index(fields=["thing_id"], name="evidence_by_thing")]


class EvidenceSeen(PartnershipRecord):
    """Somebody has seen evidence where it is held: on which day, in which capacity, and whether it satisfied them."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="sightings")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)
    satisfied = models.BooleanField()
    satisfied_that = models.TextField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.SEEN

    class Meta:
        ordering = ["on", "pk"]
