"""Which of this room's dates nobody waits for."""

NOT_DATED = {
    "jobs.job.asked_at": "when it happened",
    "jobs.job.run_after": "the queue's own turn",
    "jobs.job.heard_at": "when its worker last showed life",
    "jobs.job.ended_at": "when it happened",
}
