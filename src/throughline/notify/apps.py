"""The notify room."""

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    """The outbox, reminders, and their lines on the health page."""

    name = "throughline.notify"
    label = "notify"
    verbose_name = "Notifications"

    def ready(self) -> None:
        """Have invitations followed by their mail, and say on the health page how the outbox stands."""
        from throughline.notify import invitations
        from throughline.notify.queries import health
        from throughline.partners.web import offer_health

        invitations.subscribe()
        offer_health(health)
