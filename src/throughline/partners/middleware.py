"""Who is asking: sessions that end, second factors that are enforced, and keys for the forms that are drawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from throughline.methods.printed import lapse
from throughline.partners.requests import FreshKeys, keep_words, key_of, page_of

Handler = Callable[[HttpRequest], HttpResponse]
_SEEN, _SINCE = "last seen", "signed in at"

# allauth's pages that answer somebody who is not signed in. Its other pages are for signed-in people, like ours.
SIGNING_IN = frozenset(
    {
        "account_login",
        "account_logout",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
    }
)
# Where somebody without a second factor may go in the shared setting: to set one up, or away.
SETTING_UP = frozenset({"mfa_activate_totp", "mfa_add_webauthn", "account_reauthenticate", "account_logout"})
# Where somebody may go who has a second factor and has not shown it in this session.
SHOWING = frozenset({"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"})


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
        response = self.get_response(request)
        if request.method == "POST" and response.status_code == 403 and not hasattr(request, "was_let_in"):
            return _kept_although_refused(request) or response
        return response

    def process_view(self, request: HttpRequest, view: Callable, *_: object) -> HttpResponse | None:
        """Send whoever may not go on to where they can do something about it."""
        request.was_let_in = True  # type: ignore[attr-defined]
        if getattr(view, "open_to_all", False):
            return None
        name = _name_of(request)
        if not request.user.is_authenticated:
            return None if name in SIGNING_IN else _to_sign_in(request)
        if settings.EMBEDDED or has_shown_second_factor(request):
            return None
        if Authenticator.objects.filter(user=request.user).exists():
            showing = f"{reverse('mfa_reauthenticate')}?{urlencode({'next': page_of(request)})}"
            return None if name in SHOWING else _keeping(request, showing)
        return None if name in SETTING_UP else HttpResponseRedirect(reverse("mfa_activate_totp"))

    def _end_if_left(self, request: HttpRequest) -> None:
        now = getattr(request, "now", None) or datetime.now(UTC)
        session = request.session
        since = datetime.fromisoformat(session.setdefault(_SINCE, now.isoformat()))
        seen = datetime.fromisoformat(session.setdefault(_SEEN, now.isoformat()))
        idle = timedelta(seconds=settings.SESSION_IDLE_SECONDS)
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if now - seen > idle or now - since > longest:
            logout(request)
            messages.info(request, f"You were signed out {_why(now - seen > idle, idle, longest)}. Sign in to go on.")
        elif now - seen > timedelta(minutes=1):
            session[_SEEN] = now.isoformat()


def _why(was_idle: bool, idle: timedelta, longest: timedelta) -> str:
    if was_idle:
        return f"because nothing was done here for {lapse(idle)}"
    return f"because a sign-in lasts {lapse(longest)}"


def _name_of(request: HttpRequest) -> str:
    """The route's name, empty for a route of a room: those have none of the exceptions."""
    match = request.resolver_match
    return (match.url_name or "") if match is not None and not match.namespaces else ""


def has_shown_second_factor(request: HttpRequest) -> bool:
    """Whether this session was signed in with a second factor: a code, a passkey, or the council's single sign-on."""
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return bool(methods & {"mfa", "socialaccount"})


def _keeping(request: HttpRequest, url: str) -> HttpResponseRedirect:
    """Send somebody away from a form; what they typed waits for them."""
    if request.method == "POST":
        keep_words(request)
    return HttpResponseRedirect(url)


def _to_sign_in(request: HttpRequest) -> HttpResponseRedirect:
    if request.method == "POST":
        keep_words(request)
    return redirect_to_login(page_of(request))


def _kept_although_refused(request: HttpRequest) -> HttpResponse | None:
    """The words of a form that was refused because its reader signed in again elsewhere since it was drawn.

    Django renews the token against forged requests at every sign-in. Only a form that this site drew for the person
    carries their signed key, and only a browser that sends from this site says so; then nothing is done, but nothing
    is lost.
    """
    key = key_of(request)
    from_here = request.headers.get("Sec-Fetch-Site") == "same-origin" or request.headers.get("Origin") == (
        f"{request.scheme}://{request.get_host()}"
    )
    if key is None or not from_here or not keep_words(request):
        return None
    if not request.user.is_authenticated:
        return redirect_to_login(page_of(request))
    return HttpResponseRedirect(page_of(request)) if key.person_id == request.user.pk else None
