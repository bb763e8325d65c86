"""The plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers what the room's rows look like in history."""

    name = "throughline.plans"
    label = "plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.plans import snapshots  # noqa: F401
