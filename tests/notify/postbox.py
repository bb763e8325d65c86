"""A real mail server on loopback that keeps what it was given, and misbehaves when asked to."""

import asyncio
import email
from email.message import Message as Mail

from aiosmtpd.controller import Controller


class Postbox:
    """An aiosmtpd handler. `answers` are given to DATA in turn, then '250 OK'; None accepts and then says nothing."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.answers: list[str | None] = []
        self.recipient_answers: list[str] = []
        self.silence = 5.0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient_answers and not (answer := self.recipient_answers.pop(0)).startswith("250"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer is None or answer.startswith("250"):
            self.mails.append(email.message_from_bytes(envelope.content))
        if answer is None:  # the acknowledgement is lost
            server.transport.close()
            return "250 never heard"
        if answer == "slow":
            await asyncio.sleep(self.silence)
            return "451 too late"
        return answer


def open_postbox(port: int = 0) -> tuple[Postbox, Controller]:
    """Start the server on a free port of 127.0.0.1."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=port or _free_port())
    controller.start()
    return box, controller


def _free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
