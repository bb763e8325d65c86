"""What people read when something is not there, not theirs, not understood or broken: one sentence, and what to do."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from throughline.ui.page import Page, describe

# Keys and what a form carries unseen: nobody typed them.
_NEVER_SHOWN = ("csrfmiddlewaretoken", "request_key", "version", "expected_version", "next")
_NEVER_SHOWN_IN = ("password", "code", "_FORMS")


def _answer(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse:
    describe(request, audience="")
    return render(request, f"{name}.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler400: the request could not be understood."""
    return _answer(request, "400", 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler403: the person may see the page but not do this."""
    return _answer(request, "403", 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """handler404: not there, or not theirs. The page is the same, to the letter, whatever the view had said of it."""
    request.page = Page()  # type: ignore[attr-defined]
    return _answer(request, "404", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: we are at fault. Needs no database, no session and no context."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from a page of ours, or whose page had grown too old. What was typed is shown again."""
    return _answer(request, "ui/csrf_failed", 403, words=list(_typed(request)))


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What somebody typed, field by field; never a password or a key."""
    for name, values in request.POST.lists():
        if name in _NEVER_SHOWN or any(part.casefold() in name.casefold() for part in _NEVER_SHOWN_IN):
            continue
        for value in values:
            if value.strip():
                yield name.replace("_", " ").replace("-", " ").capitalize(), value
