"""What `throughline check` looks at: each check gives every fault as one sentence, and none when all is well."""

from collections.abc import Callable, Iterator
from datetime import date

from django.apps import apps
from django.conf import settings
from django.core import checks as framework
from django.db import connection, models
from django.db.models import F, Q

from throughline.access import Role
from throughline.files import store
from throughline.files.models import StoredFile
from throughline.history import triggers
from throughline.line.checks import breaks
from throughline.line.queries import plan_line
from throughline.partners.models import Membership
from throughline.plans.models import Plan


def settings_faults() -> Iterator[str]:
    """Django's own checks; in the shared setting those for deployment too."""
    for found in framework.run_checks(include_deployment_checks=not settings.EMBEDDED):
        if found.level >= framework.WARNING:
            yield f"Settings: {found.msg} ({found.id})"


def migration_faults() -> Iterator[str]:
    """Migrations that are not applied."""
    from throughline.cli.database import unapplied

    waiting = unapplied()
    if waiting:
        yield f"{len(waiting)} migrations are not applied. Run: throughline migrate"


def database_faults() -> Iterator[str]:
    """What SQLite itself finds wrong in its file, and how it writes; PostgreSQL keeps watch over its own."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        found = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            yield f"The database file is damaged: {found}. Restore the newest backup."
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            yield f"{len(broken)} rows point at rows that are not there, the first in {broken[0][0]}."
        if cursor.execute("PRAGMA synchronous").fetchone()[0] != 2:
            yield "SQLite may lose a save when the power fails: PRAGMA synchronous is not FULL."
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        if mode.upper() != settings.JOURNAL_MODE and mode != "memory":
            yield f"SQLite's journal mode is {mode}; with this version of SQLite it must be {settings.JOURNAL_MODE}."


def trigger_faults() -> Iterator[str]:
    """Triggers that keep the record from being changed, and are not there."""
    for name in sorted(triggers.missing()):
        yield f"The trigger {name} is missing. Run: throughline check --repair"


def _owned(model: type[models.Model]) -> bool:
    return any(each.attname == "partnership_id" for each in model._meta.concrete_fields)


def tenancy_faults() -> Iterator[str]:
    """Rows that point at a row of another partnership."""
    for model in apps.get_models():
        if not model.__module__.startswith("throughline.") or not _owned(model):
            continue
        for each in model._meta.concrete_fields:
            target = each.related_model
            if not isinstance(target, type) or not _owned(target):
                continue
            crossing = model._base_manager.filter(
                ~Q(**{f"{each.name}__partnership_id": F("partnership_id")}), **{f"{each.name}__isnull": False}
            )
            for key in crossing.values_list("pk", flat=True)[:20]:
                yield f"{model._meta.label} {key}: its {each.name} belongs to another partnership."


def file_faults() -> Iterator[str]:
    """Stored files that are missing or changed. One that was withdrawn is gone on purpose: its words had to go."""
    standing = StoredFile.objects.filter(withdrawn_at__isnull=True)
    hashes = standing.order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in list(hashes):
        if not store.is_intact(sha256):
            yield f"The stored file {sha256[:12]}… is missing or damaged. Restore it from a backup."


def line_notes(on: date) -> Iterator[str]:
    """Where the plans' lines are broken, as their business managers see it: work for people, no fault of this copy."""
    for plan in Plan.objects.filter(withdrawn_at__isnull=True).select_related("partnership").order_by("partnership"):
        day = plan.partnership.shown_today or on
        keepers = Membership.objects.in_force(on).filter(partnership=plan.partnership, role=Role.BUSINESS_MANAGER)
        keeper = keepers.select_related("person").order_by("starts", "pk").first()
        if keeper is None:
            yield f"{plan.partnership}: nobody is business manager. Run: throughline person invite"
            continue
        for each in breaks(plan_line(plan, for_person=keeper.person, on=on), day):
            yield f"{plan.partnership}, {plan.reference}: {each.sentence}"


CHECKS: dict[str, Callable[[], Iterator[str]]] = {
    "settings": settings_faults,
    "migrations": migration_faults,
    "database": database_faults,
    "triggers": trigger_faults,
    "partnerships kept apart": tenancy_faults,
    "stored files": file_faults,
}
