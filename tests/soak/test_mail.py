"""Three workers killed at random while they send: once when acknowledged, at most twice when not, none lost unseen."""

import os
import random
import signal
import time
from collections import Counter
from datetime import timedelta

import pytest
from django.db import connections

from tests.cast import NOW, assemble
from tests.notify.postbox import open_postbox
from throughline.notify import outbox
from throughline.notify.models import Message

KILLS, WORKERS, SEED = 200, 3, 20181203


def worker(at) -> int:
    """A forked worker that sends what is due until it is killed. Gives its process id."""
    pid = os.fork()
    if pid:
        return pid
    try:
        while True:
            outbox.send_due(at, limit=1)
    finally:
        os._exit(0)


@pytest.mark.soak
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_no_message_is_lost_or_sent_without_need_when_workers_are_killed(
    own_database, django_db_blocker, settings, monkeypatch
) -> None:
    chance = random.Random(SEED)
    box, controller = open_postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_HOST_USER, settings.EMAIL_TIMEOUT = False, "", 5
    # Workers die 200 times here and a message waits for each of them once: what counts is that none is given up.
    monkeypatch.setattr(outbox, "ATTEMPTS", 10_000)
    monkeypatch.setattr(outbox, "PAUSES", (timedelta(minutes=1),) * 10_000)
    with django_db_blocker.unblock():
        assemble()
        for n in range(400):
            outbox.enqueue(
                to=f"person{n}@example.org",
                subject="Return due",
                sentences=["It is due."],
                url="/",
                key=f"k{n}",
                now=NOW,
            )
        at, kills = NOW, 0
        connections.close_all()
        while kills < KILLS:
            # All die together: a claim is taken back only when nobody can be working on it any more.
            alive = [worker(at) for _ in range(WORKERS)]
            for each in alive:
                time.sleep(chance.uniform(0.001, 0.06))
                os.kill(each, signal.SIGKILL)
                os.waitpid(each, 0)
            kills += WORKERS
            at += outbox.SILENT_FOR + timedelta(minutes=2)
        for _ in range(5):
            at += timedelta(days=1)
            outbox.send_due(at, limit=1000)
        arrived = Counter(mail["Message-ID"] for mail in box.mails)
        messages = list(Message.objects.all())
        connections.close_all()
    controller.stop()
    lost = {each.message_id for each in messages} - set(arrived)
    again = sum(count == 2 for count in arrived.values())
    print(f"\nmail: {len(messages)} messages, {kills} kills, {len(lost)} lost, {again} sent twice, seed {SEED}")
    assert {each.state for each in messages} <= {"sent", "doubtful"}
    # Two workers that die within the same instant of one message leave it neither sent nor sendable without risking a
    # third copy. It must say so itself; that it happens here at all is owed to a kill for every other message.
    assert lost <= {each.message_id for each in messages if each.state == "doubtful"}
    assert len(lost) <= len(messages) // 100
    assert max(arrived.values()) <= 2
    assert all(each.unconfirmed for each in messages if arrived[each.message_id] == 2), "sent twice without need"
