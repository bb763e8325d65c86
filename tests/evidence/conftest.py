"""The scene of the returns room, with evidence of the police's for its first action."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.partners.conftest import browser
from tests.returns.conftest import scene
from throughline.evidence import actions
from throughline.evidence.models import Evidence
from throughline.files import store
from throughline.files.intake import Received
from throughline.files.verdict import Kind, Verdict

__all__ = ["browser", "piece", "root", "scene"]
TITLE = "Attendance list of the sergeants’ briefing"
WORDS = b"41 sergeants were briefed."


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    """A file store of the test's own."""
    settings.VAR = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def received(content: bytes = WORDS, name: str = "attendance.txt") -> Received:
    """A file as it is once it has passed the gate."""
    return Received(store.put(io.BytesIO(content)), Verdict(Kind.TEXT, encoding="utf-8"), name)


def sent(content: bytes = WORDS, name: str = "attendance.txt") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


def hold(scene: Any, **changes: Any) -> Evidence:
    """Evidence of the police's for ACT-001, registered by Pauline."""
    given = {
        "by": scene.cast.pauline, "partnership": scene.cast.ashvale, "title": TITLE, "agency": scene.cast.police,
        "held_where": "Training unit, folder 12", "strength": "output", "dated": date(2026, 1, 9),
        "things": [scene.police_action], "now": scene.now(), **changes,
    }  # fmt: skip
    return actions.hold(**given)


@pytest.fixture
def piece(scene) -> Evidence:
    """EV-001."""
    return hold(scene)
