"""How written statements look in history."""

from throughline.history import snapshots
from throughline.statements.models import FindingResponse, FollowUp, SignOff, Statement, StatementFile

snapshots.record(
    "statements.statement", Statement, codes={"head_hash"},
    inner_codes={"is", "day", "style", "tone", "glyph", "language"},
)  # fmt: skip
snapshots.record("statements.response", FindingResponse, codes={"answer"})
snapshots.record("statements.sign_off", SignOff)
snapshots.record("statements.file", StatementFile)
snapshots.record("statements.follow_up", FollowUp, codes={"kind"})
