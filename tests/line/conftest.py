"""The scene that the tests of returns, the line and reports share."""

import pytest

from tests.returns.scene import Scene, set_up


@pytest.fixture
def scene(cast) -> Scene:
    """A small plan with an owner for every action. See tests/returns/scene.py."""
    return set_up(cast)
