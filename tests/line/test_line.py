"""The line is the same whether it is read from tables or from the record, and never shows what is not yours."""

import random
from dataclasses import replace
from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.returns.scene import SENTENCE, Scene
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.line.checks import breaks
from throughline.line.queries import plan_line
from throughline.plans import actions as plan_actions
from throughline.plans.delivery import Delivery
from throughline.plans.models import Action, ActionFinding
from throughline.returns.models import ReportingPeriod, Return, Update

pytestmark = pytest.mark.django_db


def _nothing(*_: object) -> None: ...


def _step(scene: Scene, name: str, dice: random.Random) -> None:
    """One thing that somebody does; what the rules refuse simply does not happen."""
    cast, now = scene.cast, scene.now()
    periods = list(ReportingPeriod.objects.all())
    acts = list(Action.objects.all())
    returns = list(Return.objects.all())
    match name:
        case "open":
            scene.open_period(len(periods) + 1)
        case "report" if returns:
            mine = dice.choice(returns)
            who = {"police": cast.pauline, "hospitals": cast.hana, "council": cast.connie}.get(mine.slug, cast.gil)
            act = dice.choice([*acts, None])
            rating = dice.choice(["on_track", "at_risk", "delivered_claimed"])
            scene.report(who, mine, act, rating, dice.choice(["", "Done.", SENTENCE]))
        case "sign" if returns:
            mine = dice.choice(returns)
            scene.sign({"police": scene.priya, "hospitals": cast.hugo}.get(mine.slug, cast.gil), mine)
        case "submit" if returns:
            mine = dice.choice(returns)
            scene.submit({"police": cast.pauline, "hospitals": cast.hana}.get(mine.slug, cast.gil), mine)
        case "accept" if returns:
            scene.accept(dice.choice(returns))
        case "send back" if returns:
            scene.send_back(dice.choice(returns))
        case "new action":
            plan_actions.create_action(
                by=cast.bea, plan=scene.plan, area=scene.area, title=f"Action {len(acts)}", due=date(2026, 9, 30),
                lead_agency=dice.choice([cast.police, cast.hospital]), now=now,
                findings=dice.sample(scene.findings, dice.randint(0, 2)),
            )  # fmt: skip
        case "unlink":
            link = dice.choice(list(ActionFinding.objects.all()))
            plan_actions.unlink(by=cast.bea, link=link, expected_version=link.version, now=now)
        case "re-date":
            act = dice.choice(acts)
            plan_actions.set_due(
                by=cast.bea, act=act, expected_version=act.version, reason="Moved.", now=now,
                due=date(2026, dice.randint(6, 12), 1),
            )  # fmt: skip
        case "end":
            act = dice.choice(acts)
            plan_actions.record_delivery(
                by=cast.bea,
                act=act,
                expected_version=act.version,
                state=Delivery.WITHDRAWN,
                reason="Not ours.",
                now=now,
            )


