"""A partnership's own bank: begun from the usual one, then added to, reworded and shortened, theme by theme."""

from datetime import datetime

from throughline.access import GuardedQuerySet, Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections.models import Theme
from throughline.inspections.themes import begin_taxonomy
from throughline.methods.suggestions import Kind, default_bank
from throughline.methods.suggestions.bank import rows
from throughline.partners.models import Partnership, Person
from throughline.plans.actions import CannotDo
from throughline.suggestions import permissions
from throughline.suggestions.models import BankEntry


def entries_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The entries that stand, theme by theme. One query."""
    return (
        BankEntry.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("theme")
        .order_by("theme__number", "kind", "number")
    )


@action("partnership")
def begin_bank(*, by: Person, partnership: Partnership, now: datetime) -> int:
    """Give a partnership that never had a bank the usual one, for those of its themes that the usual ones name.

    Harmless to repeat. Returns how many entries were made. Raises AccessDenied.
    """
    check_new(by, "create", permissions.BANK_ENTRY, Scope(frozenset({partnership.pk})), day_of(now))
    if BankEntry.objects.filter(partnership=partnership).exists():
        return 0
    themes = {each.name: each for each in begin_taxonomy(by=by, partnership=partnership, now=now)}
    made = door.bulk(
        BankEntry, by=by, verb="begun", now=now,
        rows=[
            {
                "partnership": partnership, "theme": themes[each.theme], "kind": each.kind.value,
                "number": each.number, "text": each.text,
            }
            for each in rows(default_bank()) if each.theme in themes
        ],
    )  # fmt: skip
    return len(made)


@action("theme")
def add_entry(*, by: Person, theme: Theme, kind: Kind, text: str, now: datetime) -> BankEntry:
    """Add what findings of a theme suggest. Raises AccessDenied, CannotDo when it is there already."""
    check_new(by, "create", permissions.BANK_ENTRY, Scope(frozenset({theme.partnership_id})), day_of(now))
    begin_bank(by=by, partnership=theme.partnership, now=now)
    every = list(BankEntry.objects.filter(theme=theme, kind=kind.value))
    if any(each.withdrawn_at is None and each.text.casefold() == text.casefold() for each in every):
        raise CannotDo("That is in the bank for this theme already.")
    return door.create(
        BankEntry, by=by, verb="added", now=now, partnership_id=theme.partnership_id, theme=theme, kind=kind.value,
        number=max((each.number for each in every), default=0) + 1, text=text,
    )  # fmt: skip


def _check_standing(by: Person, entry: BankEntry, now: datetime) -> None:
    check(by, "change", entry, day_of(now))
    if entry.withdrawn_at is not None:
        raise CannotDo("This entry was taken out of the bank. Add it anew if you need it.")


@action("entry")
def change_entry(*, by: Person, entry: BankEntry, expected_version: int, text: str, now: datetime) -> BankEntry:
    """Put an entry in other words. Plans keep what they took from it. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, entry, now)
    return door.change(by=by, thing=entry, expected_version=expected_version, verb="changed", now=now, text=text)


@action("entry")
def withdraw_entry(*, by: Person, entry: BankEntry, expected_version: int, reason: str, now: datetime) -> BankEntry:
    """Take an entry out of the bank. Raises AccessDenied, Conflict, CannotDo without a reason."""
    _check_standing(by, entry, now)
    if not reason.strip():
        raise CannotDo("Say why the entry is taken out of the bank.")
    return door.withdraw(by=by, thing=entry, expected_version=expected_version, now=now, reason=reason)
