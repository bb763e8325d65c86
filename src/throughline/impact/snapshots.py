"""How judgements look in history."""

from throughline.history import snapshots
from throughline.impact.models import Judgement, LaterTest

snapshots.record("impact.judgement", Judgement)
snapshots.record("impact.later_test", LaterTest)
