"""throughline migrate | check | backup | restore: the database and the stored files."""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from throughline.cli import CommandError, django

SHORTEST_PASSPHRASE = 12


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    migrate = commands.add_parser("migrate", help="bring the database up to this version")
    migrate.set_defaults(run=run_migrate)
    check = commands.add_parser("check", help="look for anything wrong with this copy")
    check.add_argument("--repair", action="store_true", help="put missing triggers back")
    check.add_argument("--json", action="store_true", help="print the faults as JSON")
    check.set_defaults(run=run_check)
    backup = commands.add_parser("backup", help="write the database and all files into one archive, while in use")
    backup.add_argument("file", type=Path, metavar="FILE", help="the archive to write, for example plan-2019-01-30.tar")
    backup.add_argument("--passphrase-file", type=Path, help="encrypt with the first line of this file")
    backup.set_defaults(run=run_backup)
    restore = commands.add_parser("restore", help="put a backup back, after checking all of it")
    restore.add_argument("file", type=Path, metavar="FILE", help="the archive to read")
    restore.add_argument("--into", type=Path, metavar="VAR", help="the folder to restore to (THROUGHLINE_VAR)")
    restore.add_argument(
        "--replace", action="store_true", help="replace what is there; SQLite's old file is kept aside"
    )
    restore.add_argument("--passphrase-file", type=Path, help="open with the first line of this file")
    restore.set_defaults(run=run_restore)


def unapplied() -> list[str]:
    """The migrations that the database does not have yet, in order. CommandError when there is no database."""
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        reason = str(error).strip().splitlines()[0]
        raise CommandError(f"The database cannot be reached: {reason}. Check DATABASE_URL.") from error
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def run_migrate(given: argparse.Namespace) -> int:
    """Apply what is missing, make the cache's table, install the triggers; print what was done."""
    django()
    from django.core.management import call_command

    from throughline.history import triggers

    waiting = unapplied()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    triggers.install()
    for name in waiting:
        print(f"Applied {name}.")
    print("The database is up to date.")
    return 0


def run_check(given: argparse.Namespace) -> int:
    """Print every fault in one line; 1 when there is one."""
    django()
    from django.utils import timezone

    from throughline.cli import checks
    from throughline.history import triggers

    faults: dict[str, list[str]] = {}
    for name, find in checks.CHECKS.items():
        if name == "triggers" and given.repair and not faults.get("migrations") and (missing := triggers.missing()):
            triggers.install()
            print(f"Put back: {', '.join(sorted(missing))}.", file=sys.stderr if given.json else sys.stdout)
        # Without its tables the other questions have no answer.
        faults[name] = [] if faults.get("migrations") else list(find())
    found = [sentence for sentences in faults.values() for sentence in sentences]
    notes = [] if faults["migrations"] else list(checks.line_notes(timezone.localdate()))
    if given.json:
        print(json.dumps({"faults": faults, "lines": notes}, indent=2, ensure_ascii=False))
        return 1 if found else 0
    print("\n".join(found) if found else f"All is well: {', '.join(faults)}.")
    if notes:
        print("Where the lines of the plans are broken, for their business managers:")
        print("\n".join(f"  {note}" for note in notes))
    return 1 if found else 0


def passphrase_in(path: Path | None) -> str | None:
    """The first line of a file; None when no file is given. CommandError when it is no passphrase."""
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read. Give a text file with the passphrase in its first line.") from error
    passphrase = lines[0].strip() if lines else ""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise CommandError(f"The passphrase in {path} is too short. Give {SHORTEST_PASSPHRASE} characters or more.")
    return passphrase


def run_backup(given: argparse.Namespace) -> int:
    """Write a backup; 1 when a stored file was damaged already (the rest is in it all the same)."""
    passphrase = passphrase_in(given.passphrase_file)
    django()
    from django.conf import settings
    from django.utils import timezone

    from throughline.cli import backups
    from throughline.methods.printed import count, size

    if unapplied():
        raise CommandError("The database is not up to date. Run: throughline migrate")
    manifest = backups.make(
        given.file, files_root=Path(settings.FILES_ROOT), now=timezone.now(), version=version("throughline"),
        passphrase=passphrase,
    )  # fmt: skip
    kept = len(manifest.files) - 1
    print(f"Wrote {given.file}: the database and {count(kept, 'file')}, {size(given.file.stat().st_size)}.")
    print("Keep the secret key apart from it: second factors cannot be read without (THROUGHLINE_SECRET_KEY).")
    if passphrase is None:
        print("It is not encrypted: keep it where only administrators can read it, or give --passphrase-file.")
    for sha256 in manifest.damaged:
        print(f"throughline: the stored file {sha256} was damaged already.", file=sys.stderr)
    return 1 if manifest.damaged else 0


def run_restore(given: argparse.Namespace) -> int:
    """Check a backup, put it back, and verify the record against the heads that the backup was made with."""
    passphrase = passphrase_in(given.passphrase_file)
    if given.into is not None:
        os.environ["THROUGHLINE_VAR"] = str(given.into)
    django()
    from django.conf import settings
    from django.db import connection

    from throughline.cli import backups, dumps
    from throughline.methods.printed import count, moment

    files_root = Path(settings.FILES_ROOT)
    database = Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None
    taken = database.exists() if database else not dumps.is_empty_postgresql()
    if not given.replace and (taken or any(files_root.glob("*/*"))):
        where = database or f"the database {connection.settings_dict['NAME']}"
        raise CommandError(f"There is data in {where} or {files_root} already. Give --replace to put the backup there.")
    settings.VAR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.VAR) as work:
        manifest = backups.unpack(given.file, Path(work), passphrase)
        if manifest.vendor != connection.vendor:
            raise CommandError(
                f"This backup is of {manifest.vendor} and this copy uses {connection.vendor}. Set DATABASE_URL to fit."
            )
        moved = backups.place_files(Path(work), files_root)
        dump = Path(work) / dumps.NAMES[manifest.vendor]
        if database is not None:
            dumps.load_sqlite(dump, database, datetime.now(UTC))
        else:
            dumps.load_postgresql(dump)
        heads = Path(work) / "heads.json"
        heads.write_text(json.dumps(manifest.heads), encoding="utf-8")
        made = moment(datetime.fromisoformat(manifest.made_at))
        print(f"Restored the database and {count(moved, 'file')} as they were on {made}. Verifying.", flush=True)
        # A fresh process: this one was set up before the database was there.
        verified = subprocess.run(
            [sys.executable, "-m", "throughline.cli", "verify", "--against", str(heads)], check=False
        )
    if database is not None:
        print("Stop and start 'throughline serve' if it was running.")
    return verified.returncode
