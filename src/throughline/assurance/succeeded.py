"""What the assurance room does because an agency was succeeded: what it has not carried out yet is the successor's."""

from datetime import date, datetime

from throughline.assurance.models import AssuranceActivity
from throughline.history import consequences, door
from throughline.history.models import Event
from throughline.methods.printed import day
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.succession import SUCCEEDED


def hand_over(
    *, by: Person, cause: Event, now: datetime, partnership: Partnership, agency: Agency, successor: Agency, since: date
) -> None:
    """Have the successor carry out the agency's activities that are not done."""
    owed = AssuranceActivity.objects.filter(
        partnership=partnership, agency=agency, done_on__isnull=True, withdrawn_at__isnull=True
    )
    door.change_many(
        by=by, verb="body followed", now=now, reason=f"{successor.name} follows {agency.name} from {day(since)}.",
        changes=[(each, each.version, {"agency": successor}) for each in owed],
    )  # fmt: skip


def register() -> None:
    """Have it follow every succession."""
    consequences.subscribe(SUCCEEDED, "have the successor carry out what is not done of the programme", hand_over)
