"""The look: no tables, no rules of the field."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and components that every room uses."""

    name = "throughline.ui"
    label = "ui"
    verbose_name = "Look"
