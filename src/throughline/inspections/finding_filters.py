"""Filters of findings by what is linked to them: the agencies that they name, the themes that they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet

from throughline.ui.filters import WITHOUT, ShownChoice


@dataclass(frozen=True)
class LinkFilter:
    """Every thing that some finding is linked to, counted. `links` has rows of (`finding`, `to`) that may be withdrawn.

    words: the field of a link that holds the printed form; without: the words for findings that have no link.
    """

    name: str
    label: str
    links: type[Model]
    to: str
    words: str
    without: str

    def _standing(self) -> QuerySet[Any]:
        return self.links._default_manager.filter(withdrawn_at__isnull=True).order_by()

    def where(self, rows: QuerySet, values: Sequence[str]) -> Q:
        """Findings linked to one of the values. A value that means nothing leaves none."""
        found = Q(pk__in=self._standing().filter(**{f"{self.to}__in": _ids(values)}).values("finding"))
        if WITHOUT in values:
            found |= ~Q(pk__in=self._standing().values("finding"))
        return found

    def counted(self, rows: QuerySet, others: Q, values: Sequence[str]) -> list[ShownChoice]:
        """The things that any of the rows is linked to, counted among those that the other filters leave."""
        left = rows.order_by().filter(others).values("pk")
        linked = (
            self._standing()
            .filter(finding__in=rows.order_by().values("pk"))
            .values_list(self.to, self.words)
            .annotate(_n=Count("finding", filter=Q(finding__in=left), distinct=True))
        )
        choices = [ShownChoice(str(pk), str(words), number, str(pk) in values) for pk, words, number in linked]
        choices.sort(key=lambda each: each.label.casefold())
        without = rows.order_by().filter(others).exclude(pk__in=self._standing().values("finding")).count()
        return [*choices, ShownChoice(WITHOUT, self.without, without, WITHOUT in values)]


def _ids(values: Sequence[str]) -> list[UUID]:
    found = []
    for each in values:
        try:
            found.append(UUID(each))
        except ValueError:
            continue
    return found
