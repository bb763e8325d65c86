"""The counts of all of a list's filters from one query: rows that are alike for every filter are counted together.

It is right where every filter has one value a row: a field of the row or of what the row points to, and conditions that
ask whether something exists. A filter over many-valued joins would count a row twice.

A register's rows change only with the head of its chain, so the counts for one head, one query and one choice are
worked out once and kept in the process: a new head is a new question, and nothing kept can be out of date.
"""

import hashlib
from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from django.db.models import Count, F, QuerySet

from throughline.ui.filters import OneValued, ShownChoice

_MOST_KEPT = 1000


@dataclass(frozen=True)
class Tally:
    """Each filter's choices with their counts, and how many rows all filters together leave."""

    choices: Mapping[str, list[ShownChoice]]
    total: int


_kept: OrderedDict[str, Tally] = OrderedDict()
_lock = Lock()


def tally(
    filters: Sequence[OneValued], rows: QuerySet, chosen: Mapping[str, Sequence[str]], *, state: str = ""
) -> Tally:
    """Count in one query; in none when the same was asked of the same `state` before. Empty: ask in any case."""
    spans: list[tuple[int, int]] = []
    grouped: dict[str, Any] = {}
    for index, each in enumerate(filters):
        columns = each.grouped(f"_f{index}")
        spans.append((len(grouped), len(grouped) + len(columns)))
        grouped.update({name: F(what) if isinstance(what, str) else what for name, what in columns.items()})
    counted = rows.order_by().annotate(**grouped).values_list(*grouped).annotate(_n=Count("pk"))
    if not grouped:
        return Tally({}, rows.count())
    key = _key(state, counted, chosen) if state else ""
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _counted(filters, spans, list(counted), chosen)
    if key:
        with _lock:
            _kept[key] = found
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    return found


def forget() -> None:
    """Keep nothing any more: for measuring, and for tests."""
    with _lock:
        _kept.clear()


def _key(state: str, counted: QuerySet, chosen: Mapping[str, Sequence[str]]) -> str:
    """What the answer depends on: the register's state, the question with whose eyes it is asked, and the choice."""
    asked = counted.query.sql_with_params()
    return hashlib.sha256(repr((state, counted.db, asked, sorted(chosen.items()))).encode()).hexdigest()


def _counted(
    filters: Sequence[OneValued],
    spans: Sequence[tuple[int, int]],
    groups: Sequence[tuple[Any, ...]],
    chosen: Mapping[str, Sequence[str]],
) -> Tally:
    """The sums over the groups: each filter's own choice does not narrow its own counts."""
    parts: list[Counter[tuple[Any, ...]]] = [Counter() for _ in filters]
    narrowing = [(n, each, chosen[each.name]) for n, each in enumerate(filters) if each.name in chosen]
    total = 0
    for *group, number in groups:
        cut = [tuple(group[start:end]) for start, end in spans]
        refusing = [n for n, each, values in narrowing if not each.leaves(cut[n], values)]
        if not refusing:
            total += number
        for n, part in enumerate(cut):
            parts[n][part] += number if not refusing or refusing == [n] else 0
    choices = {
        each.name: each.choices_of(parts[n].items(), chosen.get(each.name, [])) for n, each in enumerate(filters)
    }
    return Tally(choices, total)
