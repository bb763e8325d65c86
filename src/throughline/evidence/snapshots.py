"""How evidence looks in history."""

from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision, EvidenceSeen
from throughline.history import snapshots

snapshots.record("evidence.evidence", Evidence)
snapshots.record("evidence.revision", EvidenceRevision)
snapshots.record("evidence.link", EvidenceLink, codes=("thing_kind",))
snapshots.record("evidence.seen", EvidenceSeen)
