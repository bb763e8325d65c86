"""A reader runs alone: in time, in memory, without network, secrets or a way to write anywhere else."""

import logging
import socket
import statistics
import sys
import threading
import time
from pathlib import Path

import pytest

from throughline.files import child
from throughline.files.verdict import Refused


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "upload"
    path.write_text("what the file says", encoding="utf-8")
    return path


def probe(file: Path, what: str, **arguments: object) -> child.Answer:
    limits = {key: arguments.pop(key) for key in ("seconds", "memory_mb", "output_mb") if key in arguments}
    return child.run("probe", file, name="letter.pdf", arguments={"what": what, **arguments}, **limits)


@pytest.fixture
def listener():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_a_reader_has_no_environment_no_input_no_django_and_a_session_of_its_own(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("THROUGHLINE_SECRET_KEY", "must-not-travel")
    seen = probe(file, "look").value
    assert seen["environment"] == ["LC_ALL", "TMPDIR"]
    assert seen["input"] == ""
    assert seen["django"] is False
    assert seen["session"] is True
    assert seen["read"] == "what the file says"


def test_a_readers_own_folder_is_gone_afterwards(file: Path) -> None:
    assert not Path(probe(file, "look").value["folder"]).exists()


@pytest.mark.parametrize("what", ["connect", "connect_natively"])
def test_a_reader_cannot_reach_a_server_that_is_listening(file: Path, what: str, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    with socket.create_connection(("127.0.0.1", port), timeout=2):
        pass  # the control: from here it can be reached
    answer = probe(file, what, port=port)
    assert answer.value != "connected"
    assert what == "connect" or answer.network_namespace


def test_a_reader_can_write_only_in_its_own_folder(file: Path, tmp_path: Path) -> None:
    assert probe(file, "write_inside").value == "kept in"
    assert probe(file, "write_outside", target=str(tmp_path / "escaped")).value == "PermissionError"
    assert not (tmp_path / "escaped").exists()


def test_a_reader_cannot_start_a_program(file: Path) -> None:
    assert probe(file, "start_program").value == "PermissionError"


def test_a_reader_cannot_fill_the_disk(file: Path) -> None:
    assert probe(file, "fill", megabytes=1, output_mb=2).value == "written"
    assert probe(file, "fill", megabytes=3, output_mb=2).value == "OSError"


@pytest.mark.parametrize("what", ["sleep", "spin"])
def test_a_reader_that_takes_too_long_is_stopped_and_the_sentence_says_so(file: Path, what: str) -> None:
    began = time.monotonic()
    with pytest.raises(Refused, match=r"^letter\.pdf takes too long to read: .+\.$"):
        probe(file, what, seconds=0.5)
    assert time.monotonic() - began < 2


def test_memory_is_limited_beyond_what_the_interpreter_needs(file: Path) -> None:
    assert probe(file, "hoard", megabytes=200).extra_mb >= 200
    with pytest.raises(Refused, match=r"^letter\.pdf needs too much memory to read: .+\.$"):
        probe(file, "hoard", megabytes=300)


def test_an_answer_that_is_too_large_is_refused(file: Path) -> None:
    assert len(probe(file, "pour", megabytes=2, output_mb=4).data) == 2 * 1024 * 1024
    with pytest.raises(Refused, match="too much memory"):
        probe(file, "pour", megabytes=8, output_mb=4)


def test_a_crash_is_a_sentence_and_the_log_repeats_nothing_of_the_file(
    file: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("throughline"), "propagate", True)
    for what in ("die", "raise"):
        with pytest.raises(Refused, match=r"^letter\.pdf could not be read and may be damaged: .+\.$"):
            probe(file, what)
    assert "RuntimeError at probe.py" in caplog.text
    assert "must reach no log" not in caplog.text


def test_a_task_that_is_not_listed_is_a_programming_error(file: Path) -> None:
    with pytest.raises(KeyError):
        child.run("os:system", file)


def test_several_readers_at_once_do_not_disturb_each_other(file: Path) -> None:
    answers: list[object] = []
    readers = [threading.Thread(target=lambda: answers.append(probe(file, "look").value["read"])) for _ in range(6)]
    for each in readers:
        each.start()
    for each in readers:
        each.join()
    assert answers == ["what the file says"] * 6


def test_a_file_name_never_shows_in_the_list_of_processes(file: Path) -> None:
    lines: list[str] = []

    def look() -> None:
        time.sleep(0.2)
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                lines.append(each.read_bytes().decode(errors="replace"))
            except OSError:
                continue

    watcher = threading.Thread(target=look)
    watcher.start()
    with pytest.raises(Refused):
        child.run("probe", file, name="Baby P.pdf", arguments={"what": "sleep"}, seconds=0.6)
    watcher.join()
    readers = [line for line in lines if "throughline.files.reader" in line]
    assert readers
    assert not any("Baby P" in line for line in readers)


def test_starting_a_reader_imports_neither_django_nor_the_heavy_parsers() -> None:
    import subprocess

    code = (
        "import sys, throughline.files.reader, throughline.files.examine, throughline.methods.letters.pages\n"
        "print([each for each in ('django', 'docx', 'pypdfium2', 'lxml') if each in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


@pytest.mark.soak
def test_a_reader_starts_within_150_milliseconds(file: Path) -> None:
    times = [probe(file, "look").seconds for _ in range(20)]
    print(f"reader start: median {statistics.median(times) * 1000:.0f} ms, slowest {max(times) * 1000:.0f} ms")
    assert statistics.median(times) < 0.15
