"""The outbox and what was reminded of. No part of the register: written in this room, around the write door."""

import uuid

from django.db import models

from throughline.partners.models import Partnership, Person


class Message(models.Model):
    """One mail to one address.

    `key` keeps it from being written twice; `message_id` is fixed when it is written, so that a second sending after a
    lost answer is the same message. `unconfirmed` counts sendings that the server may have accepted without our
    hearing of it. `body` is emptied once the message is sent: an invitation's link is nobody else's.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        CLAIMED = "claimed", "Taken by a worker"
        SENDING = "sending", "Being handed to the mail server"
        SENT = "sent", "Accepted by the mail server"
        DOUBTFUL = "doubtful", "The mail server did not confirm it"
        REFUSED = "refused", "Not accepted"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveIntegerField(default=1)
    key = models.CharField(max_length=200, unique=True)
    partnership = models.ForeignKey(Partnership, null=True, on_delete=models.PROTECT, related_name="+")
    to = models.EmailField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    message_id = models.CharField(max_length=250, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    unconfirmed = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    send_after = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "send_after"], name="message_by_turn")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "claimed", "sending", "sent", "doubtful", "refused"]),
                name="message_state_known",
            )
        ]


class Reminder(models.Model):
    """That a person was reminded of one thing for one of its days. The constraint is what makes it happen once."""

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    thing = models.CharField(max_length=120)
    for_day = models.DateField()
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="reminders")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind", "thing", "for_day"], name="reminded_once"),
        ]
