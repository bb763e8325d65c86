"""Two processes kept running: the web server and one worker. Whichever dies is started again; both stop together."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence

from throughline.cli import CommandError

STOP_SECONDS = 30.0
LOOK_SECONDS = 0.25
LONGEST_PAUSE = 30.0
STEADY_SECONDS = 60.0


class Kept:
    """One process that is started again whenever it ends, after a pause that doubles while it keeps ending."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self.name = name
        self.command = list(command)
        self.process: subprocess.Popen[bytes] | None = None
        self.pause = 0.0
        self.started = self.again_at = 0.0

    def look(self, now: float) -> None:
        """Start the process if it is not running and its pause is over. `now` is a monotonic clock's seconds."""
        if self.process is not None:
            status = self.process.poll()
            if status is None:
                return
            self.process = None
            self.pause = 1.0 if now - self.started > STEADY_SECONDS else min(max(self.pause * 2, 1.0), LONGEST_PAUSE)
            self.again_at = now + self.pause
            say(f"The {self.name} ended (status {status}). It is started again in {self.pause:.0f} s.", sys.stderr)
        if now >= self.again_at:
            # A session of its own: Ctrl-C reaches the supervisor alone, which then stops both in order.
            self.process = subprocess.Popen(self.command, start_new_session=True)
            self.started = now

    def stop(self) -> None:
        """Ask the process to finish what it is doing and end."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)

    def wait(self, until: float) -> None:
        """Wait for the end; what is still there at `until` is killed with its children."""
        if self.process is None:
            return
        try:
            self.process.wait(max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def say(sentence: str, stream=None) -> None:
    """Print a line at once: somebody may be waiting for it at the other end of a pipe."""
    print(sentence, file=stream or sys.stdout, flush=True)


def refuse_taken_port(address: str, port: int) -> None:
    """CommandError when something else listens there already, or the address is not this machine's."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((address, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} on {address} cannot be used ({error.strerror}). Stop what uses it, or give another: "
                f"throughline serve --port {port + 1 if port < 65535 else 8000}"
            ) from error


def server_command(address: str, port: int, processes: int) -> list[str]:
    """How gunicorn is started. Threads, because a page waits for the database more than it computes."""
    bind = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    return [
        sys.executable, "-m", "gunicorn", "throughline.config.wsgi:application", "--bind", bind,
        "--workers", str(processes), "--worker-class", "gthread", "--threads", "4", "--timeout", "60",
        "--graceful-timeout", "20", "--max-requests", "2000", "--max-requests-jitter", "200",
        "--log-level", "warning", "--no-control-socket",
    ]  # fmt: skip


def serve(address: str, port: int, processes: int) -> int:
    """Keep both running until SIGTERM or Ctrl-C, then stop both and return 0."""
    stop = threading.Event()
    for signalled in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signalled, lambda *_: stop.set())
    kept = [
        Kept("web server", server_command(address, port, processes)),
        Kept("worker", [sys.executable, "-m", "throughline.cli", "work"]),
    ]
    announced = False
    try:
        while not stop.is_set():
            for each in kept:
                each.look(time.monotonic())
            if not announced and answers(address, port):
                shown = "localhost" if address in {"127.0.0.1", "::1", "localhost"} else address
                say(f"Throughline is at http://{shown}:{port}")
                announced = True
            stop.wait(LOOK_SECONDS)
    finally:
        for each in kept:
            each.stop()
        until = time.monotonic() + STOP_SECONDS
        for each in kept:
            each.wait(until)
    say("Throughline has stopped.")
    return 0


def answers(address: str, port: int) -> bool:
    """Whether the server answers a request, whatever it answers."""
    where = "127.0.0.1" if address in {"0.0.0.0", "localhost"} else address  # noqa: S104
    connection = http.client.HTTPConnection(where, port, timeout=5)
    try:
        connection.request("GET", "/health.json", headers={"Host": "localhost"})
        connection.getresponse().read()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
