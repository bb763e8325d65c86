"""Working days, clear days and quarters against letters, calendars and the law's own words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.methods.calendars import (
    Quarter,
    bank_holidays,
    clear_days_before,
    clear_days_between,
    holiday_warning,
    holidays_from,
    holidays_through,
    is_working_day,
    quarters,
    working_days_after,
    working_days_before,
    working_days_between,
)

HOLIDAYS = bank_holidays()
DAYS = st.dates(date(2010, 6, 1), date(2034, 6, 1))


def test_the_durham_letters_deadline_is_seventy_working_days_after_it():
    assert working_days_after(date(2018, 8, 24), 70, HOLIDAYS) == date(2018, 12, 3)
    assert working_days_between(date(2018, 8, 24), date(2018, 12, 3), HOLIDAYS) == 70


def test_the_holidays_are_those_of_the_package_that_they_name():
    country_holidays = pytest.importorskip("holidays").country_holidays
    years = range(holidays_from().year, holidays_through().year + 1)
    source = country_holidays("GB", subdiv="ENG", years=years, observed=True)
    assert {day for day in source if day.weekday() < 5} == HOLIDAYS


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2020, 5, 4), True),  # the first Monday in May, moved
        (date(2020, 5, 8), False),  # to VE day's seventy-fifth anniversary
        (date(2022, 5, 30), True),  # the spring holiday, moved
        (date(2022, 6, 2), False),  # to stand beside the Platinum Jubilee
        (date(2022, 6, 3), False),
        (date(2022, 9, 19), False),  # the state funeral
        (date(2023, 5, 1), False),
        (date(2023, 5, 8), False),  # the coronation
        (date(2012, 6, 5), False),  # the Diamond Jubilee
        (date(2011, 4, 29), False),  # the royal wedding
        (date(2021, 12, 27), False),  # Christmas Day on a Saturday
        (date(2021, 12, 28), False),
        (date(2022, 12, 27), False),  # Christmas Day on a Sunday
        (date(2022, 12, 28), True),
        (date(2018, 8, 25), False),  # a Saturday
        (date(2018, 8, 27), False),
        (date(2018, 8, 28), True),
        (date(2018, 1, 2), True),  # a holiday in Scotland only
        (date(2018, 3, 19), True),  # a holiday in Northern Ireland only
    ],
)
def test_moved_and_single_holidays_are_known(day, working):
    assert is_working_day(day, HOLIDAYS) is working


def test_the_start_is_day_nought_even_on_a_weekend():
    saturday = date(2018, 8, 25)
    assert working_days_after(saturday, 0, HOLIDAYS) == saturday
    assert working_days_after(saturday, 1, HOLIDAYS) == date(2018, 8, 28)
    assert working_days_between(saturday, date(2018, 8, 28), HOLIDAYS) == 1


@given(DAYS, st.integers(0, 120))
def test_counting_forward_and_back_agree(start, count):
    end = working_days_after(start, count, HOLIDAYS)
    assert working_days_between(start, end, HOLIDAYS) == count
    assert working_days_between(end, start, HOLIDAYS) == -count
    if count:
        assert is_working_day(end, HOLIDAYS)
        assert working_days_between(start, end - timedelta(days=1), HOLIDAYS) != count
    if is_working_day(start, HOLIDAYS):
        assert working_days_before(end, count, HOLIDAYS) == start


def test_a_negative_count_is_refused():
    for count in (working_days_after, working_days_before, clear_days_before):
        with pytest.raises(ValueError, match="-1"):
            count(date(2019, 1, 30), -1, HOLIDAYS)


def test_five_clear_days_count_neither_the_day_of_issue_nor_the_meeting():
    meeting = date(2019, 1, 30)
    assert clear_days_before(meeting, 5, HOLIDAYS) == date(2019, 1, 22)
    assert clear_days_between(date(2019, 1, 22), meeting, HOLIDAYS) == 5
    assert clear_days_between(date(2019, 1, 23), meeting, HOLIDAYS) == 4
    assert clear_days_between(date(2019, 1, 29), meeting, HOLIDAYS) == 0
    assert clear_days_between(meeting, meeting, HOLIDAYS) == 0
    assert clear_days_between(date(2019, 1, 31), meeting, HOLIDAYS) == 0


def test_bank_holidays_are_no_clear_days():
    # Thursday 2 January 2020: New Year's Day, two weekends, Boxing Day and Christmas Day lie before it.
    assert clear_days_before(date(2020, 1, 2), 5, HOLIDAYS) == date(2019, 12, 20)


@given(DAYS, st.integers(0, 20))
def test_papers_on_the_last_day_are_in_time_and_a_working_day_later_they_are_not(meeting, clear):
    issued = clear_days_before(meeting, clear, HOLIDAYS)
    assert clear_days_between(issued, meeting, HOLIDAYS) == clear
    later = working_days_after(issued, 1, HOLIDAYS)
    assert later >= meeting or clear_days_between(later, meeting, HOLIDAYS) == clear - 1


def test_a_date_past_the_known_holidays_comes_with_a_warning_and_no_error():
    assert holiday_warning(date(2018, 8, 24), date(2035, 12, 31)) is None
    warning = holiday_warning(date(2035, 11, 1), date(2036, 2, 1))
    assert warning is not None
    assert "1 January 2010 to 31 December 2035" in warning
    assert holiday_warning(date(2009, 12, 31)) == warning
    assert working_days_after(date(2040, 1, 6), 1, HOLIDAYS) == date(2040, 1, 9)


@pytest.mark.parametrize(
    ("day", "label", "start", "end"),
    [
        (date(2019, 1, 30), "Q4 2018/19", date(2019, 1, 1), date(2019, 3, 31)),
        (date(2018, 4, 1), "Q1 2018/19", date(2018, 4, 1), date(2018, 6, 30)),
        (date(2018, 12, 31), "Q3 2018/19", date(2018, 10, 1), date(2018, 12, 31)),
        (date(2000, 2, 29), "Q4 1999/00", date(2000, 1, 1), date(2000, 3, 31)),
    ],
)
def test_a_financial_quarter_is_named_by_both_years(day, label, start, end):
    quarter = Quarter.containing(day)
    assert (quarter.label, quarter.start, quarter.end) == (label, start, end)
    assert str(quarter) == label


def test_a_calendar_quarter_is_named_by_its_year():
    quarter = Quarter.containing(date(2018, 12, 3), financial=False)
    assert (quarter.label, quarter.start, quarter.end) == ("Q4 2018", date(2018, 10, 1), date(2018, 12, 31))
    assert quarter.next.label == "Q1 2019"


@given(DAYS, st.booleans())
def test_quarters_follow_each_other_without_a_gap(day, financial):
    quarter = Quarter.containing(day, financial=financial)
    assert quarter.start <= day <= quarter.end
    assert quarter.next.start == quarter.end + timedelta(days=1)
    assert quarter.next.previous == quarter
    assert quarter < quarter.next


def test_a_row_of_quarters_has_both_ends_and_one_kind_of_year():
    assert [q.label for q in quarters(Quarter(2018, 3), Quarter(2019, 1))] == ["Q3 2018/19", "Q4 2018/19", "Q1 2019/20"]
    with pytest.raises(ValueError, match="do not make one row"):
        list(quarters(Quarter(2018, 3), Quarter(2019, 1, financial=False)))
    with pytest.raises(ValueError, match="not 5"):
        Quarter(2018, 5)
