"""What the evidence room does because an agency was succeeded: its successor holds what it held, restricted or not."""

from datetime import date, datetime
from typing import Any

from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision, EvidenceSeen
from throughline.history import consequences, door
from throughline.history.models import Event
from throughline.methods.printed import day
from throughline.partners.models import Agency, Partnership, Person
from throughline.partners.succession import SUCCEEDED


def hand_over(
    *, by: Person, cause: Event, now: datetime, partnership: Partnership, agency: Agency, successor: Agency, since: date
) -> None:
    """Have the successor hold the agency's evidence, with all that belongs to it."""
    kinds: tuple[Any, ...] = (Evidence, EvidenceRevision, EvidenceLink, EvidenceSeen)
    for model in kinds:
        held = model.objects.filter(partnership=partnership, agency=agency, withdrawn_at__isnull=True)
        door.change_many(
            by=by, verb="body followed", now=now, reason=f"{successor.name} follows {agency.name} from {day(since)}.",
            changes=[(each, each.version, {"agency": successor}) for each in held],
        )  # fmt: skip


def register() -> None:
    """Have it follow every succession."""
    consequences.subscribe(SUCCEEDED, "have the successor hold the evidence that the agency held", hand_over)