STEPS = (
    "open", "report", "report", "report", "sign", "sign", "submit", "submit", "accept", "send back", "new action",
    "unlink", "re-date", "end",
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(steps=st.lists(st.sampled_from(STEPS), min_size=5, max_size=25), seed=st.integers(0, 10_000))
def test_whatever_happened_the_record_as_at_today_shows_what_the_tables_show(scene, steps, seed):
    dice = random.Random(seed)
    for name in steps:
        try:
            _step(scene, name, dice)
        except (AccessDenied, ValueError, Conflict):
            continue  # the rules refused it: nothing happened
    for person in (
        scene.cast.bea,
        scene.cast.pauline,
        scene.cast.hana,
        scene.cast.quin,
        scene.cast.otto,
        scene.cast.rita,
    ):
        live = plan_line(scene.plan, for_person=person, on=date(2026, 1, 12))
        as_of = plan_line(scene.plan, for_person=person, as_of=date(2026, 12, 31), on=date(2026, 1, 12))
        assert replace(as_of, as_of=None) == live


def _words(line) -> str:
    return repr(line)


def test_a_draft_is_in_its_own_bodys_line_and_in_nobody_elses_now_or_as_at_a_day(scene):
    scene.police_return_to("draft", scene.open_period())
    for as_of in (None, date(2026, 1, 31)):
        seen_by = {
            name: SENTENCE in _words(plan_line(scene.plan, for_person=person, as_of=as_of, on=date(2026, 1, 12)))
            for name, person in scene.cast.people.items()
        }
        assert {name for name, sees in seen_by.items() if sees} == {"pauline", "olu"}


def test_a_submitted_return_opens_to_those_who_read_it_first_and_an_accepted_one_to_all_members(scene):
    period = scene.open_period()
    scene.police_return_to("submitted", period)

    def readers() -> set[str]:
        return {
            name
            for name, person in scene.cast.people.items()
            if SENTENCE in _words(plan_line(scene.plan, for_person=person, on=date(2026, 1, 12)))
        }

    assert readers() == {"pauline", "olu", "bea", "esther", "sian"}
    scene.accept(scene.return_of(period, "police"))
    assert readers() == set(scene.cast.people) - {"otto", "rita", "ada", "nobody"}


def test_what_was_a_draft_on_a_day_stays_closed_for_that_day_after_it_was_accepted(scene):
    period = scene.open_period()
    return_ = scene.police_return_to("draft", period, words="A first attempt, later replaced.")
    scene.clock = datetime.fromisoformat("2026-01-20T10:00:00+00:00")
    scene.report(scene.cast.pauline, return_, scene.police_action, "on_track", SENTENCE)
    scene.sign(scene.priya, return_)
    scene.submit(scene.cast.pauline, return_)
    scene.accept(return_)
    before = plan_line(scene.plan, for_person=scene.cast.bea, as_of=date(2026, 1, 15), on=date(2026, 1, 20))
    after = plan_line(scene.plan, for_person=scene.cast.bea, as_of=date(2026, 1, 20), on=date(2026, 1, 20))
    assert "A first attempt" not in _words(before)
    assert SENTENCE not in _words(before)
    assert SENTENCE in _words(after)


def test_a_return_that_was_sent_back_is_closed_again_even_for_the_day_on_which_it_was_open(scene):
    period = scene.open_period()
    return_ = scene.police_return_to("submitted", period)
    on = date(2026, 1, 12)
    assert SENTENCE in _words(plan_line(scene.plan, for_person=scene.cast.bea, as_of=on, on=on))
    scene.clock = datetime.fromisoformat("2026-01-20T10:00:00+00:00")
    scene.send_back(return_)
    assert SENTENCE not in _words(plan_line(scene.plan, for_person=scene.cast.bea, as_of=on, on=on))


def test_reading_the_line_costs_the_same_number_of_queries_however_long_it_is(scene):
    def queries(as_of: date | None) -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            plan_line(scene.plan, for_person=scene.cast.bea, as_of=as_of, on=date(2026, 1, 12))
        return len(counted)

    short = queries(None), queries(date(2026, 12, 31))
    for number in range(12):
        plan_actions.create_action(
            by=scene.cast.bea, plan=scene.plan, area=scene.area, title=f"Action {number}", due=date(2026, 9, 30),
            lead_agency=scene.cast.council, findings=scene.findings, impacts=[scene.impact], now=scene.now(),
        )  # fmt: skip
    scene.police_return_to("accepted", scene.open_period())
    scene.open_period(2)
    assert (queries(None), queries(date(2026, 12, 31))) == short
    assert short[0] <= 36
    assert short[1] <= 40


def test_the_line_says_where_it_is_broken_and_is_silent_where_it_is_whole(scene):
    line = plan_line(scene.plan, for_person=scene.cast.bea, on=date(2026, 1, 12))
    found = {
        (each.kind, each.finding or each.action or each.impact or each.area) for each in breaks(line, date(2026, 4, 1))
    }
    assert found == {
        ("finding without action", "AFI-2"),
        ("action without desired impact", "ACT-002"),
        ("action without desired impact", "ACT-003"),
        ("action without post", "ACT-002"),
        ("action without post", "ACT-003"),
        ("impact without test", "IMP-01"),
        ("area without owner", 1),
        ("overdue without a reason", "ACT-001"),
    }
    for each in breaks(line, date(2026, 4, 1)):
        if each.kind == "overdue without a reason":
            assert each.sentence.startswith("ACT-001 was due on 31 March 2026, 1 day ago")


def test_a_finding_is_without_action_again_when_its_only_action_is_withdrawn(scene):
    act = scene.hospital_action
    plan_actions.withdraw_action(
        by=scene.cast.bea, act=act, expected_version=act.version, reason="Not funded.", now=scene.now()
    )
    line = plan_line(scene.plan, for_person=scene.cast.bea, on=date(2026, 1, 12))
    assert "AFI-1" in {each.finding for each in breaks(line, date(2026, 2, 1))}
    assert Update.objects.count() == 0


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2019-13-01"])
def test_a_day_that_no_calendar_of_ours_has_shows_today_and_says_so(scene, client, day):
    client.force_login(scene.cast.bea)
    page = client.get(f"/p/ashvale/plans/{scene.plan.reference}/line/?as-of={day}")
    assert page.status_code == 200
    assert f"‘{day}’ is not a date" in page.content.decode()
