"""The scene of the returns room, with a later inspection beside it."""

from datetime import date

import pytest

from tests.partners.conftest import browser
from tests.returns.conftest import scene
from throughline.impact import judgements
from throughline.impact.models import Judgement
from throughline.inspections import actions as inspections
from throughline.inspections.models import Inspection

__all__ = ["browser", "judged", "later", "scene"]
REASON = "Two audits agree: the police took part in 38 of 40 discussions."


@pytest.fixture
def later(scene) -> Inspection:
    """Inspectors came back in January 2026."""
    return inspections.create_inspection(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="visit-2026", title="Focused visit, January 2026",
        framework="ilacs", theme="", fieldwork_start=date(2026, 1, 7), fieldwork_end=date(2026, 1, 8), now=scene.now(),
    )  # fmt: skip


@pytest.fixture
def judged(scene) -> Judgement:
    """The Executive Group judged the scene's desired impact: improving."""
    return judgements.judge(
        by=scene.cast.esther, impact=scene.impact, whose="executive", state="improving", reason=REASON,
        on=date(2026, 1, 9), now=scene.now(),
    )  # fmt: skip
