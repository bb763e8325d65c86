"""What the frame around every page needs, worked out only when a template asks."""

from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify

from throughline.ui import menus
from throughline.ui import page as pages

PRODUCT = "Throughline"


def _address(name: str) -> str:
    """The address of a page that another room may or may not have; empty when it has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Shell:
    """The frame's own view of a request. Named so that no view's context can cover it by accident."""

    product = PRODUCT

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @property
    def page(self) -> pages.Page:
        """The page's particulars, as they are when the template asks: views set them late."""
        return pages.of(self._request)

    @property
    def embedded(self) -> bool:
        """Whether this copy runs on one machine."""
        return bool(getattr(settings, "EMBEDDED", False))

    @cached_property
    def menu(self) -> list[menus.Entry]:
        """The entries that this person may open."""
        return menus.entries(self._request)

    @cached_property
    def person(self) -> str:
        """The printed name of whoever is signed in; empty when nobody is."""
        user = getattr(self._request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        return str(getattr(user, "name", "") or user)

    @property
    def overlooks_a_day(self) -> bool:
        """Whether the address asks for an earlier day and the page shows the register as it is now."""
        return bool(self._request.GET.get(pages.AS_OF)) and self.page.as_of is None

    @property
    def live_url(self) -> str:
        """The same page as it is now."""
        return pages.live_url(self._request)

    @property
    def marking_class(self) -> str:
        """The marking as a class, so that print can repeat it on every sheet."""
        return f"tl-marked-{slugify(self.page.marking or 'not')}"

    @cached_property
    def home_url(self) -> str:
        """Where the product's name leads."""
        return _address("home") or "/"

    @cached_property
    def sign_out_url(self) -> str:
        """Where the sign-out form is sent."""
        return _address("account_logout")

    @cached_property
    def account_url(self) -> str:
        """Where the person's own name leads."""
        return _address("account")

    @cached_property
    def health_url(self) -> str:
        """The health page."""
        return _address("health")

    @cached_property
    def version(self) -> str:
        """The version that this copy runs."""
        try:
            return version("throughline")
        except PackageNotFoundError:  # run from a checkout that was never installed
            return ""


def page(request: HttpRequest) -> dict[str, object]:
    """Context processor: `shell`, and nothing else, so that views are free to name things as they like."""
    return {"shell": Shell(request)}
