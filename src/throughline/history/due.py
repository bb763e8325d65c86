"""Which of this room's dates nobody waits for: all of them say when something happened."""

NOT_DATED = {
    "history.chain.head_at": "when it happened",
    "history.event.recorded_at": "when it happened",
    "history.requestkey.at": "when it happened",
}
