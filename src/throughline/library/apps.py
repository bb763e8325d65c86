"""The library room: letters about other areas, kept to compare with."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registers what the room's rows look like in history and what it puts into other pages."""

    name = "throughline.library"
    label = "library"
    verbose_name = "Library"
