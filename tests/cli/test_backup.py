"""A backup is whole although people write meanwhile, is refused when it is not, and brings everything back."""

import hashlib
import io
import os
import subprocess
import tarfile
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection, connections

from tests.cast import NOW, PASSWORD, Cast, assemble
from throughline.cli import CommandError, backups, sealing
from throughline.files import store
from throughline.history import verify
from throughline.history.models import Event
from throughline.partners import actions

SECRET = "a passphrase of some length"


@pytest.fixture
def filled(own_database, django_db_blocker, settings, tmp_path: Path):
    """A database of its own with the cast, and two stored files."""
    settings.FILES_ROOT = tmp_path / "files"
    with django_db_blocker.unblock():
        cast = assemble()
        for content in (b"one letter", b"another" * 300_000):
            store.put(io.BytesIO(content))
        yield cast
        connections.close_all()


def make(tmp_path: Path, settings, name: str = "b.tar", passphrase: str | None = None) -> Path:
    target = tmp_path / name
    backups.make(target, files_root=settings.FILES_ROOT, now=NOW, version="0", passphrase=passphrase)
    return target


def unpacked(tmp_path: Path, source: Path, passphrase: str | None = None) -> tuple[Path, backups.Manifest]:
    folder = tmp_path / f"out-{uuid4().hex[:6]}"
    folder.mkdir()
    return folder, backups.unpack(source, folder, passphrase)


def url_of(name: str) -> str:
    """The address of a PostgreSQL database on the test server; '' for SQLite."""
    if connection.vendor == "sqlite":
        return ""
    settings = connection.settings_dict
    host = settings["HOST"] or settings["OPTIONS"].get("host", "")
    return f"postgresql://{settings['USER']}@/{name}?host={host}"


def test_ten_backups_during_writes_are_each_whole_and_verify(
    filled: Cast, tmp_path: Path, settings, django_db_blocker, command
) -> None:
    stop, faults, written = threading.Event(), [], []

    def write() -> None:
        try:
            with django_db_blocker.unblock():
                while not stop.is_set():
                    actions.create_group(
                        by=filled.bea, partnership=filled.ashvale, name=f"Group {len(written)}", short_name="G", now=NOW
                    )
                    written.append(1)
        except BaseException as error:
            faults.append(error)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [make(tmp_path, settings, f"b{n}.tar") for n in range(10)]
    finally:
        stop.set()
        writer.join()
    assert faults == []
    sequences = []
    for each in made:
        _, manifest = unpacked(tmp_path, each)
        sequences.append(manifest.heads["heads"][str(filled.ashvale.pk)]["sequence"])
    assert sequences == sorted(sequences)
    assert sequences[0] < sequences[-1], "nothing was written meanwhile: this test shows nothing"
    restored = restore(command, made[4], tmp_path)
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "The record is whole" in restored.stdout


