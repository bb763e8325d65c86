"""The write door: every change has its event, nothing is lost, and nothing crosses a partnership."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW, Cast
from throughline.history import door, verify
from throughline.history.canonical import UnrecordableText
from throughline.history.door import Conflict, Foreign, OutsideAction, action
from throughline.history.models import Chain, Event
from throughline.partners import actions
from throughline.partners.models import Group, Membership, Partnership


def test_a_change_and_its_event_are_one(cast: Cast) -> None:
    before = Event.objects.count()
    changed = actions.change_partnership(
        by=cast.bea, partnership=cast.ashvale, expected_version=1, name="Ashvale Partnership", marking="OFFICIAL",
        executive_name="Executive Group", now=NOW,
    )  # fmt: skip
    last = Event.objects.filter(thing_id=cast.ashvale.pk).order_by("-recorded_at").first()
    assert Event.objects.count() == before + 1
    assert (last.verb, last.by_name, last.by_role) == ("changed", "Bea Lindqvist", "Business manager")
    assert changed.version == 2


def test_when_the_event_cannot_be_written_neither_is_the_change(cast: Cast, monkeypatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("disk full")

    monkeypatch.setattr(door, "_append", fail)
    with pytest.raises(RuntimeError):
        actions.change_partnership(
            by=cast.bea, partnership=cast.ashvale, expected_version=1, name="Lost", marking="OFFICIAL",
            executive_name="Executive Group", now=NOW,
        )  # fmt: skip
    assert Partnership.objects.get(pk=cast.ashvale.pk).name == "Ashvale Safeguarding Partnership"


def test_the_second_of_two_editors_is_told_and_sees_both_texts(cast: Cast) -> None:
    first = Partnership.objects.get(pk=cast.ashvale.pk)
    second = Partnership.objects.get(pk=cast.ashvale.pk)
    words = {"marking": "OFFICIAL", "executive_name": "Executive Group", "now": NOW}
    actions.change_partnership(by=cast.bea, partnership=first, expected_version=1, name="First", **words)
    with pytest.raises(Conflict) as refusal:
        actions.change_partnership(by=cast.bea, partnership=second, expected_version=1, name="Second", **words)
    assert refusal.value.mine["name"] == "Second"
    assert refusal.value.theirs.name == "First"


def test_a_row_cannot_point_into_another_partnership(cast: Cast) -> None:
    with pytest.raises(Foreign):
        actions.give_role(
            by=actions.system_person(), partnership=cast.brackley, person=cast.nobody, role=actions.Role.GROUP_CHAIR,
            group=cast.strategy_group, starts=NOW.date(), now=NOW,
        )  # fmt: skip
    assert not Membership.objects.filter(person=cast.nobody).exists()


def test_the_door_is_shut_outside_an_action(cast: Cast) -> None:
    with pytest.raises(OutsideAction), transaction.atomic():
        door.create(Partnership, by=cast.bea, verb="created", now=NOW, slug="x", name="X")


def test_an_action_for_one_partnership_cannot_write_into_another(cast: Cast) -> None:
    @action("partnership")
    def confused(*, by, partnership, now) -> None:
        actions.door.create(
            actions.Group, by=by, verb="created", now=now, partnership=cast.brackley, name="G", short_name="G"
        )

    with pytest.raises(OutsideAction):
        confused(by=cast.bea, partnership=cast.ashvale, now=NOW)


@pytest.mark.parametrize("text", ["nul \x00 inside", "half \ud800 a pair"])
def test_a_text_that_cannot_be_kept_as_it_is_is_refused(cast: Cast, text: str) -> None:
    with pytest.raises(UnrecordableText):
        actions.create_group(by=cast.bea, partnership=cast.ashvale, name=text, short_name="x", now=NOW)


def test_time_never_runs_backwards_in_a_chain(cast: Cast) -> None:
    earlier = NOW.replace(year=2020)
    actions.create_group(by=cast.bea, partnership=cast.ashvale, name="One", short_name="1", now=NOW.replace(year=2027))
    with pytest.raises(Exception):  # noqa: B017 (in 2020 Bea held no role yet)
        actions.create_group(by=cast.bea, partnership=cast.ashvale, name="Two", short_name="2", now=earlier)
    actions.create_group(by=cast.bea, partnership=cast.ashvale, name="Three", short_name="3", now=NOW)
    times = list(
        Event.objects.filter(chain__partnership_id=cast.ashvale.pk).order_by("sequence").values_list("recorded_at")
    )
    assert times == sorted(set(times))


def test_the_whole_record_verifies_and_a_change_around_the_door_does_not(cast: Cast) -> None:
    assert verify.verify() == []
    Partnership.objects.filter(pk=cast.ashvale.pk).update(name="Quietly changed")
    faults = verify.verify()
    assert [fault.sentence for fault in faults if "name" in fault.sentence]
    assert Chain.objects.count() == 3


def test_many_rows_change_together_or_not_at_all_in_as_many_queries_as_few(cast: Cast) -> None:
    counted = []
    for number in (2, 4):
        groups = [_group(cast, f"{number} {each}") for each in range(number)]
        with CaptureQueriesContext(connection) as queries:
            changed = _rename(
                by=cast.bea, partnership=cast.ashvale, groups=groups, versions=[1] * number, name=f"New {number}"
            )
        counted.append(len(queries))
        assert [each.pk for each in changed] == [each.pk for each in groups]
        assert [(each.version, each.name) for each in changed] == [
            (2, f"New {number} {place}") for place in range(number)
        ]
        assert Event.objects.filter(verb="renamed", thing_id__in=[each.pk for each in groups]).count() == number
    assert counted[0] == counted[1]
    with pytest.raises(Conflict) as refusal:
        _rename(by=cast.bea, partnership=cast.ashvale, groups=changed, versions=[2, 2, 1, 2], name="Lost")
    assert refusal.value.theirs.pk == changed[2].pk
    assert not Group.objects.filter(name__startswith="Lost").exists()
    assert verify.verify() == []


def _group(cast: Cast, name: str) -> Group:
    return actions.create_group(
        by=actions.system_person(), partnership=cast.ashvale, name=name, short_name=name, now=NOW
    )


@action("partnership")
def _rename(*, by: object, partnership: Partnership, groups: list, versions: list, name: str) -> list:
    return door.change_many(
        by=by, verb="renamed", now=NOW,
        changes=[
            (each, version, {"name": f"{name} {place}"})
            for place, (each, version) in enumerate(zip(groups, versions, strict=True))
        ],
    )  # fmt: skip
