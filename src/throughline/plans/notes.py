"""Dated notes on an action: what people wrote beside it, here or in the plan it was brought in from. No report."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.plans import permissions
from throughline.plans.actions import CannotDo
from throughline.plans.models import Action, ActionNote
from throughline.plans.rules import next_number


def notes_of(act: Action) -> list[ActionNote]:
    """The notes on an action, the newest day first, those without a day last. One query."""
    rows = list(ActionNote.objects.filter(action=act, withdrawn_at__isnull=True))
    return sorted(rows, key=lambda each: (each.dated or date.min, each.number), reverse=True)


@action("act")
def add_note(
    *, by: Person, act: Action, text: str, now: datetime, dated: date | None = None, source: str = ""
) -> ActionNote:
    """Write a note beside an action, also one that has ended.

    dated: the day that it is of, if it bears one; source: the paper or file that it was taken from. Raises
    AccessDenied, CannotDo.
    """
    scope = Scope(frozenset({act.partnership_id}))
    check_new(by, "create", permissions.ACTION_NOTE, scope, day_of(now))
    if not text.strip():
        raise CannotDo("Write the note.")
    if dated is not None and dated > day_of(now):
        raise CannotDo(f"{day(dated)} has not come yet. Give the day that the note is of.")
    number = next_number(ActionNote.objects.filter(action=act).values_list("number", flat=True))
    return door.create(
        ActionNote, by=by, verb="noted", now=now, partnership_id=act.partnership_id, action=act, number=number,
        dated=dated, text=text, source=source,
    )  # fmt: skip


@action("note")
def withdraw_note(*, by: Person, note: ActionNote, expected_version: int, reason: str, now: datetime) -> ActionNote:
    """Take a note away that should not stand here, with the reason. Raises AccessDenied, Conflict, CannotDo."""
    check(by, "change", note, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why the note does not stand. The reason stays on record.")
    return door.withdraw(by=by, thing=note, expected_version=expected_version, now=now, reason=reason)
