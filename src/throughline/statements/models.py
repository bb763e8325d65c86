"""The written statement of proposed action: the answer to one letter, who signed it, and what followed."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.inspections.frameworks import Framework
from throughline.inspections.models import Finding, Letter
from throughline.partners.models import Agency, Group, PartnershipRecord, Person
from throughline.plans.models import Plan
from throughline.statements import permissions
from throughline.statements.states import FROZEN, PRINTED, StatementState

HERE, ON_PAPER = "here", "paper"
HOW = {HERE: "Signed in Throughline", ON_PAPER: "Signed on paper"}


class Statement(PartnershipRecord):
    """One letter's answer, made by the principal authority (SI 2015/1792, regulation 4).

    From the moment that it is open for signature, `content` is the document as data (documents.model) that was signed;
    `sequence` and `head_hash` say where in the partnership's chain it was read. Once submitted, it stays.
    """

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="statements")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="statements")
    introduction = models.TextField(blank=True)
    oversight = models.TextField(blank=True)
    # Whether the names of those who signed are printed beside their posts.
    prints_names = models.BooleanField(default=False)
    state = models.CharField(
        max_length=14,
        choices=[(each.value, PRINTED[each]) for each in StatementState],
        default=StatementState.DRAFTING.value,
    )
    content = models.JSONField(null=True, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    fixed_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    submitted_to = models.CharField(max_length=200, blank=True)
    submitted_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    receipt_file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    receipt_on = models.DateField(null=True, blank=True)
    receipt_reference = models.CharField(max_length=200, blank=True)
    receipt_note = models.CharField(max_length=500, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.STATEMENT

    class Meta:
        ordering = ["-letter__received"]
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(withdrawn_at__isnull=True), name="one_statement_a_letter"
            ),
            models.CheckConstraint(condition=Q(state__in=sorted(StatementState)), name="statement_state_known"),
            models.CheckConstraint(
                condition=Q(state="drafting") | Q(content__isnull=False, fixed_at__isnull=False),
                name="statement_fixed_when_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(FROZEN)) | Q(submitted_on__isnull=False, frozen_at__isnull=False),
                name="frozen_statement_was_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(state="receipt_filed") | Q(receipt_file__isnull=False, receipt_on__isnull=False),
                name="filed_receipt_is_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response}: {self.letter.inspection.title}"

    @property
    def regime(self) -> Framework:
        """The regime of the inspection that it answers."""
        return self.letter.inspection.regime

    @property
    def response(self) -> str:
        """What it is called: by the regime's terms as they are now, and once it is frozen by its own title."""
        if not self.is_frozen:
            return self.regime.response
        # Lists leave the content out, and read its title alone (`queries.statements_of`).
        known = self.__dict__.get("frozen_title")
        title: str = known or (self.content or {}).get("document", {}).get("title") or self.regime.response
        return title

    @property
    def is_frozen(self) -> bool:
        """Whether nothing in it changes any more."""
        return self.state in FROZEN


class FindingResponse(PartnershipRecord):
    """What the partnership says to one finding: a word out of the regime's own, and why."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="responses")
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="responses")
    answer = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.RESPONSE

    class Meta:
        ordering = ["finding__place"]
        constraints = [models.UniqueConstraint(fields=["statement", "finding"], name="one_response_a_finding")]

    def __str__(self) -> str:
        return f"{self.finding.reference}: {self.answer or 'no answer yet'}"


class SignOff(PartnershipRecord):
    """A body whose chief officer must sign, and the signature once it is given.

    A body that is taken off the list is withdrawn and keeps only its printed name, so that its officers no longer read
    the draft. `name` is of whoever signed; whether papers print it is the statement's choice.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="signs")
    number = models.PositiveSmallIntegerField()
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(Group, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    body_name = models.CharField(max_length=200)
    post = models.CharField(max_length=200)
    name = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=10, blank=True, choices=list(HOW.items()))
    note = models.CharField(max_length=500, blank=True)
    signed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.SIGN_OFF

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["statement", "number"], name="sign_off_number_once"),
            models.UniqueConstraint(
                fields=["statement", "agency"], condition=Q(withdrawn_at__isnull=True), name="one_sign_off_an_agency"
            ),
            models.UniqueConstraint(
                fields=["statement", "group"], condition=Q(withdrawn_at__isnull=True), name="one_sign_off_a_group"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False, agency__isnull=True, group__isnull=True)
                | Q(withdrawn_at__isnull=True, agency__isnull=False, group__isnull=True)
                | Q(withdrawn_at__isnull=True, agency__isnull=True, group__isnull=False),
                name="sign_off_of_one_body",
            ),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=True, how="", signed_by__isnull=True)
                | Q(signed_on__isnull=False, how="here", signed_by__isnull=False)
                | (Q(signed_on__isnull=False, how="paper", signed_by__isnull=True) & ~Q(note="")),
                name="signature_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post}, {self.body_name}"


class StatementFile(PartnershipRecord):
    """A submitted statement in one format."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=[("docx", "Word"), ("pdf", "PDF"), ("html", "Web page")])
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FILE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["statement", "format"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_statement_file_a_format",
            )
        ]


class FollowUp(PartnershipRecord):
    """What came after a statement was submitted: feedback, or a later inspection that tested it. `kind` is the regime's
    own word for it ('Tested at a later inspection')."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="follow_ups")
    kind = models.CharField(max_length=80)
    on = models.DateField()
    text = models.TextField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.FOLLOW_UP

    class Meta:
        ordering = ["on", "id"]

    def __str__(self) -> str:
        return self.kind
