"""The library room: letters about other areas, kept to compare with."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    """Registers what the room's rows look like in history, its job and what it puts into other pages."""

    name = "throughline.library"
    label = "library"
    verbose_name = "Library"

    def ready(self) -> None:
        """Load what registers itself."""
        from throughline import jobs
        from throughline.library import actions, offers, snapshots, taking_in  # noqa: F401

        jobs.register(actions.READ, taking_in.run, taking_in.may_read, printed="Read letters for the library")
        offers.register()
