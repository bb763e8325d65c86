"""throughline plan: what it shows, what it writes, and one sentence for every mistake."""

import json

import pytest

from tests.cast import NOW
from tests.methods import plans_of_our_own as own
from tests.plans.conftest import add, browser, letter, plan  # noqa: F401 - the scene
from throughline import cli
from throughline.plans import actions
from throughline.plans.models import Action


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        cli.main([str(each) for each in arguments])
    return int(ended.value.code or 0)


@pytest.fixture
def whose() -> list[str]:
    return ["--partnership", "ashvale", "--by", "bea@example.org"]


def test_a_plan_is_shown_first_and_brought_in_only_when_asked(cast, plan, whose, tmp_path, capsys) -> None:  # noqa: F811
    path = tmp_path / "ours.xlsx"
    path.write_bytes(own.workbook(own.BUSINESS_PLAN))
    assert run("plan", "import", path, "--plan", "plan", *whose) == 0
    shown = capsys.readouterr().out
    assert "2 new, 0 differ, 0 as in the plan" in shown
    assert "Nothing is written. With --apply it comes in." in shown
    assert not Action.objects.exists()
    assert run("plan", "import", path, "--plan", "plan", "--apply", *whose) == 0
    assert "Added 2, updated 0, left out 0." in capsys.readouterr().out
    assert run("plan", "import", path, "--plan", "plan", "--apply", *whose) == 0
    assert "0 new, 0 differ, 2 as in the plan" in capsys.readouterr().out
    assert Action.objects.count() == 2


def test_a_row_that_stands_in_the_way_keeps_everything_out(cast, plan, whose, tmp_path, capsys) -> None:  # noqa: F811
    path = tmp_path / "ours.docx"
    path.write_bytes(own.word(*own.AREA_ROWS))
    assert run("plan", "import", path, "--plan", "plan", "--apply", *whose) == 2
    said = capsys.readouterr()
    assert "ours.docx, table 2, row 4, column 3 (‘Due date’): ‘As soon as possible’ is not a date" in said.err
    assert not Action.objects.exists()
    assert run("plan", "import", path, "--plan", "plan", "--apply", "--skip-unready", *whose) == 0
    assert Action.objects.count() == 2


def test_a_heading_that_is_not_known_is_named_and_can_be_given_its_meaning(cast, plan, whose, tmp_path, capsys) -> None:  # noqa: F811
    path = tmp_path / "ours.xlsx"
    rows = [["Action", "Champion", "Due date"], ["Write a guide", "Police", "31 March 2026"]]
    path.write_bytes(own.workbook(own.Table("Plan", rows)))
    assert run("plan", "import", path, "--plan", "plan", *whose) == 0
    assert "Sheet ‘Plan’, column B: ‘Champion’ is no heading that is known" in capsys.readouterr().out
    assert run("plan", "import", path, "--plan", "plan", "--heading", "Champion=lead", "--apply", *whose) == 0
    assert "no heading that is known" not in capsys.readouterr().out
    assert Action.objects.get().lead_agency is not None


@pytest.mark.parametrize("kind", ["json", "xlsx"])
def test_what_is_exported_comes_in_again_without_a_change(kind, cast, plan, whose, tmp_path, capsys) -> None:  # noqa: F811
    add(cast, plan)
    path = tmp_path / f"out.{kind}"
    assert run("plan", "export", "plan", "--format", kind, "--out", path, *whose) == 0
    assert capsys.readouterr().out == f"{path}\n"
    if kind == "json":
        assert json.loads(path.read_text())["actions"][0]["id"] == str(Action.objects.get().pk)
    assert run("plan", "import", path, "--plan", "plan", "--apply", *whose) == 0
    assert "0 new, 0 differ, 1 as in the plan" in capsys.readouterr().out


def test_the_only_plan_need_not_be_named_and_json_is_printed(cast, plan, capsys) -> None:  # noqa: F811
    add(cast, plan)
    assert run("plan", "export") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["plan"]["reference"] == "plan"
    assert run("plan", "export", "--format", "xlsx") == 2
    assert "Say where to write it: --out FILE" in capsys.readouterr().err
    assert run("plan", "check") == 0
    assert run("plan", "check", "--plan", "plan") == 0
    assert capsys.readouterr().out.count("Our plan") == 2


def test_where_two_partnerships_have_such_a_plan_both_are_named(cast, plan, capsys) -> None:  # noqa: F811
    actions.create_plan(by=cast.otto, partnership=cast.brackley, reference="plan", title="Their plan", now=NOW)
    other = actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="other", title="Another", now=NOW)
    assert run("plan", "check", "plan") == 2
    assert "--partnership SLUG. There is: ashvale, brackley" in capsys.readouterr().err
    assert run("plan", "check", other.reference) == 0
    capsys.readouterr()
    assert run("plan", "check", "--partnership", "ashvale") == 2
    assert "Say which plan of Ashvale Safeguarding Partnership: --plan REF. There is: " in capsys.readouterr().err


@pytest.mark.parametrize(("arguments", "says"), [
    (["import", "nowhere.xlsx", "--plan", "plan"], "nowhere.xlsx is not a file"),
    (["import", __file__, "--plan", "plan"], "test_plan.py ends in .py"),
    (["import", "{broken}", "--plan", "plan"], "broken.json is not JSON"),
    (["import", "{plan}", "--plan", "other"], "There is no plan 'other' in Ashvale Safeguarding Partnership"),
    (["import", "{plan}", "--plan", "plan", "--heading", "Scope"], "write WORDS=FIELD"),
    (["import", "{plan}", "--plan", "plan", "--heading", "Reach=note"], "plan.xlsx has no heading ‘Reach’"),
    (["import", "{unknown}", "--plan", "plan"], "Sheet ‘Work’, row 1 has ‘Thing to do’, ‘Champion’"),
    (["import", "{bare}", "--plan", "plan"], "bare.xlsx, sheet ‘Bare’ has a plan's headings and no row below them"),
    (["export", "plan", "--out", "/nowhere/at/all.json"], "Choose another place"),
])  # fmt: skip
def test_a_mistake_is_one_sentence_and_status_two(arguments, says, cast, plan, whose, tmp_path, capsys) -> None:  # noqa: F811
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "plan.xlsx").write_bytes(own.workbook(own.RECOMMENDATIONS))
    (tmp_path / "unknown.xlsx").write_bytes(
        own.workbook(own.Table("Work", [["Thing to do", "Champion"], ["Write a guide", "Police"]]))
    )
    (tmp_path / "bare.xlsx").write_bytes(own.workbook(own.Table("Bare", [["Action", "Lead", "Due date"]])))
    places = {"{broken}": tmp_path / "broken.json", "{plan}": tmp_path / "plan.xlsx"}
    places |= {"{unknown}": tmp_path / "unknown.xlsx", "{bare}": tmp_path / "bare.xlsx"}
    assert run("plan", *(places.get(each, each) for each in arguments), *whose) == 2
    said = capsys.readouterr().err.strip()
    assert says in said
    assert said.startswith("throughline: ")
    assert "\n" not in said


def test_a_person_who_may_not_change_the_plan_changes_nothing(cast, plan, tmp_path, capsys) -> None:  # noqa: F811
    path = tmp_path / "ours.xlsx"
    path.write_bytes(own.workbook(own.BUSINESS_PLAN))
    whose = ["--partnership", "ashvale", "--by", "hana@example.org"]
    assert run("plan", "import", path, "--plan", "plan", "--apply", *whose) == 2
    assert "may not change the plan" in capsys.readouterr().err
    assert not Action.objects.exists()
