"""The menu: rooms put themselves into it from `apps.ready`, and the page shows what its reader may open."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from throughline.ui import page


@dataclass(frozen=True)
class MenuItem:
    """One entry. `url_for` answers None where this person, here, has nothing behind it."""

    name: str
    label: str
    url_for: Callable[[Any], str | None]  # takes the request, as the room types it
    order: int = 100


@dataclass(frozen=True)
class Entry:
    """An entry as this page shows it. `current` is the page itself, `active` its section."""

    label: str
    url: str
    active: bool
    current: bool


_items: dict[str, MenuItem] = {}


def register(item: MenuItem) -> None:
    """Add an entry to every page's menu. A second entry of the same name is a mistake: ValueError."""
    if item.name in _items and _items[item.name] is not item:
        raise ValueError(f"The menu has an entry '{item.name}' already.")
    _items[item.name] = item


def entries(request: HttpRequest) -> list[Entry]:
    """The menu for this request, in order, with the section that the page belongs to marked.

    A request that was refused before anybody could say whose it is (a foreign host name) has no menu.
    """
    if not hasattr(request, "user"):
        return []
    shown = [
        (item, url)
        for item in sorted(_items.values(), key=lambda item: (item.order, item.label))
        if (url := item.url_for(request))
    ]
    section = page.of(request).section
    if not section:
        # Of the entries whose address begins this page's, the longest is the nearest.
        nearest = [(len(url), item.name) for item, url in shown if request.path.startswith(url.split("?")[0])]
        section = max(nearest)[1] if nearest else ""
    return [
        Entry(item.label, url, active=item.name == section, current=url.split("?")[0] == request.path)
        for item, url in shown
    ]
