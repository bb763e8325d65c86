"""None of this room's dates is one to act by."""

NOT_DATED = {"impact.judgement.on": "when it happened"}
