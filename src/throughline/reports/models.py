"""Reports as they were frozen, the sections that people write for a board's form, and words released to the public."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.partners.models import PartnershipRecord, Person
from throughline.plans.models import Plan
from throughline.reports import permissions
from throughline.returns.models import ReportingPeriod


class Report(PartnershipRecord):
    """One paper for one board. Once frozen, `content` and its files stay; a correction is a new report.

    `content` is the document model as data (documents.model); `sequence` and `head_hash` say where in the partnership's
    chain it was read.
    """

    number = models.PositiveIntegerField()
    reference = models.CharField(max_length=12)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="reports")
    audience = models.CharField(max_length=12)
    marking = models.CharField(max_length=60)
    as_of = models.DateField()
    sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    stage = models.CharField(max_length=10, default=permissions.BUILDING)
    problem = models.CharField(max_length=300, blank=True)
    content = models.JSONField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.REPORT

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "number"], name="report_number_once"),
            models.CheckConstraint(condition=Q(stage__in=permissions.STAGES), name="report_stage_known"),
            models.CheckConstraint(condition=Q(audience__in=permissions.AUDIENCES), name="report_audience_known"),
            models.CheckConstraint(
                condition=~Q(stage="frozen") | Q(frozen_at__isnull=False, content__isnull=False),
                name="frozen_report_has_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"


class ReportFile(PartnershipRecord):
    """A frozen report in one format."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=[("docx", "Word"), ("pdf", "PDF"), ("html", "Web page")])
    file = models.ForeignKey("files.StoredFile", on_delete=models.PROTECT, related_name="+")

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.REPORT_FILE

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report", "format"], condition=Q(withdrawn_at__isnull=True), name="one_file_a_format"
            )
        ]


class ReportSection(PartnershipRecord):
    """One section of a report in a board's fixed form, as a person left it: taken from the draft, written, or none.

    `key` is its place in the form; `drafted` is what the register proposed when the person decided. `by_name` and `at`
    say who decided and when: “None.” is never anybody's default.
    """

    OPEN, DRAFT, OWN, NONE = "", "draft", "own", "none"
    ANSWERS: ClassVar = {
        OPEN: "To be written", DRAFT: "Draft taken", OWN: "Own words", NONE: "None, and somebody says so",
    }  # fmt: skip

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=40)
    answer = models.CharField(max_length=10, blank=True, choices=list(ANSWERS.items()))
    text = models.TextField(blank=True)
    drafted = models.TextField(blank=True)
    by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.SECTION

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="report_section_once"),
            models.CheckConstraint(condition=Q(answer__in=["", "draft", "own", "none"]), name="section_answer_known"),
            models.CheckConstraint(
                condition=Q(answer="", at__isnull=True, by__isnull=True)
                | (~Q(answer="") & Q(at__isnull=False, by__isnull=False)),
                name="answered_section_says_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(answer__in=["draft", "own"]) | Q(text=""), name="open_or_empty_section_has_no_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report.reference}: {self.key}"


class Release(PartnershipRecord):
    """Words of the register that a keeper lets papers for a public meeting print. Withdrawn when it is taken back.

    `what` and `thing_id` name the row; `digest` is the SHA-256 of the words, so that other words under the same row are
    not released with them. The words themselves are not repeated here.
    """

    WHAT: ClassVar = {"update": "Words of a return", "activity": "Assurance finding", "judgement": "Reason"}

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="releases")
    what = models.CharField(max_length=12, choices=list(WHAT.items()))
    thing_id = models.UUIDField()
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    objects = GuardedQuerySet.as_manager()
    access_kind = permissions.RELEASE

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["thing_id", "digest"], condition=Q(withdrawn_at__isnull=True), name="words_released_once"
            ),
            models.CheckConstraint(
                condition=Q(what__in=["update", "activity", "judgement"]), name="released_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.WHAT[self.what]} released to the public"
