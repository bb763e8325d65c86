"""Dates, moments and numbers print one way, in words that boards read."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.template import engines

from throughline.methods import printed


def test_a_day_is_printed_in_words():
    assert printed.day(date(2018, 12, 3)) == "3 December 2018"
    assert printed.day(date(2018, 12, 3), weekday=True) == "Monday 3 December 2018"
    assert printed.short_day(date(2018, 9, 3)) == "3 Sep 2018"


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        (datetime(2018, 12, 3, 16, 5, tzinfo=UTC), "3 December 2018 at 4:05pm"),
        (datetime(2018, 7, 3, 15, 5, tzinfo=UTC), "3 July 2018 at 4:05pm"),  # summer time
        (datetime(2018, 7, 3, 23, 30, tzinfo=UTC), "4 July 2018 at 12:30am"),  # London is a day further on
        (datetime(2018, 12, 3, 9, 0, tzinfo=UTC), "3 December 2018 at 9am"),
        (datetime(2018, 12, 3, 12, 0, tzinfo=UTC), "3 December 2018 at midday"),
        (datetime(2018, 12, 3, 0, 0, tzinfo=UTC), "3 December 2018 at 12am"),
    ],
)
def test_a_moment_is_printed_as_london_has_it(instant, words):
    assert printed.moment(instant) == words


def test_a_moment_is_never_taken_for_a_day_nor_one_without_a_zone_for_a_moment():
    with pytest.raises(TypeError):
        printed.day(datetime(2018, 12, 3, tzinfo=UTC))
    with pytest.raises(ValueError, match="time zone"):
        printed.moment(datetime(2018, 12, 3))


@pytest.mark.parametrize(
    ("value", "words"),
    [(0, "0"), (1234567, "1,234,567"), (-3, "−3"), (0.5, "0.5"), (Decimal("2.50"), "2.5"), (-0.001, "0"),
     (1000.0, "1,000"), (float("nan"), "not known")],
)  # fmt: skip
def test_numbers_mark_thousands_and_have_no_empty_digits(value, words):
    assert printed.number(value) == words


def test_a_fixed_number_of_digits_is_kept():
    assert printed.number(2, 1) == "2.0"
    assert printed.number(-1.25, 1) in {"−1.2", "−1.3"}


def test_counts_agree_with_their_noun():
    assert [printed.count(n, "finding") for n in (0, 1, 42)] == ["no findings", "1 finding", "42 findings"]
    assert printed.count(2, "agency", "agencies") == "2 agencies"


def test_lists_sizes_and_lapses_read_as_sentences_do():
    assert printed.listing(["police", "health", "probation"]) == "police, health and probation"
    assert printed.listing(["police"]) == "police"
    assert printed.listing([]) == ""
    assert printed.size(1_500_000) == "1.4 MB"
    assert printed.lapse(timedelta(seconds=20)) == "less than a minute"
    assert printed.lapse(timedelta(minutes=2)) == "2 minutes"
    assert printed.lapse(timedelta(days=12, hours=3)) == "12 days"


def test_templates_have_the_filters_without_loading_them_and_print_nothing_for_nothing():
    template = engines["django"].from_string(
        "[{{ a|day }}|{{ b|moment }}|{{ c|number }}|{{ n|count:'agency,agencies' }}]"
    )
    assert template.render({"a": None, "b": None, "c": None, "n": None}) == "[|||]"
    full = {"a": date(2018, 12, 3), "b": datetime(2018, 7, 3, 15, 5, tzinfo=UTC), "c": 1204, "n": 2}
    assert template.render(full) == "[3 December 2018|3 July 2018 at 4:05pm|1,204|2 agencies]"
