"""The plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers what the room's rows look like in history."""

    name = "throughline.plans"
    label = "plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.inspections import answers
        from throughline.plans import (
            advice,
            offers,
            queries,
            snapshots,  # noqa: F401
            succeeded,
        )

        answers.offer(queries.standing_answers)
        offers.register()
        advice.register()
        succeeded.register()
