"""What belongs to an action that is brought in: its milestones, contributors and notes, by their own verbs."""

from collections.abc import Sequence
from datetime import datetime

from throughline.partners.models import Agency, Person
from throughline.plans import contributors, milestones, notes
from throughline.plans.importing.wanted import WantedNote, WantedPart, WantedStep
from throughline.plans.models import Action


def add_steps(by: Person, act: Action, wanted: Sequence[WantedStep], reason: str, now: datetime) -> None:
    """Add milestones, each with its first day where it was moved since, and the day on which it was reached."""
    for each in wanted:
        first = each.first_due or each.due
        made = milestones.add_milestone(by=by, act=act, title=each.title, due=first, now=now)
        if each.due != first:
            made = milestones.move(
                by=by, milestone=made, expected_version=made.version, due=each.due, reason=reason, now=now
            )
        if each.reached is not None:
            milestones.reach(by=by, milestone=made, expected_version=made.version, reached=each.reached, now=now)


def add_parts(by: Person, act: Action, wanted: Sequence[WantedPart], now: datetime) -> None:
    """Add the bodies that contribute."""
    for each in wanted:
        if isinstance(each.body, Agency):
            contributors.add_contributor(by=by, act=act, part=each.part, agency=each.body, now=now)
        else:
            contributors.add_contributor(by=by, act=act, part=each.part, group=each.body, now=now)


def add_notes(by: Person, act: Action, wanted: Sequence[WantedNote], now: datetime) -> None:
    """Add dated notes at the end."""
    for each in wanted:
        notes.add_note(by=by, act=act, text=each.text, dated=each.dated, source=each.source, now=now)
