"""The partners room: people, partnerships, bodies, memberships and sign-in."""

from typing import Any

from django.apps import AppConfig
from django.db import connection
from django.db.models.signals import post_migrate
from django.utils import timezone


class PartnersConfig(AppConfig):
    """Registers snapshots and the recording of what sign-in changes."""

    name = "throughline.partners"
    label = "partners"
    verbose_name = "Partners"

    def ready(self) -> None:
        """Load what registers itself, and have the system person made after the first migrate."""
        from throughline.partners import menu, signals, snapshots, tellers  # noqa: F401

        post_migrate.connect(_ensure_system_person, sender=self, dispatch_uid="system person")


def _ensure_system_person(**_signal: Any) -> None:
    from throughline.partners import actions
    from throughline.partners.models import Person

    if "partners_person" not in connection.introspection.table_names():
        return
    if not Person.objects.filter(is_system=True).exists():
        first = Person(name="Throughline (set-up)", is_system=True)
        first.set_unusable_password()
        actions.ensure_system_person(by=first, now=timezone.now())
