"""How periods and returns look in history."""

from throughline.history import snapshots
from throughline.returns.models import ReportingPeriod, Return, ReturnComment, Update

snapshots.record("returns.period", ReportingPeriod)
snapshots.record("returns.return", Return)
snapshots.record("returns.update", Update)
snapshots.record("returns.comment", ReturnComment)
