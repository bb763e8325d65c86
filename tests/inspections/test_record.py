"""An inspection's record: its facts, and what became of the draft letter."""

from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from tests.inspections.conftest import form_of, letter, typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import browser
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.inspections import record_rules, recording
from throughline.inspections.models import Inspection
from throughline.inspections.record_rules import Accuracy
from throughline.inspections.recording import InspectionFacts
from throughline.inspections.refusals import CannotDo

__all__ = ["browser", "letter"]
LATER = NOW + timedelta(hours=1)
TODAY = date(2026, 1, 13)
P = "/p/ashvale/inspections/jtai-2025/"
DAYS = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 20))


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def facts(**changes) -> InspectionFacts:
    return InspectionFacts(**{"title": "A joint inspection", **changes})


def record_form(**changes):
    return {
        "title": "A joint inspection", "area": "Ashvale", "theme": "Neglect",
        "inspectorates": "Ofsted\n CQC \n\nOfsted",
        **typed("fieldwork_start", date(2025, 11, 17)), **typed("fieldwork_end", date(2025, 11, 21)),
        "team_size": "15", "deep_dive_cases": "7", "what_inspectors_did": "Met front-line staff.", "version": "1",
        **changes,
    }  # fmt: skip


def test_the_facts_of_an_inspection_are_written_down_and_shown(cast, browser, letter):
    bea = browser(cast.bea)
    assert bea.get(f"{P}record/").status_code == 200
    assert bea.post(f"{P}record/", form_of(cast.bea, **record_form())).url == P
    kept = Inspection.objects.get()
    assert kept.inspectorates == ["Ofsted", "CQC"]
    assert (kept.team_size, kept.deep_dive_cases, kept.area) == (15, 7, "Ashvale")
    shown = words_of(browser(cast.hana).get(P))
    assert "Ofsted and CQC" in shown
    assert "Met front-line staff." in shown
    assert "Change" not in shown


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "Enter what the inspection was about"),
        ({"team_size": "several"}, "must be a whole number"),
        ({"deep_dive_cases": "-1"}, "must be 0 or more"),
        (typed("fieldwork_end", date(2025, 11, 1)), "The last day of fieldwork is before the first"),
        ({"fieldwork_start_day": "", "fieldwork_start_month": "", "fieldwork_start_year": ""}, "Enter the first day"),
        ({"inspectorates": "x" * 101}, "too long for a name"),
    ],
)
def test_what_cannot_be_is_said_and_the_words_stay(cast, browser, letter, changes, says):
    answer = browser(cast.bea).post(f"{P}record/", form_of(cast.bea, **record_form(**changes)))
    assert answer.status_code == 400
    assert says in words_of(answer)
    assert "Met front-line staff." in answer.content.decode()
    assert Inspection.objects.get().version == 1


def test_two_people_who_write_the_record_see_both_versions(cast, browser, letter):
    bea = browser(cast.bea)
    bea.post(f"{P}record/", form_of(cast.bea, **record_form(area="Ashvale")))
    answer = bea.post(f"{P}record/", form_of(cast.bea, **record_form(area="The Vale", inspectorates="HMICFRS")))
    assert answer.status_code == 409
    shown = words_of(answer)
    assert "Ashvale" in shown
    assert "The Vale" in answer.content.decode()
    assert "[" not in re_inspectorates(answer)


def re_inspectorates(answer) -> str:
    return words_of(answer).partition("Inspectorates")[2][:80]


def test_the_draft_and_its_corrections_are_recorded_and_doubted(cast, browser, letter):
    bea = browser(cast.bea)
    assert "Nothing is recorded of the draft letter" in words_of(bea.get(P))
    sent = bea.post(
        f"{P}accuracy/",
        form_of(
            cast.bea, version="1", corrections="The name of the hub", **typed("draft_received", date(2026, 1, 2)),
            **typed("corrections_due", date(2026, 1, 8)), **typed("corrections_sent", date(2026, 1, 9)),
        ),
    )  # fmt: skip
    assert sent.url == P
    shown = words_of(browser(cast.hana).get(P))
    assert "The corrections went on 9 January 2026, after the day that they were due, 8 January 2026." in shown
    assert "The name of the hub" in shown
    assert Event.objects.filter(verb="factual accuracy recorded").count() == 1


def test_corrections_before_the_draft_are_refused_beside_their_day(cast, browser, letter):
    answer = browser(cast.bea).post(
        f"{P}accuracy/",
        form_of(
            cast.bea, version="1", **typed("draft_received", date(2026, 1, 9)),
            **typed("corrections_due", date(2026, 1, 8)), **typed("corrections_sent", date(2026, 1, 14)),
        ),
    )  # fmt: skip
    assert answer.status_code == 400
    said = words_of(answer)
    assert "The draft came on 9 January 2026. Corrections cannot be due before it" in said
    assert "14 January 2026 is still to come" in said


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "quin", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_inspection_write_its_record(cast, browser, letter, who):
    person, inspection = cast.people[who], letter.inspection
    with pytest.raises(AccessDenied):
        recording.change_record(by=person, inspection=inspection, expected_version=1, facts=facts(), now=LATER)
    with pytest.raises(AccessDenied):
        recording.record_accuracy(
            by=person, inspection=inspection, expected_version=1, stage=Accuracy(), today=TODAY, now=LATER
        )
    assert browser(person).get(f"{P}record/").status_code == 404
    assert browser(person).get(f"{P}accuracy/").status_code == 404


def test_the_verbs_keep_the_rules_without_their_forms(cast, letter):
    inspection = letter.inspection
    with pytest.raises(CannotDo):
        recording.change_record(
            by=cast.bea, inspection=inspection, expected_version=1, now=LATER,
            facts=facts(fieldwork_start=date(2025, 11, 17), fieldwork_end=date(2025, 11, 1)),
        )  # fmt: skip
    with pytest.raises(CannotDo):
        recording.record_accuracy(
            by=cast.bea, inspection=inspection, expected_version=1, today=TODAY, now=LATER,
            stage=Accuracy(corrections_sent=date(2026, 1, 2)),
        )  # fmt: skip
    recording.change_record(by=cast.bea, inspection=inspection, expected_version=1, facts=facts(), now=LATER)
    with pytest.raises(Conflict):
        recording.record_accuracy(
            by=cast.bea, inspection=inspection, expected_version=1, stage=Accuracy(), today=TODAY, now=LATER
        )


@given(DAYS, DAYS, DAYS)
def test_days_of_the_draft_are_right_exactly_when_they_are_in_order(draft, due, sent):
    wrong = record_rules.wrong_accuracy(Accuracy(draft, due, sent), TODAY)
    in_order = (
        (draft is None or draft <= TODAY)
        and (sent is None or sent <= TODAY)
        and (draft is not None or (due is None and sent is None))
        and (draft is None or due is None or due >= draft)
        and (draft is None or sent is None or sent >= draft)
    )
    assert (not wrong) == in_order


@given(DAYS, DAYS, DAYS, DAYS, st.sampled_from(["", "A name"]))
def test_doubts_are_sentences_for_whatever_days(draft, due, sent, published, words):
    for each in record_rules.doubts_about_accuracy(Accuracy(draft, due, sent, words), published):
        assert each.endswith(".")


def test_a_letter_published_before_its_draft_was_corrected_is_doubted():
    stage = Accuracy(date(2026, 1, 2), date(2026, 1, 8), date(2026, 1, 7), "Nothing")
    assert record_rules.doubts_about_accuracy(stage, date(2026, 1, 20)) == []
    assert "check these days" in record_rules.doubts_about_accuracy(stage, date(2026, 1, 7))[0]
