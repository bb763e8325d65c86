"""The suggestions room's tests begin with a letter of our own whose findings suggest something, and a plan."""

import pytest

from tests.cast import NOW
from tests.inspections.conftest import browser, form_of, letter, mark
from throughline.inspections.models import Finding
from throughline.plans import actions
from throughline.plans.models import Plan

__all__ = ["FINDINGS", "browser", "form_of", "letter", "mark", "plan"]

# Written here, by nobody who inspects: title, words.
FINDINGS = (
    ("Late strategy meetings", "Strategy meetings are not held in time, so children are not safeguarded in time."),
    ("Thin referrals", "Referrals are thin. This means that what threatens children is not always recognised."),
    ("Cold building", "The building in which families are met is cold."),
    ("Minutes unshared", "Strategy meeting minutes are not sent out."),
)


@pytest.fixture
def plan(cast, letter) -> Plan:
    """Ashvale's plan, empty, with four findings that need an action and a strength that needs none."""
    for title, text in FINDINGS:
        mark(cast.bea, letter.inspection, letter=letter, page=2, title=title, text=text)
    mark(cast.bea, letter.inspection, "strength", letter=letter, page=2, title="Kind staff", text="Staff are kind.")
    return actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="plan", title="Our plan", now=NOW)


def finding(reference: str) -> Finding:
    """A finding by its reference."""
    return Finding.objects.select_related("inspection__partnership").get(reference=reference)