def restore(command, source: Path, tmp_path: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Restore to a new folder, and on PostgreSQL to a new database."""
    name = f"restored_{uuid4().hex[:8]}"
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}"')
    return command("restore", source, "--into", tmp_path / name, *more, url=url_of(name))


def test_what_is_restored_equals_what_was_there(filled: Cast, tmp_path: Path, settings, command) -> None:
    source = make(tmp_path, settings)
    before = (Event.objects.count(), verify.heads(NOW))
    done = restore(command, source, tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"The record is whole: {before[0]} events in 3 chains." in done.stdout
    var = next(tmp_path.glob("restored_*"))
    stored = {each.relative_to(settings.FILES_ROOT) for each in settings.FILES_ROOT.glob("[0-9a-f][0-9a-f]/*")}
    brought = {each.relative_to(var / "files") for each in (var / "files").glob("[0-9a-f][0-9a-f]/*")}
    assert brought == stored
    assert len(stored) == 2
    for each in brought:
        assert hashlib.sha256((var / "files" / each).read_bytes()).hexdigest() == "".join(each.parts)


def test_a_copy_that_has_data_is_not_replaced_unasked(filled: Cast, tmp_path: Path, settings, command) -> None:
    source = make(tmp_path, settings)
    first = restore(command, source, tmp_path)
    assert first.returncode == 0, first.stderr
    var = next(tmp_path.glob("restored_*"))
    again = ["restore", source, "--into", var]
    refused = command(*again, url=url_of(var.name))
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    replaced = command(*again, "--replace", url=url_of(var.name))
    assert replaced.returncode == 0, replaced.stdout + replaced.stderr
    if connection.vendor == "sqlite":
        assert len(list(var.glob("throughline.sqlite3.before-restore-*"))) == 1


def test_every_damaged_backup_is_refused_with_one_sentence_and_nothing_is_restored(
    filled: Cast, tmp_path: Path, settings, command
) -> None:
    source = make(tmp_path, settings)
    whole = source.read_bytes()
    place = whole.index(b"one letter")
    damaged = {
        "one byte of a file": whole[:place] + b"0" + whole[place + 1 :],
        "one byte of the database": whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:],
        "cut short": whole[: len(whole) // 2],
        "empty": b"",
        "no archive": b"something else" * 1000,
        "without manifest": whole[: whole.rindex(b"manifest.json")],
    }
    for what, content in damaged.items():
        broken = tmp_path / "broken.tar"
        broken.write_bytes(content)
        folder = tmp_path / uuid4().hex
        folder.mkdir()
        with pytest.raises(CommandError, match="damaged"):
            backups.unpack(broken, folder, None)
        broken.unlink()
        assert what
    broken = tmp_path / "broken.tar"
    broken.write_bytes(damaged["one byte of a file"])
    done = restore(command, broken, tmp_path)
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    var = next(tmp_path.glob("restored_*"))
    assert not list(var.glob("**/*.sqlite3"))
    assert not list(var.glob("files/*/*"))


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "files/../../escaped", "database.sqlite3/x"])
def test_an_archive_with_a_member_that_no_backup_has_is_refused(tmp_path: Path, name: str) -> None:
    source = tmp_path / "hostile.tar"
    with tarfile.open(source, "w") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(CommandError, match="no backup holds"):
        backups.unpack(source, folder, None)
    assert list(folder.iterdir()) == []
    assert not (tmp_path / "escaped").exists()


def test_an_encrypted_backup_opens_with_its_passphrase_only_and_shows_nothing(
    filled: Cast, tmp_path: Path, settings
) -> None:
    source = make(tmp_path, settings, passphrase=SECRET)
    content = source.read_bytes()
    assert b"one letter" not in content
    assert b"Lindqvist" not in content
    unpacked(tmp_path, source, SECRET)
    with pytest.raises(CommandError, match="encrypted"):
        unpacked(tmp_path, source)
    with pytest.raises(CommandError, match="passphrase"):
        unpacked(tmp_path, source, "another passphrase")
    for harm in (content[:-1], content[: -sealing.PIECE], content[:200] + b"x" + content[201:], content + b"x"):
        source.write_bytes(harm)
        with pytest.raises(CommandError, match="cannot be opened"):
            unpacked(tmp_path, source, SECRET)


@pytest.mark.parametrize("length", [0, 1, sealing.PIECE - 1, sealing.PIECE, sealing.PIECE + 1, 3 * sealing.PIECE])
def test_a_sealed_stream_of_any_length_opens_to_what_it_was(length: int) -> None:
    content = os.urandom(length)
    sealed = io.BytesIO()
    sealer = sealing.Sealer(sealed, SECRET)
    sealer.write(content[: length // 3])
    sealer.write(content[length // 3 :])
    sealer.close()
    sealed.seek(0)
    assert sealing.Opener(sealed, SECRET).read() == content


def test_pieces_of_a_sealed_stream_cannot_change_places() -> None:
    sealed = io.BytesIO()
    sealer = sealing.Sealer(sealed, SECRET)
    sealer.write(os.urandom(3 * sealing.PIECE))
    sealer.close()
    content, head, size = sealed.getvalue(), len(sealing.MAGIC) + 23, sealing.PIECE + 16
    swapped = content[:head] + content[head + size : head + 2 * size] + content[head : head + size]
    with pytest.raises(sealing.CannotOpen):
        sealing.Opener(io.BytesIO(swapped + content[head + 2 * size :]), SECRET).read()


def test_a_backup_is_never_written_over_another_and_leaves_nothing_when_it_fails(
    filled: Cast, tmp_path: Path, settings, monkeypatch
) -> None:
    target = make(tmp_path, settings)
    with pytest.raises(CommandError, match="exists already"):
        make(tmp_path, settings)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups, "_add_manifest", fail)
    with pytest.raises(OSError, match="No space"):
        make(tmp_path, settings, "second.tar")
    assert [each.name for each in tmp_path.iterdir() if each.name != "files" and "own" not in each.name] == [
        target.name
    ]


def test_a_stored_file_that_was_damaged_is_named_and_the_rest_is_kept(filled: Cast, tmp_path: Path, settings) -> None:
    blob = store.put(io.BytesIO(b"to be damaged"))
    store.path_of(blob.sha256).write_bytes(b"to be damageD")
    manifest = backups.make(tmp_path / "b.tar", files_root=settings.FILES_ROOT, now=NOW, version="0", passphrase=None)
    assert manifest.damaged == [blob.sha256]
    unpacked(tmp_path, tmp_path / "b.tar")


def test_no_password_and_no_secret_key_is_in_a_backup(filled: Cast, tmp_path: Path, settings) -> None:
    content = make(tmp_path, settings).read_bytes()
    assert PASSWORD.encode() not in content
    assert settings.SECRET_KEY.encode() not in content
    assert b"Lindqvist" in content or connection.vendor == "postgresql", "the search would find nothing at all"
