"""The printed deadline beside the computed one: real letters, every doubt, and only explanations that are true."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.methods.calendars import bank_holidays, is_working_day, working_days_after
from throughline.methods.clocks import Clock, Start, Unit
from throughline.methods.deadlines import (
    EXPLANATIONS,
    LAST_RESORTS,
    Facts,
    Rules,
    explanations,
    printed_day,
    reckon,
    working_days_left,
)

HOLIDAYS = bank_holidays()
SEVENTY = Clock(70, Unit.WORKING_DAYS, Start.RECEIVED)

# Dates that joint targeted area inspection letters print: published by Ofsted on the first day, statement due by the
# words that follow. `says` is what has to be among the warnings; None is for letters about which nothing is odd.
LETTERS = [
    ("Durham 2018", "2018-08-24", "3 December 2018", None),
    ("Greenwich 2018", "2018-05-09", "16 August 2018", None),
    ("Islington 2019", "2019-01-29", "10 May 2019", None),
    ("York 2018", "2018-11-09", "20 February 2019", None),
    ("Leeds 2024", "2024-05-16", "23 August 2024", None),
    ("Merton 2024", "2024-02-12", "23 May 2024", None),
    ("Bromley 2025", "2025-03-13", "25 June 2025", None),
    ("Croydon 2016", "2016-06-29", "6 October 2016", None),
    ("Northumberland 2019", "2019-08-02", "11 November 2019", None),
    ("Portsmouth 2020", "2020-01-31", "13 May 2020", None),
    ("Windsor and Maidenhead 2022", "2022-07-04", "12 September 2022", "is exactly 70 calendar days, not working days"),
    ("Southend-on-Sea 2018", "2018-05-09", "18 August 2018", "18 August 2018 is not a working day: it is a Saturday"),
    ("Walsall 2023", "2023-01-06", "Friday 18 April 2023", "18 April 2023 is a Tuesday, not a Friday"),
    ("Liverpool 2016", "2016-08-02", "8 November 2016", "if the bank holiday of 29 August 2016 had been counted"),
    ("Barnsley 2022", "2022-07-18", "Tuesday 25 October 2022", "29 August 2022 or 19 September 2022 had been counted"),
    ("Solihull 2022", "2022-02-21", "30 May 2022", "if the 3 bank holidays in between had been counted"),
    ("Torbay 2024", "2024-01-30", "9 May 2024", "if 30 January 2024 itself had been counted as day 1"),
    ("Bedford 2023", "2023-03-31", "6 July 2023", "6 working days earlier. It is exactly 70 working days from 23"),
]  # fmt: skip


@pytest.mark.parametrize(("letter", "published", "words", "says"), LETTERS, ids=[each[0] for each in LETTERS])
def test_what_real_letters_print_is_as_it_should_be_or_is_warned_about_with_the_reason(letter, published, words, says):
    on, printed = date.fromisoformat(published), printed_day(words)
    found = reckon(Facts(SEVENTY, on, on, printed.day, words), HOLIDAYS)
    assert found.rules == Rules.PRINTED
    assert found.day == printed.day, "the printed date rules, whatever is odd about it"
    if says is None:
        assert found.warnings == ()
        assert found.due == printed.day
    else:
        assert says in " ".join(found.warnings)


def test_a_letter_that_came_before_it_was_published_is_counted_from_the_day_it_came():
    came, published, printed = date(2017, 8, 7), date(2017, 8, 10), date(2017, 11, 14)  # Peterborough's dates
    assert reckon(Facts(SEVENTY, came, published, printed), HOLIDAYS).warnings == ()
    late = reckon(Facts(SEVENTY, published, came, printed), HOLIDAYS).warnings
    assert "3 working days earlier. It is exactly 70 working days from publication on 7 August 2017" in late[0]


def test_without_a_printed_date_the_computed_one_counts_and_nothing_is_compared():
    found = reckon(Facts(SEVENTY, date(2018, 8, 24)), HOLIDAYS)
    assert (found.rules, found.day, found.warnings) == (Rules.COMPUTED, date(2018, 12, 3), ())


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 12, 4)), "it is 1 working day later"),
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 12, 4)), "if the day after 24 August 2018 had not been"),
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 8, 20)), "before the letter was received, on 24 August"),
        (Facts(SEVENTY, date(2018, 8, 1), date(2018, 9, 3), date(2018, 8, 20)), "before the letter was published"),
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 12, 25)), "it is a bank holiday. Plan to submit on the"),
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 12, 25)), "Monday 24 December 2018"),
        (Facts(SEVENTY, date(2018, 8, 24), None, date(2018, 12, 3), "3 December 2019"), "entered as 3 December 2018"),
        (Facts(SEVENTY, date(2040, 1, 10), None, None), "Bank holidays are known"),
        (Facts(SEVENTY, None, date(2018, 8, 24)), "that day is not known: it is counted from publication"),
        (Facts(Clock(56, Unit.CALENDAR_DAYS, Start.PUBLISHED), date(2018, 8, 24)), "counted from receipt"),
        (Facts(Clock(9, Unit.CALENDAR_DAYS, Start.RECEIVED), date(2018, 8, 24)), "The computed day, 2 September 2018,"),
        (
            Facts(Clock(28, Unit.CALENDAR_DAYS, Start.RECEIVED), date(2018, 8, 24), None, date(2018, 10, 4)),
            "is exactly 28 working days, not calendar days",
        ),
    ],
)  # fmt: skip
def test_what_is_odd_is_said(facts, says):
    assert says in " ".join(reckon(facts, HOLIDAYS).warnings)


def test_a_difference_that_nothing_explains_says_what_to_check_and_invents_nothing():
    odd = Facts(SEVENTY, date(2018, 8, 24), None, date(2019, 2, 13))
    assert explanations(odd, HOLIDAYS) == ()
    assert "Check the day on which the letter was received." in reckon(odd, HOLIDAYS).warnings[0]


@pytest.mark.parametrize("candidate", [*EXPLANATIONS, *LAST_RESORTS], ids=lambda each: each.__name__.strip("_"))
def test_every_explanation_holds_for_some_date_and_is_silent_when_its_own_count_is_a_day_off(candidate):
    seen, start = 0, date(2022, 2, 21)
    for clock in (SEVENTY, Clock(28, Unit.CALENDAR_DAYS, Start.RECEIVED)):
        for other in (None, date(2022, 2, 18)):
            for ahead in range(20, 130):
                facts = Facts(clock, start, other, start + timedelta(days=ahead))
                if facts.printed == clock.ends_on(start, HOLIDAYS):
                    continue
                seen += any(candidate.__name__ == each.__name__ for each in _true(facts))
    assert seen, "no date is explained by it"
    assert seen < 60, "it explains whatever it is asked about"


def _true(facts):
    from throughline.methods.deadlines import _Case

    case = _Case(facts.clock, facts.start, facts.printed, facts.received, facts.published, HOLIDAYS)
    return [each for each in (*EXPLANATIONS, *LAST_RESORTS) if each(case) is not None]


@given(st.dates(date(2011, 1, 1), date(2034, 1, 1)), st.integers(1, 90))
def test_a_clock_that_agrees_is_never_doubted_and_one_day_more_always_is(start, length):
    clock = Clock(length, Unit.WORKING_DAYS, Start.RECEIVED)
    due = working_days_after(start, length, HOLIDAYS)
    assert reckon(Facts(clock, start, None, due), HOLIDAYS).warnings == ()
    assert reckon(Facts(clock, start, None, due + timedelta(days=1)), HOLIDAYS).warnings
    assert is_working_day(due, HOLIDAYS)


@pytest.mark.parametrize(
    ("text", "day", "weekday"),
    [
        ("Friday 18 April 2023", date(2023, 4, 18), "Friday"),
        ("2023-04-18", date(2023, 4, 18), ""),
        ("12 November 18", date(2018, 11, 12), ""),
        ("by 30 March 2020.This", date(2020, 3, 30), ""),
    ],
)
def test_a_printed_day_is_read_as_letters_print_it(text, day, weekday):
    found = printed_day(text)
    assert (found.day, found.weekday) == (day, weekday)


@pytest.mark.parametrize("text", ["", "soon", "31 April 2023", "within 70 working days"])
def test_what_prints_no_day_is_none(text):
    assert printed_day(text) is None


@pytest.mark.parametrize(
    ("on", "left"),
    [(date(2018, 11, 30), 1), (date(2018, 12, 3), 0), (date(2018, 12, 4), -1), (date(2018, 12, 10), -5)],
)
def test_the_working_days_that_are_left(on, left):
    assert working_days_left(date(2018, 12, 3), on, HOLIDAYS) == left
