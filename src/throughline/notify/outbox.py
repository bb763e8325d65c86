"""Writing messages into the outbox, and a worker's turns at sending them.

What is promised: a message that the mail server acknowledged is sent exactly once; when the acknowledgement was lost it
is sent a second time with the same Message-ID, and never a third. To keep that promise a worker first claims a message,
then says that it is about to hand it over, and only then hands it over: a worker that died before has sent nothing.
When two workers in a row die at that very step, the message ends as doubtful, perhaps never sent, and the health page
counts it: nobody can know, and a third copy is what was promised not to happen.
"""

import logging
import re
import smtplib
import socket
import time
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.db import transaction

from throughline.notify.models import Message
from throughline.partners.models import Partnership

log = logging.getLogger("throughline.notify")

SILENT_FOR = timedelta(minutes=5)
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
ATTEMPTS = len(PAUSES) + 1
SENT_AGAIN_AT_MOST = 2
FOOT = "This message holds no details on purpose. Sign in to read them."
State = Message.State


class Unsendable(ValueError):
    """The address or the subject cannot stand in a mail's header: it holds a line break, or it is no address."""


def link_to(path: str) -> str:
    """An address on this copy of Throughline as it stands in a message."""
    return f"{settings.BASE_URL}{path}" if path.startswith("/") else path


def _line(text: str, longest: int) -> str:
    """A text that is safe as one header line. Raises Unsendable rather than repair what looks like an attempt."""
    if any(unicodedata.category(character) in {"Cc", "Zl", "Zp", "Cs"} for character in text):
        raise Unsendable("A subject is one line without control characters.")
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _address(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise Unsendable(f"'{text}' is not an e-mail address.") from error
    return _line(text, 254)


def enqueue(
    *, to: str, subject: str, sentences: Sequence[str], url: str, key: str, now: datetime,
    partnership: Partnership | None = None, marking: str = "",
) -> Message:  # fmt: skip
    """Write a message, inside the transaction of what it tells of. Once for each key: a second time gives the first.

    The subject begins with the partnership's marking (or `marking`). `sentences` say what happened without saying
    anything of it; `url` (a path of ours) is where it can be read. Raises Unsendable.
    """
    marking = marking or (partnership.marking if partnership else "OFFICIAL-SENSITIVE")
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    with transaction.atomic():
        found, _ = Message.objects.get_or_create(
            key=key,
            defaults={
                "partnership": partnership,
                "to": _address(to),
                "subject": _line(f"{marking}: {subject}", 200),
                "body": "\n\n".join([*sentences, link_to(url), FOOT]) + "\n",
                "message_id": make_msgid(domain=domain),
                "written_at": now,
                "send_after": now,
            },
        )
    return found


def _swap(message: Message, **changes: Any) -> bool:
    """Change a message that nobody else has changed since it was read. Whether that was so."""
    swapped = Message.objects.filter(pk=message.pk, version=message.version, state=message.state).update(
        version=message.version + 1, **changes
    )
    if swapped:
        message.version += 1
        for name, value in changes.items():
            setattr(message, name, value)
    return swapped == 1


def claim(now: datetime) -> Message | None:
    """The next message whose turn it is, now this worker's; None when there is none."""
    waiting = Message.objects.filter(state=State.WAITING, send_after__lte=now).order_by("send_after", "written_at")
    for message in waiting[:20]:
        if _swap(message, state=State.CLAIMED, attempts=message.attempts + 1, claimed_at=now):
            return message
    return None


def take_back(now: datetime) -> int:
    """Deal with messages whose worker died: unsent for certain, or perhaps sent. How many."""
    count = 0
    for message in Message.objects.filter(state__in=[State.CLAIMED, State.SENDING], claimed_at__lt=now - SILENT_FOR):
        if message.state == State.CLAIMED:
            count += _swap(message, state=State.WAITING, send_after=now, claimed_at=None)
        else:
            count += _perhaps_sent(message, "The worker stopped while it handed the message over.", now)
    return count


def _later(message: Message, sentence: str, now: datetime) -> bool:
    if message.attempts >= ATTEMPTS:
        return _swap(message, state=State.REFUSED, error=sentence[:300], ended_at=now, claimed_at=None)
    return _swap(
        message, state=State.WAITING, error=sentence[:300], claimed_at=None,
        send_after=now + PAUSES[message.attempts - 1],
    )  # fmt: skip


def _perhaps_sent(message: Message, sentence: str, now: datetime) -> bool:
    """The server may have it. Send it once more with the same Message-ID, then leave it."""
    times = message.unconfirmed + 1
    if times >= SENT_AGAIN_AT_MOST:
        return _swap(
            message, state=State.DOUBTFUL, unconfirmed=times, error=sentence[:300], ended_at=now, claimed_at=None
        )
    return _swap(
        message, state=State.WAITING, unconfirmed=times, error=sentence[:300], claimed_at=None,
        send_after=now + PAUSES[0],
    )  # fmt: skip


def _mail_of(message: Message) -> EmailMessage:
    return EmailMessage(
        subject=message.subject,
        body=message.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.to],
        headers={"Message-ID": message.message_id, "Auto-Submitted": "auto-generated"},
    )


