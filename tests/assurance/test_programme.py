"""The programme of scrutiny and audit: planned by keepers and the quality lead, open to all, and its results stay."""

from datetime import date

import pytest

from throughline.access import AccessDenied
from throughline.assurance import actions, outcomes, queries, rules
from throughline.assurance.models import AssuranceActivity, TestedAction, TestedImpact
from throughline.assurance.outcomes import KINDS, RESULTS, ActivityKind, Result
from throughline.history.door import Conflict
from throughline.plans import actions as plans
from throughline.ui.scales import mark_of

FOUND = "In 18 of 20 discussions the police took part."


def record(scene, activity, **changes) -> AssuranceActivity:
    given = {
        "by": scene.cast.quin, "activity": activity, "done_on": date(2026, 1, 10), "result": "partly", "found": FOUND,
        "expected_version": AssuranceActivity.objects.get(pk=activity.pk).version, "now": scene.now(), **changes,
    }  # fmt: skip
    return actions.record_result(**given)


def test_every_kind_and_result_has_its_words_and_every_result_its_mark():
    assert set(KINDS) == set(ActivityKind)
    assert set(RESULTS) == set(Result)
    for each in Result:
        assert mark_of("assurance", each.value).words == RESULTS[each].printed
    assert [RESULTS[each].printed for each in Result] == ["Supports", "Supports in part", "Does not support"]
    assert {each.tone for each in outcomes.RESULTS.values()} == {"good", "warning", "bad"}


@pytest.mark.parametrize("done_on", [None, date(2026, 1, 10), date(2026, 3, 1)])
@pytest.mark.parametrize("result", ["", "supports", "splendid"])
@pytest.mark.parametrize("found", ["", "  ", FOUND])
def test_an_outcome_is_whole_only_with_a_day_that_has_come_a_known_result_and_words(done_on, result, found):
    wrong = {field for field, _ in rules.why_not_outcome(done_on, result, found, on=date(2026, 1, 12))}
    assert wrong == (
        ({"done_on"} if done_on != date(2026, 1, 10) else set())
        | ({"result"} if result != "supports" else set())
        | ({"found"} if not found.strip() else set())
    )


def test_it_is_overdue_from_the_day_after_until_it_is_done():
    due = date(2026, 2, 28)
    assert not rules.is_overdue(due, None, due)
    assert rules.is_overdue(due, None, date(2026, 3, 1))
    assert not rules.is_overdue(due, date(2026, 3, 1), date(2026, 3, 2))


def test_only_keepers_and_the_quality_lead_plan_change_or_record(scene, activity):
    for name, person in scene.cast.people.items():
        if name in {"bea", "quin"}:
            continue
        with pytest.raises(AccessDenied):
            actions.plan_activity(
                by=person, plan=scene.plan, title="X", kind="audit", tests="Y", due=date(2026, 3, 1),
                agency=scene.cast.police, now=scene.now(),
            )  # fmt: skip
        with pytest.raises(AccessDenied):
            record(scene, activity, by=person)
        with pytest.raises(AccessDenied):
            actions.withdraw_activity(
                by=person, activity=activity, expected_version=activity.version, reason="No.", now=scene.now()
            )


def test_what_it_tests_belongs_to_its_plan_and_is_exactly_what_was_said_last(scene, activity):
    assert activity.reference == "ASR-01"
    changed = actions.change_activity(
        by=scene.cast.bea, activity=activity, expected_version=activity.version, title=activity.title, kind="audit",
        tests=activity.tests, due=activity.due, agency=scene.cast.hospital, actions=[scene.hospital_action],
        now=scene.now(),
    )  # fmt: skip
    standing = TestedAction.objects.filter(activity=changed, withdrawn_at__isnull=True)
    assert [each.action for each in standing] == [scene.hospital_action]
    assert not TestedImpact.objects.filter(activity=changed, withdrawn_at__isnull=True).exists()
    assert list(queries.testing_action(scene.police_action, for_person=scene.cast.hana)) == []
    assert list(queries.testing_action(scene.hospital_action, for_person=scene.cast.hana)) == [changed]
    elsewhere = plans.create_plan(
        by=scene.cast.bea, partnership=scene.cast.ashvale, reference="other", title="Other", now=scene.now()
    )
    with pytest.raises(actions.CannotDo, match="another plan"):
        actions.plan_activity(
            by=scene.cast.bea, plan=elsewhere, title="X", kind="audit", tests="Y", due=date(2026, 3, 1),
            agency=scene.cast.police, actions=[scene.police_action], now=scene.now(),
        )  # fmt: skip
    assert not AssuranceActivity.objects.filter(plan=elsewhere).exists()


def test_an_agency_of_another_partnership_carries_out_nothing_here(scene):
    with pytest.raises(actions.CannotDo, match="does not take part"):
        actions.plan_activity(
            by=scene.cast.bea, plan=scene.plan, title="X", kind="audit", tests="Y", due=date(2026, 3, 1),
            agency=scene.cast.brackley_council, now=scene.now(),
        )  # fmt: skip


def test_a_result_that_stands_is_put_right_only_with_a_reason(scene, activity):
    done = record(scene, activity)
    assert (done.result, done.done_on, done.found) == ("partly", date(2026, 1, 10), FOUND)
    with pytest.raises(actions.CannotDo, match="has its result already"):
        record(scene, activity, result="supports")
    assert record(scene, activity, result="supports", reason="Two were counted twice.").result == "supports"


def test_two_who_record_at_once_do_not_write_over_each_other(scene, activity):
    record(scene, activity)
    with pytest.raises(Conflict):
        record(scene, activity, expected_version=activity.version, result="supports", reason="Mine.")


def test_what_was_found_cannot_be_taken_out_of_the_programme(scene, activity):
    record(scene, activity)
    with pytest.raises(actions.CannotDo, match="stays on record"):
        actions.withdraw_activity(
            by=scene.cast.bea, activity=activity, expected_version=2, reason="It looks bad.", now=scene.now()
        )


def test_one_that_is_withdrawn_leaves_the_list_and_takes_no_result(scene, activity):
    actions.withdraw_activity(
        by=scene.cast.bea, activity=activity, expected_version=activity.version, reason="Another audit covers it.",
        now=scene.now(),
    )  # fmt: skip
    assert list(queries.activities_of(scene.plan, for_person=scene.cast.bea)) == []
    with pytest.raises(actions.CannotDo, match="withdrawn"):
        record(scene, activity)
