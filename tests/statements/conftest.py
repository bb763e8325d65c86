"""The scene that the tests of written statements share."""

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.conftest import browser, form_of
from tests.statements.scene import Scene, set_up

__all__ = ["browser", "form_of", "scene"]


@pytest.fixture(autouse=True)
def _at_the_casts_time():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def scene(cast) -> Scene:
    """A letter, a plan, and two bodies that must sign. See tests/statements/scene.py."""
    return set_up(cast)
