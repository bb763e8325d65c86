"""A task that misbehaves on request, so that tests and the health page can see the limits hold."""

import ctypes
import os
import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def task(path: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    """Do what `arguments["what"]` names and tell how it went. KeyError for a name that is not here."""
    return {
        "look": _look, "sleep": _sleep, "spin": _spin, "hoard": _hoard, "pour": _pour, "die": _die, "raise": _raise,
        "connect": _connect, "connect_natively": _connect_natively, "write_outside": _write_outside,
        "write_inside": _write_inside, "fill": _fill, "start_program": _start_program,
    }[arguments["what"]](path, arguments)  # fmt: skip


def _look(path: Path, _: Mapping[str, Any]) -> tuple[Any, bytes]:
    return {
        "environment": sorted(os.environ),
        "folder": os.getcwd(),
        "django": any(name.split(".")[0] == "django" for name in sys.modules),
        "read": path.read_bytes()[:20].decode("utf-8", "replace"),
        "input": os.read(0, 1).decode(),
        "session": os.getsid(0) == os.getpid(),
    }, b""


def _sleep(*_: Any) -> tuple[Any, bytes]:
    time.sleep(600)
    return None, b""


def _spin(*_: Any) -> tuple[Any, bytes]:
    while True:
        pass


def _hoard(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    held = bytearray(int(arguments["megabytes"]) * 1024 * 1024)
    held[::4096] = b"x" * len(held[::4096])
    return len(held), b""


def _pour(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    return None, b"x" * (int(arguments["megabytes"]) * 1024 * 1024)


def _die(*_: Any) -> tuple[Any, bytes]:
    ctypes.string_at(0)
    return None, b""


def _raise(*_: Any) -> tuple[Any, bytes]:
    raise RuntimeError("a child's name that must reach no log")


def _connect(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    try:
        socket.create_connection(("127.0.0.1", int(arguments["port"])), timeout=1).close()
    except OSError as error:
        return type(error).__name__, b""
    return "connected", b""


def _connect_natively(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    """Through the C library, as a hijacked parser would: no hook of Python's sees it."""
    library = ctypes.CDLL(None, use_errno=True)
    handle = library.socket(socket.AF_INET, socket.SOCK_STREAM, 0)
    port = int(arguments["port"]).to_bytes(2, "big")
    address = socket.AF_INET.to_bytes(2, sys.byteorder) + port + bytes([127, 0, 0, 1]) + bytes(8)
    refused = handle < 0 or library.connect(handle, address, len(address)) != 0
    return os.strerror(ctypes.get_errno()) if refused else "connected", b""


def _write_outside(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    try:
        Path(arguments["target"]).write_text("escaped", encoding="utf-8")
    except OSError as error:
        return type(error).__name__, b""
    return "written", b""


def _write_inside(*_: Any) -> tuple[Any, bytes]:
    Path("here").write_text("kept in", encoding="utf-8")
    return Path("here").read_text(encoding="utf-8"), b""


def _fill(_: Path, arguments: Mapping[str, Any]) -> tuple[Any, bytes]:
    try:
        Path("large").write_bytes(b"x" * (int(arguments["megabytes"]) * 1024 * 1024))
    except OSError as error:
        return type(error).__name__, b""
    return "written", b""


def _start_program(*_: Any) -> tuple[Any, bytes]:
    try:
        os.posix_spawn("/bin/true", ["true"], {})
    except PermissionError:
        return "PermissionError", b""
    return "started", b""
