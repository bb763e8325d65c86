"""The register as it was: what events say is what tables hold, for every kind, and a past day stays as it was."""

import random
from datetime import date, timedelta

import pytest

from tests.cast import NOW, Cast
from tests.soak import canaries
from throughline.example import durham
from throughline.history import asof, snapshots, verify
from throughline.history.door import Conflict
from throughline.history.moments import day_of, end_of
from throughline.inspections import actions as inspections
from throughline.inspections.models import Finding
from throughline.partners.models import Partnership
from throughline.plans import actions as plans
from throughline.plans.models import Action, ActionFinding, ImprovementArea, Plan


def live(partnership_id, kinds: list[str]) -> dict:
    """What the tables hold now, in the same form."""
    found: dict = {}
    for kind in kinds:
        snapshot = snapshots.of_kind(kind)
        owner = "id" if kind == "partners.partnership" else "partnership_id"
        rows = snapshot.model._base_manager.filter(**{owner: partnership_id}).values(*snapshot.columns)
        found[kind] = {row["id"]: snapshots.state_of(snapshot, row) for row in rows}
    return found


def kinds_of_a_partnership() -> list[str]:
    return [
        each.kind
        for each in snapshots.registered()
        if each.kind == "partners.partnership" or "partnership_id" in each.columns
    ]


def assert_events_say_what_tables_hold() -> int:
    kinds, rows = kinds_of_a_partnership(), 0
    for partnership in Partnership.objects.all():
        then = asof.states_at(asof.head(partnership.pk), kinds)
        now = live(partnership.pk, kinds)
        assert then == now
        rows += sum(len(each) for each in now.values())
    return rows


def test_for_every_kind_the_events_say_what_the_tables_hold(cast: Cast) -> None:
    canaries.sing(cast)
    durham.build(until=durham.FIRST_REPORT)
    assert assert_events_say_what_tables_hold() > 100


def test_after_any_sequence_of_actions_the_events_say_what_the_tables_hold(cast: Cast) -> None:
    """Random actions, some of which are refused; the refused ones leave no trace on either side."""
    aviary = canaries.sing(cast)
    for seed in range(3):
        wander(cast, random.Random(seed), steps=40, aviary=aviary)
        assert assert_events_say_what_tables_hold() > 50
    assert verify.verify() == []


@pytest.mark.soak
def test_soak_after_any_sequence_of_actions(cast: Cast, capsys) -> None:
    aviary = canaries.sing(cast)
    for seed in range(100, 120):
        wander(cast, random.Random(seed), steps=100, aviary=aviary)
        rows = assert_events_say_what_tables_hold()
    with capsys.disabled():
        print(f"\nas-of equals live after each of 20 runs of 100 random actions ({rows} rows at the end)")
    assert verify.verify() == []


def wander(cast: Cast, dice: random.Random, *, steps: int, aviary: canaries.Aviary) -> None:
    """Do random things to Ashvale's plan as its business manager."""
    plan = Plan.objects.get(partnership=cast.ashvale)

    def any_of(model) -> object:
        return dice.choice(list(model.objects.filter(partnership=cast.ashvale)))

    def step() -> None:
        now = aviary.now()
        kind = dice.randrange(7)
        if kind == 0:
            plans.create_area(by=cast.bea, plan=plan, title=f"Area {dice.random()}", now=now)
        elif kind == 1:
            area = any_of(ImprovementArea)
            plans.rename_area(
                by=cast.bea, area=area, expected_version=dice.choice([area.version, 99]), title="X", now=now
            )
        elif kind == 2:
            act = any_of(Action)
            due = date(2026, 3, 1) + timedelta(days=dice.randrange(90))
            plans.set_due(by=cast.bea, act=act, expected_version=act.version, due=due, reason="moved", now=now)
        elif kind == 3:
            plans.answer_finding(by=cast.bea, act=any_of(Action), finding=any_of(Finding), now=now)
        elif kind == 4:
            link = any_of(ActionFinding)
            plans.unlink(by=cast.bea, link=link, expected_version=link.version, now=now)
        elif kind == 5:
            finding = any_of(Finding)
            inspections.withdraw_finding(
                by=cast.bea, finding=finding, expected_version=finding.version, reason="marked by mistake", now=now
            )
        else:
            inspections.mark_finding(
                by=cast.bea, inspection=any_of(Finding).inspection, kind="improvement", text="T", title="T", now=now
            )

    for _ in range(steps):
        try:
            step()
        except (Conflict, ValueError):
            continue


def test_a_past_day_is_shown_as_it_was_then(cast: Cast) -> None:
    areas = {}
    plan = plans.create_plan(by=cast.bea, partnership=cast.ashvale, reference="p", title="P", now=NOW)
    for days in (0, 1, 2):
        now = NOW + timedelta(days=days)
        area = ImprovementArea.objects.filter(plan=plan).first()
        if area is None:
            area = plans.create_area(by=cast.bea, plan=plan, title="Day 0", now=now)
        else:
            plans.rename_area(by=cast.bea, area=area, expected_version=area.version, title=f"Day {days}", now=now)
        areas[days] = area.pk
    for days in (0, 1, 2):
        moment = asof.moment_at(cast.ashvale.pk, day_of(NOW) + timedelta(days=days))
        states = asof.states_at(moment, ["plans.improvement_area"])["plans.improvement_area"]
        assert states[areas[days]]["title"] == f"Day {days}"
    before = asof.moment_at(cast.ashvale.pk, day_of(NOW) - timedelta(days=1))
    assert asof.states_at(before, ["plans.improvement_area"])["plans.improvement_area"] == {}


def test_a_day_ends_at_midnight_in_london_in_summer_and_in_winter() -> None:
    assert end_of(date(2026, 7, 1)).isoformat() == "2026-07-01T23:00:00+00:00"
    assert end_of(date(2026, 12, 1)).isoformat() == "2026-12-02T00:00:00+00:00"
    assert end_of(date(2026, 3, 29)).isoformat() == "2026-03-29T23:00:00+00:00"  # the day has 23 hours
    assert day_of(end_of(date(2026, 10, 25))) == date(2026, 10, 26)


def test_reading_a_past_day_takes_one_query_however_many_kinds(cast: Cast, django_assert_num_queries) -> None:
    canaries.sing(cast)
    moment = asof.head(cast.ashvale.pk)
    with django_assert_num_queries(1):
        asof.states_at(moment, kinds_of_a_partnership())
