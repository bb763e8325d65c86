"""A quarter that is open can be put right with a reason, and taken back while nothing has been reported."""

from datetime import date

import pytest

from tests.returns.scene import Scene
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.notify.models import Message
from throughline.returns import actions, due, offers, periods, proposals, queries
from throughline.returns.actions import CannotDo
from throughline.returns.models import ReportingPeriod, Return

DAYS = {"opens": date(2026, 1, 5), "data_to": date(2026, 3, 31), "due": date(2026, 4, 20)}


def change(scene: Scene, period: ReportingPeriod, **changes) -> ReportingPeriod:
    given = {
        "by": scene.cast.bea, "period": period, "expected_version": 1, "label": "Spring quarter", "reason": "Easter.",
        "now": scene.now(), **DAYS, **changes,
    }  # fmt: skip
    return actions.change_period(**given)


def test_a_keeper_moves_the_days_with_a_reason_and_whoever_still_owes_hears_of_it(scene: Scene) -> None:
    period = scene.open_period()
    scene.police_return_to("submitted", period)
    Message.objects.all().delete()
    changed = change(scene, period)
    assert (changed.label, changed.due, changed.reference) == ("Spring quarter", date(2026, 4, 20), "quarter-1")
    told = set(Message.objects.filter(key__contains="due_moved").values_list("to", flat=True))
    assert told == {"hana@example.org", "dev@example.org", "connie@example.org", "gil@example.org"}
    with pytest.raises(Conflict):
        change(scene, period, label="Mine")


@pytest.mark.parametrize(
    ("changes", "says"),
    [({"reason": " "}, "Say why"), ({"due": date(2026, 1, 1)}, "before the day"),
     ({"meeting": date(2026, 4, 1)}, "before the day"), ({"data_to": date(2024, 1, 1)}, "more than a year")],
)  # fmt: skip
def test_days_out_of_order_and_changes_without_a_reason_are_refused(scene: Scene, changes, says) -> None:
    period = scene.open_period()
    with pytest.raises(CannotDo, match=says):
        change(scene, period, **changes)
    assert ReportingPeriod.objects.get().label == "Quarter 1"


def test_only_keepers_change_or_withdraw_a_quarter(scene: Scene) -> None:
    period = scene.open_period()
    for name, person in scene.cast.people.items():
        if name == "bea":
            continue
        with pytest.raises(AccessDenied):
            change(scene, period, by=person)
        with pytest.raises(AccessDenied):
            actions.withdraw_period(by=person, period=period, expected_version=1, reason="No.", now=scene.now())


def test_a_quarter_opened_by_mistake_is_taken_back_with_its_returns(scene: Scene) -> None:
    period = scene.open_period()
    assert offers.my_work(scene.cast.pauline, date(2026, 1, 12))
    actions.withdraw_period(by=scene.cast.bea, period=period, expected_version=1, reason="Wrong year.", now=scene.now())
    assert not Return.objects.filter(withdrawn_at__isnull=True).exists()
    assert not queries.periods_of(scene.cast.ashvale, for_person=scene.cast.bea).exists()
    assert offers.my_work(scene.cast.pauline, date(2026, 1, 12)) == []
    assert list(due.returns_due(date(2026, 1, 20))) == []
    with pytest.raises(Return.DoesNotExist):
        queries.return_of(scene.cast.ashvale, "quarter-1", "police", for_person=scene.cast.pauline)
    assert Message.objects.filter(key__contains="not_asked_for", to="pauline@example.org").count() == 1
    mine = Return.objects.get(slug="police")
    with pytest.raises(CannotDo):
        scene.report(scene.cast.pauline, mine, scene.police_action, "on_track", "")


def nil(scene: Scene, mine: Return) -> None:
    actions.say_nil(by=scene.cast.connie, return_=mine, nil=True, now=scene.now())


def words(scene: Scene, mine: Return) -> None:
    scene.report(scene.cast.connie, mine, None, "", "An audit of 20 cases.")


def evidence(scene: Scene, mine: Return) -> None:
    actions.hold_evidence(by=scene.cast.connie, return_=mine, title="List", held_where="Room 4", now=scene.now())


@pytest.mark.parametrize("report", [nil, words, evidence])
def test_a_quarter_in_which_anything_was_reported_stays(scene: Scene, report) -> None:
    period = scene.open_period()
    assert not periods.has_report(period)
    report(scene, scene.return_of(period, "council"))
    assert periods.has_report(period)
    with pytest.raises(CannotDo, match="Something has been reported"):
        actions.withdraw_period(by=scene.cast.bea, period=period, expected_version=1, reason="X.", now=scene.now())


def test_a_quarter_that_was_taken_back_can_be_opened_again_under_another_address(scene: Scene) -> None:
    period = scene.open_period()
    actions.withdraw_period(by=scene.cast.bea, period=period, expected_version=1, reason="Wrong.", now=scene.now())
    again = proposals.reference_of("Quarter 1", ["quarter-1"])
    assert again == "quarter-1-2"
    opened = actions.open_period(
        by=scene.cast.bea, plan=scene.plan, reference=again, label="Quarter 1", now=scene.now(), **DAYS
    )
    assert Return.objects.filter(period=opened).count() == 4
