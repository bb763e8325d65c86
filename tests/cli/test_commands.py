"""The command line: what it prints, and one sentence with status 2 for every mistake."""

import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from throughline import cli

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"), reason="runs on SQLite in processes of its own"
)


def refuses(done: subprocess.CompletedProcess[str]) -> str:
    """The one sentence of a refusal. Fails when there is more, a traceback, or another status."""
    assert done.returncode == 2, done.stderr
    assert done.stdout == ""
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("throughline: ")
    return lines[0]


def test_the_clock_of_a_joint_inspection_is_seventy_working_days(capsys) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["clock", "--received", "2018-08-24"])
    assert ended.value.code == 0
    assert "Monday 3 December 2018" in capsys.readouterr().out


def test_the_clock_as_json_says_how_it_was_counted(capsys) -> None:
    with pytest.raises(SystemExit):
        cli.main(["clock", "--received", "2018-08-24", "--json"])
    answer = json.loads(capsys.readouterr().out)
    assert (answer["due"], answer["working_days"], answer["warning"]) == ("2018-12-03", 70, None)


def test_the_clock_warns_where_bank_holidays_are_not_known(capsys) -> None:
    with pytest.raises(SystemExit):
        cli.main(["clock", "--received", "2040-01-10"])
    assert "Bank holidays are known" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["clock", "--received", "soon"], "'soon' is not a date"),
        (["clock", "--received", "2018-02-30"], "is not a date"),
        (["clock", "--received", "9999-12-30"], "Give an earlier one"),
        (["clock", "--received", "2018-08-24", "--framework", "ofsted"], "Give one of: jtai"),
        (["verify", "--against", "nowhere.json"], "nowhere.json cannot be read"),
        (["backup", "here.tar", "--passphrase-file", "nowhere"], "nowhere cannot be read"),
    ],
)
def test_a_mistake_is_answered_with_one_sentence_and_status_two(capsys, arguments: list[str], says: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(arguments)
    assert says in refuses(subprocess.CompletedProcess(arguments, ended.value.code, *capsys.readouterr()))


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["restore", "nowhere.tar"], "nowhere.tar cannot be read"),
        (["serve", "--address", "0.0.0.0"], "this machine only"),
        (["serve"], "throughline migrate"),
        (["partnership", "create", "Ash Vale", "--name", "x"], "lower-case"),
        (["partnership", "create", "ashvale", "--name", "x"], "throughline migrate"),
    ],
)
def test_a_copy_that_is_not_set_up_is_answered_with_one_sentence(command, arguments: list[str], says: str) -> None:
    assert says in refuses(command(*arguments))


def test_a_database_that_cannot_be_reached_is_one_sentence(command) -> None:
    done = command("check", url="postgresql://nobody:secret@127.0.0.1:1/none")
    assert "cannot be reached" in refuses(done)
    assert "secret" not in done.stderr


def test_migrate_says_what_it_did_and_the_second_time_that_there_is_nothing_to_do(
    command, migrated: Path, first_migration: tuple[Path, str]
) -> None:
    second = command("migrate")
    assert "Applied history.0001_initial." in first_migration[1]
    assert (second.returncode, second.stdout) == (0, "The database is up to date.\n")


def test_the_first_partnership_and_its_first_person_are_made_on_the_server(
    command, migrated: Path, tmp_path: Path
) -> None:
    made = command("partnership", "create", "ashvale", "--name", "Ashvale Safeguarding Partnership")
    assert "/p/ashvale/" in made.stdout, made.stderr
    invited = command("person", "invite", "ashvale", "--name", "Bea Lindqvist", "--email", "Bea@Example.org")
    link = invited.stdout.splitlines()[-1]
    assert link.startswith("http://localhost:8000/invitation/")
    assert "already" in refuses(command("partnership", "create", "ashvale", "--name", "Again"))
    listed = json.loads(command("partnership", "list", "--json").stdout)
    assert [each["slug"] for each in listed] == ["ashvale"]
    assert "not an e-mail address" in refuses(command("person", "invite", "ashvale", "--name", "B", "--email", "bea"))
    assert "no partnership at 'x'" in refuses(command("person", "invite", "x", "--name", "B", "--email", "b@x.org"))
    # The invitation waits in the outbox; one round for cron hands it to the mail folder.
    assert "1 message handled" in command("run-due").stdout
    (mail,) = (migrated / "mail").iterdir()
    assert link in mail.read_text(encoding="utf-8")
    assert "no messages handled" in command("work", "--once").stdout


