"""What sign-in changes of its own accord, recorded: allauth writes its own tables, and its signals become events."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from throughline.history import door
from throughline.history.door import action
from throughline.partners.models import Person


@action(None)
def _note(*, by: Person, verb: str) -> None:
    # A request's user is a stand-in for the row until it is looked at; the record wants the row.
    person = Person.objects.get(pk=by.pk)
    door.note(by=person, thing=person, verb=verb, now=timezone.now())


@receiver(user_logged_in)
def _signed_in(user: Person, **_: Any) -> None:
    _note(by=user, verb="signed in")


@receiver(user_logged_out)
def _signed_out(user: Person | None, **_: Any) -> None:
    if user is not None:
        _note(by=user, verb="signed out")


@receiver(account.password_changed)
@receiver(account.password_set)
@receiver(account.password_reset)
def _password(user: Person, **_: Any) -> None:
    _note(by=user, verb="password changed")


@receiver(mfa.authenticator_added)
def _second_factor_added(request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any) -> None:
    _note(by=user, verb="second factor added")
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        # Setting it up has shown that they have it: this session need not ask for it again.
        record_authentication(request, user, method="mfa", type=authenticator.type, id=authenticator.pk)


@receiver(mfa.authenticator_removed)
@receiver(mfa.authenticator_reset)
def _second_factor_changed(user: Person, **_: Any) -> None:
    _note(by=user, verb="second factor removed or renewed")
