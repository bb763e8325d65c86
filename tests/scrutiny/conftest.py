"""The scene of the returns room, with a decision that the police seek."""

from datetime import date

import pytest

from tests.partners.conftest import browser
from tests.returns.conftest import scene
from throughline.scrutiny import decisions
from throughline.scrutiny.models import Decision

__all__ = ["browser", "decision", "scene"]
TEXT = "That the out-of-hours desk is funded for another year."
MINUTED = "Agreed for one year, to be reviewed in December."


@pytest.fixture
def decision(scene) -> Decision:
    """DEC-01: the police seek money for the out-of-hours desk, about their action, since 10 January."""
    return decisions.seek(
        by=scene.cast.pauline, plan=scene.plan, text=TEXT, why="The grant ends in March.", act=scene.police_action,
        agency=scene.cast.police, on=date(2026, 1, 10), now=scene.now(),
    )  # fmt: skip
