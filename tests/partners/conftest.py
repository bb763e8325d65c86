"""Browsers of the cast: people signed in, in either setting, and forms as a browser sends them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from throughline.partners.models import Person
from throughline.partners.requests import FreshKeys

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def browser() -> Callable[..., Client]:
    """`browser(person)`: a browser in which that person is signed in; `browser()`: nobody is."""

    def make(person: Person | None = None, **named: Any) -> Client:
        client = Client(headers={"host": "localhost"}, **named)
        if person is not None:
            client.force_login(person, backend=BACKEND)
        return client

    return make


@pytest.fixture
def shared(settings):
    """The shared setting, as far as one process can have it."""
    settings.EMBEDDED = False
    settings.SESSION_IDLE_SECONDS = 15 * 60
    return settings


def form_of(person: Person, **fields: Any) -> dict[str, Any]:
    """What a browser sends for a form drawn for `person`: the fields and a request key of its own."""
    return {"request_key": str(FreshKeys(person.pk)), **fields}
