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
NEW = "/p/ashvale/inspections/new/"
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


def facts(**changes: Any) -> dict[str, Any]:
    """What a person types about a letter in which nothing was read."""
    return {
        "title": TITLE, "framework": "jtai", **typed("statement_due", date(2026, 4, 16)),
        **typed("fieldwork_start", date(2025, 11, 17)), **changes,
    }  # fmt: skip


def begun(answer: Any) -> dict[str, Any]:
    """What a form on a page would send if nobody changed anything."""
    sent: dict[str, Any] = {}
    form = answer.context["form"]
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if isinstance(value, date):
            sent |= typed(name, value)
        elif value not in (None, "", []):
            sent[name] = value
    return sent


def choose(client: Any, person: Any, content: bytes, *, name: str = "letter.pdf", to: str = NEW,
           received: date = date(2026, 1, 5)) -> Any:  # fmt: skip
    """The first step: the file and the day. Gives its answer."""
    return client.post(to, {**form_of(person, **typed("received", received)), "letter": upload(content, name)})


def take_in(
    client: Any, person: Any, content: bytes, *, to: str = NEW, name: str = "letter.pdf", **changes: Any
) -> Any:
    """Both steps, with what was read left as it is but for the changes. Gives the second one's answer."""
    first = choose(client, person, content, name=name, to=to)
    assert first.status_code == 302, first.content.decode()
    return client.post(first.url, form_of(person, **{**begun(client.get(first.url)), **changes}))


def read_letter(by: Any, partnership: Any, content: bytes, *, notes: tuple[str, ...] = (), **about: Any) -> Letter:
    """An inspection with a letter that was read, made by the action alone."""
    import io

    from throughline.inspections import letter_reading

    blob = put(io.BytesIO(content))
    reading = letter_reading.reading_of(blob.sha256, name="letter.pdf")
    return actions.begin_inspection(
        by=by, partnership=partnership, now=NOW,
        about=actions.About(**{"title": reading.title, "framework": "jtai", "area": reading.area,
                               "fieldwork_start": reading.fieldwork_start, "fieldwork_end": reading.fieldwork_end,
                               **about}),
        letter=actions.ReadLetter(
            blob, Verdict(Kind.PDF), "letter.pdf", len(reading.texts), words_sha256=reading.words_sha256,
            findings=reading.findings, notes=(*reading.warnings, *notes),
        ),
        dates=actions.LetterDates(date(2026, 1, 5), reading.published, reading.statement_due),
        says=actions.LetterSays(reading.recipients, reading.principal_authority, reading.statement_due_printed),
    )  # fmt: skip


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
