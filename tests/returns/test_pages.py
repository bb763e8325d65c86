"""My return, as a browser without scripts sees it: all in one card, nothing typed lost, nothing shown too early."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import NOW
from tests.evidence.conftest import sent
from tests.hostile.corpus import EICAR
from tests.inspections.conftest import typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import browser, form_of
from tests.returns.test_reporting import audit, late_action, rated, step
from throughline.evidence.models import Evidence
from throughline.plans import contributors
from throughline.returns import actions
from throughline.returns.models import AssuranceOutcome, MilestoneUpdate, Return, Update

__all__ = ["browser"]
MINE = "/p/ashvale/returns/quarter-1/police/"
ONE = f"{MINE}actions/ACT-001/"
WORDS = "The route is drafted and two chief officers have agreed it."


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def mine(scene) -> Return:
    return scene.return_of(scene.open_period(), "police")


def said(scene, **changes):
    return form_of(scene.cast.pauline, **{
        "form": "ACT-001", "version": "0", "self_rating": "at_risk", "progress": WORDS, "slip_reason": "", **changes,
    })  # fmt: skip


def test_milestones_and_a_slip_are_saved_with_their_action_at_once(scene, mine, browser):
    step(scene, scene.police_action)
    pauline = browser(scene.cast.pauline)
    page = words_of(pauline.get(MINE))
    assert "1 milestone that was due, 1 to answer" in page
    assert "0 of 1 action answered. 2 gaps are left" in page
    pauline.post(ONE, said(
        scene, slip_reason="The trainer was ill.", **typed("proposed_due", date(2026, 6, 1)),
        **typed("m1_reached", date(2026, 1, 9)), m1_version="0", m1_note="",
    ))  # fmt: skip
    update, milestone = Update.objects.get(), MilestoneUpdate.objects.get()
    assert (update.progress, update.slip_reason, update.proposed_due) == (
        WORDS, "The trainer was ill.", date(2026, 6, 1),
    )  # fmt: skip
    assert milestone.reached == date(2026, 1, 9)
    page = words_of(pauline.get(MINE))
    assert "reached on 9 January 2026" in page
    assert "Another day proposed: 1 June 2026" in page
    assert "1 of 1 action answered" in page


def test_what_is_wrong_is_said_at_its_field_and_every_word_stays(scene, mine, browser):
    step(scene, scene.police_action)
    pauline = browser(scene.cast.pauline)
    answer = pauline.post(ONE, said(
        scene, slip_reason="The trainer was ill.", **typed("m1_due", date(2026, 2, 20)), m1_version="0", m1_note="",
        **typed("m1_reached", date(2026, 5, 1)),
    ))  # fmt: skip
    assert answer.status_code == 400
    page = words_of(answer)
    for sentence in (
        "Propose the day by which it will be done", "has not come yet", "not both", "Say why its day moves",
    ):  # fmt: skip
        assert sentence in page, sentence
    for words in (WORDS, "The trainer was ill."):
        assert words in unescape(answer.content.decode())
    assert not Update.objects.exists()
    assert not MilestoneUpdate.objects.exists()
    links = re.findall(r'<li><a href="#([^"]+)">', answer.content.decode())
    assert all(f'id="{each}"' in answer.content.decode() for each in links)


def test_one_click_is_offered_only_where_it_answers_everything(scene, mine, browser):
    pauline = browser(scene.cast.pauline)
    assert "On track, nothing to add" in words_of(pauline.get(MINE))
    pauline.post(ONE, form_of(scene.cast.pauline, version="0", verb="on_track"))
    assert actions.gaps_of(mine) == []
    late_action(scene)
    page = words_of(pauline.get(MINE)).replace("On track, nothing to add.", "")
    assert "On track, nothing to add" not in page
    assert "Its day has gone: why, and by when instead?" in page


def test_a_contributor_finds_its_part_and_is_asked_for_no_day(scene, mine, browser):
    contributors.add_contributor(
        by=scene.cast.bea, act=scene.hospital_action, part="Send a constable", agency=scene.cast.police, now=scene.now()
    )
    pauline = browser(scene.cast.pauline)
    page = words_of(pauline.get(MINE))
    assert "Your part: Send a constable" in page
    assert "Where does your part stand?" in page
    pauline.post(f"{MINE}actions/ACT-002/", said(scene, form="ACT-002", slip_reason="x", self_rating="on_track"))
    assert Update.objects.get().action == scene.hospital_action
    assert Update.objects.get().slip_reason == ""
    assert browser(scene.cast.hana).get(f"{MINE}actions/ACT-001/").status_code in {302, 404}


def test_an_audits_outcome_is_reported_on_the_page(scene, mine, browser):
    audit(scene)
    pauline = browser(scene.cast.pauline)
    assert "0 of 1 activity answered" in words_of(pauline.get(MINE))
    fields = {"form": "ASR-01", "version": "0", "result": "supports", "found": "", "progress": ""}
    answer = pauline.post(f"{MINE}outcomes/ASR-01/", form_of(scene.cast.pauline, **fields))
    assert answer.status_code == 400
    assert "Give the day on which it was done" in words_of(answer)
    pauline.post(
        f"{MINE}outcomes/ASR-01/",
        form_of(scene.cast.pauline, **{**fields, "found": "18 of 20."}, **typed("done_on", date(2026, 1, 9))),
    )
    assert AssuranceOutcome.objects.get().result == "supports"
    assert "1 of 1 activity answered" in words_of(pauline.get(MINE))
    assert pauline.post(
        f"{MINE}outcomes/ASR-99/", form_of(scene.cast.pauline, **fields)
    ).status_code == 404  # fmt: skip


def test_whoever_saves_second_sees_both_versions_of_an_outcome_and_of_a_milestone(scene, mine, browser):
    milestone, activity = step(scene, scene.police_action), audit(scene)
    pauline = browser(scene.cast.pauline)
    told = {"by": scene.cast.olu, "return_": mine}
    actions.report_outcome(
        activity=activity, done_on=None, result="", found="", progress="Olu’s words.", now=scene.now(), **told
    )
    answer = pauline.post(f"{MINE}outcomes/ASR-01/", form_of(
        scene.cast.pauline, form="ASR-01", version="0", result="", found="", progress="Pauline’s words."
    ))  # fmt: skip
    assert answer.status_code == 409
    assert "Olu’s words." in words_of(answer)
    assert "Pauline’s words." in words_of(answer)
    actions.report_milestone(milestone=milestone, reached=date(2026, 1, 8), now=scene.now(), **told)
    answer = pauline.post(ONE, said(scene, **typed("m1_reached", date(2026, 1, 9)), m1_version="0", m1_note=""))
    assert answer.status_code == 409
    assert "8 January 2026" in words_of(answer)
    assert "9 January 2026" in words_of(answer)
    assert not Update.objects.exists()


def test_evidence_is_added_to_an_action_from_its_card_with_a_file_through_the_gate(scene, mine, browser):
    pauline = browser(scene.cast.pauline)
    where = f"{MINE}evidence/add/?action=ACT-001"
    assert f'href="{where}"' in unescape(pauline.get(MINE).content.decode())
    fields = {
        "form": "new", "body": str(scene.cast.police.pk), "title": "Attendance list", "strength": "output",
        "held_where": "", "link": "", "note": "", "detail": "",
    }  # fmt: skip
    refused = pauline.post(where, {**form_of(scene.cast.pauline, **fields), "file": sent(EICAR, "eicar.txt")})
    assert refused.status_code == 400
    assert "Attendance list" in refused.content.decode()
    assert not Evidence.objects.exists()
    added = pauline.post(where, {**form_of(scene.cast.pauline, **fields), "file": sent()})
    assert added.url == f"{MINE}#act-001"
    assert "Attendance list" in words_of(pauline.get(MINE))
    act = "/p/ashvale/plans/improvement-plan/actions/ACT-001/"
    for person in (scene.cast.bea, scene.cast.hana, scene.cast.sian):
        assert "Attendance list" not in words_of(browser(person).get(act))
        assert browser(person).get("/p/ashvale/evidence/EV-001/files/1/").status_code == 404
        assert browser(person).get(where).status_code == 404
    pauline.post(f"{MINE}evidence/EV-001/leave-out/", form_of(scene.cast.pauline))
    assert "Attendance list" not in words_of(pauline.get(MINE))
    brought = pauline.post(where, form_of(scene.cast.pauline, form="held", evidence=str(Evidence.objects.get().pk)))
    assert brought.url == f"{MINE}#act-001"
    assert "Attendance list" in words_of(pauline.get(MINE))


def test_what_is_signed_is_read_whole_with_milestones_outcomes_and_evidence(scene, mine, browser):
    milestone, activity = step(scene, scene.police_action), audit(scene)
    told = {"by": scene.cast.pauline, "return_": mine}
    rated(scene, mine, scene.police_action, slip_reason="Ill.", proposed_due=date(2026, 7, 1))
    actions.report_milestone(milestone=milestone, reached=date(2026, 1, 8), now=scene.now(), **told)
    actions.report_outcome(
        activity=activity,
        done_on=date(2026, 1, 8),
        result="does_not_support",
        found="4 of 20.",
        now=scene.now(),
        **told,
    )
    actions.hold_evidence(title="The route itself", held_where="Room 4", now=scene.now(), **told)
    page = words_of(browser(scene.priya).get(f"{MINE}sign/"))
    for words in ("1 July 2026", "reached on 8 January 2026", "Does not support", "4 of 20.", "The route itself"):
        assert words in page, words


def test_a_return_of_many_asks_no_more_than_one_of_few(scene, mine, browser):
    pauline = browser(scene.cast.pauline)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            assert pauline.get(MINE).status_code == 200
        return len(found)

    def more() -> None:
        act = late_action(scene)
        step(scene, act)
        audit(scene)
        rated(scene, mine, act, slip_reason="Ill.", proposed_due=date(2026, 7, 1))
        actions.hold_evidence(
            by=scene.cast.pauline, return_=mine, act=act, title="List", held_where="Room", now=scene.now()
        )

    more()
    asked()
    few = asked()
    for _ in range(4):
        more()
    assert asked() == few


def test_a_quarter_is_put_right_and_taken_back_from_its_page(scene, browser):
    period = scene.open_period()
    where, bea = "/p/ashvale/returns/quarter-1/", browser(scene.cast.bea)
    assert f'href="{where}change/"' in bea.get(where).content.decode()
    assert f'href="{where}change/"' not in browser(scene.cast.hana).get(where).content.decode()
    assert browser(scene.cast.hana).get(f"{where}change/").status_code == 404
    assert browser(scene.cast.hana).get(f"{where}withdraw/").status_code == 404
    days = {
        **typed("opens", date(2026, 1, 5)), **typed("data_to", date(2026, 3, 31)), **typed("due", date(2026, 4, 21)),
    }  # fmt: skip
    refused = bea.post(f"{where}change/", form_of(scene.cast.bea, label="Spring", reason="", version="1", **days))
    assert refused.status_code == 400
    bea.post(f"{where}change/", form_of(scene.cast.bea, label="Spring", reason="Easter came.", version="1", **days))
    page = words_of(browser(scene.cast.hana).get(where))
    assert "Easter came." in page
    assert "21 April 2026" in page
    second = bea.post(f"{where}change/", form_of(scene.cast.bea, label="May", reason="Me too.", version="1", **days))
    assert second.status_code == 409
    assert "Me too." in second.content.decode()
    rated(scene, scene.return_of(period, "police"), scene.police_action)
    stays = bea.get(f"{where}withdraw/", follow=True)
    assert "Something has been reported for Spring, so it stays" in words_of(stays)


def test_whoever_sent_a_return_back_finds_the_reason_on_its_page_and_other_bodies_do_not(scene, browser):
    quarter = scene.open_period()
    scene.send_back(scene.police_return_to("submitted", quarter), "Say who was briefed.")
    where = "/p/ashvale/returns/quarter-1/police/"
    for person in (scene.cast.bea, scene.cast.esther, scene.cast.pauline):
        assert "Say who was briefed." in browser(person).get(where).content.decode(), person.name
    assert "Say who was briefed." not in browser(scene.cast.hana).get(where).content.decode()


def test_a_quarter_that_was_taken_back_leaves_the_list(scene, browser):
    scene.open_period()
    where, bea = "/p/ashvale/returns/quarter-1/", browser(scene.cast.bea)
    assert "None of the 4 returns is asked for any more" in words_of(bea.get(f"{where}withdraw/"))
    done = bea.post(f"{where}withdraw/", form_of(scene.cast.bea, version="1", reason="Wrong year."))
    assert done.url == "/p/ashvale/returns/"
    assert bea.get(where).status_code == bea.get(MINE).status_code == 404
