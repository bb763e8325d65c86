"""How reports look in history."""

from throughline.history import snapshots
from throughline.reports.models import Report, ReportFile

snapshots.record("reports.report", Report)
snapshots.record("reports.report_file", ReportFile)
