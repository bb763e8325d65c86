"""What belongs to an action that is brought in: its milestones, contributors and notes."""

from collections.abc import Sequence
from datetime import datetime

from throughline.history import door
from throughline.partners.models import Agency, Person
from throughline.plans import rules
from throughline.plans.importing.wanted import WantedNote, WantedPart, WantedStep
from throughline.plans.models import Action, ActionNote, Contributor, Milestone


def add_steps(by: Person, act: Action, steps: Sequence[WantedStep], now: datetime) -> None:
    """Add milestones at the end, each with its first day where it was moved since."""
    first = rules.next_number(Milestone.objects.filter(action=act).values_list("number", flat=True))
    rows = [
        {
            "partnership_id": act.partnership_id, "action": act, "number": number, "title": each.title,
            "original_due": each.first_due or each.due, "due": each.due, "reached": each.reached,
        }
        for number, each in enumerate(steps, start=first)
    ]  # fmt: skip
    door.bulk(Milestone, by=by, verb="added", now=now, rows=rows)


def add_parts(by: Person, act: Action, parts: Sequence[WantedPart], now: datetime) -> None:
    """Add the bodies that contribute."""
    rows = [
        {
            "partnership_id": act.partnership_id, "action": act, "part": each.part,
            "agency": each.body if isinstance(each.body, Agency) else None,
            "group": None if isinstance(each.body, Agency) else each.body,
        }
        for each in parts
    ]  # fmt: skip
    door.bulk(Contributor, by=by, verb="added", now=now, rows=rows)


def add_notes(by: Person, act: Action, notes: Sequence[WantedNote], now: datetime) -> None:
    """Add dated notes at the end."""
    first = rules.next_number(ActionNote.objects.filter(action=act).values_list("number", flat=True))
    rows = [
        {
            "partnership_id": act.partnership_id, "action": act, "number": number, "dated": each.dated,
            "text": each.text, "source": each.source,
        }
        for number, each in enumerate(notes, start=first)
    ]  # fmt: skip
    door.bulk(ActionNote, by=by, verb="brought in", now=now, rows=rows)
