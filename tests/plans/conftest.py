"""The plans room's tests begin with the letter of the inspections room's."""

from datetime import date
from typing import Any

import pytest

from tests.cast import NOW
from tests.inspections.conftest import browser, form_of, letter, mark
from throughline.plans import actions
from throughline.plans.models import Action, Plan

__all__ = ["browser", "form_of", "letter", "mark", "plan"]


@pytest.fixture
def plan(cast, letter) -> Plan:
    """Ashvale's plan, empty; two findings wait for it."""
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    mark(cast.bea, letter.inspection, letter=letter, page=2, title="Police are not there")
    return actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="plan", title="Our plan", now=NOW)


def add(cast: Any, plan: Plan, **changes: Any) -> Action:
    """An action of the police, due at the end of March 2026, in the plan's first area."""
    first = plan.areas.order_by("number").first()
    given = {
        "area": first or "Strategy meetings", "title": "Hold them within a day", "due": date(2026, 3, 31),
        "lead_agency": cast.police, "now": NOW, **changes,
    }  # fmt: skip
    return actions.add_action(by=given.pop("by", cast.bea), plan=plan, **given)
