"""The command line as a person uses it: another process, with a folder of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Command = Callable[..., Done]


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """Run `throughline ARGUMENTS` with `var` under the test's folder. `url`: the database, if it is not SQLite."""

    def run(
        *arguments: object, var: Path | None = None, url: str = "", **more: str
    ) -> subprocess.CompletedProcess[str]:
        environment = {
            **os.environ, "THROUGHLINE_VAR": str(var or tmp_path / "var"), "DATABASE_URL": url, **more,
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "-m", "throughline.cli", *map(str, arguments)],
            capture_output=True, text=True, env=environment, cwd=tmp_path, timeout=120, check=False,
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def first_migration(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A var folder after `throughline migrate`, and what that printed."""
    var = tmp_path_factory.mktemp("migrated")
    done = subprocess.run(
        [sys.executable, "-m", "throughline.cli", "migrate"],
        capture_output=True, text=True, check=True, timeout=120,
        env={**os.environ, "THROUGHLINE_VAR": str(var), "DATABASE_URL": ""},
    )  # fmt: skip
    return var, done.stdout


@pytest.fixture
def migrated(first_migration: tuple[Path, str], tmp_path: Path) -> Path:
    """The test's own var folder, migrated."""
    shutil.copytree(first_migration[0], tmp_path / "var")
    return tmp_path / "var"
