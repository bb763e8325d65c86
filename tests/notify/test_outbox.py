"""The outbox: once when acknowledged, at most twice when not, never lost, and nothing but a sentence and a link."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from tests.cast import NOW, Cast, assemble
from throughline.notify import outbox
from throughline.notify.models import Message


def write(key: str = "k", **changes) -> Message:
    given = {
        "to": "hana@example.org", "subject": "Return due on 14 January 2019", "sentences": ["Your return is due."],
        "url": "/p/ashvale/", "key": key, "now": NOW,
    }  # fmt: skip
    return outbox.enqueue(**{**given, **changes})


def turns(count: int = 12) -> None:
    """Let the worker have its turn whenever something may be due."""
    for n in range(count):
        outbox.send_due(NOW + timedelta(days=3 * n))


def test_an_acknowledged_message_arrives_once_with_marking_sentence_and_link(cast: Cast, postbox) -> None:
    message = write(partnership=cast.ashvale)
    turns()
    message.refresh_from_db()
    (mail,) = postbox.mails
    assert mail["Subject"] == "OFFICIAL-SENSITIVE: Return due on 14 January 2019"
    assert mail["To"] == "hana@example.org"
    assert mail["From"] == "Throughline <plan@ashvale.example>"
    assert mail["Message-ID"] == message.message_id
    text = mail.get_payload(decode=True).decode()
    assert "Your return is due." in text
    assert "http://localhost:8000/p/ashvale/" in text
    assert (message.state, message.body) == ("sent", "")


def test_a_message_written_twice_under_one_key_is_one_message(db) -> None:
    assert write().pk == write(subject="Another").pk


def test_when_the_acknowledgement_is_lost_the_second_sending_has_the_same_id(db, postbox) -> None:
    message = write()
    postbox.answers = [None]
    turns()
    message.refresh_from_db()
    assert message.state == "sent"
    assert [mail["Message-ID"] for mail in postbox.mails] == [message.message_id] * 2


def test_when_every_acknowledgement_is_lost_it_is_sent_twice_and_never_a_third_time(db, postbox) -> None:
    message = write()
    postbox.answers = [None] * 9
    turns()
    message.refresh_from_db()
    assert (message.state, len(postbox.mails)) == ("doubtful", 2)


def test_a_server_that_refuses_for_now_gets_it_later(db, postbox) -> None:
    message = write()
    postbox.answers = ["451 greylisted", "452 full"]
    turns()
    message.refresh_from_db()
    assert (message.state, message.attempts, len(postbox.mails)) == ("sent", 3, 1)


def test_an_address_that_the_server_refuses_for_good_is_not_tried_again(db, postbox) -> None:
    message = write()
    postbox.recipient_answers = ["550 no such person"]
    turns()
    message.refresh_from_db()
    assert (message.state, message.attempts, postbox.mails) == ("refused", 1, [])


def test_a_slow_server_is_given_up_and_asked_again(db, postbox) -> None:
    message = write()
    postbox.answers = ["slow"]
    turns()
    message.refresh_from_db()
    assert (message.state, len(postbox.mails)) == ("sent", 1)


def test_a_server_that_is_down_loses_nothing(db, postbox, settings) -> None:
    message = write()
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    outbox.send_due(NOW)
    message.refresh_from_db()
    assert (message.state, message.unconfirmed) == ("waiting", 0)
    settings.EMAIL_PORT = right
    turns()
    assert len(postbox.mails) == 1


def test_a_worker_that_died_before_handing_over_costs_no_second_sending(db, postbox) -> None:
    message = write()
    outbox.claim(NOW)
    turns()
    message.refresh_from_db()
    assert (message.state, message.unconfirmed, len(postbox.mails)) == ("sent", 0, 1)


def test_a_worker_that_died_while_handing_over_has_it_sent_once_more(db, postbox) -> None:
    message = write()
    taken = outbox.claim(NOW)
    outbox._swap(taken, state=Message.State.SENDING)
    turns()
    message.refresh_from_db()
    assert (message.state, message.unconfirmed, len(postbox.mails)) == ("sent", 1, 1)


@pytest.mark.parametrize(
    "harm",
    [
        {"subject": "Due\r\nBcc: everyone@example.org"},
        {"subject": "Due\nX: y"},
        {"subject": "Due\x00"},
        {"subject": "Due\u2028Bcc: x@example.org"},
        {"to": "hana@example.org\r\nBcc: x@example.org"},
        {"to": "hana@example.org, x@example.org"},
        {"to": ""},
        {"marking": "OFFICIAL\r\nBcc: x@example.org"},
    ],
)
def test_what_would_add_a_header_or_an_address_is_refused(db, harm: dict) -> None:
    with pytest.raises(outbox.Unsendable):
        write(**harm)
    assert not Message.objects.exists()


def test_a_line_that_begins_with_a_dot_arrives_as_it_was_written(db, postbox) -> None:
    write(sentences=["One line.", ".", ".. and more"])
    turns()
    text = postbox.mails[0].get_payload(decode=True).decode().replace("\r\n", "\n")
    assert "One line.\n\n.\n\n.. and more\n" in text


def test_three_workers_at_once_send_each_message_once(own_database, django_db_blocker, postbox) -> None:
    with django_db_blocker.unblock():
        assemble()
        for n in range(20):
            write(f"k{n}", to=f"person{n}@example.org")
        faults = []
        begin = threading.Barrier(3)

        def worker() -> None:
            try:
                with django_db_blocker.unblock():
                    begin.wait()
                    while outbox.send_due(NOW, limit=1):
                        pass
            except BaseException as error:
                faults.append(error)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=worker) for _ in range(3)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        assert faults == []
        assert sorted(mail["To"] for mail in postbox.mails) == sorted(f"person{n}@example.org" for n in range(20))