def test_check_finds_a_missing_trigger_and_puts_it_back(command, migrated: Path) -> None:
    assert command("check").returncode == 0
    with sqlite3.connect(migrated / "throughline.sqlite3") as database:
        database.execute("DROP TRIGGER event_no_delete")
    found = command("check")
    assert (found.returncode, found.stdout) == (
        1, "The trigger event_no_delete is missing. Run: throughline check --repair\n"
    )  # fmt: skip
    assert "Put back: event_no_delete" in command("check", "--repair").stdout
    assert command("check").returncode == 0


def test_verify_names_a_change_that_went_around_the_door(command, migrated: Path, tmp_path: Path) -> None:
    command("partnership", "create", "ashvale", "--name", "Ashvale")
    heads = tmp_path / "heads.json"
    assert command("verify", "--export", heads).returncode == 0
    assert command("verify", "--against", heads).returncode == 0
    with sqlite3.connect(migrated / "throughline.sqlite3") as database:
        database.execute("UPDATE partners_partnership SET name = 'Quietly changed'")
    found = command("verify", "--json")
    assert found.returncode == 1
    (fault,) = json.loads(found.stdout)["faults"]
    assert "differs from its last event: name" in fault["sentence"]
    kept = heads.read_text(encoding="utf-8")
    command("verify", "--export", heads)
    assert heads.read_text(encoding="utf-8") == kept, "the head file of a faulty record replaced a good one"
    heads.write_text("[]", encoding="utf-8")
    assert "not a head file" in refuses(command("verify", "--against", heads))


def test_help_lists_every_group_and_make_help_every_target() -> None:
    listed = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    named = {line.split()[1] for line in listed.splitlines()}
    assert named == {"help", "setup", "run", "test", "soak", "bench", "lint"}
    text = cli.parser().format_help()
    wanted = {
        "serve", "work", "run-due", "migrate", "check", "backup", "restore", "verify", "partnership", "person", "clock",
    }  # fmt: skip
    assert {each for each in wanted if each not in text} == set()


def _clock(capsys, *given: str) -> dict:
    with pytest.raises(SystemExit) as ended:
        cli.main(["clock", *given, "--json"])
    assert ended.value.code == 0
    return json.loads(capsys.readouterr().out)


def test_the_printed_date_rules_and_its_wrong_weekday_is_said(capsys) -> None:
    answer = _clock(capsys, "--received", "2023-01-06", "--printed", "Friday 18 April 2023")
    assert (answer["rules"], answer["printed"], answer["due"]) == ("printed", "2023-04-18", "2023-04-18")
    assert "is a Tuesday, not a Friday" in answer["warning"]
    assert answer["warnings"] == [answer["warning"]]


def test_a_differing_computation_says_by_how_much_and_why(capsys) -> None:
    answer = _clock(capsys, "--received", "2022-07-04", "--printed", "12 September 2022")
    assert (answer["counts"], answer["due"]) == ("2022-09-12", "2022-10-12")
    assert "21 working days earlier. It is exactly 70 calendar days" in answer["warning"]


def test_every_regime_is_counted_by_its_data_or_says_that_it_sets_no_time(capsys) -> None:
    from throughline.inspections.frameworks import FRAMEWORKS

    for key, framework in FRAMEWORKS.items():
        given = ["--received", "2024-01-10", "--framework", key]
        if framework.clock is None:
            given += ["--printed", "2024-05-01"]
        answer = _clock(capsys, *given)
        assert answer["clock"] == (framework.clock.printed if framework.clock else None)
        assert answer["rules"] == ("computed" if framework.clock else "printed")
        with pytest.raises(SystemExit):
            cli.main(["clock", *given])
        words = capsys.readouterr().out
        assert ("check the letter" in words) == (not framework.checked)
        assert ("no time is set" in words) == (framework.clock is None)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--framework", "jtai"], "Say from which day to count"),
        (["--received", "2024-01-10", "--framework", "dhr"], "no time is set. Give the day that the letter prints"),
        (["--received", "2024-01-10", "--printed", "soon"], "'soon' prints no date"),
    ],
)
def test_what_the_clock_cannot_count_from_is_said(capsys, given: list[str], says: str) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["clock", *given])
    assert says in refuses(subprocess.CompletedProcess(given, ended.value.code, *capsys.readouterr()))
