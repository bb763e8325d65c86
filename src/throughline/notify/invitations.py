"""The mail that brings an invitation: it follows when a person is invited."""

from datetime import datetime
from typing import Any

from throughline.history import consequences
from throughline.notify import outbox


def _send_invitation(*, by: Any, cause: Any, now: datetime, invitation: Any, token: str, **_facts: Any) -> None:
    outbox.enqueue(
        to=invitation.person.email,
        subject="Your invitation to Throughline",
        sentences=[
            f"You are asked to take part in the {invitation.partnership.name}.",
            "Open this link within 14 days to choose a password. It works once, and only for you.",
        ],
        url=f"/invitation/{token}/",
        key=f"invitation:{invitation.pk}",
        now=now,
        partnership=invitation.partnership,
    )


def subscribe() -> None:
    """Have a mail follow each invitation, in the transaction of the invitation."""
    consequences.subscribe("partners.invited", "send the invitation by mail", _send_invitation)
