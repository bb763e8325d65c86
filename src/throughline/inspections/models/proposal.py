"""What a machine read in a letter and nobody has confirmed yet. None of it is in the register."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections import permissions
from throughline.inspections.frameworks import FINDING_KINDS, FindingKind
from throughline.inspections.models.finding import Finding
from throughline.inspections.models.letter import Letter
from throughline.partners.models import PartnershipRecord

OPEN, ENTERED, SET_ASIDE = "open", "entered", "set_aside"
STATES = (OPEN, ENTERED, SET_ASIDE)


class ProposedFinding(PartnershipRecord):
    """One finding as it was read, in the letter's order by `position`. `parts` is a list of texts.

    `part_agencies` has the id of an agency, or an empty text, for each part; `agencies` and `themes` are lists of ids.
    They are looked up again when it is entered: one that no longer takes part or stands is left out. Once a person
    enters it in the register, `finding` is what came of it, and it changes no more.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="proposals")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[(key, each.printed) for key, each in FINDING_KINDS.items()])
    page = models.PositiveSmallIntegerField()
    text = models.TextField()
    parts = models.JSONField(default=list, blank=True)
    part_agencies = models.JSONField(default=list, blank=True)
    agencies = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=[(each, each) for each in STATES], default=OPEN)
    finding = models.OneToOneField(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )  # fmt: skip

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PROPOSAL

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="proposal_state_known"),
            models.CheckConstraint(
                condition=Q(state="entered", finding__isnull=False) | (~Q(state="entered") & Q(finding__isnull=True)),
                name="proposal_entered_has_finding",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def finding_kind(self) -> FindingKind:
        """What kind of finding this would be."""
        return FINDING_KINDS[self.kind]
