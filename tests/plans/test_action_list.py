"""The list of actions: its counts are what choosing shows, are never out of date, and cost no more for more."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.test_pages import words_of
from tests.plans.conftest import add
from throughline.history import door
from throughline.history.door import action
from throughline.inspections.models import Finding
from throughline.plans import action_list, actions
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, Contributor, Extension, Milestone, Verification
from throughline.ui import tallies

WHERE = "/p/ashvale/plans/plan/actions/"
ON = date(2026, 1, 13)


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@action("act")
def give(*, by, act, model, fields) -> None:
    """Give an action one of the rows that belong to it."""
    door.create(model, by=by, verb="created", now=NOW, partnership_id=act.partnership_id, action=act, **fields)


def belong(*, by, act, model, **fields) -> None:
    give(by=by, act=act, model=model, fields=fields)


@action("act")
def say(*, by, act, fields) -> None:
    """Give an action other values."""
    door.change(by=by, thing=act, expected_version=act.version, verb="changed", now=NOW, **fields)


@pytest.fixture
def several(cast, plan):
    """Actions of every sort: ACT-001 with nothing beside it, ACT-002 with everything, ACT-003 ended, ACT-004 late."""
    finding = Finding.objects.first()
    add(cast, plan)
    whole = add(
        cast, plan, lead_agency=None, lead_group=cast.strategy_group, findings=[finding], owner_post="Head of service",
        new_impact=actions.NewImpact("Children", "Less waiting"),
    )  # fmt: skip
    ended = add(cast, plan, area="Assessment", findings=[finding], lead_agency=cast.hospital)
    add(cast, plan, due=date(2026, 1, 2), lead_agency=cast.council)
    for number in (1, 2):
        belong(
            by=cast.bea, act=whole, model=Milestone, number=number, title="Step", original_due=whole.due,
            due=whole.due, reached=ON if number == 1 else None,
        )  # fmt: skip
    belong(by=cast.bea, act=whole, model=Contributor, agency=cast.hospital, part="Its part")
    belong(
        by=cast.bea, act=whole, model=Extension, group=cast.strategy_group, number=1, was_due=whole.due,
        proposed=date(2026, 6, 30), reason="Posts", asked_on=ON, asked_by_name="Gil",
    )  # fmt: skip
    belong(
        by=cast.bea, act=whole, model=Verification, number=1, level="assured", satisfied=True, basis="Seen",
        on=ON, by_id=cast.quin.pk, by_name="Quin", capacity="Quality lead",
    )  # fmt: skip
    actions.set_due(
        by=cast.bea, act=whole, expected_version=whole.version, due=date(2026, 5, 1), reason="Posts", now=NOW
    )
    whole.refresh_from_db()
    say(by=cast.bea, act=whole, fields={"own_number": "1.2", "resources": "additional", "equality": "no_effect"})
    actions.withdraw_action(by=cast.bea, act=ended, expected_version=1, reason="Merged", now=NOW)
    return plan


def shown(page: str) -> list[str]:
    return re.findall(r">(ACT-\d+)</a>", page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("check=overdue", ["ACT-004"]),
        ("check=redated", ["ACT-002"]),
        ("check=asked", ["ACT-002"]),
        ("check=without-finding", ["ACT-001", "ACT-004"]),
        ("check=without-impact", ["ACT-001", "ACT-003", "ACT-004"]),
        ("check=without-owner", ["ACT-001", "ACT-003", "ACT-004"]),
        ("check=without-milestone", ["ACT-001", "ACT-003", "ACT-004"]),
        ("equality=none", ["ACT-001", "ACT-003", "ACT-004"]),
        ("equality=no_effect", ["ACT-002"]),
        ("resources=additional", ["ACT-002"]),
        ("verified=assured", ["ACT-002"]),
        ("verified=confirmed", []),
        ("lead=Strategy+meetings+group", ["ACT-002"]),
        ("area=02", ["ACT-003"]),
        ("area=two", []),
        ("q=1.2", ["ACT-002"]),
        ("check=without-finding&check=redated&delivery=not_started", ["ACT-001", "ACT-002", "ACT-004"]),
    ],
)
def test_a_filter_shows_the_actions_that_it_names(cast, browser, several, query, found):
    page = browser(cast.bea).get(f"{WHERE}?{query}").content.decode()
    assert shown(page) == found
    number = f"Showing {'all ' if 'x' in query else ''}{len(found)}." if found else "Nothing matches."
    assert number in page


def test_every_count_is_the_number_of_actions_that_choosing_shows(cast, several):
    on_list = action_list.actions_page(ON, several)
    rows = action_list.rows_of(several, for_person=cast.bea)
    asked = 0
    for already in ({}, {"delivery": ["not_started"]}, {"check": ["overdue", "without-owner"], "area": ["1"]}):
        whole = tallies.tally(on_list.filters, rows, already)
        for each in on_list.filters:
            others = {name: values for name, values in already.items() if name != each.name}
            for choice in whole.choices[each.name]:
                left = rows
                for other in on_list.filters:
                    if other.name in others:
                        left = left.filter(other.where(rows, others[other.name]))
                assert choice.count == left.filter(each.where(rows, [choice.value])).count(), (each.name, choice)
                asked += choice.count > 0
    assert asked > 20


def test_counts_that_are_kept_follow_the_next_change_at_once(cast, browser, several, django_assert_num_queries):
    bea = browser(cast.bea)
    bea.get(WHERE)
    with django_assert_num_queries(10) as kept:
        assert "Without a finding (2)" in words_of(bea.get(WHERE))
    assert not any("GROUP BY" in each["sql"] and "_f0_value" in each["sql"] for each in kept.captured_queries)
    act = Action.objects.get(reference="ACT-001")
    actions.answer_finding(by=cast.bea, act=act, finding=Finding.objects.first(), now=NOW)
    assert "Without a finding (1)" in words_of(bea.get(WHERE))


def test_counts_that_are_kept_are_for_the_eyes_that_asked(cast, browser, several):
    browser(cast.bea).get(WHERE)
    assert browser(cast.otto).get(WHERE).status_code == 404
    assert browser(cast.rita).get(WHERE).status_code == 404


def test_a_row_says_who_contributes_how_many_milestones_are_reached_and_its_own_number(cast, browser, several):
    bea = browser(cast.bea)
    page = words_of(bea.get(f"{WHERE}?check=redated"))
    for said in ("1.2", "Hospitals", "1 of 2"):
        assert said in page
    file = b"".join(bea.get(f"{WHERE}?check=redated&export=csv").streaming_content).decode("utf-8-sig")
    for said in ("1.2", "Ashvale Hospitals NHS Trust", "1 of 2", "Additional resource", "Head of service"):
        assert said in file


@pytest.mark.parametrize(
    "query", ["", "?lead=Vale+Police", "?q=1.2", "?sort=-due", "?check=without-finding&sort=title"]
)
def test_a_file_straight_from_the_database_holds_what_the_columns_give(cast, rf, several, query):
    shown = action_list.actions_page(ON, several).shown(
        rf.get(f"{WHERE}{query}"), action_list.rows_of(several, for_person=cast.bea)
    )
    rows = [list(each) for each in action_list.file_rows(several, shown.matching)]
    columns = list(shown.exported_rows())
    assert [[cell or "" for cell in row] for row in rows] == [[cell or "" for cell in row] for row in columns]
    assert rows
    assert len(rows) == shown.total


def test_a_file_asks_as_much_of_the_database_for_more_actions(cast, browser, several, django_assert_max_num_queries):
    bea = browser(cast.bea)

    def asked() -> int:
        with django_assert_max_num_queries(14) as counted:
            b"".join(bea.get(f"{WHERE}?export=csv").streaming_content)
        return len(counted)

    asked()
    few = asked()
    for _ in range(15):
        add(cast, several, findings=list(Finding.objects.all()))
    assert asked() == few


@pytest.mark.parametrize("query", ["", "?check=overdue&delivery=not_started", "?q=within&page=2"])
def test_the_list_asks_at_most_twelve_questions_however_many_actions(
    cast, browser, several, query, django_assert_max_num_queries
):
    def asked() -> int:
        client = browser(cast.bea)
        tallies.forget()
        client.get(f"{WHERE}{query}")
        tallies.forget()
        with django_assert_max_num_queries(12) as counted:
            client.get(f"{WHERE}{query}")
        return len(counted)

    findings = list(Finding.objects.all())
    for _ in range(30):
        act = add(cast, several, findings=findings)
        belong(by=cast.bea, act=act, model=Contributor, agency=cast.hospital, part="Its part")
    few = asked()
    for _ in range(40):
        add(cast, several, findings=findings)
    assert asked() == few


def test_an_action_that_is_at_risk_is_counted_where_it_stands(cast, browser, several):
    act = Action.objects.get(reference="ACT-001")
    actions.record_delivery(by=cast.bea, act=act, expected_version=1, state=Delivery.AT_RISK, reason="Posts", now=NOW)
    assert shown(browser(cast.bea).get(f"{WHERE}?delivery=at_risk").content.decode()) == ["ACT-001"]
