"""The impact room: judgements of desired impacts, and what later inspections said."""

from django.apps import AppConfig


class ImpactConfig(AppConfig):
    """Registers what the room's rows look like in history, and what it puts into other pages."""

    name = "throughline.impact"
    label = "impact"
    verbose_name = "Impact"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.impact import (
            offers,
            snapshots,  # noqa: F401
        )

        offers.register()
