"""The returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Registers what the room's rows look like in history, its reminders, and what it puts into other pages."""

    name = "throughline.returns"
    label = "returns"
    verbose_name = "Returns"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.returns import barring, due, in_sight, offers, snapshots, succeeded  # noqa: F401

        barring.register()
        due.register_kinds()
        offers.register()
        in_sight.register()
        succeeded.register()
