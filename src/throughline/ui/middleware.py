"""One clock and one set of particulars for each request, and headers for everything that is no static file."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from throughline.ui.page import Page

Handler = Callable[[HttpRequest], HttpResponse]

PERMISSIONS_POLICY = (
    "accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
    "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"
)


class ClockMiddleware:
    """Reads the clock once. `request.now` is an aware moment in UTC, and whatever the request does happens then."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with its moment on it."""
        request.now = timezone.now()  # type: ignore[attr-defined]
        return self.get_response(request)


class PageMiddleware:
    """Gives every request its page's particulars, and every answer the headers that a register of this kind needs.

    Whatever a view sets itself (a download's Cache-Control, say) stays as the view set it. It stands before everything
    that may answer in a view's place, so that redirects and refusals have the headers too.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with particulars on it, and the headers on the answer."""
        if not isinstance(getattr(request, "page", None), Page):
            request.page = Page()  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        return response
