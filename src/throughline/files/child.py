"""Run a reader in a process of its own: limited in time and memory, without network, secrets or a way back."""

import json
import logging
import math
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from throughline.files.names import safe_name
from throughline.files.reader import ORDER, TASKS
from throughline.files.verdict import MEGABYTE, Refused

_log = logging.getLogger(__name__)
_PIECE = 64 * 1024
_PERSON = "ask the sender for a smaller or simpler copy and upload that"
_TOO_LONG = f"takes too long to read: {_PERSON}"
_TOO_MUCH = f"needs too much memory to read: {_PERSON}"
_UNREADABLE = "could not be read and may be damaged: open it in the program that made it, save it again and upload that"


@dataclass(frozen=True)
class Answer:
    """What a task gave. `seconds` is the whole time, the process's start included; `extra_mb` is the memory that the
    task held at its peak beyond the interpreter's; `network_namespace` is whether the kernel cut the network off."""

    value: Any
    data: bytes
    seconds: float
    extra_mb: float
    network_namespace: bool


def run(
    task: str,
    path: Path,
    *,
    arguments: Mapping[str, Any] | None = None,
    name: str = "",
    seconds: float = 5.0,
    memory_mb: int = 256,
    output_mb: int = 32,
) -> Answer:
    """Carry out a task of `reader.TASKS` on one file. `name` is what its sentences call the file.

    Raises Refused when the task refuses, takes longer than `seconds`, needs more than `memory_mb` beyond the
    interpreter, answers with more than `output_mb` or crashes. An unknown task is a programming error (KeyError).
    """
    if task not in TASKS:
        raise KeyError(task)
    shown = safe_name(name or path.name)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="throughline-reader-", ignore_cleanup_errors=True) as folder:
        own = os.path.realpath(folder)
        order = {
            "task": task,
            "path": str(path.resolve()),
            "arguments": dict(arguments or {}),
            "folder": own,
            "memory_mb": memory_mb,
            "cpu_seconds": math.ceil(seconds) + 1,
            "written_mb": output_mb,
        }
        # In a file, because anybody on the machine may read a process's arguments.
        Path(own, ORDER).write_text(json.dumps(order), encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-I", "-B", "-m", "throughline.files.reader"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=own,
            env={"TMPDIR": own, "LC_ALL": "C.UTF-8"},
            start_new_session=True,
        ) as process:
            try:
                output = _collect(process, began + seconds, (output_mb + 1) * MEGABYTE)
            finally:
                _end(process)
    if isinstance(output, str):
        raise Refused(f"{shown} {output}.")
    return _answer(output, process.returncode, shown, time.monotonic() - began)


def _collect(process: subprocess.Popen[bytes], deadline: float, most: int) -> bytes | str:
    """All that the process writes until it ends, or the rest of a sentence that says why it was stopped."""
    assert process.stdout is not None
    pieces: list[bytes] = []
    count = 0
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while True:
            left = deadline - time.monotonic()
            if left <= 0 or not selector.select(left):
                return _TOO_LONG
            piece = os.read(process.stdout.fileno(), _PIECE)
            if not piece:
                break
            count += len(piece)
            if count > most:
                return _TOO_MUCH
            pieces.append(piece)
    # Not reaped yet: while it is a zombie its group's number belongs to nobody else, so `_end` can kill stragglers.
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > deadline:
            return _TOO_LONG
        time.sleep(0.001)
    return b"".join(pieces)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Kill whatever is left of the process's group. Its session is its own, so nobody else is in it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _answer(output: bytes, status: int, shown: str, seconds: float) -> Answer:
    line, _, data = output.partition(b"\n")
    try:
        head = json.loads(line)
    except ValueError:
        head = {"failed": "time" if status == -signal.SIGXCPU else "crash", "where": f"status {status}"}
    if head.get("refused"):
        refused = Refused(head["refused"])
        refused.extra_mb = head["extra_mb"]
        raise refused
    failed = head.get("failed")
    if failed == "crash" or (status and not failed):
        _log.warning("a reader ended without an answer: %s", head.get("where", f"status {status}"))
    if failed or status:
        raise Refused(f"{shown} { {'memory': _TOO_MUCH, 'time': _TOO_LONG}.get(failed or '', _UNREADABLE) }.")
    return Answer(head["value"], data, seconds, head["extra_mb"], head["network_namespace"])
