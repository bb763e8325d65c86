"""What the plans room does because an agency was succeeded: what it led, did a part of or owned goes to the successor.

Actions that were ended keep the name that they ended under; so does everything that was frozen or is seen as at a day.
"""

from datetime import date, datetime
from typing import Any

from throughline.history import consequences, door
from throughline.history.models import Event
from throughline.methods.printed import day
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.succession import SUCCEEDED
from throughline.plans.delivery import ENDED
from throughline.plans.models import Action, Contributor, ImprovementArea


def hand_over(
    *, by: Person, cause: Event, now: datetime, partnership: Partnership, agency: Agency, successor: Agency, since: date
) -> None:
    """Have the successor lead, contribute to and answer for what the agency did in this partnership's plans."""
    reason = f"{successor.name} follows {agency.name} from {day(since)}."
    mine: dict[str, Any] = {"partnership": partnership, "withdrawn_at__isnull": True}
    led = list(Action.objects.filter(lead_agency=agency, **mine).exclude(delivery__in=ENDED))
    door.change_many(
        by=by, verb="lead followed", now=now, reason=reason,
        changes=[(each, each.version, {"lead_agency": successor}) for each in led],
    )  # fmt: skip
    owned = list(ImprovementArea.objects.filter(owner_agency=agency, **mine))
    door.change_many(
        by=by, verb="owner followed", now=now, reason=reason,
        changes=[(each, each.version, {"owner_agency": successor}) for each in owned],
    )  # fmt: skip
    _hand_over_parts(by, mine, agency, successor, reason, now)


def _hand_over_parts(
    by: Person, mine: dict[str, Any], agency: Agency, successor: Agency, reason: str, now: datetime
) -> None:
    """Contributions go over too; nobody contributes to what it leads, nor twice to one action."""
    parts = Contributor.objects.filter(agency__in=(agency, successor), **mine).exclude(action__delivery__in=ENDED)
    held = list(parts.select_related("action"))
    has = {each.action_id for each in held if each.agency_id == successor.pk}
    moved = []
    for each in held:
        leads = each.action.lead_agency_id == successor.pk
        if leads or (each.agency_id == agency.pk and each.action_id in has):
            door.unlink(by=by, thing=each, expected_version=each.version, now=now, reason=reason)
        elif each.agency_id == agency.pk:
            moved.append(each)
    door.change_many(
        by=by, verb="contributor followed", now=now, reason=reason,
        changes=[(each, each.version, {"agency": successor}) for each in moved],
    )  # fmt: skip


def register() -> None:
    """Have it follow every succession."""
    consequences.subscribe(SUCCEEDED, "hand what the agency leads and contributes to over to its successor", hand_over)