class _NotAccepted(Exception):
    """The server will never take this message for this address."""


def _accepted(answer: tuple[int, bytes], *, for_good: bool = True, code: int = 250) -> None:
    """Raise what fits an answer that is not yes: smtplib's own for 'not now', _NotAccepted for a 5xx `for_good`."""
    given, words = answer
    if given // 100 == code // 100:
        return
    if given >= 500 and for_good:
        raise _NotAccepted(f"The mail server refused it for good (answer {given}).")
    raise smtplib.SMTPResponseException(given, words)


def _hand_over(mail: EmailMessage, about_to: Callable[[], None]) -> None:
    """Give one mail to the server. `about_to` is called just before the server could accept it.

    Django sends a mail in one go; here the steps are taken one by one, because a connection that breaks before the
    content was sent means that nothing was sent.
    """
    connection = get_connection(fail_silently=False)
    connection.open()
    try:
        smtp = getattr(connection, "connection", None)
        if not isinstance(smtp, smtplib.SMTP):  # the mail folder, or a test's list
            about_to()
            connection.send_messages([mail])
            return
        smtp.ehlo_or_helo_if_needed()
        if smtp.sock is not None:  # the last step below is three bytes long and must not wait for more
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # A refused sender is a mistake in the settings: the message waits until it is mended.
        _accepted(smtp.mail(parseaddr(mail.from_email)[1]), for_good=False)
        _accepted(smtp.rcpt(mail.to[0]))
        _accepted(smtp.docmd("DATA"), code=354)
        content = re.sub(rb"(?m)^\.", b"..", mail.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        smtp.send(content.rstrip(b"\r\n") + b"\r\n")
        about_to()
        smtp.send(b".\r\n")  # only this makes it a message: without it the server drops what it was given
        _accepted(smtp.getreply())
    finally:
        try:
            connection.close()
        except (smtplib.SMTPException, OSError):
            log.debug("the mail server closed the connection first")


def send(message: Message, now: datetime) -> None:
    """Send one claimed message and keep what the server said."""
    handed_over = False

    def about_to() -> None:
        nonlocal handed_over
        if not _swap(message, state=State.SENDING):
            raise RuntimeError("another worker has this message")
        handed_over = True

    try:
        _hand_over(_mail_of(message), about_to)
    except _NotAccepted as refusal:
        _swap(message, state=State.REFUSED, error=str(refusal), ended_at=now, claimed_at=None)
    except smtplib.SMTPResponseException as refusal:
        _later(message, f"The mail server answered {refusal.smtp_code}.", now)
    except (smtplib.SMTPException, OSError, RuntimeError) as error:
        log.warning("message %s: %s", message.pk, type(error).__name__)
        sentence = f"The mail server could not be used ({type(error).__name__})."
        (_perhaps_sent if handed_over else _later)(message, sentence, now)
    else:
        _swap(message, state=State.SENT, error="", body="", ended_at=now, claimed_at=None)


def send_due(now: datetime, limit: int = 200) -> int:
    """One turn of a worker: take back what the dead left, then send what is due, at most `limit`. How many."""
    take_back(now)
    began = time.monotonic()
    count = 0
    while count < limit:
        at = now + timedelta(seconds=time.monotonic() - began)
        if (message := claim(at)) is None:
            break
        send(message, at)
        count += 1
    return count
