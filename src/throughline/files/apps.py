"""The files room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Registers how files look in history."""

    name = "throughline.files"
    label = "files"
    verbose_name = "Files"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline.files import snapshots  # noqa: F401
