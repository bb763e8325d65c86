"""`throughline letter`: JSON for a program, a page for a person, one sentence for a mistake; never the database."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.hostile import builders
from tests.methods import letters_of_our_own as own
from throughline.cli.letter import summary
from throughline.files import child

NEEDED = {
    "area", "published", "fieldwork_start", "fieldwork_end", "inspectorates", "theme", "principal_authority",
    "statement_due", "recipients", "findings", "passages", "warnings",
}  # fmt: skip


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "aldermere.pdf"
    path.write_bytes(own.pdf(own.LETTER_2018))
    return path


@pytest.mark.parametrize("arguments", [[], ["--json"]])
def test_a_program_gets_one_json_object(arguments: list[str], command: Command, letter: Path) -> None:
    done = command("letter", letter, *arguments)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    read = json.loads(done.stdout)
    assert set(read) >= NEEDED
    assert read["findings"][0]["ref"] == "STR-1"
    assert set(read["findings"][0]) >= {"ref", "kind", "page", "text", "sub"}
    assert read["statement_due"] == "2018-08-14"


def test_a_letter_in_word_is_read_as_well(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "thornmoor.docx"
    path.write_bytes(own.docx_of(own.LETTER_2023))
    assert json.loads(command("letter", path).stdout)["principal_authority"] == "Vale Integrated Care Board"


def test_a_person_reads_facts_counts_findings_and_what_to_check(letter: Path) -> None:
    lines = list(summary(child.run("letter", letter).value["letter"]))
    text = "\n".join(lines)
    assert "Area:                Aldermere" in lines
    assert "Inspected:           29 April 2018 to 3 May 2018" in lines
    assert "Addressed to:        5 people" in lines
    assert "3 strengths, 1 area for priority action, 3 areas for improvement, 2 case studies" in text
    assert "APA-1   p. 2   Strategy discussions are held too late and without health partners. Children wait" in text
    assert "Check: The days of the inspection are printed without a year" in text


def test_a_terminal_gets_the_page(letter: Path) -> None:
    # A pseudo-terminal in a process of its own: what is printed there is for a person.
    program = (
        "import os, pty, sys\n"
        "status = pty.spawn([sys.executable, '-m', 'throughline.cli', 'letter', sys.argv[1]])\n"
        "sys.exit(os.waitstatus_to_exitcode(status))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(letter)],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0
    assert "Principal authority: director of children’s services" in done.stdout
    assert '"findings"' not in done.stdout


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("gone.pdf", None, "gone.pdf is not a file. Give a letter as PDF or Word."),
        ("broken.pdf", b"%PDF-1.7 nothing", "broken.pdf is damaged or of another kind"),
        ("locked.pdf", builders.pdf(password="secret"), "locked.pdf is protected by a password"),
        ("scan.pdf", builders.pdf("", ""), "scan.pdf is a scan without text"),
        ("paper.pdf", builders.pdf("Report of the Corporate Director"), "looks like a paper for a council or board."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_one_sentence_and_status_two(
    name: str, content: bytes | None, says: str, command: Command, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = command("letter", tmp_path / name)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert says in done.stderr


def test_neither_database_nor_settings_are_needed(command: Command, letter: Path) -> None:
    done = command("letter", letter, url="nonsense://nowhere", DJANGO_SETTINGS_MODULE="nowhere.settings")
    assert done.returncode == 0, done.stderr


def test_reading_imports_no_django(letter: Path) -> None:
    program = (
        "import sys\nfrom throughline import cli\n"
        f"try:\n    cli.main(['letter', {str(letter)!r}])\nexcept SystemExit:\n    pass\n"
        "print(any(name.partition('.')[0] in ('django', 'docx', 'typst') for name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True)
    assert done.stderr.strip() == "False"


def test_a_letter_takes_less_than_a_second_of_the_processor_with_its_own_process(
    command: Command, letter: Path
) -> None:
    # Not the time on the clock, which other work on the machine lengthens: `make bench` measures that.
    times = []
    for _ in range(3):
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        command("letter", letter)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime)
    assert 0.05 < min(times) < 1.0
