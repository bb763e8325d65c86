"""Who is asking: sessions that end, second factors that are enforced, and keys for the forms that are drawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from throughline.partners.requests import FreshKeys, keep_words

Handler = Callable[[HttpRequest], HttpResponse]
_SEEN, _SINCE = "last seen", "signed in at"
_OWN_PAGES = ("account_", "mfa_", "openid_connect_", "socialaccount_", "static", "health", "accessibility", "privacy")


class SignedInMiddleware:
    """Ends sessions that were left alone, asks for the second factor, and lets nobody in who is not signed in.

    Pages are for signed-in people unless their route says otherwise (`open_to_all`); the decision about content is the
    access engine's alone.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request with the person's own keys on it."""
        if request.user.is_authenticated:
            self._end_if_left(request)
        if request.user.is_authenticated:
            request.request_key = FreshKeys(request.user.pk)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable, *_: object) -> HttpResponse | None:
        """Send whoever may not go on to where they can do something about it."""
        if getattr(view, "open_to_all", False) or _is_own_page(request):
            return None
        if not request.user.is_authenticated:
            if request.method == "POST":
                keep_words(request)
            return _to_sign_in(request)
        if not settings.EMBEDDED and not _has_second_factor(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None

    def _end_if_left(self, request: HttpRequest) -> None:
        now = getattr(request, "now", None) or datetime.now(UTC)
        session = request.session
        since = datetime.fromisoformat(session.setdefault(_SINCE, now.isoformat()))
        seen = datetime.fromisoformat(session.setdefault(_SEEN, now.isoformat()))
        idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        if not request.user.is_active or now - seen > idle or now - since > timedelta(hours=12):
            logout(request)
        elif now - seen > timedelta(minutes=1):
            session[_SEEN] = now.isoformat()


def _is_own_page(request: HttpRequest) -> bool:
    """Whether this is a page for signing in and the like, which has its own rules (allauth's)."""
    match = request.resolver_match
    return match is not None and (match.url_name or "").startswith(_OWN_PAGES) and not match.namespaces


def _has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was signed in with a second factor: a code, a passkey, or the council's single sign-on."""
    methods = {record.get("method") for record in get_authentication_records(request)}
    if methods & {"mfa", "socialaccount"}:
        return True
    return Authenticator.objects.filter(user=request.user).exists() and "mfa" in methods


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
