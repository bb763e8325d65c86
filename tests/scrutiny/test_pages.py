"""The pages of decisions, as a browser without scripts sees them."""

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
from throughline.history.moments import day_of
from throughline.scrutiny import decisions, offers
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OUTCOMES, Outcome
from throughline.ui.scales import mark_of

from .conftest import MINUTED, TEXT

PLAN = "/p/ashvale/plans/improvement-plan/"
ALL = f"{PLAN}decisions/"
ONE = f"{ALL}DEC-01/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def answered(scene, **changes):
    words = {"outcome": "agreed", "answer": MINUTED, "version": "1", **typed("on", date(2026, 1, 12))}
    return form_of(scene.cast.esther, **{**words, **changes})


def test_every_outcome_has_its_mark_with_the_same_words():
    for each in Outcome:
        assert mark_of("decision", each.value).words == OUTCOMES[each].printed


def test_a_decision_is_sought_from_the_page_of_the_action_it_is_about(scene, browser):
    pauline = browser(scene.cast.pauline)
    page = pauline.get(f"{PLAN}actions/ACT-001/").content.decode()
    where = f"{ALL}seek/?action=ACT-001"
    assert f'href="{where}"' in page
    form = pauline.get(where).content.decode()
    assert re.search(rf'<option value="{scene.police_action.pk}" selected', form)
    assert 'name="body"' not in form, "she seeks it for the police and nobody else"
    words = {"text": TEXT, "why": "The grant ends.", "action": str(scene.police_action.pk)}
    made = pauline.post(where, form_of(scene.cast.pauline, **words, **typed("on", date(2026, 1, 12))))
    assert made.url == ONE
    assert Decision.objects.get().agency == scene.cast.police
    hana = browser(scene.cast.hana)
    for place in (f"{PLAN}actions/ACT-001/", ALL, ONE):
        assert TEXT in words_of(hana.get(place)), place


def test_a_keeper_says_for_whom_and_half_a_decision_keeps_its_words(scene, browser):
    bea = browser(scene.cast.bea)
    words = {"text": "", "why": "The grant ends.", "body": str(scene.cast.strategy_group.pk), "action": ""}
    half = bea.post(f"{ALL}seek/", form_of(scene.cast.bea, **words, **typed("on", date(2026, 5, 1))))
    assert half.status_code == 400
    assert "The grant ends." in half.content.decode()
    assert "1 May 2026 has not come yet" in words_of(half)
    made = bea.post(f"{ALL}seek/", form_of(scene.cast.bea, **{**words, "text": TEXT}, **typed("on", date(2026, 1, 12))))
    assert made.url == ONE
    assert Decision.objects.get().group == scene.cast.strategy_group


def test_the_chair_finds_what_waits_answers_it_and_everybody_reads_the_answer(scene, decision, browser):
    esther, hana = browser(scene.cast.esther), browser(scene.cast.hana)
    assert "1 decision is sought from you." in words_of(esther.get("/p/ashvale/"))
    assert "sought from you" not in words_of(hana.get("/p/ashvale/"))
    assert "Decide on DEC-01" in words_of(esther.get("/"))
    assert "DEC-01" not in words_of(hana.get("/"))
    assert f'href="{ONE}answer/"' in esther.get(ONE).content.decode()
    early = esther.post(f"{ONE}answer/", answered(scene, **typed("on", date(2026, 1, 9))))
    assert "before 10 January 2026, when it was sought" in words_of(early)
    assert MINUTED in early.content.decode()
    assert esther.post(f"{ONE}answer/", answered(scene)).url == ONE
    page = words_of(hana.get(ONE))
    assert MINUTED in page
    assert "Agreed on 12 January 2026" in page
    assert "sought from you" not in words_of(esther.get("/p/ashvale/"))
    assert "Decide on DEC-01" not in words_of(esther.get("/"))


def test_what_is_put_off_still_waits_and_is_answered_later(scene, decision, browser):
    esther = browser(scene.cast.esther)
    answer = esther.post(f"{ONE}answer/", answered(scene, outcome="deferred", answer="Until March."), follow=True)
    assert "It stays open and can be answered later." in words_of(answer)
    assert "DEC-01" in words_of(esther.get(f"{ALL}?stands=waiting"))
    assert "1 decision is sought from you." in words_of(esther.get("/p/ashvale/"))
    assert esther.post(f"{ONE}answer/", answered(scene, version="2")).url == ONE
    assert "DEC-01" in words_of(esther.get(f"{ALL}?stands=answered"))
    assert "DEC-01" not in words_of(esther.get(f"{ALL}?stands=waiting"))


