"""How desired impacts were judged, as a higher room says: shown wherever actions and desired impacts stand.

The plan knows no judgement. The room that does offers the state that counts, as a query, and what stands for several.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast

NOT_JUDGED, NO_DESIRED_IMPACT = "not_judged", "no_desired_impact"


@dataclass(frozen=True)
class Judging:
    """`state(column)`: the state that counts of the desired impact whose id a row holds in `column`, as a subquery.

    `shown(states)`: the value on the scale 'impact' that stands for the states of several; None is one without.
    """

    state: Callable[[str], Any]
    shown: Callable[[Sequence[str | None]], str]


_offered: list[Judging] = []


def offer(judging: Judging) -> None:
    """Say how desired impacts are judged. The last one counts."""
    _offered[:] = [judging]


def annotated(rows: QuerySet, impact: str = "pk") -> QuerySet:
    """The rows, each with `judged`: the state of its desired impact, whose id is in the column `impact`, or None."""
    state = _offered[0].state(impact) if _offered else Cast(Value(None), CharField())
    return rows.annotate(judged=state)


def shown(states: Sequence[str | None]) -> str:
    """The value on the scale 'impact' for what an action serves: never blank, also where it serves nothing."""
    if not states:
        return NO_DESIRED_IMPACT
    return _offered[0].shown(states) if _offered else NOT_JUDGED
