"""The reader's process: `python -I -m throughline.files.reader`, one task, then it ends.

It gives itself limits, leaves the network, and only then touches the file. Django, settings and the database are never
imported here. The answer goes to the pipe that was standard output: one line of JSON, then the task's raw bytes.
"""

import ctypes
import importlib
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

Task = Callable[[Path, Mapping[str, Any]], tuple[Any, bytes]]

# Every task by name: a function of (path, arguments) that gives (what JSON can hold, bytes).
TASKS: Mapping[str, str] = {
    "inspect": "throughline.files.examine:task",
    "letter": "throughline.methods.letters.read:letter_task",
    "letter_pages": "throughline.methods.letters.pages:read_task",
    "plan_tables": "throughline.methods.plan_tables.read:tables_task",
    "page_picture": "throughline.methods.letters.pages:picture_task",
    "probe": "throughline.files.probe:task",
}
ORDER = "order.json"
MEGABYTE = 1024 * 1024
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_PARENT_DEATH, _NO_NEW_PRIVILEGES = 1, 38
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "pty.")
_CHANGES = ("os.remove", "os.rename", "os.link", "os.symlink", "os.chmod", "os.chown", "os.mkdir", "os.rmdir",
            "os.truncate", "os.utime", "shutil.")  # fmt: skip
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def leave_network() -> bool:
    """Move into a network namespace in which nothing is reachable, where the kernel permits it."""
    library = ctypes.CDLL(None, use_errno=True)
    library.prctl(_PARENT_DEATH, signal.SIGKILL, 0, 0, 0)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    return any(library.unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_USER | _NEW_NETWORK))


def forbid(folder: str) -> None:
    """Refuse sockets, other programs and every write outside `folder`, for whatever Python code runs from here on."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"{event} is not for a reader")
        if event == "open":
            path, _mode, flags = arguments
            if isinstance(flags, int) and flags & _WRITES and not _within(path):
                raise PermissionError("a reader writes only to its own folder")
        elif event.startswith(_CHANGES) and not _within(arguments[0] if arguments else ""):
            raise PermissionError(f"{event} is not for a reader")

    def _within(path: Any) -> bool:
        return isinstance(path, str | os.PathLike) and os.path.realpath(os.fspath(path)).startswith(f"{folder}/")

    sys.addaudithook(hook)


def limit(seconds: int, written_mb: int) -> None:
    """Hold this process to so much processor time, so large a file, few open files and no core dump."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (written_mb * MEGABYTE, written_mb * MEGABYTE))
    resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))


def limit_memory(extra_mb: int) -> None:
    """Hold this process to `extra_mb` of address space beyond what the interpreter has now."""
    with open("/proc/self/statm", encoding="ascii") as file:
        now = int(file.read().split()[0]) * resource.getpagesize()
    whole = now + extra_mb * MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (whole, whole))


def peak_mb() -> float:
    """The most memory that this process has held, in megabytes. getrusage would count the parent before exec."""
    with open("/proc/self/status", encoding="ascii") as file:
        held = next(line for line in file if line.startswith("VmHWM:"))
    return int(held.split()[1]) / 1024


def find_task(name: str) -> Task:
    """The function of a task. An unknown name is a programming error (KeyError)."""
    module, function = TASKS[name].split(":")
    found: Task = getattr(importlib.import_module(module), function)
    return found


def work(order: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Carry out one order and give the answer's head and bytes. Whatever the task raises becomes part of the head."""
    start = peak_mb()
    head: dict[str, Any] = {}
    data = b""
    try:
        task = find_task(order["task"])
        forbid(order["folder"])
        limit_memory(order["memory_mb"])
        head["value"], data = task(Path(order["path"]), order["arguments"])
    except MemoryError:
        head = {"failed": "memory"}
    except Exception as error:
        sentence = getattr(error, "sentence", None)
        # Only where it failed is passed on: an error's own words may quote the file.
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{type(error).__name__} at {Path(place.filename).name}:{place.lineno}"
        head = {"refused": sentence} if sentence else {"failed": "crash", "where": where}
        data = b""
    head["extra_mb"] = round(peak_mb() - start, 1)
    return head, data


def main() -> NoReturn:
    """Read the order from the process's own folder, answer, and end without tidying up: the process is thrown away."""
    order = json.loads(Path(ORDER).read_text(encoding="utf-8"))
    answer = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 1)
    limit(order["cpu_seconds"], order["written_mb"])
    alone = leave_network()
    head, data = work(order)
    head["network_namespace"] = alone
    try:
        line = json.dumps(head).encode()
        _send(answer, line + b"\n")
        _send(answer, data)
    except (MemoryError, OSError):
        os._exit(3)
    os._exit(0)


def _send(pipe: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]


if __name__ == "__main__":
    main()
