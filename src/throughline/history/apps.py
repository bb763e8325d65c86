"""The history room: triggers after every migrate, and its own snapshot."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class HistoryConfig(AppConfig):
    """Installs the triggers whenever the tables may have changed."""

    name = "throughline.history"
    label = "history"
    verbose_name = "History"

    def ready(self) -> None:
        """Register the redaction's snapshot and the triggers' installation."""
        from throughline.history import snapshots, triggers
        from throughline.history.models import Redaction

        snapshots.record("history.redaction", Redaction, codes={"field", "commitment"})
        post_migrate.connect(triggers.install, sender=self, dispatch_uid="history triggers")
