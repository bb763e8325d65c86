"""Which of this room's dates nobody waits for."""

NOT_DATED = {
    "notify.message.written_at": "when it happened",
    "notify.message.send_after": "the outbox's own turn",
    "notify.message.claimed_at": "when a worker took it",
    "notify.message.ended_at": "when it happened",
    "notify.reminder.for_day": "the day that a reminder was planned for",
}
