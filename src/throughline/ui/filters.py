"""Filters of a list: which rows a choice leaves, and how many each choice would show."""

import functools
import operator
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

WITHOUT = "none"  # the value, in an address, of "without …"


@dataclass(frozen=True)
class ShownChoice:
    """A choice as the panel shows it."""

    value: str
    label: str
    count: int
    is_chosen: bool


class Filter(Protocol):
    """What a list needs of a filter."""

    @property
    def name(self) -> str:
        """Its name in the address."""

    @property
    def label(self) -> str:
        """What the panel calls it."""

    def where(self, rows: QuerySet, values: Sequence[str]) -> Q:
        """The rows that the chosen values leave. A value that means nothing leaves none."""

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """Every choice with its count among the rows that `others` leaves, in one query."""


class OneValued(Filter, Protocol):
    """What `tallies` needs of a filter that has one value a row."""

    def grouped(self, prefix: str) -> dict[str, Any]:
        """What to group rows by so that rows alike for this filter fall together: name to field or expression."""

    def leaves(self, part: tuple[Any, ...], values: Sequence[str]) -> bool:
        """Whether the chosen values leave rows of a group: `where` for what `grouped` gave."""

    def choices_of(self, parts: Iterable[tuple[tuple[Any, ...], int]], values: Sequence[str]) -> list[ShownChoice]:
        """Every choice with its count, from groups and how many rows each has."""


# How a value out of an address is read to be compared with one out of the database, by the latter's type.
_READ: Mapping[type, Callable[[str], Any]] = {int: int, UUID: UUID, date: date.fromisoformat}


def _is(value: Any, asked: str) -> bool:
    try:
        return bool(_READ.get(type(value), str)(asked) == (value if type(value) in _READ else str(value)))
    except ValueError:
        return False


def _means_something(rows: QuerySet, field: str, value: str) -> bool:
    """Whether a value out of an address can be compared with the field at all."""
    digits = value.removeprefix("-")
    if "\x00" in value or (digits.isdecimal() and len(digits) > 18):  # no key is longer, and databases give up on it
        return False
    try:
        rows.filter(**{field: value})
    except (ValueError, ValidationError):
        return False
    return True


@dataclass(frozen=True)
class FieldFilter:
    """Every value that a field has among the rows, each with its count.

    words: the field that holds the printed form ("lead__name"), or a mapping from value to words (whose order is kept);
    empty for the value itself. without: the words for rows that have none; empty where every row has one.
    """

    name: str
    label: str
    field: str
    words: str | Mapping[Any, str] = ""
    without: str = ""

    def where(self, rows: QuerySet, values: Sequence[str]) -> Q:
        """Rows that have one of the values."""
        found = Q(pk__in=[])
        for value in values:
            if value == WITHOUT and self.without:
                found |= Q(**{f"{self.field}__isnull": True})
                if _means_something(rows, self.field, ""):
                    found |= Q(**{self.field: ""})
            elif _means_something(rows, self.field, value):
                found |= Q(**{self.field: value})
        return found

    @property
    def _words_from(self) -> str:
        return self.words if isinstance(self.words, str) and self.words else self.field

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """The values of all rows, counted among those that the other filters leave."""
        grouped = rows.order_by().values_list(self.field, self._words_from)
        counts = grouped.annotate(_n=Count("pk", filter=others or None, distinct=True))
        return self.choices_of((((value, words), number) for value, words, number in counts), values)

    def grouped(self, prefix: str) -> dict[str, Any]:
        """Its value, and the words for it where they are another field."""
        words = {} if self._words_from == self.field else {f"{prefix}_words": self._words_from}
        return {f"{prefix}_value": self.field, **words}

    def leaves(self, part: tuple[Any, ...], values: Sequence[str]) -> bool:
        """Whether one of the chosen values is the group's."""
        value = part[0]
        if value is None or value == "":
            return bool(self.without) and WITHOUT in values
        return any(_is(value, asked) for asked in values)

    def choices_of(self, parts: Iterable[tuple[tuple[Any, ...], int]], values: Sequence[str]) -> list[ShownChoice]:
        """Every value with its words and its count; a mapping's values too where no row has them."""
        found: dict[str, tuple[str, int]] = {}
        if isinstance(self.words, Mapping):
            found = {str(value): (str(words), 0) for value, words in self.words.items()}
        without = 0
        for part, number in parts:
            value, words = part[0], part[-1]
            if value is None or value == "":
                without += number
                continue
            known = found.get(str(value), ("", 0))
            found[str(value)] = (known[0] or str(words), known[1] + number)
        items = list(found.items())
        if not isinstance(self.words, Mapping):
            items.sort(key=lambda item: item[1][0].casefold())
        choices = [ShownChoice(value, words, number, value in values) for value, (words, number) in items]
        if self.without:
            choices.append(ShownChoice(WITHOUT, self.without, without, WITHOUT in values))
        return choices


@dataclass(frozen=True)
class Choice:
    """One choice of a `ChoiceFilter`: rows for which `where` holds."""

    value: str
    label: str
    where: Q


@dataclass(frozen=True)
class ChoiceFilter:
    """Choices that a room words itself, each a condition: overdue, due this month, without evidence."""

    name: str
    label: str
    choices: Sequence[Choice]

    def where(self, rows: QuerySet, values: Sequence[str]) -> Q:
        """Rows for which one of the chosen conditions holds."""
        found = Q(pk__in=[])
        for choice in self.choices:
            if choice.value in values:
                found |= choice.where
        return found

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """All choices in one query."""
        wanted = {
            f"_n{index}": Count("pk", filter=choice.where & others, distinct=True)
            for index, choice in enumerate(self.choices)
        }
        numbers = rows.order_by().aggregate(**wanted)
        return [
            ShownChoice(choice.value, choice.label, numbers[f"_n{index}"], choice.value in values)
            for index, choice in enumerate(self.choices)
        ]

    def grouped(self, prefix: str) -> dict[str, Any]:
        """Which of the choices hold, as the bits of one number: a database groups by one column sooner than by many."""
        bits = [
            Case(When(choice.where, then=Value(1 << index)), default=Value(0), output_field=IntegerField())
            for index, choice in enumerate(self.choices)
        ]
        return {prefix: functools.reduce(operator.add, bits)}

    def leaves(self, part: tuple[Any, ...], values: Sequence[str]) -> bool:
        """Whether one of the chosen conditions holds."""
        return any(part[0] >> index & 1 and choice.value in values for index, choice in enumerate(self.choices))

    def choices_of(self, parts: Iterable[tuple[tuple[Any, ...], int]], values: Sequence[str]) -> list[ShownChoice]:
        """Every condition with the number of rows for which it holds."""
        numbers: Counter[int] = Counter()
        for (bits,), number in parts:
            for index in range(len(self.choices)):
                numbers[index] += number * (bits >> index & 1)
        return [
            ShownChoice(choice.value, choice.label, numbers[index], choice.value in values)
            for index, choice in enumerate(self.choices)
        ]
