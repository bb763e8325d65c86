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


def register() -> None:
    """Put the line into the menu, onto the front page and under each finding."""
    register_menu(MenuItem("line", "Line", _menu, order=50))
    offer_panel("front", front)
    offer_panel("finding", finding_view.panel)


def _menu(request: Request) -> str | None:
    partnership = partnership_of(request)
    if partnership is None or not request.user.is_authenticated:
        return None
    plan = plans_of(partnership, for_person=request.user).first()
    return reverse("line:line", args=[partnership.slug, plan.reference]) if plan else None


def front(request: Request, partnership: Partnership) -> Sequence[Panel]:
    """Where the line of each plan stands, in a sentence."""
    said = []
    for plan in plans_of(partnership, for_person=request.user):
        broken = checks.breaks(plan_line(plan, for_person=request.user), today(request))
        sentence = f"it is broken in {count(len(broken), 'place')}." if broken else "it is whole."
        said.append((plan, sentence, [(title, len(some)) for title, some in checks.grouped(broken)]))
    return (Panel("line/front.html", {"partnership": partnership, "lines": said}, order=10),) if said else ()
