"""What a page says about itself: its marking, who may see it, the day that it shows and the partnership it is of."""

from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

DEFAULT_MARKING = "OFFICIAL-SENSITIVE"
AS_OF = "as-of"  # the name, in an address, of the day as at whose end the register is shown


@dataclass(frozen=True)
class Page:
    """One page's own particulars. Views change them with `describe`.

    audience: who may see this, as the end of a sentence: "everyone in Durham's partnership" or "you and your deputy".
    as_of: the day at whose end the register is shown; None for now. live_url: the same page now (worked out if empty).
    today: the day that counts as today, where a partnership has its own.
    section: the name of the menu item that the page belongs to; worked out from the address if empty.
    """

    marking: str = DEFAULT_MARKING
    audience: str = ""
    as_of: date | None = None
    live_url: str = ""
    partnership: str = ""
    partnership_url: str = ""
    illustrative: bool = False
    today: date | None = None
    section: str = ""


def of(request: HttpRequest) -> Page:
    """The particulars of the page that answers `request`; the safest ones where nobody gave any."""
    found = getattr(request, "page", None)
    return found if isinstance(found, Page) else Page()


def describe(request: HttpRequest, **changes: object) -> Page:
    """Change some particulars and keep the others: `describe(request, audience="your agency", as_of=day)`."""
    request.page = replace(of(request), **changes)  # type: ignore[attr-defined, arg-type]
    return request.page  # type: ignore[attr-defined,no-any-return]


def live_url(request: HttpRequest) -> str:
    """Where "Back to today" leads: the same address without its day."""
    given = of(request).live_url
    if given:
        return given
    query = request.GET.copy()
    query.pop(AS_OF, None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
