"""How people get in: by password and second factor, passkey, or the council's single sign-on. Nobody signs up."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from throughline.partners.models import Person

NOT_KNOWN = "No account here answers to that address. Ask your partnership's business manager for an invitation."


def is_practice(person: Person) -> bool:
    """Whether a person belongs to practice partnerships only, whose passwords are printed for all to read."""
    flags = set(person.memberships.values_list("partnership__practice", flat=True))
    return flags == {True}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts exist by invitation; practice people exist only where Throughline runs on one machine."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> Any:
        if not settings.EMBEDDED and is_practice(user):
            messages.error(request, "Practice people cannot sign in here.")
            return HttpResponseRedirect(reverse("account_login"))
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        if not settings.EMBEDDED and not Authenticator.objects.filter(user=request.user).exists():
            return reverse("mfa_activate_totp")
        return super().get_login_redirect_url(request)


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
