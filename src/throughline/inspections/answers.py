"""What answers a finding. This room only asks; the room that answers says so from its `apps.ready`.

What is offered is a query set of link rows, each with `finding` and `action`, of answers that stand: an action that was
withdrawn answers nothing.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

_sources: list[Callable[[], QuerySet[Any]]] = []


def offer(links: Callable[[], QuerySet[Any]]) -> None:
    """Say where the answers stand. One room answers findings; a second one is a mistake (ValueError)."""
    if _sources and _sources != [links]:
        raise ValueError("findings are answered by another room already")
    _sources[:] = [links]


def standing() -> QuerySet[Any]:
    """Link rows (`finding`, `action`) of every answer that stands. Raises LookupError where no room answers."""
    if not _sources:
        raise LookupError("no room answers findings: is the plans room installed?")
    return _sources[0]()
