"""What the scrutiny room does because an agency was succeeded: what it seeks is sought by its successor."""

from datetime import date, datetime

from throughline.history import consequences, door
from throughline.history.models import Event
from throughline.methods.printed import day
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.succession import SUCCEEDED
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OPEN


def hand_over(
    *, by: Person, cause: Event, now: datetime, partnership: Partnership, agency: Agency, successor: Agency, since: date
) -> None:
    """Have the successor seek the decisions of the agency that wait for an answer. Answered ones keep their name."""
    sought = Decision.objects.filter(
        partnership=partnership, agency=agency, outcome__in=[each.value for each in OPEN], withdrawn_at__isnull=True
    )
    door.change_many(
        by=by, verb="body followed", now=now, reason=f"{successor.name} follows {agency.name} from {day(since)}.",
        changes=[(each, each.version, {"agency": successor}) for each in sought],
    )  # fmt: skip


def register() -> None:
    """Have it follow every succession."""
    consequences.subscribe(SUCCEEDED, "have the successor seek the decisions that wait for an answer", hand_over)
