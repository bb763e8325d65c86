"""The scrutiny room: decisions sought and answered."""

from django.apps import AppConfig


class ScrutinyConfig(AppConfig):
    """Registers what the room's rows look like in history, and what it puts into other pages."""

    name = "throughline.scrutiny"
    label = "scrutiny"
    verbose_name = "Scrutiny"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.scrutiny import (
            offers,
            snapshots,  # noqa: F401
            succeeded,
        )

        offers.register()
        succeeded.register()
