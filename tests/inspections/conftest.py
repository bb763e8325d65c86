"""Browsers and letters for the tests of inspections and plans. The letters are written here, by nobody who inspects."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW
from tests.hostile import builders
from tests.partners.conftest import browser, form_of
from throughline.files import actions as files
from throughline.files.store import put
from throughline.files.verdict import Kind, Verdict
from throughline.inspections import actions
from throughline.inspections.models import Inspection, Letter

__all__ = ["browser", "form_of", "letter"]

PAGES = (
    "To the local partnership of Ashvale",
    "Strategy meetings are held late and without the police",
    "The trust is to write its statement by 30 March 2026",
)
TITLE = "Joint targeted area inspection of the response to neglect"


def letter_bytes(*pages: str) -> bytes:
    """A letter of our own."""
    return builders.pdf(*(pages or PAGES))


def upload(content: bytes, name: str = "letter.pdf") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def typed(name: str, day: date) -> dict[str, str]:
    """A day as it is typed into three inputs."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def new_inspection(**changes: Any) -> dict[str, Any]:
    """What the form of a new inspection is sent with."""
    return {
        "title": TITLE, **typed("received", date(2026, 1, 5)), **typed("statement_due", date(2026, 4, 16)),
        **typed("fieldwork_start", date(2025, 11, 17)), **changes,
    }  # fmt: skip


def stored_letter(by: Any, partnership: Any, *pages: str) -> Letter:
    """An inspection with its letter, made by the actions alone."""
    import io

    content = letter_bytes(*pages)
    inspection = actions.create_inspection(
        by=by, partnership=partnership, reference="jtai-2025", title=TITLE, framework="jtai",
        fieldwork_start=date(2025, 11, 17), now=NOW,
    )  # fmt: skip
    file = files.store_file(
        by=by, partnership=partnership, blob=put(io.BytesIO(content)), verdict=Verdict(Kind.PDF), name="letter.pdf",
        now=NOW,
    )  # fmt: skip
    return actions.add_letter(
        by=by, inspection=inspection, file=file, pages=len(pages or PAGES), received=date(2026, 1, 5), now=NOW
    )


def mark(by: Any, inspection: Inspection, kind: str = "improvement", **more: Any) -> Any:
    """A finding, marked."""
    given = {"text": "Strategy meetings are held late", "title": "Late strategy meetings", **more}
    return actions.mark_finding(by=by, inspection=inspection, kind=kind, now=NOW, **given)


@pytest.fixture
def letter(cast) -> Letter:
    """Ashvale's letter of three pages."""
    return stored_letter(cast.bea, cast.ashvale)
