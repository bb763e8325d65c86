"""The bytes, each under the SHA-256 of its content: settings.FILES_ROOT / first two digits / the other sixty-two.

`put` has everything on the disk before it returns, so a row that commits afterwards never points at nothing. A row
that never commits leaves an orphan, which `remove_orphans` takes away a day later.
"""

import fcntl
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from throughline.files.models import StoredFile

_PIECE = 1024 * 1024
_INCOMING = ".incoming-"
KEPT_WITHOUT_ROW = timedelta(days=1)


@dataclass(frozen=True)
class Blob:
    """Bytes that are safely stored. `size` in bytes."""

    sha256: str
    size: int


class Missing(OSError):
    """Bytes that a row names are not in the store. The sentence says what to do."""


def put(stream: BinaryIO) -> Blob:
    """Store a stream from where it stands to its end. When it raises, nothing of it is left.

    Storing the same bytes again renews the stored file, so one that an orphan hunt is after is safe again.
    """
    root = _root()
    handle, temporary = tempfile.mkstemp(prefix=_INCOMING, dir=root)
    try:
        digest = hashlib.sha256()
        size = 0
        with os.fdopen(handle, "wb") as file:
            while piece := stream.read(_PIECE):
                digest.update(piece)
                size += len(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        place = path_of(digest.hexdigest())
        with _one_at_a_time(root):
            place.parent.mkdir(mode=0o700, exist_ok=True)
            Path(temporary).replace(place)
            _sync_folder(place.parent)
            _sync_folder(root)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(temporary).unlink()
        raise
    return Blob(digest.hexdigest(), size)


def path_of(sha256: str) -> Path:
    """Where bytes of this hash lie, whether they are there or not. ValueError for what is no SHA-256."""
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return Path(settings.FILES_ROOT) / sha256[:2] / sha256[2:]


def open_blob(sha256: str) -> BufferedReader:
    """The stored bytes, open for reading. Raises Missing."""
    try:
        return path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise Missing("A stored file is missing from the server. Restore it from the newest backup.") from error


def is_intact(sha256: str) -> bool:
    """Whether the stored bytes are there and still have their hash."""
    try:
        with open_blob(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except Missing:
        return False


def orphans(now: datetime) -> list[Path]:
    """Stored files that no standing row names, and uploads that were broken off, both older than a day.

    A row that was withdrawn keeps no bytes: they held words that two people took out.
    """
    root = _root()
    before = (now - KEPT_WITHOUT_ROW).timestamp()
    old = [each for each in root.glob("[0-9a-f][0-9a-f]/*") if each.stat().st_mtime < before]
    named: set[str] = set()
    hashes = [f"{each.parent.name}{each.name}" for each in old]
    for start in range(0, len(hashes), 500):
        some = hashes[start : start + 500]
        standing = StoredFile.objects.filter(sha256__in=some, withdrawn_at__isnull=True)
        named |= set(standing.values_list("sha256", flat=True))
    broken_off = [each for each in root.glob(f"{_INCOMING}*") if each.stat().st_mtime < before]
    return sorted([each for each, sha in zip(old, hashes, strict=True) if sha not in named] + broken_off)


def remove_orphans(now: datetime) -> int:
    """Delete what `orphans` finds; how many there were. Bytes that were stored again meanwhile stay."""
    before = (now - KEPT_WITHOUT_ROW).timestamp()
    removed = 0
    for each in orphans(now):
        with _one_at_a_time(_root()), suppress(FileNotFoundError):
            if each.stat().st_mtime < before:
                each.unlink()
                removed += 1
    return removed


def _root() -> Path:
    root = Path(settings.FILES_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    return root


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _one_at_a_time(root: Path) -> Iterator[None]:
    """Keep storing and removing apart, across processes: otherwise bytes just stored again could be removed."""
    with (root / ".lock").open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
