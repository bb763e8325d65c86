"""One real server and one real Chromium for the whole folder.

The server is Throughline as a person runs it (`throughline serve`: web server and worker) on a folder and a port of its
own, with the worked example built. Its database is SQLite, or a fresh one on the PostgreSQL that DATABASE_URL names.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from tests.browser import journey

THROUGHLINE = [sys.executable, "-c", "import sys; from throughline.cli import main; sys.exit(main())"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium. A process that runs any of it has a server of its own."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running server."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    folder = tmp_path_factory.mktemp("served")
    environment = os.environ | {"THROUGHLINE_VAR": str(folder / "var"), "THROUGHLINE_PORT": port}
    with _database() as address:
        environment |= {"DATABASE_URL": address} if address else {}
        for command in ("migrate", "example"):
            done = subprocess.run([*THROUGHLINE, command], env=environment, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr
        log = (folder / "log").open("w")
        running = subprocess.Popen([*THROUGHLINE, "serve"], env=environment, stdout=log, stderr=log)
        try:
            yield _when_it_answers(f"http://localhost:{port}", folder / "log")
        finally:
            running.terminate()
            running.wait(timeout=30)
            log.close()


class _database:
    """A fresh database on the server that DATABASE_URL names, dropped afterwards; nothing for SQLite."""

    def __init__(self) -> None:
        self.server = os.environ.get("DATABASE_URL", "")
        self.name = f"browser_{uuid4().hex[:12]}" if self.server.startswith("postgres") else ""

    def __enter__(self) -> str:
        if not self.name:
            return ""
        self._on_server(f'CREATE DATABASE "{self.name}"')
        return urlsplit(self.server)._replace(path=f"/{self.name}").geturl()

    def __exit__(self, *problem: object) -> None:
        if self.name:
            self._on_server(f'DROP DATABASE "{self.name}" WITH (FORCE)')

    def _on_server(self, statement: str) -> None:
        from tests.conftest import _on_server

        _on_server(statement)


def _when_it_answers(address: str, log: Path) -> str:
    for _ in range(150):
        try:
            urllib.request.urlopen(f"{address}/health.json", timeout=20).close()
            return address
        except OSError:  # not listening yet, or still loading
            time.sleep(0.2)
    raise TimeoutError(f"the server did not answer: {log.read_text()}")


@pytest.fixture(scope="session")
def windows(chromium, server) -> Iterator:
    """Opens a window with nobody signed in: windows(width, **context settings)."""
    contexts = []

    def open_(width: int = 1280, **named):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=server, **named)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def walked(windows, tmp_path_factory: pytest.TempPathFactory) -> journey.Walked:
    """The first hour, walked once without scripts; the other tests look at what it left."""
    return journey.walk(windows, tmp_path_factory.mktemp("downloads"))
