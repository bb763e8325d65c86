"""What was last returned about the actions that serve a desired impact, in sight of whoever judges it."""

from collections.abc import Sequence

from throughline.partners.requests import Request
from throughline.partners.web import Panel, offer_panel
from throughline.plans.models import Action, ActionImpact, DesiredImpact
from throughline.plans.offers import action_url
from throughline.returns.models import Update

SHOWN = 6


def of_impact(request: Request, impact: DesiredImpact) -> Sequence[Panel]:
    """The newest update of each action that serves it, as far as the person may read them. One query."""
    serving = ActionImpact.objects.filter(desired_impact=impact, withdrawn_at__isnull=True).values("action")
    rows = (
        Update.objects.visible_to(request.user)
        .filter(action__in=serving)
        .exclude(progress="")
        .select_related("action__plan__partnership", "return_record__period", "agency", "group")
        .order_by("-return_record__period__opens", "action__number")
    )
    newest: dict[Action, Update] = {}
    for each in rows:
        if each.action is not None:
            newest.setdefault(each.action, each)
    updates = [(each, action_url(act)) for act, each in list(newest.items())[:SHOWN]]
    return (Panel("returns/in_sight.html", {"updates": updates}, order=10),)


def register() -> None:
    """Put it beside the form that records a judgement."""
    offer_panel("judge", of_impact)
