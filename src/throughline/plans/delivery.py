"""Delivery: what an agency may claim about an action, and who may say that it is so.

Overdue and re-dated are no states: they follow from the dates (`shown_delivery`). The partnership's printed key maps
the triple (state, overdue, re-dated) to a rating and is total.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Delivery(StrEnum):
    """Where an action stands, as stored."""

    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    AT_RISK = "at_risk"
    DELIVERED_CLAIMED = "delivered_claimed"  # the agency says so
    DELIVERED_VERIFIED = "delivered_verified"  # somebody independent says so
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


PRINTED: Mapping[Delivery, str] = {
    Delivery.NOT_STARTED: "Not started",
    Delivery.ON_TRACK: "On track",
    Delivery.AT_RISK: "At risk",
    Delivery.DELIVERED_CLAIMED: "Delivered (claimed)",
    Delivery.DELIVERED_VERIFIED: "Delivered (verified)",
    Delivery.WITHDRAWN: "Withdrawn",
    Delivery.SUPERSEDED: "Superseded",
}

# What an agency may say of its own action in a return. Verified, withdrawn and superseded are not for it to say.
CLAIMABLE: tuple[Delivery, ...] = (
    Delivery.NOT_STARTED,
    Delivery.ON_TRACK,
    Delivery.AT_RISK,
    Delivery.DELIVERED_CLAIMED,
)


class Need(StrEnum):
    """What a step needs beside the right to take it."""

    NOTHING = "nothing"
    REASON = "a reason"


_CLAIMS: Mapping[Delivery, Need] = {
    Delivery.NOT_STARTED: Need.REASON,
    Delivery.ON_TRACK: Need.NOTHING,
    Delivery.AT_RISK: Need.REASON,
    Delivery.DELIVERED_CLAIMED: Need.REASON,
}
_ENDS: Mapping[Delivery, Need] = {Delivery.WITHDRAWN: Need.REASON, Delivery.SUPERSEDED: Need.REASON}

# from -> to -> what the step needs. A pair that is absent is refused; staying where one is needs nothing.
STEPS: Mapping[Delivery, Mapping[Delivery, Need]] = {
    Delivery.NOT_STARTED: {**_CLAIMS, **_ENDS, Delivery.NOT_STARTED: Need.NOTHING},
    Delivery.ON_TRACK: {**_CLAIMS, **_ENDS},
    Delivery.AT_RISK: {**_CLAIMS, **_ENDS, Delivery.AT_RISK: Need.NOTHING},
    Delivery.DELIVERED_CLAIMED: {
        **_CLAIMS,
        **_ENDS,
        Delivery.ON_TRACK: Need.REASON,
        Delivery.DELIVERED_CLAIMED: Need.NOTHING,
        Delivery.DELIVERED_VERIFIED: Need.REASON,
    },
    Delivery.DELIVERED_VERIFIED: {
        Delivery.DELIVERED_VERIFIED: Need.NOTHING,
        Delivery.AT_RISK: Need.REASON,
        Delivery.SUPERSEDED: Need.REASON,
    },
    Delivery.WITHDRAWN: {Delivery.WITHDRAWN: Need.NOTHING, Delivery.NOT_STARTED: Need.REASON},
    Delivery.SUPERSEDED: {Delivery.SUPERSEDED: Need.NOTHING},
}

# What was ended answers no finding and serves no impact any more.
ENDED: frozenset[Delivery] = frozenset({Delivery.WITHDRAWN, Delivery.SUPERSEDED})
OPEN: frozenset[Delivery] = frozenset({Delivery.NOT_STARTED, Delivery.ON_TRACK, Delivery.AT_RISK})


@dataclass(frozen=True)
class Shown:
    """An action's delivery as it is shown on a day."""

    state: Delivery
    overdue: bool
    redated: bool


def shown_delivery(stored: Delivery, due: date | None, original_due: date | None, on: date) -> Shown:
    """The stored state with what follows from the dates on a day.

    A due date ends at the midnight after it, so an action is overdue from the next day while it is still open.
    """
    overdue = stored in OPEN and due is not None and on > due
    return Shown(stored, overdue, due != original_due)


@dataclass(frozen=True)
class Rating:
    """One line of a printed key. `tone` is neutral, good, info, warning or bad."""

    key: str
    printed: str
    tone: str


NOT_DUE = Rating("not_started", "Not started", "neutral")
ON_TRACK = Rating("on_track", "On track", "info")
AT_RISK = Rating("at_risk", "At risk", "warning")
OVERDUE = Rating("overdue", "Overdue", "bad")
CLAIMED = Rating("claimed", "Delivered, not verified", "info")
VERIFIED = Rating("verified", "Delivered and verified", "good")
GONE = Rating("ended", "Withdrawn or superseded", "neutral")
KEY: tuple[Rating, ...] = (NOT_DUE, ON_TRACK, AT_RISK, OVERDUE, CLAIMED, VERIFIED, GONE)

_BY_STATE: Mapping[Delivery, Rating] = {
    Delivery.NOT_STARTED: NOT_DUE,
    Delivery.ON_TRACK: ON_TRACK,
    Delivery.AT_RISK: AT_RISK,
    Delivery.DELIVERED_CLAIMED: CLAIMED,
    Delivery.DELIVERED_VERIFIED: VERIFIED,
    Delivery.WITHDRAWN: GONE,
    Delivery.SUPERSEDED: GONE,
}


def rating(shown: Shown) -> Rating:
    """The default printed key. An open action that is overdue is overdue, whatever its agency says; nothing that
    nobody independent verified is green."""
    return OVERDUE if shown.overdue else _BY_STATE[shown.state]
