"""The statements room: the answer that a letter asks for, signed off, submitted and frozen."""

from django.apps import AppConfig


class StatementsConfig(AppConfig):
    """Registers what the room's rows look like in history, its job, its triggers and what it puts into other pages."""

    name = "throughline.statements"
    label = "statements"
    verbose_name = "Written statements"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline import jobs
        from throughline.statements import building, offers, redacted, snapshots, submitting, triggers  # noqa: F401

        jobs.register(submitting.PRINT, building.run, building.may_print, printed="Print a written statement")
        offers.register()
        redacted.subscribe()
