"""The jobs room."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The queue, its page and its line on the health page."""

    name = "throughline.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        """Say on the health page how the queue stands."""
        from throughline.jobs.queries import health
        from throughline.partners.web import offer_health

        offer_health(health)
