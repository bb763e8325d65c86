"""The returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Registers what the room's rows look like in history."""

    name = "throughline.returns"
    label = "returns"
    verbose_name = "Returns"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.returns import snapshots  # noqa: F401
