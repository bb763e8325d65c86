"""What a later inspection said about a finding: the last link of the line."""

from datetime import date

import pytest

from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.impact import later_tests
from throughline.impact.judgements import CannotDo
from throughline.impact.models import LaterTest
from throughline.inspections import actions as inspections

SAYS = "Strategy discussions now have the police in them."


def record(scene, later, **changes) -> LaterTest:
    given = {
        "by": scene.cast.bea, "finding": scene.findings[0], "inspection": later, "said": "better", "says": SAYS,
        "page": 3, "now": scene.now(), **changes,
    }  # fmt: skip
    return later_tests.record(**given)


def test_only_keepers_record_change_or_take_back(scene, later):
    test = record(scene, later)
    for name, person in scene.cast.people.items():
        if name == "bea":
            continue
        with pytest.raises(AccessDenied):
            record(scene, later, by=person, finding=scene.findings[1])
        with pytest.raises(AccessDenied):
            later_tests.change(
                by=person, test=test, expected_version=1, said="partly", says=SAYS, page=3, now=scene.now()
            )
        with pytest.raises(AccessDenied):
            later_tests.withdraw(by=person, test=test, expected_version=1, reason="No.", now=scene.now())


def test_only_an_inspection_that_began_later_tests_a_finding(scene, later):
    earlier = inspections.create_inspection(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="before", title="Before", framework="ilacs",
        theme="", fieldwork_start=date(2025, 10, 6), fieldwork_end=None, now=scene.now(),
    )  # fmt: skip
    undated = inspections.create_inspection(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="undated", title="Undated", framework="ilacs",
        theme="", fieldwork_start=None, fieldwork_end=None, now=scene.now(),
    )  # fmt: skip
    for inspection, sentence in (
        (scene.inspection, "not after 6 October 2025"), (earlier, "not after"), (undated, "Nobody has recorded when"),
    ):  # fmt: skip
        with pytest.raises(CannotDo, match=sentence):
            record(scene, inspection)
    assert record(scene, later).said == "better"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [({"said": "fine"}, "Say whether"), ({"says": " "}, "in your own words"), ({"page": 0}, "counted from 1")],
)
def test_what_is_missing_is_said_and_nothing_is_kept(scene, later, wrong, sentence):
    with pytest.raises(CannotDo, match=sentence):
        record(scene, later, **wrong)
    assert not LaterTest.objects.exists()


def test_one_inspection_speaks_once_of_a_finding_until_it_is_taken_back(scene, later):
    test = record(scene, later)
    with pytest.raises(CannotDo, match="on record already"):
        record(scene, later, said="came_back")
    with pytest.raises(CannotDo, match="Say why"):
        later_tests.withdraw(by=scene.cast.bea, test=test, expected_version=1, reason="", now=scene.now())
    later_tests.withdraw(by=scene.cast.bea, test=test, expected_version=1, reason="Wrong finding.", now=scene.now())
    assert record(scene, later, said="came_back").said == "came_back"
    with pytest.raises(CannotDo, match="taken back already"):
        later_tests.change(
            by=scene.cast.bea, test=test, expected_version=2, said="partly", says=SAYS, page=None, now=scene.now()
        )


def test_two_who_put_it_right_at_once_do_not_write_over_each_other(scene, later):
    test = record(scene, later)
    later_tests.change(
        by=scene.cast.bea, test=test, expected_version=1, said="partly", says=SAYS, page=4, now=scene.now()
    )
    with pytest.raises(Conflict):
        later_tests.change(
            by=scene.cast.bea, test=test, expected_version=1, said="came_back", says=SAYS, page=4, now=scene.now()
        )
