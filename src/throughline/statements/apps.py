"""The statements room: the answer that a letter asks for, signed off, submitted and frozen."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Registers what the room's rows look like in history and what it puts into other pages."""

    name = "throughline.statements"
    label = "statements"
    verbose_name = "Written statements"