def test_an_answer_is_put_right_only_with_a_reason(scene, decision, browser):
    esther = browser(scene.cast.esther)
    assert 'name="reason"' not in esther.get(f"{ONE}answer/").content.decode()
    esther.post(f"{ONE}answer/", answered(scene))
    assert MINUTED in esther.get(f"{ONE}answer/").content.decode(), "it begins with what stands"
    bare = esther.post(f"{ONE}answer/", answered(scene, version="2", outcome="not_agreed"))
    assert "Say why the answer is put right" in words_of(bare)
    whole = answered(scene, version="2", outcome="not_agreed", reason="The minutes say so.")
    assert esther.post(f"{ONE}answer/", whole).url == ONE
    assert "The minutes say so." in words_of(esther.get(ONE))


def test_whoever_answers_second_keeps_their_words(scene, decision, browser):
    bea = browser(scene.cast.bea)
    browser(scene.cast.esther).post(f"{ONE}answer/", answered(scene, outcome="deferred", answer="Until March."))
    mine = form_of(
        scene.cast.bea, outcome="agreed", answer="My minutes.", version="1", **typed("on", date(2026, 1, 12))
    )
    page = bea.post(f"{ONE}answer/", mine)
    assert "My minutes." in page.content.decode()
    assert "Until March." in page.content.decode()


def test_it_is_changed_while_sought_and_withdrawn_by_its_body(scene, decision, browser):
    pauline = browser(scene.cast.pauline)
    words = {"text": "That the desk stays open.", "why": "", "action": "", "version": "1"}
    assert pauline.post(f"{ONE}change/", form_of(scene.cast.pauline, **words)).url == ONE
    assert "That the desk stays open." in words_of(pauline.get(ONE))
    gone = pauline.post(f"{ONE}withdraw/", form_of(scene.cast.pauline, reason="Funded elsewhere.", version="2"))
    assert gone.url == ALL
    assert "No decision has been sought" in words_of(pauline.get(ALL))
    assert pauline.get(ONE).status_code == 404


def test_what_has_its_answer_is_neither_changed_nor_withdrawn(scene, decision, browser):
    browser(scene.cast.esther).post(f"{ONE}answer/", answered(scene))
    pauline = browser(scene.cast.pauline)
    for name in ("change/", "withdraw/"):
        assert pauline.get(f"{ONE}{name}").url == ONE
        assert f'href="{ONE}{name}"' not in pauline.get(ONE).content.decode()


def test_each_page_opens_for_those_who_may_and_is_missing_for_others(scene, decision, browser):
    seekers = {"bea", "esther", "sian", "quin", "pauline", "hana", "dev", "connie", "gil"}
    for name, person in scene.cast.people.items():
        client = browser(person)
        expected = {
            ALL: name not in {"otto", "rita", "ada", "nobody"}, ONE: name not in {"otto", "rita", "ada", "nobody"},
            f"{ALL}seek/": name in seekers, f"{ONE}answer/": name in {"bea", "esther"},
            f"{ONE}change/": name in {"bea", "pauline"}, f"{ONE}withdraw/": name in {"bea", "pauline"},
        }  # fmt: skip
        for path, may in expected.items():
            assert client.get(path).status_code == (200 if may else 404), (name, path)


def test_a_keeper_is_reminded_after_the_meeting_that_has_no_answer(scene, browser):
    on = day_of(NOW + timedelta(days=1))
    quarter = scene.open_period(meeting=date(2026, 5, 5))
    decisions.seek(by=scene.cast.bea, plan=scene.plan, text=TEXT, period=quarter, now=scene.now())
    assert list(offers.my_work(scene.cast.bea, on)) == []
    later = offers.my_work(scene.cast.bea, date(2026, 5, 6))
    assert [each.sentence[:44] for each in later] == ["Record what the meeting answered to DEC-01: "]


def test_lists_are_filtered_and_exported_and_ask_no_more_for_more(scene, decision, browser):
    hana = browser(scene.cast.hana)
    hana.get(ALL)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert hana.get(ALL).status_code == 200
        return len(queries)

    few = asked()
    for number in range(9):
        decisions.seek(by=scene.cast.bea, plan=scene.plan, text=f"Another {number}.", now=scene.now())
    assert asked() == few
    by_police = words_of(hana.get(f"{ALL}?body=Vale+Police"))
    assert "DEC-01" in by_police
    assert "DEC-02" not in by_police
    about_none = words_of(hana.get(f"{ALL}?action=none"))
    assert "DEC-02" in about_none
    assert "DEC-01" not in about_none
    csv = b"".join(hana.get(f"{ALL}?export=csv&action=ACT-001").streaming_content).decode()
    assert TEXT in csv
    assert "Another" not in csv
    assert hana.get("/p/ashvale/decisions/").url == ALL
