"""What belongs to an action: who contributes, its milestones, extensions, verifications, conflicts and dated notes."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.partners.models import Agency, Group, PartnershipRecord, Person
from throughline.plans import permissions
from throughline.plans.models.action import Action
from throughline.plans.verifying import LEVELS, Level

_ONE_BODY = Q(agency__isnull=False, group__isnull=True) | Q(agency__isnull=True, group__isnull=False)


class Contributor(PartnershipRecord):
    """An agency or group that does a part of an action which another leads, and reports on its own part."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="contributors")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=500)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.CONTRIBUTOR

    class Meta:
        ordering = ["action__number", "pk"]
        constraints = [
            models.CheckConstraint(condition=_ONE_BODY, name="contributor_is_one_body"),
            models.UniqueConstraint(
                fields=["action", "agency"], condition=Q(withdrawn_at__isnull=True), name="agency_contributes_once"
            ),
            models.UniqueConstraint(
                fields=["action", "group"], condition=Q(withdrawn_at__isnull=True), name="group_contributes_once"
            ),
        ]

    @property
    def body(self) -> Agency | Group:
        """The agency or group that contributes."""
        return self.agency or self.group  # type: ignore[return-value]


class Milestone(PartnershipRecord):
    """A step of an action with a day of its own. `reached` is the day on which it was reached, as accepted."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="milestones")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    original_due = models.DateField()
    due = models.DateField()
    reached = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.MILESTONE

    class Meta:
        ordering = ["action__number", "number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="milestone_number_once")]

    def __str__(self) -> str:
        return f"{self.action.reference}, milestone {self.number}: {self.title}"


class Extension(PartnershipRecord):
    """A body asks for another due date of an action, with the reason. A keeper or the Executive Group decides.

    The body is the one that led the action when it was asked. `was_due` is the day that stood then; what was approved
    stands in `due_given`.
    """

    ASKED, APPROVED, REFUSED = "asked", "approved", "refused"

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="extensions")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    was_due = models.DateField()
    proposed = models.DateField()
    reason = models.TextField()
    asked_on = models.DateField()
    asked_by_name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10,
        choices=[(ASKED, "Asked"), (APPROVED, "Approved"), (REFUSED, "Refused")],
        default=ASKED,
    )
    due_given = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=200, blank=True)
    decision_note = models.TextField(blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.EXTENSION

    class Meta:
        ordering = ["action__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="extension_number_once"),
            models.CheckConstraint(condition=_ONE_BODY, name="extension_of_one_body"),
            models.UniqueConstraint(
                fields=["action"], condition=Q(state="asked", withdrawn_at__isnull=True), name="one_extension_open"
            ),
            models.CheckConstraint(condition=Q(state__in=["asked", "approved", "refused"]), name="extension_known"),
            models.CheckConstraint(
                condition=Q(state="asked") | Q(decided_on__isnull=False), name="extension_decided_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(due_given__isnull=False), name="approved_extension_has_its_day"
            ),
        ]


class Verification(PartnershipRecord):
    """Somebody independent looked at whether an action was delivered: in which capacity, on what, and what they found.

    `satisfied` False is a claim that was not confirmed. It stays on the record beside any later one.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="verifications")
    number = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10, choices=[(each.value, LEVELS[each].printed) for each in Level])
    satisfied = models.BooleanField()
    basis = models.TextField()
    on = models.DateField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    capacity = models.CharField(max_length=200)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.VERIFICATION

    class Meta:
        ordering = ["action__number", "number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="verification_number_once"),
            models.CheckConstraint(condition=Q(level__in=sorted(Level)), name="verification_level_known"),
        ]


class DeclaredConflict(PartnershipRecord):
    """A person's declared conflict of interest in an action: it bars them from verifying it, at every level."""

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=500)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.CONFLICT

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "person"], condition=Q(withdrawn_at__isnull=True), name="conflict_declared_once"
            )
        ]


class ActionNote(PartnershipRecord):
    """A dated note about an action that was pasted into the plan it was brought in from. History, not a report.

    `dated` is NULL where the note bears no day; `source` names the file and the column that it stood in.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="notes")
    number = models.PositiveSmallIntegerField()
    dated = models.DateField(null=True, blank=True)
    text = models.TextField()
    source = models.CharField(max_length=200, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.ACTION_NOTE

    class Meta:
        ordering = ["action__number", "number"]
        constraints = [models.UniqueConstraint(fields=["action", "number"], name="action_note_number_once")]


class RememberedHeading(PartnershipRecord):
    """What a column heading of a plan that was brought in means in this partnership, so that it is asked once.

    `heading` is the heading as `methods.plan_tables` folds it; `field` one of its fields, or empty for "leave out".
    """

    heading = models.CharField(max_length=200)
    field = models.CharField(max_length=40, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.HEADING

    class Meta:
        ordering = ["heading"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "heading"], name="heading_remembered_once"),
        ]
