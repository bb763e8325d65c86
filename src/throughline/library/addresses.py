"""Addresses of the library's pages."""

from urllib.parse import urlencode

from django.urls import reverse

from throughline.library.models import LibraryFinding, LibraryLetter
from throughline.partners.models import Partnership


def library_url(partnership: Partnership) -> str:
    """The list of letters."""
    return reverse("library:letters", args=[partnership.slug])


def letter_url(letter: LibraryLetter) -> str:
    """A letter's page."""
    return reverse("library:letter", args=[letter.partnership.slug, letter.number])


def page_url(letter: LibraryLetter, page: int) -> str:
    """A page of a letter."""
    return reverse("library:page", args=[letter.partnership.slug, letter.number, page])


def finding_url(finding: LibraryFinding) -> str:
    """Where a finding stands on its letter's page."""
    return f"{letter_url(finding.letter)}#{finding.reference}"


def search_url(partnership: Partnership, **narrowed: str) -> str:
    """The search over findings, narrowed by these parameters of its address."""
    url = reverse("library:findings", args=[partnership.slug])
    return f"{url}?{urlencode(narrowed)}" if narrowed else url
