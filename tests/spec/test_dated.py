"""Every date column is one that people are reminded of, or is listed with the reason why nobody is."""

import importlib
from collections.abc import Iterable
from importlib.util import find_spec

from django.apps import apps
from django.db import models

from throughline.notify import dated

# Every row of the register has it: when the row ceased to hold. Nobody waits for that.
OF_EVERY_RECORD = "withdrawn_at"


def date_columns(rows: Iterable[type[models.Model]]) -> set[str]:
    """The date columns of models, as 'app.model.column'."""
    return {
        f"{model._meta.label_lower}.{field.name}"
        for model in rows
        for field in model._meta.concrete_fields
        if isinstance(field, models.DateField) and field.name != OF_EVERY_RECORD
    }


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("throughline.")]


def not_dated() -> dict[str, str]:
    """What the rooms list as not dated."""
    listed: dict[str, str] = {}
    for app in apps.get_app_configs():
        if app.name.startswith("throughline.") and find_spec(f"{app.name}.due") is not None:
            listed |= getattr(importlib.import_module(f"{app.name}.due"), "NOT_DATED", {})
    return listed


def reminded() -> set[str]:
    return {column for kind in dated.kinds() for column in kind.columns}


def undecided(columns: set[str]) -> set[str]:
    """Date columns that nobody has decided about."""
    return columns - reminded() - set(not_dated())


def test_every_date_column_is_reminded_of_or_listed_as_not_dated() -> None:
    assert undecided(date_columns(ours())) == set()


def test_nothing_is_both_and_everything_listed_exists_and_has_a_reason() -> None:
    listed = {column: reason for column, reason in not_dated().items() if not column.endswith(f".{OF_EVERY_RECORD}")}
    assert reminded() & set(listed) == set()
    assert (reminded() | set(listed)) - date_columns(ours()) == set()
    assert all(reason.strip() for reason in listed.values())


def test_a_planted_date_column_is_found() -> None:
    assert undecided({"plans.action.reviewed_on"}) == {"plans.action.reviewed_on"}


def test_returns_are_among_what_people_are_reminded_of() -> None:
    assert "returns.reportingperiod.due" in reminded()
