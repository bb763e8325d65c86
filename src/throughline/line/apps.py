"""The line room: the read model over findings, actions and returns."""

from django.apps import AppConfig


class LineConfig(AppConfig):
    """Puts the line into the menu and onto the front page."""

    name = "throughline.line"
    label = "line"
    verbose_name = "The line"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.line import offers

        offers.register()
