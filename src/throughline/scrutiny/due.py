"""None of this room's dates is one to act by: the meeting's day is the period's."""

NOT_DATED = {
    "scrutiny.decision.sought_on": "when it happened",
    "scrutiny.decision.answered_on": "when it happened",
}
