"""The pages of impact, as a browser without scripts sees them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tests.inspections.conftest import typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import form_of
from throughline.assurance import actions as assurance
from throughline.impact import judgements
from throughline.impact.models import Judgement, LaterTest
from throughline.impact.scale import SCALE, Impact
from throughline.plans import actions as plans
from throughline.ui.scales import mark_of

from .conftest import REASON

PLAN = "/p/ashvale/plans/improvement-plan/"
ONE = f"{PLAN}impacts/IMP-01/"
JUDGE = f"{ONE}judge/"
FINDING = "/p/ashvale/inspections/jtai-2025/findings/APA-1/"
LATER = f"{FINDING}later/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def audit(scene):
    """An audit of the scene's desired impact that is not done."""
    return assurance.plan_activity(
        by=scene.cast.quin, plan=scene.plan, title="Audit of strategy discussions", kind="audit", tests="It holds.",
        due=date(2026, 2, 28), agency=scene.cast.hospital, impacts=[scene.impact], now=scene.now(),
    )  # fmt: skip


def done(scene, audit):
    assurance.record_result(
        by=scene.cast.quin, activity=audit, expected_version=audit.version, done_on=date(2026, 1, 8), result="supports",
        found="In 38 of 40 discussions.", now=scene.now(),
    )  # fmt: skip


def sent(person, **changes):
    words = {"whose": "executive", "state": "improving", "reason": REASON, **typed("on", date(2026, 1, 9))}
    return form_of(person, **{**words, **changes})


def test_every_state_has_its_mark_with_the_same_words():
    for each in Impact:
        assert mark_of("impact", each.value).words == SCALE[each].printed
    for each in LaterTest.SAID:
        assert mark_of("later", each).words == LaterTest.SAID[each]


def test_a_judgement_is_recorded_from_the_impacts_page_and_stands_there_with_its_reason(scene, audit, browser):
    done(scene, audit)
    esther = browser(scene.cast.esther)
    assert f'href="{JUDGE}"' in esther.get(ONE).content.decode()
    form = words_of(esther.get(JUDGE))
    assert "Evidence that was agreed beforehand shows improvement." in form, "each state says what it means"
    assert "In 38 of 40 discussions." in form, "the evidence is in sight"
    assert esther.post(JUDGE, sent(scene.cast.esther)).url == ONE
    page = words_of(browser(scene.cast.hana).get(ONE))
    assert REASON in page
    assert "Executive Group, 9 January 2026" in page
    assert "Nothing that tests it has been done" not in page
    assert "Nobody has judged it yet" not in page


def test_a_favourable_judgement_without_a_test_is_allowed_and_every_page_says_so(scene, audit, browser):
    esther = browser(scene.cast.esther)
    answer = esther.post(JUDGE, sent(scene.cast.esther, state="achieved"), follow=True)
    assert "Nothing that tests it has been done." in words_of(answer)
    for where in (ONE, f"{PLAN}impact/"):
        assert "Nothing that tests it has been done." in words_of(browser(scene.cast.hana).get(where)), where
    done(scene, audit)
    for where in (ONE, f"{PLAN}impact/"):
        assert "Nothing that tests it has been done." not in words_of(browser(scene.cast.hana).get(where)), where


def test_the_scrutineers_view_stands_beside_the_judgement_and_says_where_it_differs(scene, judged, browser):
    sian = browser(scene.cast.sian)
    assert 'name="whose"' not in sian.get(JUDGE).content.decode(), "hers is the only one that she may record"
    reason = "The audits looked at weekdays only."
    fields = sent(scene.cast.sian, state="cannot_tell", reason=reason)
    del fields["whose"]
    assert sian.post(JUDGE, fields).url == ONE
    page = words_of(browser(scene.cast.hana).get(ONE))
    assert REASON in page
    assert reason in page
    assert "it differs from the judgement" in page
    assert Judgement.objects.get(whose="scrutineer").by == scene.cast.sian


def test_what_was_last_returned_about_its_actions_is_in_sight_of_whoever_judges(scene, browser):
    first, second = scene.open_period(1), scene.open_period(2)
    scene.police_return_to("accepted", first, "Ten were briefed.")
    scene.police_return_to("draft", second, "All were briefed.")
    page = words_of(browser(scene.cast.esther).get(JUDGE))
    assert "Ten were briefed." in page
    assert "All were briefed." not in page, "a draft is its body's alone"


def test_what_is_missing_is_said_at_its_field_and_the_words_stay(scene, browser):
    answer = browser(scene.cast.esther).post(
        JUDGE, sent(scene.cast.esther, state="", **typed("on", date(2026, 3, 1)))
    )  # fmt: skip
    assert answer.status_code == 400
    page = words_of(answer)
    assert "Choose what is known about this impact" in page
    assert "1 March 2026 has not come yet" in page
    assert REASON in answer.content.decode()
    assert not Judgement.objects.exists()


def test_only_those_whose_judgement_it_is_find_the_form(scene, browser):
    for name, person in scene.cast.people.items():
        expected = 200 if name in {"bea", "esther", "sian"} else 404
        assert browser(person).get(JUDGE).status_code == expected, name
    assert f'href="{JUDGE}"' not in browser(scene.cast.hana).get(ONE).content.decode()


