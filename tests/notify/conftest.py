"""Mail goes to a real server on loopback."""

import pytest

from tests.notify.postbox import open_postbox


@pytest.fixture
def postbox(settings):
    """The server's handler, with Django's settings pointing at it."""
    box, controller = open_postbox()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.EMAIL_USE_TLS = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_TIMEOUT = 1
    settings.DEFAULT_FROM_EMAIL = "Throughline <plan@ashvale.example>"
    yield box
    controller.stop()
