"""How assurance activities look in history."""

from throughline.assurance.models import AssuranceActivity, TestedAction, TestedImpact
from throughline.history import snapshots

snapshots.record("assurance.activity", AssuranceActivity)
snapshots.record("assurance.tested_action", TestedAction)
snapshots.record("assurance.tested_impact", TestedImpact)
