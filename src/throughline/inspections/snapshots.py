"""How inspections, letters and findings look in history."""

from throughline.history import snapshots
from throughline.inspections.models import Finding, Inspection, Letter

snapshots.record("inspections.inspection", Inspection)
snapshots.record("inspections.letter", Letter)
snapshots.record("inspections.finding", Finding)
