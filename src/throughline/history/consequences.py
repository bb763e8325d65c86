"""What a lower room must tell a higher one: declared subscriptions that run inside the same transaction.

A room subscribes in its `apps.ready`; docs/reference/consequences.md lists every subscription. The database keeps each
consequence from happening twice: one event per cause, verb and row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from throughline.history.door import Actor, because_of
from throughline.history.models import Event


@dataclass(frozen=True)
class Consequence:
    """`run(by=, cause=, now=, **facts)` follows when `on` happens. `name` says what it does, for the reference."""

    on: str
    name: str
    run: Callable[..., None]


_SUBSCRIBED: list[Consequence] = []


def subscribe(on: str, name: str, run: Callable[..., None]) -> None:
    """Have `run` follow `on`. Subscribing twice under one name is once."""
    if not any((each.on, each.name) == (on, name) for each in _SUBSCRIBED):
        _SUBSCRIBED.append(Consequence(on, name, run))


def subscribed() -> tuple[Consequence, ...]:
    """Every subscription, in the order in which they run."""
    return tuple(_SUBSCRIBED)


def follow(on: str, *, by: Actor, cause: Event, now: datetime, **facts: Any) -> None:
    """Run what is subscribed to `on`, inside the running action; what it writes says it is because of `cause`."""
    for each in _SUBSCRIBED:
        if each.on == on:
            with because_of(cause):
                each.run(by=by, cause=cause, now=now, **facts)
