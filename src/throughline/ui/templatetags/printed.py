"""Filters that print days, moments and numbers as documents print them. Loaded in every template.

Nothing prints as nothing: an empty value gives an empty string, so that the template decides what absence says.
"""

from datetime import date, datetime
from typing import Any

from django import template

from throughline.methods import printed

register = template.Library()


@register.filter
def day(value: date | datetime | None) -> str:
    """`3 December 2018`. A moment prints as its day in London."""
    if value is None or value == "":
        return ""
    return printed.day(printed.london_day(value) if isinstance(value, datetime) else value)


@register.filter
def weekday(value: date | datetime | None) -> str:
    """`Monday 3 December 2018`."""
    if value is None or value == "":
        return ""
    return printed.day(printed.london_day(value) if isinstance(value, datetime) else value, weekday=True)


@register.filter
def short_day(value: date | datetime | None) -> str:
    """`3 Dec 2018`, where a column is narrow."""
    if value is None or value == "":
        return ""
    return printed.short_day(printed.london_day(value) if isinstance(value, datetime) else value)


@register.filter
def moment(value: datetime | None) -> str:
    """`3 December 2018 at 4:05pm`, in London."""
    return "" if value is None or value == "" else printed.moment(value)


@register.filter
def number(value: Any, places: int | None = None) -> str:
    """`1,234`; `{{ rate|number:1 }}` gives one digit after the point."""
    return "" if value is None or value == "" else printed.number(value, places)


@register.filter
def count(value: int | None, nouns: str) -> str:
    """`{{ n|count:"finding,findings" }}`: `1 finding`, `42 findings`, `no findings`."""
    if value is None or value == "":
        return ""
    one, _, many = nouns.partition(",")
    return printed.count(int(value), one, many or None)


@register.filter
def listing(value: list[Any]) -> str:
    """`police, health and probation`."""
    return printed.listing([str(item) for item in value])


@register.filter
def size(value: int | None) -> str:
    """`1.4 MB`."""
    return "" if value is None or value == "" else printed.size(value)
