"""A backup: one .tar with the database, every stored file, and a manifest of the SHA-256 of all and the chains' heads.

Written to a temporary file, forced to the disk and then renamed, so that a file of its name is always whole. Reading
one extracts it beside its target, compares every file with the manifest, and only then puts anything in place.
"""

import hashlib
import io
import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from throughline.cli import CommandError, dumps, sealing

MANIFEST = "manifest.json"
FORMAT = 1
_MEMBER = re.compile(r"database\.(sqlite3|pgdump)|files/[0-9a-f]{2}/[0-9a-f]{62}|manifest\.json")
_STORED = re.compile(r"[0-9a-f]{2}/[0-9a-f]{62}")
_PIECE = 1024 * 1024
DAMAGED = "This backup is damaged and nothing was restored: {}. Use another backup."
LOCKED = "This backup cannot be opened: the passphrase is not the one it was made with, or the file is damaged."


@dataclass
class Manifest:
    """What a backup holds. `files` maps a member's name to its SHA-256; `damaged` stored files were so already."""

    made_at: str
    version: str
    vendor: str
    heads: dict[str, Any]
    files: dict[str, str] = field(default_factory=dict)
    damaged: list[str] = field(default_factory=list)


class _Hashing(io.RawIOBase):
    """A file that is hashed as it is read."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def make(target: Path, *, files_root: Path, now: datetime, version: str, passphrase: str | None) -> Manifest:
    """Write a backup to `target`, which must not exist. Returns its manifest."""
    from django.db import connection

    if target.exists():
        raise CommandError(f"{target} exists already. Give another name; backups are never overwritten.")
    if not target.parent.is_dir():
        raise CommandError(f"The folder {target.parent} does not exist. Make it first.")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as work:
        dump, heads = dumps.dump(Path(work), now)
        manifest = Manifest(heads["made_at"], version, connection.vendor, heads)
        part = Path(work) / "part"
        with part.open("xb") as file:
            part.chmod(0o600)
            with _sealed(file, passphrase) as stream, tarfile.open(fileobj=stream, mode="w|") as archive:
                _add(archive, dump, dump.name, manifest)
                for stored in _stored(files_root):
                    name = stored.relative_to(files_root).as_posix()
                    if _add(archive, stored, f"files/{name}", manifest) != name.replace("/", ""):
                        manifest.damaged.append(name.replace("/", ""))
                _add_manifest(archive, manifest)
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    _sync(target.parent)
    return manifest


@contextmanager
def _sealed(file: BinaryIO, passphrase: str | None) -> Iterator[Any]:
    if passphrase is None:
        yield file
        return
    sealer = sealing.Sealer(file, passphrase)
    yield sealer
    sealer.close()


def _stored(root: Path) -> list[Path]:
    """Every stored file. Listed after the database was copied: what a row names was stored before the row."""
    return sorted(each for each in root.glob("*/*") if _STORED.fullmatch(each.relative_to(root).as_posix()))


def _add(archive: tarfile.TarFile, path: Path, name: str, manifest: Manifest) -> str:
    """Add a file under a name and to the manifest; its SHA-256."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        hashing = _Hashing(file)
        archive.addfile(info, hashing)
    manifest.files[name] = hashing.digest.hexdigest()
    return manifest.files[name]


def _add_manifest(archive: tarfile.TarFile, manifest: Manifest) -> None:
    text = json.dumps({"format": FORMAT, **vars(manifest)}, indent=1, sort_keys=True).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode = len(text), 0o600
    archive.addfile(info, io.BytesIO(text))


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unpack(source: Path, folder: Path, passphrase: str | None) -> Manifest:
    """Extract a backup into an empty folder and compare it with its manifest. CommandError when it is not whole."""
    try:
        file = source.open("rb")
    except OSError as error:
        raise CommandError(f"{source} cannot be read ({error.strerror}). Give the backup's file.") from error
    with closing(file):
        stream: Any = file
        try:
            if sealing.is_sealed(file):
                if passphrase is None:
                    raise CommandError(f"{source} is encrypted. Give its passphrase: --passphrase-file FILE")
                stream = sealing.Opener(file, passphrase)
            found = _extract(stream, folder)
        except sealing.CannotOpen as error:
            raise CommandError(LOCKED) from error
        except OSError as error:
            raise CommandError(f"{source} cannot be unpacked ({error.strerror}). Nothing was restored.") from error
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise CommandError(DAMAGED.format("it cannot be read to its end")) from error
    return _compared(folder, found)


def _extract(stream: Any, folder: Path) -> dict[str, str]:
    """Write the members that a backup may have into `folder`; the SHA-256 of each as it was read."""
    found: dict[str, str] = {}
    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for member in archive:
            if not member.isreg() or not _MEMBER.fullmatch(member.name) or member.name in found:
                raise CommandError(DAMAGED.format("it holds something that no backup holds"))
            content = archive.extractfile(member)
            target = folder / member.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with target.open("xb") as file:
                target.chmod(0o600)
                hashing = _Hashing(content)  # type: ignore[arg-type]
                shutil.copyfileobj(hashing, file, _PIECE)
                file.flush()
                os.fsync(file.fileno())
            found[member.name] = hashing.digest.hexdigest()
    while stream.read(_PIECE):  # an encrypted stream is whole only when its last piece opened
        pass
    return found


def _compared(folder: Path, found: dict[str, str]) -> Manifest:
    """The manifest, once everything that was extracted agrees with it."""
    if MANIFEST not in found:
        raise CommandError(DAMAGED.format("its manifest is missing"))
    try:
        given = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if given.pop("format") != FORMAT:
            raise CommandError("This backup was made by another version of Throughline. Restore it with that version.")
        manifest = Manifest(**given)
        listed = dict(manifest.files)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CommandError(DAMAGED.format("its manifest cannot be read")) from error
    del found[MANIFEST]
    for name in sorted(found.keys() | listed.keys()):
        if found.get(name) != listed.get(name):
            raise CommandError(DAMAGED.format(f"{name} is not as it was written"))
    if dumps.NAMES.get(manifest.vendor) not in found:
        raise CommandError(DAMAGED.format("it has no database"))
    return manifest


def place_files(folder: Path, files_root: Path) -> int:
    """Move extracted files to the store; those already there, under the same hash, stay. How many were moved."""
    moved = 0
    for each in sorted((folder / "files").glob("*/*")):
        target = files_root / each.relative_to(folder / "files")
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        each.replace(target)
        moved += 1
        _sync(target.parent)
    return moved
