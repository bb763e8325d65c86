"""The programme's pages, as a browser without scripts sees them."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tests.inspections.conftest import typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import form_of
from throughline.assurance import actions
from throughline.assurance.models import AssuranceActivity

ALL = "/p/ashvale/plans/improvement-plan/assurance/"
ONE = f"{ALL}ASR-01/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def sent(scene, **changes):
    return form_of(scene.cast.quin, **{
        "title": "Dip sample of health desk", "kind": "dip_sample", "tests": "Health information comes within a day.",
        "body": str(scene.cast.strategy_group.pk), **typed("due", date(2026, 3, 1)),
        "actions": [str(scene.hospital_action.pk)], **changes,
    })  # fmt: skip


def test_an_activity_is_planned_from_the_page_of_what_it_tests(scene, browser):
    quin = browser(scene.cast.quin)
    page = quin.get("/p/ashvale/plans/improvement-plan/actions/ACT-002/").content.decode()
    where = f"{ALL}add/?action=ACT-002"
    assert f'href="{where}"' in page
    form = quin.get(where).content.decode()
    ticked = re.findall(r'<input type="checkbox" name="actions" value="([^"]+)"[^>]*checked', form)
    assert ticked == [str(scene.hospital_action.pk)]
    made = quin.post(where, sent(scene))
    assert made.url == ONE
    assert "Dip sample of health desk" in words_of(
        browser(scene.cast.hana).get("/p/ashvale/plans/improvement-plan/actions/ACT-002/")
    )


def test_what_is_missing_is_said_at_its_field_and_the_words_stay(scene, browser):
    quin = browser(scene.cast.quin)
    answer = quin.post(f"{ALL}add/", sent(scene, kind="", body=""))
    assert answer.status_code == 400
    page = words_of(answer)
    assert "Answer ‘What kind of activity is it?’" in page
    assert "Health information comes within a day." in answer.content.decode()
    assert not AssuranceActivity.objects.exists()


def test_a_result_is_recorded_where_its_body_does_not_return_it(scene, activity, browser):
    quin = browser(scene.cast.quin)
    fields = {"result": "does_not_support", "found": "The police were in 4 of 20.", "version": "1"}
    future = quin.post(f"{ONE}result/", form_of(scene.cast.quin, **fields, **typed("done_on", date(2026, 5, 1))))
    assert "has not come yet" in words_of(future)
    done = quin.post(f"{ONE}result/", form_of(scene.cast.quin, **fields, **typed("done_on", date(2026, 1, 9))))
    assert done.url == ONE
    for where in (ONE, ALL, "/p/ashvale/plans/improvement-plan/impacts/IMP-01/"):
        assert "Does not support" in words_of(browser(scene.cast.hana).get(where)), where


def test_members_read_and_only_planners_find_a_way_to_change(scene, activity, browser):
    for person, may in ((scene.cast.hana, False), (scene.cast.bea, True)):
        page = browser(person).get(ONE).content.decode()
        assert (f'href="{ONE}change/"' in page) == may
        for name in ("change/", "result/", "withdraw/"):
            assert browser(person).get(f"{ONE}{name}").status_code == (200 if may else 404)
        assert browser(person).get(f"{ALL}add/").status_code == (200 if may else 404)
    assert browser(scene.cast.otto).get(ONE).status_code == 404
    assert browser(scene.cast.rita).get(ALL).status_code == 404


def test_somebody_who_was_second_sees_both_and_keeps_the_words(scene, activity, browser):
    bea = browser(scene.cast.bea)
    begun = {"body": str(scene.cast.hospital.pk), "kind": "audit", "version": "1"}
    first = {**sent(scene, **begun, title="Audit by the quality team")}
    browser(scene.cast.quin).post(f"{ONE}change/", first)
    answer = bea.post(
        f"{ONE}change/",
        {**sent(scene, **begun, title="Audit by the trust"), **form_of(scene.cast.bea)},
    )
    assert answer.status_code == 409
    page = words_of(answer)
    assert "Audit by the quality team" in page
    assert "Audit by the trust" in page


def test_the_list_is_filtered_by_what_people_look_for_and_exported_as_shown(scene, activity, browser):
    late = actions.plan_activity(
        by=scene.cast.bea, plan=scene.plan, title="Late review", kind="review", tests="Anything.",
        due=date(2026, 1, 5), agency=scene.cast.police, now=scene.now(),
    )  # fmt: skip
    hana = browser(scene.cast.hana)
    for query, shown in (
        ("kind=audit", {activity}), ("when=overdue", {late}), ("when=to-come", {activity}),
        ("result=none", {late, activity}),
        ("tests=impacts", {activity}), ("tests=nothing", {late}), ("body=Vale+Police", {late}),
    ):  # fmt: skip
        page = words_of(hana.get(f"{ALL}?{query}"))
        assert {each for each in (late, activity) if each.title in page} == shown, query
    exported = hana.get(f"{ALL}?kind=review&export=csv")
    text = b"".join(exported.streaming_content).decode()
    assert "Late review" in text
    assert activity.title not in text


def test_a_list_of_many_asks_no_more_than_a_list_of_few(scene, activity, browser):
    hana = browser(scene.cast.hana)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert hana.get(ALL).status_code == 200
        return len(found)

    asked()
    few = asked()
    for number in range(8):
        actions.plan_activity(
            by=scene.cast.bea, plan=scene.plan, title=f"Audit {number}", kind="audit", tests="Anything.",
            due=date(2026, 4, 5), agency=scene.cast.police, actions=[scene.police_action], impacts=[scene.impact],
            now=scene.now(),
        )  # fmt: skip
    assert asked() == few
