"""Reads of the library: its letters, and the search over what they found. Everything starts from what one may see."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from uuid import UUID

from django.db.models import Count, Q
from django.utils.text import slugify

from throughline.access import GuardedQuerySet
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.queries import NEEDS_ACTION
from throughline.inspections.taxonomy import DEFAULT_THEMES
from throughline.inspections.themes import themes_of
from throughline.library.models import LibraryFinding, LibraryLetter, LibraryUpload
from throughline.methods.likeness import needles_of
from throughline.methods.mentions import needle
from throughline.partners.models import Partnership, Person

PRIORITY, IMPROVEMENT, STRENGTH = "priority_action", "improvement", "strength"


def letters_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The letters that stand, each with how many findings of each common kind it has. One query."""
    counted = {f"n_{key}": Count("findings", filter=Q(findings__kind=key)) for key in (PRIORITY, IMPROVEMENT, STRENGTH)}
    return (
        LibraryLetter.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("partnership", "file")
        .annotate(n_all=Count("findings"), **counted)
    )


def letter_of(partnership: Partnership, number: int, *, for_person: Person) -> LibraryLetter:
    """One letter that stands. Raises DoesNotExist, also when it is not for this person to see."""
    found: LibraryLetter = letters_of(partnership, for_person=for_person).get(number=number)
    return found


def upload_of(partnership: Partnership, number: int, *, for_person: Person) -> LibraryUpload:
    """What was brought at once. Raises DoesNotExist, also when it is not for this person to see."""
    found: LibraryUpload = (
        LibraryUpload.objects.visible_to(for_person)
        .select_related("partnership")
        .get(partnership=partnership, number=number)
    )
    return found


def findings_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The findings of the letters that stand, each with its letter, by area and in their letter's order."""
    return (
        LibraryFinding.objects.visible_to(for_person)
        .filter(partnership=partnership, letter__withdrawn_at__isnull=True)
        .select_related("letter__partnership")
        .order_by("letter__area", "letter__number", "number")
    )


# -- searching --------------------------------------------------------------------------------------------------------


def having_all(query: str) -> Q:
    """The findings that have every word and quoted phrase of a search."""
    found = Q()
    for each in needles_of(query):
        found &= Q(searched__contains=each)
    return found


@dataclass(frozen=True)
class SearchTheme:
    """A theme as the library is searched by it. `key` stands in addresses."""

    key: str
    name: str
    needles: tuple[str, ...]

    def is_in(self, searched: str) -> bool:
        """Whether a searchable text has one of the theme's words."""
        return any(each in searched for each in self.needles)


class Shelf:
    """Many searchable texts at once: which of them have one of several words. Pure.

    They are searched as one long text, which takes half the time of asking each of them. No text has a line end.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._whole = "\n".join(texts)
        self._starts = list(accumulate((len(each) + 1 for each in texts), initial=0))

    def having_one(self, needles: Sequence[str]) -> set[int]:
        """The places of the texts that have at least one of the needles."""
        found: set[int] = set()
        for each in needles:
            at = self._whole.find(each)
            while at >= 0:
                place = bisect_right(self._starts, at) - 1
                found.add(place)
                at = self._whole.find(each, self._starts[place + 1])
        return found


def _theme(key: str, name: str, words: Sequence[str]) -> SearchTheme:
    return SearchTheme(key, name, tuple(found for word in words if (found := needle(word))))


def themes_to_search(partnership: Partnership, *, for_person: Person) -> list[SearchTheme]:
    """The partnership's own themes, or those that one begins with where it has no list yet. One query."""
    own = list(themes_of(partnership, for_person=for_person))
    if own:
        return [_theme(str(each.pk), each.name, each.words) for each in own]
    return [_theme(slugify(name), name, words) for name, words in DEFAULT_THEMES.items()]


@dataclass(frozen=True)
class HowOften:
    """In how many of the library's letters a theme stands, and in how many of those among what needs action."""

    theme: SearchTheme
    letters: int
    to_improve: int


def how_often(
    partnership: Partnership, themes: Sequence[SearchTheme], *, for_person: Person
) -> tuple[int, list[HowOften]]:
    """How many letters there are, and for each theme how many have a finding about it. Two queries."""
    total = LibraryLetter.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at=None).count()
    if not total or not themes:
        return total, []
    rows = findings_of(partnership, for_person=for_person).order_by().values_list("letter_id", "kind", "searched")
    # By the shelf and not by the database, as the list does: a theme may have more words than one query can hold.
    known = list(rows)
    shelf = Shelf([searched for _, _, searched in known])
    return total, [_counted(each, [known[place][:2] for place in shelf.having_one(each.needles)]) for each in themes]


def _counted(theme: SearchTheme, about: Sequence[tuple[UUID, str]]) -> HowOften:
    return HowOften(
        theme, len({letter for letter, _ in about}), len({at for at, kind in about if kind in NEEDS_ACTION})
    )


def kind_words() -> dict[str, str]:
    """The kinds of finding that letters have, by their plural, in the frameworks' order."""
    return {key: each.plural for key, each in FINDING_KINDS.items() if key != "partnership"}


def own_themes(themes: Sequence[SearchTheme], linked: Sequence[UUID], searched: str) -> list[SearchTheme]:
    """Of the themes: those that a finding has by its links; without any, those whose words it has. Pure."""
    keys = {str(each) for each in linked}
    return [each for each in themes if each.key in keys] or [each for each in themes if each.is_in(searched)]
