"""Advice on the wording of a plan: beside each thing for those who keep it, on one page, and on the command line."""

import json
from datetime import timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.test_pages import words_of
from tests.plans.conftest import add
from throughline import cli
from throughline.plans import actions, drafting
from throughline.plans.models import Action, DesiredImpact

ONE = "/p/ashvale/plans/plan/"
VAGUE = "Nobody can see when this is done."


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def worded(cast, plan):
    """One action that is vague, one that is not, and a desired impact that is about staff."""
    add(
        cast, plan, title="Ensure that meetings are held", owner_post="Head of safeguarding",
        new_impact=actions.NewImpact("Children", "All staff have been trained"),
    )  # fmt: skip
    add(cast, plan, title="Hold them within a day", owner_post="Duty manager")
    impact = DesiredImpact.objects.get()
    drafting.add_tests(by=cast.bea, impact=impact, tests=[("measure", "Through monitoring")], now=NOW)
    return plan


def test_an_action_is_saved_as_written_and_its_page_advises_those_who_keep_it(cast, browser, worded):
    page = words_of(browser(cast.bea).get(f"{ONE}actions/ACT-001/"))
    assert VAGUE in page
    assert "everything is saved as you wrote it" in page
    assert VAGUE not in words_of(browser(cast.hana).get(f"{ONE}actions/ACT-001/"))
    assert VAGUE not in words_of(browser(cast.bea).get(f"{ONE}actions/ACT-002/"))


def test_an_impact_is_advised_on_with_its_measures_and_an_area_without_a_post(cast, browser, worded):
    bea = browser(cast.bea)
    impact = words_of(bea.get(f"{ONE}impacts/IMP-01/"))
    for said in ("something done, not yet a difference to a child", "Monitoring is how one looks"):
        assert said in impact
    assert "No single post answers for this improvement area" in words_of(bea.get(f"{ONE}areas/1/"))


def test_a_withdrawn_action_is_advised_on_no_more(cast, browser, worded):
    actions.withdraw_action(by=cast.bea, act=Action.objects.get(number=1), expected_version=1, reason="No", now=NOW)
    assert VAGUE not in words_of(browser(cast.bea).get(f"{ONE}advice/"))


def test_one_page_has_all_of_a_plans_advice_and_says_so_where_there_is_none(cast, browser, worded, plan):
    page = words_of(browser(cast.hana).get(f"{ONE}advice/"))
    for said in ("5 questions", "3 things", "ACT-001", "IMP-01", "Strategy meetings"):
        assert said in page
    assert "ACT-002" not in page
    actions.create_plan(by=cast.bea, partnership=cast.ashvale, reference="empty", title="Empty", now=NOW)
    assert "No question" in words_of(browser(cast.hana).get("/p/ashvale/plans/empty/advice/"))


def test_the_page_asks_no_more_for_a_longer_plan(cast, browser, worded, django_assert_max_num_queries):
    def asked() -> int:
        client = browser(cast.bea)
        client.get(f"{ONE}advice/")
        with django_assert_max_num_queries(16) as counted:
            client.get(f"{ONE}advice/")
        return len(counted)

    few = asked()
    for _ in range(10):
        add(cast, worded, title="Explore options", new_impact=actions.NewImpact("Children", "Improved outcomes"))
    assert asked() == few


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        cli.main(["plan", "check", *arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_command_prints_breaks_and_advice_and_ends_well(cast, worded, capsys):
    status, out, _ = run(capsys, "plan", "--partnership", "ashvale")
    assert status == 0
    for said in ("the line is broken in", "Findings without an action", "Advice on the wording: 5 questions.",
                 "ACT-001 Ensure that meetings are held", "‘Ensure’: Nobody can see when this is done."):  # fmt: skip
        assert said in out


def test_the_command_gives_the_same_to_programs(cast, worded, capsys):
    status, out, _ = run(capsys, "plan", "--partnership", "ashvale", "--json")
    said = json.loads(out)
    assert status == 0
    assert {each["rule"] for each in said["advice"]} == {
        "vague verb", "not about children", "training as impact", "through monitoring", "no named post"
    }  # fmt: skip
    assert any(each["kind"] == "finding without action" for each in said["breaks"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("nowhere", "--partnership", "ashvale"), "There is no plan 'nowhere'"),
        (("plan", "--partnership", "nowhere"), "nowhere"),
        (("plan", "--partnership", "brackley"), "There is no plan 'plan'"),
    ],
)
def test_a_plan_that_is_not_there_is_one_sentence_and_status_two(cast, worded, capsys, arguments, says):
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert says in err
    assert len(err.strip().splitlines()) == 1
