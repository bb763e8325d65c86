"""What the returns room does because an agency was succeeded: a return not accepted yet is its successor's to finish.

Accepted returns keep the name that they were returned under.
"""

from datetime import date, datetime
from typing import Any

from throughline.history import consequences, door
from throughline.history.models import Event
from throughline.methods.printed import day
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.succession import SUCCEEDED
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, ReturnComment, Update
from throughline.returns.states import ReturnState


def hand_over(
    *, by: Person, cause: Event, now: datetime, partnership: Partnership, agency: Agency, successor: Agency, since: date
) -> None:
    """Have the successor owe the agency's returns that are not accepted, with every word in them.

    Where the successor owes one for the same quarter already, the agency's stays as it is.
    """
    theirs = Return.objects.filter(partnership=partnership, agency=successor).values("period")
    owed = list(
        Return.objects.filter(partnership=partnership, agency=agency, withdrawn_at__isnull=True)
        .exclude(state=ReturnState.ACCEPTED.value)
        .exclude(period__in=theirs)
    )
    reason = f"{successor.name} follows {agency.name} from {day(since)}."
    contents: tuple[Any, ...] = (Update, MilestoneUpdate, AssuranceOutcome, ReturnComment)
    rows = [owed, *(list(model.objects.filter(return_record__in=owed, agency=agency)) for model in contents)]
    for some in rows:
        door.change_many(
            by=by, verb="body followed", now=now, reason=reason,
            changes=[(each, each.version, {"agency": successor}) for each in some],
        )  # fmt: skip


def register() -> None:
    """Have it follow every succession."""
    consequences.subscribe(SUCCEEDED, "have the successor finish the returns that are not accepted", hand_over)
