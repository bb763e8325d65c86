"""The pages that belong to no room."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from throughline.ui import specimen
from throughline.ui.page import describe

ACCESSIBILITY_PREPARED_ON = date(2026, 11, 23)  # the day on which somebody last went through the statement


def accessibility(request: HttpRequest) -> HttpResponse:
    """The statement that the Regulations of 2018 ask for."""
    describe(request, marking="", audience="")
    return render(request, "ui/accessibility.html", {"prepared_on": ACCESSIBILITY_PREPARED_ON})


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about the people who use Throughline, and what may not be put into it."""
    describe(request, marking="", audience="")
    return render(request, "ui/privacy.html")


def styles(request: HttpRequest) -> HttpResponse:
    """Every component with its states, for those who build pages. Only where development is switched on."""
    if not settings.DEVELOPMENT:
        raise Http404
    return specimen.respond(request)


for _view in (accessibility, privacy, styles):
    _view.open_to_all = True  # type: ignore[attr-defined]
