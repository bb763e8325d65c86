"""The reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers what the room's rows look like in history."""

    name = "throughline.reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.reports import snapshots  # noqa: F401
