"""Letters for the library: two of our own writing that are really read, and rows that are made by the actions alone."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.cast import NOW
from tests.hostile import builders
from tests.inspections.conftest import letter
from tests.methods.letters_of_our_own import LETTER_2018, LETTER_2023, pdf
from tests.partners.conftest import browser, form_of
from throughline.files.store import put
from throughline.files.verdict import Kind, Verdict
from throughline.library import actions
from throughline.library.actions import FoundText, LetterFacts
from throughline.library.models import LibraryLetter, LibraryUpload

__all__ = ["browser", "form_of", "letter"]


def sent(content: bytes, name: str) -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


@pytest.fixture(scope="session")
def aldermere() -> bytes:
    """A letter of the earlier structure, published on 5 June 2018."""
    return pdf(LETTER_2018)


@pytest.fixture(scope="session")
def thornmoor() -> bytes:
    """A letter of the later structure, published on 16 March 2023."""
    return pdf(LETTER_2023)


def upload(by: Any, partnership: Any, *contents: bytes, names: Sequence[str] = ()) -> LibraryUpload:
    """Files that were brought and are not read yet."""
    files = [
        {"sha256": put(io.BytesIO(each)).sha256, "name": names[place] if names else f"letter-{place + 1}.pdf"}
        for place, each in enumerate(contents)
    ]
    return actions.begin_upload(by=by, partnership=partnership, sent=files, now=NOW)[0]


def kept(
    by: Any, partnership: Any, area: str, *findings: tuple[str, str], published: date = date(2018, 6, 5), **facts: Any
) -> LibraryLetter:
    """A letter in the library with these findings (kind, text), made by the actions alone."""
    content = builders.pdf(f"A letter about {area}, {published}")
    blob = put(io.BytesIO(content))
    brought = actions.begin_upload(
        by=by, partnership=partnership, sent=[{"sha256": blob.sha256, "name": f"{area}.pdf"}], now=NOW
    )[0]
    return actions.add_letter(
        by=by, upload=brought, blob=blob, verdict=Verdict(Kind.PDF), name=f"{area}.pdf", pages=1,
        facts=LetterFacts(area=area, published=published, **facts),
        findings=[FoundText(kind, 1, text) for kind, text in findings], now=NOW,
    )  # fmt: skip
