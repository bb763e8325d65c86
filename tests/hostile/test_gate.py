"""Every hostile file is refused in words that help, every valid one beside it passes, all within time and memory."""

import random
import re
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from tests.hostile import builders
from tests.hostile.corpus import HOSTILE, VALID, Hostile, Valid
from throughline.files import gate
from throughline.files.examine import examine
from throughline.files.names import safe_name
from throughline.files.verdict import DEFAULT, Kind, Refused, Verdict

SECONDS, MEGABYTES = 5.0, 256.0
Inspect = Callable[..., Verdict]


@dataclass
class Finding:
    """What is wrong with how the gate treated a file; empty when it did right."""

    wrong: str
    seconds: float
    extra_mb: float


def judged(case: Hostile | Valid, path: Path, inspect: Inspect) -> Finding:
    """Send one case through a gate and compare with what it must say."""
    path.write_bytes(case.build())
    began = time.monotonic()
    extra = 0.0
    try:
        verdict = inspect(path, name=case.name)
    except Refused as refused:
        extra = refused.extra_mb
        wrong = _wrong_refusal(case, refused.sentence)
    else:
        wrong = _wrong_verdict(case, verdict)
    seconds = time.monotonic() - began
    if seconds > SECONDS + 0.5 or extra > MEGABYTES:
        wrong = wrong or f"took {seconds:.1f} s and {extra:.0f} MB"
    return Finding(wrong, seconds, extra)


def _wrong_refusal(case: Hostile | Valid, sentence: str) -> str:
    if isinstance(case, Valid):
        return f"refused: {sentence}"
    one_sentence = sentence.startswith(safe_name(case.name)) and re.search(r": .+\.$", sentence)
    if not one_sentence or "Traceback" in sentence or case.because not in sentence:
        return f"refused in the wrong words: {sentence}"
    return ""


def _wrong_verdict(case: Hostile | Valid, verdict: Verdict) -> str:
    if isinstance(case, Hostile):
        return f"admitted as {verdict.kind}"
    warned = " ".join(verdict.warnings)
    if verdict.kind != case.kind or case.warned not in warned or (not case.warned and warned):
        return f"admitted as {verdict.kind} with the warnings: {warned}"
    return ""


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.title)
def test_a_hostile_file_is_refused_in_words_that_help(case: Hostile, tmp_path: Path) -> None:
    assert judged(case, tmp_path / "upload", gate.inspect).wrong == ""


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.title)
def test_a_valid_file_passes_with_the_right_warning(case: Valid, tmp_path: Path) -> None:
    assert judged(case, tmp_path / "upload", gate.inspect).wrong == ""


def test_a_gate_that_lets_everything_in_is_found_out_by_every_hostile_file(tmp_path: Path) -> None:
    def open_gate(path: Path, *, name: str) -> Verdict:
        return Verdict(Kind.PDF)

    assert all(judged(case, tmp_path / "upload", open_gate).wrong for case in HOSTILE)


def test_a_gate_that_lets_nothing_in_is_found_out_by_every_valid_file(tmp_path: Path) -> None:
    def shut_gate(path: Path, *, name: str) -> Verdict:
        raise Refused(f"{name} is not wanted: go away.")

    assert all(judged(case, tmp_path / "upload", shut_gate).wrong for case in VALID)


def test_a_gate_without_its_overlap_check_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("throughline.files.archives._refuse_overlaps", lambda members: None)
    case = next(each for each in HOSTILE if "over each other" in each.because)
    weak = judged(case, tmp_path / "upload", lambda path, *, name: examine(path, name=name, limits=DEFAULT))
    assert "wrong words" in weak.wrong


def test_the_overlapping_bomb_is_one_that_pythons_own_reader_unpacks() -> None:
    bomb = builders.overlapping_bomb(files=20, kernel=100_000)
    with zipfile.ZipFile(BytesIO(bomb)) as archive:
        assert sum(info.file_size for info in archive.infolist()) > 100 * len(bomb)


def _mutants(seed: int, count: int) -> list[bytes]:
    chance = random.Random(seed)
    sources = [builders.word(), builders.excel(), builders.png(), builders.jpeg(), b"a,b\n1,2\n"]
    mutants = []
    for _ in range(count):
        content = bytearray(chance.choice(sources))
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(len(content))
            what = chance.randrange(3)
            if what == 0:
                content[at] = chance.randrange(256)
            elif what == 1:
                del content[at : at + chance.randint(1, 40)]
            else:
                content[at:at] = chance.randbytes(chance.randint(1, 40))
            content = content or bytearray(b"x")
        mutants.append(bytes(content))
    return mutants


@pytest.mark.parametrize(
    ("seed", "count"), [(1118, 500), pytest.param(2018, 20_000, marks=pytest.mark.soak)], ids=["some", "many"]
)
def test_spoilt_files_get_a_verdict_or_a_sentence_and_never_an_error(seed: int, count: int, tmp_path: Path) -> None:
    path = tmp_path / "upload"
    refused = 0
    for number, content in enumerate(_mutants(seed, count)):
        path.write_bytes(content)
        for name in ("plan.docx", "return.xlsx", "board.png", "board.jpg", "data.csv"):
            try:
                examine(path, name=name, limits=DEFAULT)
            except Refused:
                refused += 1
            except Exception as error:
                raise AssertionError(f"mutant {number} of seed {seed} as {name}") from error
    assert refused > count


def test_spoilt_pdfs_get_a_verdict_or_a_sentence(tmp_path: Path) -> None:
    chance = random.Random(24)
    path = tmp_path / "upload"
    for _ in range(15):
        content = bytearray(builders.pdf("one", "two"))
        for _ in range(10):
            content[chance.randrange(20, len(content))] = chance.randrange(256)
        path.write_bytes(bytes(content))
        try:
            outcome = gate.inspect(path, name="letter.pdf").kind
        except Refused as refused:
            outcome = refused.sentence
        assert outcome == Kind.PDF or outcome.startswith("letter.pdf ")
