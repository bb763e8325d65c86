"""The reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers what the room's rows look like in history, its jobs, its trigger and what it puts into other pages."""

    name = "throughline.reports"
    label = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline import jobs
        from throughline.reports import actions, board_paper, building, executive, offers, redacted, snapshots, triggers  # noqa: F401

        jobs.register(actions.BUILD, building.run, building.may_build, printed="Build a report")
        jobs.register(
            actions.PRINT_AGAIN, building.print_again, building.may_print_again, printed="Print a report again"
        )
        offers.register()
        redacted.subscribe()
