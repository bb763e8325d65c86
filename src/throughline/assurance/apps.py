"""The assurance room: the programme of scrutiny and audit, thin for now: title, what it tests, outcome."""

from django.apps import AppConfig


class AssuranceConfig(AppConfig):
    """Registers what the room's rows look like in history, its reminders, and what it puts into other pages."""

    name = "throughline.assurance"
    label = "assurance"
    verbose_name = "Assurance"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.assurance import due, offers, snapshots, succeeded  # noqa: F401

        due.register()
        offers.register()
        succeeded.register()
