"""Which of this room's dates nobody waits for."""

NOT_DATED = {
    "reports.report.as_of": "the day that the report shows",
    "reports.report.frozen_at": "when it happened",
    "reports.report.withdrawn_at": "when it happened",
    "reports.reportsection.at": "when it happened",
    "reports.reportsection.withdrawn_at": "when it happened",
    "reports.release.at": "when it happened",
    "reports.release.withdrawn_at": "when it happened",
    "reports.reportfile.withdrawn_at": "when it happened",
}
