"""A partnership's list of themes: how it begins, how it is kept, and which themes a text is about."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from throughline.access import GuardedQuerySet, Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import permissions
from throughline.inspections.models import Theme
from throughline.inspections.refusals import CannotDo
from throughline.inspections.taxonomy import DEFAULT_THEMES
from throughline.methods.mentions import needle, searchable
from throughline.partners.models import Partnership, Person


class HasWords(Protocol):
    """What is recognised by its words: a `Theme`, or anything like one."""

    words: Sequence[str]


Themed = TypeVar("Themed", bound=HasWords)


def proposed_themes(text: str, themes: Iterable[Themed]) -> list[Themed]:
    """The themes that a text is about, in their order: those of whose words it mentions at least one. Pure.

    A theme without words is never proposed.
    """
    within = searchable(text)
    return [each for each in themes if any(found in within for word in each.words if (found := needle(word)))]


def themes_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's themes that stand, in its order."""
    return (
        Theme.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .order_by("number", "name")
    )


@action("partnership")
def begin_taxonomy(*, by: Person, partnership: Partnership, now: datetime) -> list[Theme]:
    """Give a partnership that never had themes the ones to begin with. Returns the themes that stand.

    Harmless to repeat: where there were themes once, withdrawn ones too, the list stays as it is. Raises AccessDenied.
    """
    check_new(by, "create", permissions.THEME, Scope(frozenset({partnership.pk})), day_of(now))
    if not Theme.objects.filter(partnership=partnership).exists():
        door.bulk(
            Theme, by=by, verb="begun", now=now,
            rows=[
                {"partnership": partnership, "number": number, "name": name, "words": list(words)}
                for number, (name, words) in enumerate(DEFAULT_THEMES.items(), start=1)
            ],
        )  # fmt: skip
    return list(Theme.objects.filter(partnership=partnership, withdrawn_at__isnull=True).order_by("number", "name"))


@action("partnership")
def add_theme(*, by: Person, partnership: Partnership, name: str, words: Sequence[str], now: datetime) -> Theme:
    """Add a theme at the end of the list. Raises AccessDenied, CannotDo when one of that name stands."""
    check_new(by, "create", permissions.THEME, Scope(frozenset({partnership.pk})), day_of(now))
    _refuse_taken(partnership, name)
    last = Theme.objects.filter(partnership=partnership).order_by("-number").values_list("number", flat=True).first()
    return door.create(
        Theme, by=by, verb="added", now=now, partnership=partnership, number=(last or 0) + 1, name=name,
        words=_looked_for(words),
    )  # fmt: skip


@action("theme")
def change_theme(
    *, by: Person, theme: Theme, expected_version: int, name: str, words: Sequence[str], now: datetime
) -> Theme:
    """Rename a theme or change its words. Findings keep the themes that they have.

    Raises AccessDenied, Conflict, CannotDo when another of that name stands or it was withdrawn.
    """
    _check_standing(by, theme, now)
    _refuse_taken(theme.partnership, name, but=theme)
    return door.change(
        by=by, thing=theme, expected_version=expected_version, verb="changed", now=now, name=name,
        words=_looked_for(words),
    )  # fmt: skip


@action("theme")
def move_theme(*, by: Person, theme: Theme, up: bool, now: datetime) -> Theme:
    """Change places with the theme above or below. The first moved up and the last moved down stay where they are.

    Raises AccessDenied, CannotDo when it was withdrawn.
    """
    _check_standing(by, theme, now)
    here = Theme.objects.get(pk=theme.pk)
    standing = Theme.objects.filter(partnership_id=here.partnership_id, withdrawn_at__isnull=True)
    if up:
        other = standing.filter(number__lt=here.number).order_by("-number").first()
    else:
        other = standing.filter(number__gt=here.number).order_by("number").first()
    if other is None:
        return here
    mine, theirs = here.number, other.number
    # Numbers are given once, so the one makes room by way of a number that nobody has.
    last = Theme.objects.filter(partnership_id=here.partnership_id).order_by("-number").values_list("number", flat=True)
    door.change(by=by, thing=here, expected_version=here.version, verb="moved", now=now, number=last[0] + 1)
    door.change(by=by, thing=other, expected_version=other.version, verb="moved", now=now, number=mine)
    return door.change(by=by, thing=here, expected_version=here.version + 1, verb="moved", now=now, number=theirs)


@action("theme")
def withdraw_theme(*, by: Person, theme: Theme, expected_version: int, reason: str, now: datetime) -> Theme:
    """Take a theme off the list. Findings that have it keep it. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, theme, now)
    if not reason.strip():
        raise CannotDo("Say why the theme is taken off the list.")
    return door.withdraw(by=by, thing=theme, expected_version=expected_version, now=now, reason=reason)


def _check_standing(by: Person, theme: Theme, now: datetime) -> None:
    check(by, "change", theme, day_of(now))
    if theme.withdrawn_at is not None:
        raise CannotDo(f"‘{theme.name}’ was taken off the list. Add it anew if you need it.")


def _refuse_taken(partnership: Partnership, name: str, but: Theme | None = None) -> None:
    """Two themes of one name would be told apart by nobody, whatever their case."""
    key = name.strip().casefold()
    for each in Theme.objects.filter(partnership=partnership, withdrawn_at__isnull=True):
        if each.name.casefold() == key and each != but:
            raise CannotDo(f"There is a theme ‘{each.name}’ already. Change that one, or choose another name.")


def _looked_for(words: Sequence[str]) -> list[str]:
    """The words without those that hold nothing to look for, each once."""
    return list(dict.fromkeys(word.strip() for word in words if needle(word)))
