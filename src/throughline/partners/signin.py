"""How people get in: by password and second factor, passkey, or the council's single sign-on. Nobody signs up.

Where Throughline runs on one machine, practice people may also sign in by name: they belong to a practice partnership
and to nothing else, and their password is printed for all to read.
"""

import base64
import hashlib
import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from throughline.partners.models import Person

# Printed on the sign-in page for all to read; good for practice people only, and for them on one machine only.
PRACTICE_PASSWORD = "practice-makes-plans"  # noqa: S105
NOT_KNOWN = "No account here answers to that address. Ask your partnership's business manager for an invitation."
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


def is_practice(person: Person) -> bool:
    """Whether a person belongs to practice partnerships only, whose passwords are printed for all to read."""
    flags = set(person.memberships.values_list("partnership__practice", flat=True))
    return flags == {True}


def may_practise_here(request: HttpRequest) -> bool:
    """Whether practice sign-in is offered: one machine, and a request that never left it."""
    if not settings.EMBEDDED or "X-Forwarded-For" in request.headers or "Forwarded" in request.headers:
        return False
    try:
        from_here = ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
    host = request.get_host()
    name = host if host.endswith("]") else host.rsplit(":", 1)[0]
    return from_here and name in _LOOPBACK_NAMES


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation; practice people exist only where Throughline runs on one machine."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The e-mail address or the password is not right. Check both and try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes and try again, or use a passkey.",
        "incorrect_password": "That is not your password. Try again.",
        "enter_current_password": "That is not your password. Try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> Any:
        if not settings.EMBEDDED and is_practice(user):
            messages.error(request, "Practice people cannot sign in here.")
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        # Who has just signed in is not asked again at once for the same password.
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
        if records:
            records[-1] = {**records[-1], "reauthenticated": True}
            request.session[AUTHENTICATION_METHODS_SESSION_KEY] = records
        return super().post_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if not settings.EMBEDDED and not Authenticator.objects.filter(user=request.user).exists():
            return reverse("mfa_activate_totp")
        return super().get_login_redirect_url(request)

    def set_password(self, user: Person, password: str) -> None:
        # Only this column: what somebody else changed about the person meanwhile stays changed.
        user.set_password(password)
        user.save(update_fields=["password"])

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        template = args[0] if args else kwargs.get("message_template", "")
        if template not in {"account/messages/logged_in.txt"}:  # the page itself shows who is signed in
            super().add_message(request, level, *args, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors are encrypted with the deployment's key, so that a stolen backup holds none."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right. Enter the one that your app shows now, or a recovery code.",
    }

    def encrypt(self, text: str) -> str:
        return _vault().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return _vault().decrypt(encrypted_text.encode("ascii")).decode()

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:
        held = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if held == 0 else f"Passkey {held + 1}"

    def _get_site_name(self) -> str:
        return "Throughline"


def _vault() -> MultiFernet:
    """Encrypts with the current secret key, and reads what earlier ones wrote (SECRET_KEY_FALLBACKS)."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    digests = (hashlib.sha256(f"throughline second factors\n{key!s}".encode()).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Single sign-on answers for a person whom the partnership already knows; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            return
        verified = [each.email for each in sociallogin.email_addresses if each.verified]
        person = Person.objects.filter(email__in=[each.lower() for each in verified], is_active=True).first()
        if person is None:
            messages.error(request, NOT_KNOWN)
            raise ImmediateHttpResponse(redirect("account_login"))
        sociallogin.connect(request, person)
