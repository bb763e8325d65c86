"""Pages about the person: signing in, answering an invitation, one's own account; and how the deployment is."""

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.internal.decorators import login_not_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.decorators import rate_limit
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.db import DatabaseError
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from throughline.history.door import Conflict
from throughline.history.moments import day_of
from throughline.partners import actions, forms, health, permissions, queries, web
from throughline.partners.actions import CannotDo
from throughline.partners.models import Person
from throughline.partners.requests import Request, has_kept_words
from throughline.partners.signin import PRACTICE_PASSWORD, is_practice, may_practise_here
from throughline.partners.signin_forms import AnswerInvitation
from throughline.partners.web import answer_once, bound, open_to_all, step_up
from throughline.ui import page


class SignIn(allauth_views.LoginView):
    """allauth's sign-in, with words that wait and the practice people."""

    def get_context_data(self, **rest: Any) -> dict[str, Any]:
        found = super().get_context_data(**rest)
        found["words_wait"] = has_kept_words(self.request)
        providers: Any = settings.SOCIALACCOUNT_PROVIDERS
        found["single_sign_on"] = providers["openid_connect"]["APPS"][0] if providers else None
        if may_practise_here(self.request):
            found["practice"] = queries.practice_people(day_of(self.request.now))
            found["practice_password"] = PRACTICE_PASSWORD
        return found


@open_to_all
@require_POST
@login_not_required
def practice_sign_in(request: Request) -> HttpResponse:
    """Sign in as a practice person by name: on one machine, from that machine, and as nobody else."""
    if not may_practise_here(request):
        raise Http404
    wanted = request.POST.get("person", "")
    known = {
        str(person.pk): person
        for _where, held in queries.practice_people(day_of(request.now))
        for person, _roles in held
    }
    person = known.get(wanted)
    if person is None or not is_practice(person):
        raise Http404
    logout_of_other(request, person)
    record_authentication(request, person, method="practice")
    return perform_login(request, Login(user=person, redirect_url=_next(request)))


def _next(request: Request) -> str | None:
    """Where somebody wanted to go, if that is here."""
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else None


def logout_of_other(request: Request, person: Person) -> None:
    """End the session of whoever is signed in here, unless that is the same person."""
    if request.user.is_authenticated and request.user.pk != person.pk:
        logout(request)


# -- invitation ------------------------------------------------------------------------------------------------------


@open_to_all
@never_cache
@login_not_required
@sensitive_post_parameters("password1", "password2")
@rate_limit(action="reset_password_from_key")
def invitation(request: Request, token: str) -> HttpResponse:
    """Answer an invitation: choose a password and be signed in. Used, expired and never sent are the same page."""
    page.describe(request, audience="", marking="")
    found = queries.open_invitation(token, now=request.now)
    if found is None:
        return render(request, "partners/invitation_gone.html", status=410)
    form = AnswerInvitation(request.POST if request.method == "POST" else None, person=found.person)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.answer_invitation(
                by=found.person, invitation=found, expected_version=found.version, now=request.now,
                password_hash=make_password(form.cleaned_data["password1"]),
            )  # fmt: skip
        except (CannotDo, Conflict):
            return render(request, "partners/invitation_gone.html", status=410)
        logout_of_other(request, person)
        messages.success(request, "Your password is set. You can sign in with it from now on.")
        record_authentication(request, person, method="password", email=person.email)
        return perform_login(request, Login(user=person, email=person.email))
    return render(request, "partners/invitation.html", {"form": form, "invitation": found})


# -- one's own account -----------------------------------------------------------------------------------------------


def account(request: Request) -> HttpResponse:
    """My details, and the ways in which I sign in."""
    page.describe(request, audience="only you")
    held = Authenticator.objects.filter(user=request.user)
    kinds = {each.type for each in held}
    return render(
        request,
        "partners/account.html",
        {
            "seats": queries.seats_of(request.user, day_of(request.now)),
            "has_app": Authenticator.Type.TOTP in kinds,
            "passkeys": held.filter(type=Authenticator.Type.WEBAUTHN).count(),
            "is_practice": is_practice(request.user),
            "has_password": request.user.has_usable_password(),
        },
    )


@step_up
def details(request: Request) -> HttpResponse:
    """Change my name, post and address."""
    page.describe(request, audience="only you")
    me = Person.objects.get(pk=request.user.pk)
    initial = {name: getattr(me, name) for name in forms.Details.base_fields}
    form = bound(request, forms.Details, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            return answer_once(request, lambda: _save_details(request, me, form))
        except CannotDo as error:
            form.add_error("email", str(error))
        except Conflict as error:
            return web.conflict(request, error, form=form, title="your details", theirs_url=reverse("account"))
    return render(request, "partners/details.html", {"form": form})


def _save_details(request: Request, me: Person, form: forms.Details) -> str:
    data = dict(form.cleaned_data)
    actions.change_own_details(by=me, expected_version=data.pop("version"), now=request.now, **data)
    messages.success(request, "Your details are saved.")
    return reverse("account")


@require_POST
def sign_out_everywhere(request: Request) -> HttpResponse:
    """End every session of mine, on every device."""
    actions.sign_out_everywhere(by=Person.objects.get(pk=request.user.pk), now=request.now)
    logout(request)
    messages.success(request, "You are signed out on every device.")
    return HttpResponseRedirect(reverse("account_login"))


@open_to_all
def closed(request: Request, **_named: Any) -> HttpResponse:
    """An address of allauth's for something that Throughline does in another way, or not at all."""
    raise Http404


# -- the deployment --------------------------------------------------------------------------------------------------


@open_to_all
def health_json(request: Request) -> HttpResponse:
    """For a load balancer: {"status": "ok"}, or 503. Says nothing else to strangers."""
    try:
        well = health.answers()
    except DatabaseError:
        well = False
    return JsonResponse({"status": "ok" if well else "not ok"}, status=200 if well else 503)


def health_page(request: Request) -> HttpResponse:
    """How the deployment is, for those who look after it; on one machine for everybody."""
    keepers = {role.value for role in permissions.KEEPERS}
    on = day_of(request.now)
    if not settings.EMBEDDED and not any(grant.role in keepers for grant in request.user.grants_on(on)):
        raise Http404
    readers = (
        "everybody who is signed in on this machine" if settings.EMBEDDED else "business managers and administrators"
    )
    page.describe(request, audience=readers, marking="OFFICIAL")
    lines = health.lines(request.user)
    return render(request, "partners/health.html", {"lines": lines, "all_well": all(each.is_well for each in lines)})
