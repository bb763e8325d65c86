"""None of this room's dates is one to act by yet: evidence that has expired shows as expired."""

NOT_DATED = {
    "evidence.evidence.dated": "the day that the evidence is of",
    "evidence.evidence.expires": "shown as expired from the day after; nobody has to act by it",
    "evidence.evidencerevision.added_on": "when it happened",
    "evidence.evidenceseen.on": "when it happened",
}
