"""The life of a return, as a table: who may take which step is in permissions.py, what a step needs is here."""

from collections.abc import Mapping
from enum import StrEnum


class ReturnState(StrEnum):
    """Where a return stands. Until it is submitted its content is its own body's alone."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    SENT_BACK = "sent_back"


PRINTED: Mapping[ReturnState, str] = {
    ReturnState.DRAFT: "Not submitted",
    ReturnState.SIGNED: "Signed, not submitted",
    ReturnState.SUBMITTED: "Submitted",
    ReturnState.ACCEPTED: "Accepted",
    ReturnState.SENT_BACK: "Sent back",
}

# verb -> the states from which it may be taken -> the state that it leads to. What is absent is refused.
STEPS: Mapping[str, Mapping[ReturnState, ReturnState]] = {
    # Writing anything takes a signature away: what was signed is what is submitted.
    "report": {
        ReturnState.DRAFT: ReturnState.DRAFT,
        ReturnState.SIGNED: ReturnState.DRAFT,
        ReturnState.SENT_BACK: ReturnState.SENT_BACK,
    },
    "sign": {ReturnState.DRAFT: ReturnState.SIGNED, ReturnState.SENT_BACK: ReturnState.SIGNED},
    "submit": {ReturnState.SIGNED: ReturnState.SUBMITTED},
    "accept": {ReturnState.SUBMITTED: ReturnState.ACCEPTED},
    "send_back": {ReturnState.SUBMITTED: ReturnState.SENT_BACK},
}

NEEDS_REASON: frozenset[str] = frozenset({"send_back"})


def after(verb: str, state: ReturnState) -> ReturnState | None:
    """The state that a verb leads to, or None when it may not be taken from here."""
    return STEPS[verb].get(state)