def test_the_list_shows_each_impact_since_when_and_what_nobody_judged(scene, judged, browser):
    other = plans.create_desired_impact(
        by=scene.cast.bea, plan=scene.plan, for_whom="Children", would_see="They are heard.", now=scene.now()
    )
    judgements.judge(
        by=scene.cast.esther, impact=scene.impact, whose="executive", state="improving", reason="Still.",
        on=date(2026, 1, 12), now=scene.now(),
    )  # fmt: skip
    hana = browser(scene.cast.hana)
    page = words_of(hana.get(f"{PLAN}impact/"))
    assert "Not judged yet" in page
    assert "9 Jan 2026" in page, "the state has held since the first of the two"
    without = words_of(hana.get(f"{PLAN}impact/?judgement=none"))
    assert other.reference in without
    assert "IMP-01" not in without
    nothing = words_of(hana.get(f"{PLAN}impact/?check=on-nothing"))
    assert "IMP-01" in nothing
    assert other.reference not in nothing
    assert hana.get("/p/ashvale/impact/").url == f"{PLAN}impact/"
    csv = b"".join(hana.get(f"{PLAN}impact/?export=csv").streaming_content).decode()
    assert "Still." in csv
    assert browser(scene.cast.rita).get(f"{PLAN}impact/").status_code == 404
    assert browser(scene.cast.otto).get(f"{PLAN}impact/").status_code == 404


def test_an_actions_page_and_the_plan_show_the_least_favourable_judgement(scene, browser):
    page = words_of(browser(scene.cast.hana).get(f"{PLAN}actions/ACT-001/"))
    assert "Not judged yet" in page
    judgements.judge(
        by=scene.cast.esther, impact=scene.impact, whose="executive", state="no_change", reason=REASON,
        on=date(2026, 1, 12), now=scene.now(),
    )  # fmt: skip
    for where in (f"{PLAN}actions/ACT-001/", PLAN, ONE):
        assert "No change shown" in words_of(browser(scene.cast.hana).get(where)), where


def test_the_list_asks_the_same_number_of_questions_however_many_impacts(scene, audit, judged, browser):
    hana = browser(scene.cast.hana)
    hana.get(f"{PLAN}impact/")

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert hana.get(f"{PLAN}impact/").status_code == 200
        return len(queries)

    before = asked()
    for number in range(8):
        made = plans.create_desired_impact(
            by=scene.cast.bea, plan=scene.plan, for_whom="Children", would_see=f"They {number}.", now=scene.now()
        )
        judgements.judge(
            by=scene.cast.esther, impact=made, whose="executive", state="too_early", reason=REASON,
            on=date(2026, 1, 12), now=scene.now(),
        )  # fmt: skip
    assert asked() == before


def test_what_a_later_inspection_said_stands_on_the_findings_page_is_put_right_and_taken_back(scene, later, browser):
    bea = browser(scene.cast.bea)
    assert f'href="{LATER}"' in bea.get(FINDING).content.decode()
    says = "Police were missing from 5 of 12."
    fields = {"inspection": str(later.pk), "said": "came_back", "says": says, "page": "3"}
    half = bea.post(LATER, form_of(scene.cast.bea, **{**fields, "said": ""}))
    assert half.status_code == 400
    assert says in half.content.decode()
    assert bea.post(LATER, form_of(scene.cast.bea, **fields)).url == FINDING
    page = words_of(browser(scene.cast.hana).get(FINDING))
    assert "Came back as a finding" in page
    assert says in page
    assert "Focused visit, January 2026" in page
    test = LaterTest.objects.get()
    again = {"said": "partly", "says": "Better on weekdays.", "page": "", "version": "1"}
    assert bea.post(f"{LATER}{test.pk}/", form_of(scene.cast.bea, **again)).url == FINDING
    assert "Better in part" in words_of(bea.get(FINDING))
    late = bea.post(f"{LATER}{test.pk}/", form_of(scene.cast.bea, **{**again, "says": "Mine."}))
    assert "Mine." in late.content.decode(), "the words of whoever comes second are kept"
    gone = bea.post(f"{LATER}{test.pk}/withdraw/", form_of(scene.cast.bea, reason="Wrong finding.", version="2"))
    assert gone.url == FINDING
    assert "No later inspection has tested it yet" in words_of(bea.get(FINDING))
    for path in (LATER, f"{LATER}{test.pk}/", f"{LATER}{test.pk}/withdraw/"):
        assert browser(scene.cast.hana).get(path).status_code == 404


def test_without_a_later_inspection_the_form_says_what_to_do_first(scene, browser):
    page = browser(scene.cast.bea).get(LATER)
    assert "Add the later inspection with its dates first" in words_of(page)
    assert 'name="says"' not in page.content.decode()


def test_the_record_tells_of_judgements_by_name(scene, judged, browser):
    page = words_of(browser(scene.cast.bea).get("/p/ashvale/record/?about=impact.judgement"))
    assert "IMP-01: Improving, Executive Group" in page
