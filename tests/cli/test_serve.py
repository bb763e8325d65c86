"""`throughline serve`: a server and a worker that come back when they die, and go when they are told to."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from throughline.cli.supervisor import Kept

pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="serves SQLite in processes of its own"
)


def within(seconds: float, question):
    """The first true answer; the last one when there is none in time."""
    until = time.monotonic() + seconds
    while not (answer := question()) and time.monotonic() < until:
        time.sleep(0.1)
    return answer


def children(pid: int) -> dict[str, int]:
    """The process ids of the server and the worker below a supervisor."""
    found = {}
    for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        command = Path(f"/proc/{each}/cmdline").read_bytes().decode().split("\0")
        if "gunicorn" in command:
            found["server"] = int(each)
        elif "work" in command:
            found["worker"] = int(each)
    return found


@pytest.fixture
def serving(migrated: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A running `throughline serve` and its port."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "throughline.cli", "serve", "--port", str(port), "--processes", "1"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "THROUGHLINE_VAR": str(migrated), "DATABASE_URL": ""},
    )  # fmt: skip
    yield process, port
    if process.poll() is None:
        process.terminate()
        process.wait(30)
    process.stdout.close()
    process.stderr.close()


def test_both_come_back_when_killed_and_stop_when_told(serving) -> None:
    process, port = serving
    assert process.stdout.readline() == f"Throughline is at http://localhost:{port}\n"
    first = children(process.pid)
    assert set(first) == {"server", "worker"}
    for pid in first.values():
        os.kill(pid, signal.SIGKILL)

    def are_back() -> dict[str, int] | None:
        now = children(process.pid)
        return now if now.keys() == first.keys() and not set(now.values()) & set(first.values()) else None

    again = within(30, are_back)
    assert again, "they were not started again"
    process.terminate()
    assert process.wait(30) == 0
    assert process.stdout.read() == "Throughline has stopped.\n"
    assert not any(Path(f"/proc/{pid}").exists() for pid in again.values())


def test_a_port_that_is_taken_is_said_so(command, migrated: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = command("serve", "--port", taken.getsockname()[1])
    assert done.returncode == 2
    assert "cannot be used" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_process_that_keeps_ending_is_started_after_growing_pauses(capsys) -> None:
    kept = Kept("worker", [sys.executable, "-c", ""])
    pauses, clock = [], 0.0
    for _ in range(7):
        kept.look(clock)
        kept.process.wait()
        kept.look(clock)
        pauses.append(kept.pause)
        clock = kept.again_at
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert "It is started again in 1 s." in capsys.readouterr().err
