"""A client that reads 1 kB of an export and stops delays nobody's save: the real server, over a real socket."""

import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

SEED = """
import django; django.setup()
from datetime import UTC, datetime
from django.utils import timezone
from throughline.example import practice
from throughline.inspections import actions
from throughline.partners.models import Partnership, Person
now = timezone.now()
practice.build(now=now)
priya = Person.objects.get(email="priya@practice.example")
here = Partnership.objects.get(slug="practice")
one = {"by": priya, "now": now}
jtai = actions.create_inspection(partnership=here, reference="jtai", title="Long", framework="jtai", **one)
for number in range(220):
    actions.mark_finding(inspection=jtai, kind="improvement", text="words " * 5000, title=f"F{number}", **one)
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[int]:
    """`throughline serve` on a free port over a register whose export is some six megabytes."""
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ, "THROUGHLINE_VAR": str(tmp_path / "var"), "THROUGHLINE_PORT": str(port), "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "throughline.config.settings",
    }  # fmt: skip
    throughline = [sys.executable, "-m", "throughline.cli"]
    subprocess.run([*throughline, "migrate"], env=environment, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", SEED], env=environment, check=True, capture_output=True)
    process = subprocess.Popen([*throughline, "serve"], env=environment, stdout=subprocess.DEVNULL)
    try:
        for _ in range(150):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


class Browser:
    """Just enough of a browser: cookies, one form token, no waiting for more than a minute."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.patience = 60.0
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: dict[str, str] | None = None) -> tuple[int, str, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.patience)
        headers = {"Cookie": self.cookie, "Host": f"localhost:{self.port}"}
        if body is not None:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://localhost:{self.port}/",
            }
        with closing(connection):
            return self._answer(connection, method, path, body, headers)

    def _answer(
        self, connection: http.client.HTTPConnection, method: str, path: str, body: dict | None, headers: dict
    ) -> tuple[int, str, str]:
        connection.request(method, path, urlencode(body) if body is not None else None, headers)
        response = connection.getresponse()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.split(";")[0]
        return response.status, response.getheader("Location", ""), response.read().decode("utf-8", "replace")

    @property
    def cookie(self) -> str:
        return "; ".join(f"{key}={value}" for key, value in self.cookies.items())

    def hidden(self, page: str, name: str) -> str:
        return re.search(rf'name="{name}" value="([^"]+)"', page).group(1)

    def sign_in(self, email: str) -> None:
        _, _, page = self.ask("GET", "/account/login/")
        token = self.hidden(page, "csrfmiddlewaretoken")
        words = {"login": email, "password": "practice-makes-plans", "csrfmiddlewaretoken": token}
        status, _, _ = self.ask("POST", "/account/login/", words)
        assert status == 302


def stalled(port: int, browser: Browser) -> socket.socket:
    """A client that asks for the export, reads 1 kB of it, and stops reading while keeping the line open."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    client.connect(("127.0.0.1", port))
    request = f"GET /p/practice/inspections/jtai/findings/?export=csv HTTP/1.1\r\nHost: localhost:{port}\r\n"
    client.sendall(f"{request}Cookie: {browser.cookie}\r\n\r\n".encode())
    client.settimeout(60)
    head = client.recv(1024)
    assert b" 200 " in head
    return client


@pytest.mark.soak
def test_a_client_that_stops_reading_an_export_delays_no_save(server: int, capsys) -> None:
    browser = Browser(server)
    browser.sign_in("priya@practice.example")
    with closing(stalled(server, browser)) as waiting:
        took = [save(browser, number) for number in range(10)]
        rest = waiting.recv(1)
        assert rest, "the export was not waiting: it had ended"
    _, _, listed = browser.ask("GET", "/p/practice/inspections/jtai/findings/?q=Saved")
    assert "Saved 9" in listed
    with capsys.disabled():
        print(f"\na stalled export beside ten saves: slowest save {max(took) * 1000:.0f} ms, none refused")


def save(browser: Browser, number: int) -> float:
    """Save one finding as a person would; how many seconds the answer took."""
    _, _, page = browser.ask("GET", "/p/practice/inspections/jtai/findings/add/")
    words = {
        "csrfmiddlewaretoken": browser.hidden(page, "csrfmiddlewaretoken"),
        "request_key": browser.hidden(page[page.index("<main") :], "request_key"),
        "kind": "partnership", "text": f"Saved while another waits {number}", "title": f"Saved {number}",
    }  # fmt: skip
    began = time.monotonic()
    status, where, answer = browser.ask("POST", "/p/practice/inspections/jtai/findings/add/", words)
    assert (status, "findings" in where) == (302, True), answer[:2000]
    return time.monotonic() - began


@pytest.mark.soak
def test_something_that_holds_the_database_while_it_waits_would_be_noticed(server: int, tmp_path: Path) -> None:
    """The planted fault: what an export would do that kept its transaction open for as long as its reader is slow."""
    browser = Browser(server)
    browser.sign_in("priya@practice.example")
    save(browser, 1)
    browser.patience = 5
    with closing(sqlite3.connect(tmp_path / "var" / "throughline.sqlite3")) as held:
        held.execute("BEGIN IMMEDIATE")
        with pytest.raises(TimeoutError):
            save(browser, 2)
        held.rollback()
