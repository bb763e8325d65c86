"""Rules of evidence that are neither access nor strength. Pure."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from throughline.methods.printed import day


def reference(number: int) -> str:
    """EV-012 from 12."""
    return f"EV-{number:03d}"


def why_not_held(*, held_where: str, has_file: bool, link: str) -> str:
    """Why evidence cannot be found by anybody: empty when it says where it is, or brings it."""
    if held_where.strip() or has_file or link:
        return ""
    return "Say where it is held, or add the file or a link to it."


def why_not_dated(dated: date | None, expires: date | None, *, on: date) -> list[tuple[str, str]]:
    """(field, sentence) for each day that cannot be. `on` is today."""
    wrong = []
    if dated is not None and dated > on:
        wrong.append(("dated", f"{day(dated)} has not come yet. Give the day that the evidence is of."))
    if dated is not None and expires is not None and expires < dated:
        wrong.append(("expires", "It cannot stop showing anything before the day that it is of. Give a later day."))
    return wrong


def has_expired(expires: date | None, on: date) -> bool:
    """Whether evidence shows nothing any more. The day itself still counts."""
    return expires is not None and on > expires


def is_independent(bodies: Iterable[UUID | None], body: UUID) -> bool:
    """Whether somebody who acts for these bodies is independent of the one that holds the evidence."""
    return body not in {each for each in bodies if each is not None}
