"""The database's own part of a backup: a copy that is consistent while others write, and putting one back."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from throughline.cli import CommandError

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}


def dump(folder: Path, now: datetime) -> tuple[Path, dict[str, Any]]:
    """Copy the database into `folder`; the file, and the chains' heads as they are in that very copy."""
    from django.db import connection

    target = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        return target, _dump_sqlite(target, now)
    return target, _dump_postgresql(target, now)


def _dump_sqlite(target: Path, now: datetime) -> dict[str, Any]:
    """SQLite's online backup, in one step: writers wait for as long as the copying takes and no longer."""
    from django.db import connection

    # Opened by Django, because the tables' constraints use functions that it adds to SQLite.
    copy = connection.copy(alias="backup")
    copy.settings_dict["NAME"] = str(target)
    try:
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=60)) as source:
            copy.ensure_connection()
            source.backup(copy.connection, pages=-1)
        with copy.cursor() as cursor:
            # The copy is one file: whoever opens it later needs no second one beside it.
            cursor.execute("PRAGMA journal_mode=DELETE")
            found = cursor.execute("PRAGMA integrity_check").fetchone()[0]
            if found != "ok":
                raise CommandError(f"The database is damaged ({found}). Restore the newest backup that is whole.")
            rows = cursor.execute("SELECT partnership_id, head_sequence, head_hash FROM history_chain").fetchall()
    finally:
        copy.close()
    return _heads(rows, now)


def _dump_postgresql(target: Path, now: datetime) -> dict[str, Any]:
    """pg_dump and the heads from one and the same snapshot."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT partnership_id, head_sequence, head_hash FROM history_chain")
        heads = _heads(cursor.fetchall(), now)
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        whole = ["pg_dump", "--format=custom", "--no-owner", "--no-privileges"]
        _run([*whole, f"--snapshot={snapshot}", f"--file={target}"])
    return heads


def _heads(rows: list[tuple[Any, int, str]], now: datetime) -> dict[str, Any]:
    """The same form as `history.verify.heads`."""
    from uuid import UUID

    from throughline.history.canonical import plain

    return {
        "format": 1,
        "made_at": plain(now),
        "heads": {
            str(UUID(str(owner))) if owner else "deployment": {"sequence": sequence, "hash": digest}
            for owner, sequence, digest in rows
        },
    }


def postgresql_environment() -> Mapping[str, str]:
    """How PostgreSQL's programs find the database, without the password in a command line."""
    from django.db import connection

    settings = connection.settings_dict
    options = settings.get("OPTIONS", {})
    given = {
        "PGHOST": settings["HOST"] or options.get("host", ""),
        "PGPORT": str(settings["PORT"] or options.get("port", "")),
        "PGUSER": settings["USER"], "PGPASSWORD": settings["PASSWORD"], "PGDATABASE": settings["NAME"],
        "PGSSLMODE": options.get("sslmode", ""),
    }  # fmt: skip
    return {**os.environ, **{name: value for name, value in given.items() if value}}


def _run(command: list[str]) -> None:
    """Run one of PostgreSQL's programs. CommandError when it is missing or does not succeed."""
    if shutil.which(command[0]) is None:
        raise CommandError(f"{command[0]} is missing. Install Debian's postgresql-client.")
    done = subprocess.run(command, env=dict(postgresql_environment()), capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it gave no reason"]
        raise CommandError(f"{command[0]} did not succeed: {said[-1]}")


def is_empty_postgresql() -> bool:
    """Whether the database has no table yet."""
    from django.db import connection

    return not connection.introspection.table_names()


def load_postgresql(file: Path) -> None:
    """Put a dump into the database in one transaction; tables of the same names are replaced."""
    from django.db import connections

    connections.close_all()
    _run(
        ["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
         "--exit-on-error", f"--dbname={postgresql_environment()['PGDATABASE']}", str(file)]
    )  # fmt: skip


def load_sqlite(file: Path, target: Path, now: datetime) -> None:
    """Put a copy in the database's place. One that is there is kept beside it, under the time of the restore."""
    aside = now.strftime("before-restore-%Y%m%dT%H%M%SZ")
    for suffix in ("", "-journal", "-wal", "-shm"):
        there = target.with_name(target.name + suffix)
        if there.exists():
            there.rename(there.with_name(f"{there.name}.{aside}"))
    target.parent.mkdir(parents=True, exist_ok=True)
    file.replace(target)
