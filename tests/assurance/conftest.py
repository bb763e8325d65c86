"""The scene of the returns room, with one planned audit of its first action and its desired impact."""

from datetime import date

import pytest

from tests.partners.conftest import browser
from tests.returns.conftest import scene
from throughline.assurance import actions
from throughline.assurance.models import AssuranceActivity

__all__ = ["activity", "browser", "scene"]


@pytest.fixture
def activity(scene) -> AssuranceActivity:
    """ASR-01: the hospitals audit strategy discussions by the end of February."""
    return actions.plan_activity(
        by=scene.cast.quin, plan=scene.plan, title="Audit of strategy discussions", kind="audit",
        tests="Every strategy discussion has the police in it.", due=date(2026, 2, 28), agency=scene.cast.hospital,
        actions=[scene.police_action], impacts=[scene.impact], now=scene.now(),
    )  # fmt: skip
