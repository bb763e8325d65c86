"""The suggestions room: what a finding suggests for the plan, accepted one by one."""

from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    """Registers what the room's rows look like in history and what it puts into other pages."""

    name = "throughline.suggestions"
    label = "suggestions"
    verbose_name = "Suggestions"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.suggestions import (
            offers,
            snapshots,  # noqa: F401
        )

        offers.register()
