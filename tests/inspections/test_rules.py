"""References, the clock's cross-check, and whether words stand on a page."""

from datetime import date

import pytest

from throughline.inspections import rules
from throughline.inspections.frameworks import FINDING_KINDS, JTAI
from throughline.methods.calendars import bank_holidays

HOLIDAYS = bank_holidays()


def test_the_next_reference_follows_the_highest_ever_given():
    assert rules.next_reference(FINDING_KINDS["improvement"], ["AFI-1", "AFI-9", "AFI-10", "APA-40"]) == "AFI-11"
    assert rules.next_reference(FINDING_KINDS["priority_action"], []) == "APA-1"


def test_findings_stand_in_the_letters_order_and_two_comes_before_ten():
    kind = FINDING_KINDS["improvement"]
    places = [rules.place_of(each, kind) for each in ("AFI-2", "AFI-10")]
    assert places == sorted(places)
    assert rules.place_of("APA-99", FINDING_KINDS["priority_action"]) < places[0]


@pytest.mark.parametrize(
    ("title", "taken", "expected"),
    [
        ("JTAI 2018", set(), "jtai-2018"),
        ("JTAI 2018", {"jtai-2018", "jtai-2018-2"}, "jtai-2018-3"),
        ("New", set(), "new-2"),  # 'new' is the address of the form
        ("Évaluation: enfants", set(), "evaluation-enfants"),
        ("宿題", set(), "inspection"),
    ],
)
def test_a_short_name_is_made_from_a_title_and_never_taken_twice(title, taken, expected):
    assert rules.reference_from(title, taken) == expected


def test_seventy_working_days_from_durhams_letter_raise_no_doubt():
    assert rules.doubts_about_due(JTAI, date(2018, 8, 24), date(2018, 12, 3), HOLIDAYS) == []


@pytest.mark.parametrize(
    ("printed", "says"),
    [
        (date(2018, 12, 4), "70 working days from 24 August 2018 end on 3 December 2018. The printed date stands"),
        (date(2018, 8, 18), "before the letter was received"),
        (date(2018, 12, 1), "is not a working day"),
        (None, "prints no due date"),
    ],
)
def test_an_odd_due_date_is_warned_about(printed, says):
    assert says in " ".join(rules.doubts_about_due(JTAI, date(2018, 8, 24), printed, HOLIDAYS))


@pytest.mark.parametrize(
    ("words", "page", "stands"),
    [
        ("multi-agency work is late", "multi-\nagency   work\nis late.", True),
        ("• Meetings are late", "\uf06e Meetings are\nlate", True),
        ("Meetings are never late", "Meetings are late", False),
    ],
)
def test_words_stand_on_a_page_however_its_lines_are_broken(words, page, stands):
    assert rules.stands_on_page(words, page) is stands
