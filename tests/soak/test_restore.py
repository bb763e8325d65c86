"""The restore drill: the worked example with its files is backed up, destroyed, restored by the page's own commands,
and is row for row, file for file and event for event what it was."""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

THROUGHLINE = [sys.executable, "-m", "throughline.cli"]


def run(var: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "THROUGHLINE_VAR": str(var), "DATABASE_URL": ""}
    return subprocess.run(
        [*THROUGHLINE, *map(str, arguments)], env=environment, capture_output=True, text=True, check=False, timeout=300
    )


def state_of(var: Path) -> tuple[str, dict[str, str]]:
    """A hash over every row of every table but sessions and the queue's own, and the hash of every stored file."""
    digest = hashlib.sha256()
    with sqlite3.connect(f"file:{var / 'throughline.sqlite3'}?mode=ro", uri=True) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in sorted(tables):
            for row in sorted(map(repr, database.execute(f'SELECT * FROM "{table}"'))):
                digest.update(f"{table} {row}\n".encode())
    files = {
        str(path.relative_to(var)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (var / "files").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
    return digest.hexdigest(), files


@pytest.mark.soak
def test_the_restore_drill(tmp_path: Path, capsys) -> None:
    var, kept = tmp_path / "var", tmp_path / "kept"
    kept.mkdir()
    (kept / "passphrase").write_text("a long passphrase for the drill\n")
    assert run(var, "migrate").returncode == 0
    assert run(var, "example").returncode == 0
    before = state_of(var)
    assert len(before[1]) >= 4, "the drill is about attachments too"
    assert run(var, "verify", "--export", kept / "heads.json").returncode == 0
    backed_up = run(var, "backup", kept / "backup.tar", "--passphrase-file", kept / "passphrase")
    assert backed_up.returncode == 0, backed_up.stderr
    shutil.rmtree(var)
    began = time.monotonic()
    restored = run(var, "restore", kept / "backup.tar", "--passphrase-file", kept / "passphrase")
    took = time.monotonic() - began
    assert restored.returncode == 0, restored.stderr
    assert state_of(var) == before
    verified = run(var, "verify", "--against", kept / "heads.json")
    assert verified.returncode == 0, verified.stdout
    assert run(var, "check").returncode == 0
    with capsys.disabled():
        print(f"\nrestore drill: {len(before[1])} files and every row as before, in {took:.1f} s; the record verifies")


@pytest.mark.soak
def test_a_drill_on_a_damaged_backup_fails(tmp_path: Path) -> None:
    """The planted fault: one byte of the backup is another, and one file is gone after a good restore."""
    var, kept = tmp_path / "var", tmp_path / "backup.tar"
    assert run(var, "migrate").returncode == 0
    assert run(var, "example").returncode == 0
    assert run(var, "backup", kept).returncode == 0
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / "damaged.tar").write_bytes(content)
    elsewhere = tmp_path / "elsewhere"
    refused = run(elsewhere, "restore", tmp_path / "damaged.tar")
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1
    assert run(elsewhere, "restore", kept).returncode == 0
    stored = next(path for path in (elsewhere / "files").rglob("*") if path.is_file() and not path.name.startswith("."))
    stored.unlink()
    assert run(elsewhere, "check").returncode == 1
    heads = tmp_path / "heads.json"
    assert run(var, "verify", "--export", heads).returncode == 0
    kept_heads = json.loads(heads.read_text())
    assert kept_heads["heads"]
