"""Bytes are on the disk before any row can name them, and only what nobody names is ever removed."""

import io
import os
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from throughline.cli.checks import file_faults
from throughline.files import actions, store
from throughline.files.models import StoredFile
from throughline.files.verdict import Kind, Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.partners.models import Person

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
TWO_DAYS_AGO = (NOW - timedelta(days=2)).timestamp()


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


def everything(root: Path) -> list[Path]:
    return [each for each in root.rglob("*") if each.is_file() and each.name != ".lock"]


def test_bytes_are_found_again_under_their_hash(root: Path) -> None:
    blob = store.put(io.BytesIO(b"the letter"))
    assert blob == store.Blob(sha256(b"the letter").hexdigest(), 10)
    assert everything(root) == [root / blob.sha256[:2] / blob.sha256[2:]]
    with store.open_blob(blob.sha256) as file:
        assert file.read() == b"the letter"


def test_only_the_owner_may_read_what_is_stored() -> None:
    place = store.path_of(store.put(io.BytesIO(b"the letter")).sha256)
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0


def test_the_file_its_name_and_its_folder_are_synced_in_that_order(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    sync, replace = os.fsync, Path.replace

    def noted_sync(handle: int) -> None:
        done.append("folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "file")
        sync(handle)

    def noted_replace(self: Path, target: Path) -> Path:
        done.append("name")
        return replace(self, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    store.put(io.BytesIO(b"the letter"))
    assert done == ["file", "name", "folder", "folder"]


def test_an_upload_that_breaks_off_leaves_nothing(root: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell():
                raise OSError("the line went dead")
            return super().read(4)

    with pytest.raises(OSError, match="dead"):
        store.put(Broken(b"the letter"))
    assert everything(root) == []


def test_a_full_disk_leaves_nothing_and_says_so(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        store.put(io.BytesIO(b"the letter"))
    assert everything(root) == []


def test_damage_is_noticed_and_storing_again_repairs_it() -> None:
    blob = store.put(io.BytesIO(b"the letter"))
    store.path_of(blob.sha256).write_bytes(b"the lettes")
    assert not store.is_intact(blob.sha256)
    store.put(io.BytesIO(b"the letter"))
    assert store.is_intact(blob.sha256)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "AB" * 32, "ab" * 31 + "/."])
def test_only_a_hash_names_a_place_in_the_store(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        store.path_of(name)


def test_missing_bytes_say_what_to_do() -> None:
    with pytest.raises(store.Missing, match="Restore it from the newest backup"):
        store.open_blob("ab" * 32)


def test_only_what_no_row_names_for_a_day_is_an_orphan(cast, root: Path) -> None:
    named = store.put(io.BytesIO(b"named"))
    old = store.put(io.BytesIO(b"old"))
    fresh = store.put(io.BytesIO(b"fresh"))
    broken_off = root / ".incoming-broken"
    broken_off.write_bytes(b"half")
    actions.store_file(
        by=cast.bea, partnership=cast.ashvale, blob=named, verdict=Verdict(Kind.TEXT), name="named.txt", now=NOW
    )
    for path in (store.path_of(named.sha256), store.path_of(old.sha256), broken_off):
        os.utime(path, (TWO_DAYS_AGO, TWO_DAYS_AGO))
    os.utime(store.path_of(fresh.sha256), (NOW.timestamp(), NOW.timestamp()))
    assert set(store.orphans(NOW)) == {store.path_of(old.sha256), broken_off}
    assert store.remove_orphans(NOW) == 2
    assert set(everything(root)) == {store.path_of(named.sha256), store.path_of(fresh.sha256)}


def test_bytes_of_a_file_that_was_withdrawn_do_not_outlive_a_broken_off_removal(cast, root: Path) -> None:
    blob = store.put(io.BytesIO(b"words that had to go"))
    file = actions.store_file(
        by=cast.bea, partnership=cast.ashvale, blob=blob, verdict=Verdict(Kind.TEXT), name="old.txt", now=NOW
    )
    os.utime(store.path_of(blob.sha256), (TWO_DAYS_AGO, TWO_DAYS_AGO))
    assert store.orphans(NOW) == []
    withdraw(by=cast.bea, file=file)
    assert store.remove_orphans(NOW) == 1
    assert not store.path_of(blob.sha256).exists()
    assert list(file_faults()) == []  # else somebody would fetch the words back from a backup


@action("file")
def withdraw(*, by: Person, file: StoredFile) -> StoredFile:
    """As a redaction does it."""
    return door.withdraw(by=by, thing=file, expected_version=file.version, now=NOW, reason="It must go.")


def test_bytes_stored_again_while_orphans_are_hunted_stay(db, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blob = store.put(io.BytesIO(b"again"))
    os.utime(store.path_of(blob.sha256), (TWO_DAYS_AGO, TWO_DAYS_AGO))
    found = store.orphans(NOW)
    assert found
    monkeypatch.setattr(store, "orphans", lambda now: found)
    store.put(io.BytesIO(b"again"))
    assert store.remove_orphans(NOW) == 0
    assert store.is_intact(blob.sha256)
