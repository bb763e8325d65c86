"""The evidence room: what shows that something is so, held by whom, seen by whom."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Registers what the room's rows look like in history, and what it puts into other pages."""

    name = "throughline.evidence"
    label = "evidence"
    verbose_name = "Evidence"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.evidence import offers, redacted, snapshots, succeeded  # noqa: F401

        offers.register()
        redacted.subscribe()
        succeeded.register()
