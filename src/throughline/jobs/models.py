"""The queue. Its rows are claims, not the register: they are written here and in `queue.py`, around the write door."""

import uuid

from django.db import models

from throughline.partners.models import Partnership, Person


class Job(models.Model):
    """One piece of work that somebody asked for.

    `key` keeps it from being asked for twice. `version` counts its changes of hands: whoever writes names the version
    that they read. `heard_at` is when its worker last showed life. `result` is the address of what came of it.
    """

    class State(models.TextChoices):
        QUEUED = "queued", "Waiting"
        RUNNING = "running", "Being worked on"
        DONE = "done", "Done"
        FAILED = "failed", "Did not work"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    arguments = models.JSONField(default=dict)
    partnership = models.ForeignKey(Partnership, null=True, on_delete=models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    run_after = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    claimed_by = models.CharField(max_length=80, blank=True)
    progress = models.CharField(max_length=200, blank=True)
    result = models.CharField(max_length=500, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "run_after"], name="job_by_turn")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "running", "done", "failed"]), name="job_state_known"
            )
        ]
