"""The menu's entries of this room: one's own work, and the pages of the partnership that the page is of."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from throughline.access import Role, allows
from throughline.access.roles import MEMBERS
from throughline.partners.web import partnership_of, role_names, today
from throughline.ui.menus import MenuItem, register

_READS_RECORD = {role.value for role in MEMBERS | {Role.ADMINISTRATOR}}


def _home(request: Any) -> str | None:
    return reverse("home") if request.user.is_authenticated else None


def _of_partnership(name: str, may: Callable[[Any], bool] = lambda _request: True) -> Callable:
    def url(request: Any) -> str | None:
        partnership = partnership_of(request)
        return reverse(name, args=[partnership.slug]) if partnership is not None and may(request) else None

    return url


def _takes_part(request: Any) -> bool:
    partnership = partnership_of(request)
    return partnership is not None and bool(role_names(request.user, partnership.pk, today(request)) & _READS_RECORD)


def _may_change(request: Any) -> bool:
    partnership = partnership_of(request)
    return partnership is not None and allows(request.user, "change", partnership)


register(MenuItem("home", "My work", _home, order=0))
register(MenuItem("front", "Overview", _of_partnership("partners:front"), order=10))
register(MenuItem("people", "People", _of_partnership("partners:people", _takes_part), order=80))
register(MenuItem("record", "What happened", _of_partnership("partners:record", _takes_part), order=85))
register(MenuItem("settings", "Settings", _of_partnership("partners:settings", _may_change), order=90))
