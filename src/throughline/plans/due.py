"""Which of this room's dates nobody is reminded of by mail."""

NOT_DATED = {
    "plans.action.original_due": "kept beside the date that now holds",
    "plans.action.due": "asked about in the return of its quarter, for which there is a reminder",
}
