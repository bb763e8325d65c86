"""throughline serve | work | run-due: the web server and the worker."""

import argparse
import ipaddress
import os
import signal
import socket
import threading
from datetime import datetime, timedelta

from throughline.cli import CommandError, django

REST_SECONDS = 2.0
TIDY_EVERY = timedelta(hours=6)


def add(commands: argparse._SubParsersAction) -> None:
    """Add the commands of this module."""
    serve = commands.add_parser("serve", help="run the web server and one worker until stopped")
    serve.add_argument("--address", default=None, help="the address to listen on (THROUGHLINE_ADDRESS)")
    serve.add_argument("--port", type=int, default=None, help="the port to listen on (THROUGHLINE_PORT)")
    serve.add_argument("--processes", type=int, default=2, help="web server processes (2)")
    serve.set_defaults(run=run_serve)
    work = commands.add_parser("work", help="do jobs, send mail and write reminders until stopped")
    work.add_argument("--once", action="store_true", help="one round, then end")
    work.set_defaults(run=run_work)
    due = commands.add_parser("run-due", help="one round of everything that is due: for cron")
    due.set_defaults(run=lambda given: run_due())


def one_round(worker: str, now: datetime) -> tuple[int, int, int]:
    """What is due now: jobs done, reminders written, messages sent."""
    from throughline.jobs import queue
    from throughline.notify import outbox, reminders

    return queue.run_due(worker, now), reminders.remind(now), outbox.send_due(now)


def tidy(now: datetime) -> int:
    """Take away ended sessions, and stored bytes that no row names. How many files."""
    from django.core.management import call_command

    from throughline.files import store

    call_command("clearsessions")
    return store.remove_orphans(now)


def _name() -> str:
    return f"{socket.gethostname()[:40]}:{os.getpid()}"


def run_due() -> None:
    """One round and its figures."""
    django()
    from django.utils import timezone

    from throughline.methods.printed import count

    now = timezone.now()
    jobs, reminded, sent = one_round(_name(), now)
    tidy(now)
    print(f"{count(jobs, 'job')} run, {count(reminded, 'reminder')} written, {count(sent, 'message')} handled.")


def run_work(given: argparse.Namespace) -> None:
    """Rounds until SIGTERM or Ctrl-C; the round that is running is finished first."""
    django()
    if given.once:
        run_due()
        return
    import logging

    from django.db import DatabaseError, close_old_connections
    from django.utils import timezone

    log = logging.getLogger("throughline.work")
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    tidied = None
    while not stop.is_set():
        now = timezone.now()
        try:
            busy = one_round(_name(), now)[0]
            if tidied is None or now - tidied > TIDY_EVERY:
                tidy(now)
                tidied = now
        except (DatabaseError, OSError):
            # A database that restarts or a full disk must not end the worker: it rests and looks again.
            log.exception("this round could not be finished")
            busy = 0
        close_old_connections()
        if not busy:
            stop.wait(REST_SECONDS)


def run_serve(given: argparse.Namespace) -> int:
    """Check that this copy may be served here, then keep the server and the worker running."""
    django()
    from django.conf import settings

    from throughline.cli import supervisor
    from throughline.cli.database import unapplied

    address = given.address or settings.SERVE_ADDRESS
    port = given.port if given.port is not None else _port(settings.SERVE_PORT)
    if settings.EMBEDDED and not is_loopback(address):
        raise CommandError(
            f"The embedded setting answers this machine only, and {address} is not its own address. Give 127.0.0.1, "
            "or set up the shared setting (THROUGHLINE_SETTING=shared)."
        )
    if unapplied():
        raise CommandError("The database is not up to date. Run: throughline migrate")
    supervisor.refuse_taken_port(address, port)
    return supervisor.serve(address, port, given.processes)


def is_loopback(address: str) -> bool:
    """Whether an address is this machine talking to itself."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(f"THROUGHLINE_PORT is '{text}'. Give a number from 1 to 65535.")
    return int(text)
