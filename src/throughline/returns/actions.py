"""What is done with periods and returns, in one place for whoever calls it.

Each verb stands with its like: periods.py opens and changes quarters, reporting.py says what a return says, bringing.py
brings its evidence, settling.py signs, submits, accepts and sends back; asked.py reads what is asked and still owed.
"""

from throughline.returns.asked import (
    answers_of,
    asked_about,
    fingerprint_of,
    gaps_of,
    last_said,
    leads,
    led_by,
)
from throughline.returns.bringing import bring_evidence, hold_evidence, leave_evidence_out
from throughline.returns.periods import change_period, open_period, withdraw_period
from throughline.returns.refusals import CannotDo, NotReady
from throughline.returns.reporting import (
    MilestoneWords,
    mark_unchanged,
    report,
    report_action,
    report_milestone,
    report_outcome,
    say_nil,
)
from throughline.returns.settling import accept, send_back, sign, submit

__all__ = [
    "CannotDo", "MilestoneWords", "NotReady", "accept", "answers_of", "asked_about", "bring_evidence", "change_period",
    "fingerprint_of", "gaps_of", "hold_evidence", "last_said", "leads", "leave_evidence_out", "led_by",
    "mark_unchanged", "open_period", "report", "report_action", "report_milestone", "report_outcome", "say_nil",
    "send_back", "sign", "submit", "withdraw_period",
]  # fmt: skip
