"""The inspections room."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """Registers what the room's rows look like in history."""

    name = "throughline.inspections"
    label = "inspections"
    verbose_name = "Inspections"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.inspections import (
            offers,
            redacted,
            snapshots,  # noqa: F401
        )

        offers.register()
        redacted.subscribe()
