"""What the health page says: the database, its safety settings, the record's own defences, room on the disk."""

import shutil
import sqlite3
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import F, Q

from throughline.history import triggers
from throughline.history.models import Chain
from throughline.methods import printed
from throughline.partners import web
from throughline.partners.models import Partnership, Person

_LEAST_FREE = 1 << 30  # bytes: below a gibibyte a plan's evidence no longer fits
_SYNCHRONOUS = {0: "off", 1: "normal", 2: "full", 3: "extra"}


@dataclass(frozen=True)
class Line:
    """One line: what is looked at, what was found, and whether all is well with it."""

    label: str
    text: str
    is_well: bool


def answers() -> bool:
    """Whether the database answers and every migration is applied: what a load balancer asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        answered = cursor.fetchone()[0] == 1
    return answered and not _waiting()


def lines(for_person: Person) -> list[Line]:
    """Everything that the page shows, our own lines first and then those that rooms offer."""
    database = _sqlite() if connection.vendor == "sqlite" else _postgresql()
    own = [*database, _migrations(), _triggers(), *_chains(for_person)]
    return [*own, _disk(), *(Line(*each) for each in web.health_lines())]


def _asked(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _sqlite() -> list[Line]:
    mode, level = str(_asked("PRAGMA journal_mode")).lower(), int(str(_asked("PRAGMA synchronous")))
    keys = _asked("PRAGMA foreign_keys") == 1
    safe = settings.WAL_IS_SAFE
    why = (
        "This version may use write-ahead logging safely."
        if safe
        else "Before 3.51.3 write-ahead logging can corrupt a database, so it is not used."
    )
    return [
        Line("Database", f"SQLite {sqlite3.sqlite_version}. {why}", True),
        Line("Journal", f"{mode.upper()} mode", mode == "delete" or (mode == "wal" and safe)),
        Line(
            "What was saved survives a power cut",
            f"Yes: synchronous is {_SYNCHRONOUS.get(level, level)}."
            if level >= 2
            else f"No: synchronous is {_SYNCHRONOUS.get(level, level)}. Restart Throughline, which sets it to full.",
            level >= 2,
        ),
        Line("Foreign keys", "Enforced" if keys else "Not enforced. Restart Throughline, which enforces them.", keys),
    ]


def _postgresql() -> list[Line]:
    owned = int(
        str(
            _asked(
                "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
                " AND pg_has_role(current_user, relowner, 'USAGE')"
            )
        )
    )
    synchronous = str(_asked("SHOW synchronous_commit"))
    return [
        Line("Database", f"PostgreSQL {_asked('SHOW server_version')}", True),
        Line(
            "What was saved survives a power cut",
            f"synchronous_commit is {synchronous}, fsync is {_asked('SHOW fsync')}.",
            synchronous != "off" and _asked("SHOW fsync") == "on",
        ),
        Line(
            "The web server's own rights",
            "It does not own the tables."
            if owned == 0
            else f"It owns {printed.count(owned, 'table')}, so it could switch the triggers off. Give the tables to"
            " another role (see the installation guide).",
            owned == 0 or settings.EMBEDDED,
        ),
    ]


def _waiting() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrations() -> Line:
    waiting = _waiting()
    missing = f"{printed.count(waiting, 'change')} not applied. Run ‘throughline check’."
    text = missing if waiting else "All applied"
    return Line("Changes to the database's form", text, waiting == 0)


def _triggers() -> Line:
    missing, wanted = sorted(triggers.missing()), triggers.wanted()
    text = (
        f"All {len(wanted)} triggers that keep the record from being changed are in place."
        if not missing
        else f"Missing: {', '.join(missing)}. Run ‘throughline check’."
    )
    return Line("The record's own defence", text, not missing)


def _chains(for_person: Person) -> list[Line]:
    """The heads of the deployment's record and of this person's partnerships, to compare with those kept elsewhere."""
    names = {each.pk: each.name for each in Partnership.objects.visible_to(for_person)}
    heads = Chain.objects.filter(Q(partnership_id__isnull=True) | Q(partnership_id__in=names))
    return [
        Line(
            f"Record of {names[head.partnership_id] if head.partnership_id else 'accounts and agencies'}",
            f"{printed.count(head.head_sequence, 'event')}; the last one's fingerprint begins {head.head_hash[:16]}",
            True,
        )
        for head in heads.order_by(F("partnership_id").asc(nulls_first=True))
    ]


def _disk() -> Line:
    free = shutil.disk_usage(settings.VAR).free
    enough = free >= _LEAST_FREE
    room = f"{printed.number(free / (1 << 30), 1)} GB"
    return Line(
        "Room on the disk",
        f"{room} free" if enough else f"Only {room} free. Make room before it is full.",
        enough,
    )
