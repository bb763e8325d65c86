"""How reports look in history."""

from throughline.history import snapshots
from throughline.reports.models import Release, Report, ReportFile, ReportSection

snapshots.record(
    "reports.report", Report, codes={"reference", "kind", "audience", "head_hash", "stage"},
    inner_codes={"is", "day", "style", "tone", "glyph", "language"},
)  # fmt: skip
snapshots.record("reports.report_file", ReportFile)
snapshots.record("reports.section", ReportSection)
snapshots.record("reports.release", Release, codes={"digest"})
