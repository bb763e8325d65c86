"""Reports as they were frozen: the content, the moment it was read at, and the files made from it."""

from django.db import models
from django.db.models import Q

from throughline.access import GuardedQuerySet
from throughline.partners.models import PartnershipRecord
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
