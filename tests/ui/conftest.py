"""The look is tested on its own pages, without a database."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.fixture
def own_urls(settings):
    settings.ROOT_URLCONF = "tests.ui.urls"
    settings.DEVELOPMENT = True
    return settings


@pytest.fixture
def client(own_urls) -> Client:
    """Nobody in particular, without a session: nothing here may ask a database."""
    return Client(raise_request_exception=False, headers={"host": settings.ALLOWED_HOSTS[0]})
