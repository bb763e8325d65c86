"""What the line puts into other rooms' pages."""

from collections.abc import Sequence

from django.urls import reverse

from throughline.line import checks, finding_view
from throughline.line.queries import plan_line
from throughline.methods.printed import count
from throughline.partners.models import Partnership
from throughline.partners.requests import Request
from throughline.partners.web import Panel, offer_panel, partnership_of, today
from throughline.plans.queries import plans_of
from throughline.ui.menus import MenuItem
from throughline.ui.menus import register as register_menu

_FIRST = "_first_plan_of_the_line"


def register() -> None:
    """Put the line and the plan on a page into the menu, onto the front page and under each finding."""
    register_menu(MenuItem("page", "Plan on a page", _page, order=25))
    register_menu(MenuItem("line", "Line", _menu, order=50))
    offer_panel("front", front)
    offer_panel("finding", finding_view.panel)


def _menu(request: Request) -> str | None:
    return _of_first_plan(request, "line:line")


def _page(request: Request) -> str | None:
    return _of_first_plan(request, "line:page")


def _of_first_plan(request: Request, name: str) -> str | None:
    """A page of the partnership's first plan. Both entries of the menu ask for the plan once."""
    partnership = partnership_of(request)
    if partnership is None or not request.user.is_authenticated:
        return None
    asked = getattr(request, _FIRST, None)
    if asked is None or asked[0] != partnership.pk:
        asked = (partnership.pk, plans_of(partnership, for_person=request.user).first())
        setattr(request, _FIRST, asked)
    return reverse(name, args=[partnership.slug, asked[1].reference]) if asked[1] else None


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """Where the line of each plan stands, in a sentence."""
    said = []
    for plan in plans_of(partnership, for_person=request.user):
        broken = checks.breaks(plan_line(plan, for_person=request.user), today(request))
        sentence = f"it is broken in {count(len(broken), 'place')}." if broken else "it is whole."
        said.append((plan, sentence, [(title, len(some)) for title, some in checks.grouped(broken)]))
    return (Panel("line/front.html", {"partnership": partnership, "lines": said}, order=10),) if said else ()
