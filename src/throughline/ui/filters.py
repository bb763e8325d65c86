"""Filters of a list: which rows a choice leaves, and how many each choice would show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet

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

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """The values of all rows, counted among those that the other filters leave."""
        from_row = self.words if isinstance(self.words, str) and self.words else self.field
        found: dict[str, tuple[str, int]] = {}
        if isinstance(self.words, Mapping):
            found = {str(value): (str(words), 0) for value, words in self.words.items()}
        without = 0
        grouped = rows.order_by().values_list(self.field, from_row)
        for value, words, number in grouped.annotate(_n=Count("pk", filter=others or None, distinct=True)):
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
