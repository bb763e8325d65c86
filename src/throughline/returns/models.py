"""Reporting periods, and what each agency and group returns for them."""

from django.db import models
from django.db.models import F, Q

from throughline.access import GuardedQuerySet
from throughline.assurance.models import AssuranceActivity
from throughline.assurance.outcomes import RESULTS, Result
from throughline.partners.models import Agency, Group, PartnershipRecord, Person
from throughline.plans.delivery import CLAIMABLE, PRINTED
from throughline.plans.models import Action, Milestone, Plan
from throughline.returns import permissions
from throughline.returns.states import PRINTED as STATES
from throughline.returns.states import ReturnState

_ONE_BODY = Q(agency__isnull=False, group__isnull=True) | Q(agency__isnull=True, group__isnull=False)


class ReportingPeriod(PartnershipRecord):
    """One quarter of one plan: what it covers and by when each step is due. `reference` is q4-2018-19."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="periods")
    reference = models.SlugField(max_length=40)
    label = models.CharField(max_length=60)
    opens = models.DateField()
    data_to = models.DateField()
    due = models.DateField()
    verification_closes = models.DateField(null=True, blank=True)
    papers_cleared = models.DateField(null=True, blank=True)
    papers_out = models.DateField(null=True, blank=True)
    meeting = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.PERIOD

    class Meta:
        ordering = ["-opens"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "reference"], name="period_reference_once"),
            models.CheckConstraint(condition=Q(due__gte=F("opens")), name="period_due_after_it_opens"),
        ]

    def __str__(self) -> str:
        return self.label


class Return(PartnershipRecord):
    """What one agency or group owes for one period: its state and who answered for it. Content is in its updates."""

    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="returns")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The body's place in addresses within the period; it stays when the body is renamed.
    slug = models.SlugField(max_length=60)
    state = models.CharField(
        max_length=12, choices=[(each.value, STATES[each]) for each in ReturnState], default=ReturnState.DRAFT.value
    )
    nil = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.RETURN

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["period", "slug"], name="return_slug_once"),
            models.UniqueConstraint(fields=["period", "agency"], name="one_return_an_agency"),
            models.UniqueConstraint(fields=["period", "group"], name="one_return_a_group"),
            models.CheckConstraint(condition=_ONE_BODY, name="return_of_one_body"),
            models.CheckConstraint(condition=Q(state__in=sorted(ReturnState)), name="return_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=["signed", "submitted", "accepted"])
                | Q(signed_by__isnull=False, signed_at__isnull=False),
                name="return_signed_before_it_is_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(accepted_by__isnull=False, submitted_at__isnull=False),
                name="return_submitted_before_it_is_accepted",
            ),
        ]

    @property
    def body(self) -> Agency | Group:
        """The agency or group that owes it."""
        return self.agency or self.group  # type: ignore[return-value]


class Update(PartnershipRecord):
    """What a return says about one action, or (`action` NULL) about everything else.

    One for each action and return, of the action's lead or of a contributor about its own part. The self-rating is
    the body's claim and never changes anything by itself; a contributor's never becomes the action's delivery.
    `brought_forward` marks words that stand as they did in the quarter before. A slip has its reason and the day that
    is proposed instead: accepted, it becomes an extension that is asked for.
    """

    return_record = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="updates")
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="updates")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    self_rating = models.CharField(
        max_length=20, blank=True, choices=[(each.value, PRINTED[each]) for each in CLAIMABLE]
    )
    progress = models.TextField(blank=True)
    brought_forward = models.BooleanField(default=False)
    slip_reason = models.TextField(blank=True)
    proposed_due = models.DateField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.UPDATE

    class Meta:
        ordering = ["action__number"]
        constraints = [
            models.UniqueConstraint(fields=["return_record", "action"], name="one_update_an_action"),
            models.UniqueConstraint(
                fields=["return_record"], condition=Q(action__isnull=True), name="one_general_update"
            ),
            models.CheckConstraint(condition=_ONE_BODY, name="update_of_one_body"),
            models.CheckConstraint(
                condition=Q(self_rating__in=["", *sorted(CLAIMABLE)]), name="update_rating_claimable"
            ),
        ]

    @property
    def body(self) -> Agency | Group:
        """The agency or group whose words they are."""
        return self.agency or self.group  # type: ignore[return-value]


class MilestoneUpdate(PartnershipRecord):
    """What a return says about one milestone: the day on which it was reached, or by when it will be and why."""

    return_record = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="milestone_updates")
    milestone = models.ForeignKey(Milestone, on_delete=models.PROTECT, related_name="updates")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reached = models.DateField(null=True, blank=True)
    proposed_due = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.MILESTONE_UPDATE

    class Meta:
        ordering = ["milestone__action__number", "milestone__number"]
        constraints = [
            models.UniqueConstraint(fields=["return_record", "milestone"], name="one_update_a_milestone"),
            models.CheckConstraint(condition=_ONE_BODY, name="milestone_update_of_one_body"),
            models.CheckConstraint(
                condition=Q(reached__isnull=True) | Q(proposed_due__isnull=True), name="milestone_reached_or_moved"
            ),
        ]


class AssuranceOutcome(PartnershipRecord):
    """What a return says about an assurance activity of its body: when it was done, and what it found.

    Accepted, it becomes the activity's result. `progress` says how it stands when it is not done.
    """

    return_record = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="assurance_outcomes")
    activity = models.ForeignKey(AssuranceActivity, on_delete=models.PROTECT, related_name="outcomes")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    result = models.CharField(
        max_length=20, blank=True, choices=[(each.value, RESULTS[each].printed) for each in Result]
    )
    found = models.TextField(blank=True)
    progress = models.TextField(blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.OUTCOME

    class Meta:
        ordering = ["activity__number"]
        constraints = [
            models.UniqueConstraint(fields=["return_record", "activity"], name="one_outcome_an_activity"),
            models.CheckConstraint(condition=_ONE_BODY, name="outcome_of_one_body"),
            models.CheckConstraint(condition=Q(result__in=["", *sorted(Result)]), name="outcome_result_known"),
        ]


class ReturnComment(PartnershipRecord):
    """Why a return was sent back, for its body and those who read returns first."""

    return_record = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="comments")
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.COMMENT

    class Meta:
        ordering = ["at"]
