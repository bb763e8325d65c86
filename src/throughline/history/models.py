"""The record of what happened: chains of events that never change, and what each event says.

Nothing here is written outside this room. Triggers on both databases (`triggers.py`) refuse to change or delete an
event or its body; the one exception is a body for which two people have recorded a redaction.
"""

import uuid

from django.db import models

from throughline.access import GuardedQuerySet
from throughline.history.permissions import REDACTION


class Recorded(models.Model):
    """A row of the register: known for ever by its id, changed only through the write door.

    `version` counts the changes; a change names the version that it was made against. Nothing is deleted: a row that
    no longer holds is withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Chain(models.Model):
    """The head of one chain: one per partnership and one (partnership_id NULL) for the deployment."""

    partnership_id = models.UUIDField(null=True, unique=True)
    head_sequence = models.PositiveBigIntegerField(default=0)
    head_hash = models.CharField(max_length=64)
    head_at = models.DateTimeField()

    class Meta:
        constraints = [
            # NULLs differ from each other in a unique column, so the deployment's one chain needs its own rule.
            models.UniqueConstraint(
                models.Value(1), condition=models.Q(partnership_id__isnull=True), name="one_deployment_chain"
            )
        ]


class Event(models.Model):
    """One thing that happened to one row. Holds no free text that could need redacting: that is in its body.

    `by_*` are as printed on that day and no foreign keys: a person who leaves stays in the record. `hash` covers every
    other column and the previous event's hash (`canonical.event_text`); `commitment` is SHA-256 over salt and body.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    chain = models.ForeignKey(Chain, on_delete=models.PROTECT)
    sequence = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    by_id = models.UUIDField()
    by_name = models.CharField(max_length=200)
    by_role = models.CharField(max_length=200, blank=True)
    by_agency = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=60)
    thing_kind = models.CharField(max_length=60)
    thing_id = models.UUIDField()
    scope = models.TextField()
    because_of = models.UUIDField(null=True)
    format_version = models.PositiveSmallIntegerField(default=1)
    commitment = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "sequence"], name="event_sequence_once"),
            models.UniqueConstraint(
                fields=["because_of", "verb", "thing_id"],
                condition=models.Q(because_of__isnull=False),
                name="event_consequence_once",
            ),
        ]
        indexes = [
            models.Index(fields=["thing_id", "sequence"], name="event_by_thing"),
            models.Index(fields=["chain", "thing_kind", "thing_id", "sequence"], name="event_by_kind"),
        ]


class EventBody(models.Model):
    """What an event says: the reason and the row's state after it, as canonical JSON text (`canonical.body_text`)."""

    event = models.OneToOneField(Event, primary_key=True, on_delete=models.PROTECT, related_name="body")
    salt = models.CharField(max_length=32)
    text = models.TextField()


class Redaction(Recorded):
    """Words that two people take out of one event's body. Its id is that event's id, so the record ties them together.

    `passage_of`, `field`, `start` and `end` say where the words stand (`field` '' is the reason); the words themselves
    are not repeated here. `commitment` is that of the body that replaced the old one, once approved.
    """

    partnership_id = models.UUIDField()
    passage_of = models.UUIDField()
    field = models.CharField(max_length=60, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    asked_by = models.UUIDField()
    approved_by = models.UUIDField(null=True)
    commitment = models.CharField(max_length=64, blank=True)

    objects = GuardedQuerySet.as_manager()
    access_kind = REDACTION

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("asked_by")),
                name="redaction_by_two_people",
            )
        ]


class RequestKey(models.Model):
    """A form that was answered: a second sending of it gets the first one's answer (`once.py`)."""

    person_id = models.UUIDField()
    key = models.CharField(max_length=64)
    answer = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person_id", "key"], name="request_key_once")]
