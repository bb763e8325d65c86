"""How decisions look in history."""

from throughline.history import snapshots
from throughline.scrutiny.models import Decision

snapshots.record("scrutiny.decision", Decision)
