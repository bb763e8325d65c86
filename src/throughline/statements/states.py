"""The life of a written statement, as a table: who may take which step is in permissions.py, what a step is, is here.

There is no state 'approved': inspectors do not approve the statement (SI 2015/1792 knows no such step). What comes
after it was submitted, feedback or a later inspection that tests it, are dated facts beside it.
"""

from collections.abc import Mapping
from enum import StrEnum


class StatementState(StrEnum):
    """Where a statement stands. From `SIGNING` on its words are fixed; from `SUBMITTED` on they are frozen."""

    DRAFTING = "drafting"
    SIGNING = "signing"
    SIGNED_OFF = "signed_off"
    SUBMITTED = "submitted"
    RECEIPT_FILED = "receipt_filed"


PRINTED: Mapping[StatementState, str] = {
    StatementState.DRAFTING: "Being drafted",
    StatementState.SIGNING: "Open for signature",
    StatementState.SIGNED_OFF: "Signed off",
    StatementState.SUBMITTED: "Submitted",
    StatementState.RECEIPT_FILED: "Submitted, receipt filed",
}

FROZEN: frozenset[StatementState] = frozenset({StatementState.SUBMITTED, StatementState.RECEIPT_FILED})
OPEN: frozenset[StatementState] = frozenset(StatementState) - FROZEN
# Members read it when its words are those that every chief officer signed.
OPEN_TO_MEMBERS: tuple[StatementState, ...] = (StatementState.SIGNED_OFF, *sorted(FROZEN))

# verb -> the states from which it may be taken -> the state that it leads to. What is absent is refused.
STEPS: Mapping[str, Mapping[StatementState, StatementState]] = {
    "write": {StatementState.DRAFTING: StatementState.DRAFTING},
    "open_for_signature": {StatementState.DRAFTING: StatementState.SIGNING},
    # The last signature signs it off: see `after_signing`.
    "sign": {StatementState.SIGNING: StatementState.SIGNING},
    "record_signature": {StatementState.SIGNING: StatementState.SIGNING},
    # What was signed is what is submitted: to change a word is to ask everybody again.
    "reopen": {StatementState.SIGNING: StatementState.DRAFTING, StatementState.SIGNED_OFF: StatementState.DRAFTING},
    "submit": {StatementState.SIGNED_OFF: StatementState.SUBMITTED},
    "file_receipt": {StatementState.SUBMITTED: StatementState.RECEIPT_FILED},
    "add_follow_up": {
        StatementState.SUBMITTED: StatementState.SUBMITTED,
        StatementState.RECEIPT_FILED: StatementState.RECEIPT_FILED,
    },
}
NEEDS_REASON: frozenset[str] = frozenset({"reopen"})

INSTEAD: Mapping[str, str] = {
    "write": "Open it again for drafting first; the signatures are then asked for anew.",
    "open_for_signature": "There is nothing to open for signature.",
    "sign": "There is nothing to sign now.",
    "record_signature": "A signature is recorded while the statement is open for signature.",
    "reopen": "What was submitted stays as it is.",
    "submit": "Every chief officer who must sign has to sign first.",
    "file_receipt": "A receipt is filed once, after the statement was submitted.",
    "add_follow_up": "What follows a statement is recorded after it was submitted.",
}


def after(verb: str, state: StatementState) -> StatementState | None:
    """The state that a verb leads to, or None when it may not be taken from here."""
    return STEPS[verb].get(state)


def after_signing(signed: int, asked: int) -> StatementState:
    """Where a statement stands when `signed` of `asked` have signed: signed off by the last of them, never by none."""
    return StatementState.SIGNED_OFF if asked and signed >= asked else StatementState.SIGNING
