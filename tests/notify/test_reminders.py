"""Reminders: once for each person, thing and planned day, in one message a day, and none missed."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast
from throughline.history.moments import LONDON
from throughline.notify import dated, reminders
from throughline.notify.dated import DatedKind, DueItem
from throughline.notify.models import Message, Reminder

DUE = date(2026, 2, 13)


@pytest.fixture
def returns(cast: Cast):
    """A dated kind with what the test puts into it."""
    items: list[DueItem] = []
    dated.register(DatedKind("test due", "Return due", lambda on: list(items)))
    yield items
    dated.unregister("test due")


def owed(cast: Cast, key: str = "police-q4", due: date = DUE, *people) -> DueItem:
    return DueItem(
        key, cast.ashvale.pk, tuple(person.pk for person in people or (cast.pauline,)), due,
        "The return of the police for Q4 2025/26 is due", "/p/ashvale/returns/q4/police/",
    )  # fmt: skip


def each_day(first: date, last: date) -> dict[date, list[Message]]:
    """The messages that the worker, having several turns a day, writes on each day."""
    found = {}
    day = first
    while day <= last:
        before = set(Message.objects.values_list("pk", flat=True))
        for hour in (0, 9, 23):
            reminders.remind(datetime(day.year, day.month, day.day, hour, 30, tzinfo=LONDON))
        found[day] = list(Message.objects.exclude(pk__in=before))
        day += timedelta(days=1)
    return {day: messages for day, messages in found.items() if messages}


def test_somebody_is_reminded_14_and_3_days_before_on_the_day_and_weekly_after(cast: Cast, returns) -> None:
    returns.append(owed(cast))
    days = each_day(date(2026, 1, 20), date(2026, 3, 1))
    assert list(days) == [DUE - timedelta(14), DUE - timedelta(3), DUE, DUE + timedelta(7), DUE + timedelta(14)]
    texts = [messages[0].body.splitlines()[0] for messages in days.values()]
    assert texts[0] == "The return of the police for Q4 2025/26 is due on 13 February 2026, in 14 days."
    assert texts[2] == "The return of the police for Q4 2025/26 is due today."
    assert texts[3] == "The return of the police for Q4 2025/26 is due on 13 February 2026: it is 7 days overdue."


def test_what_was_done_is_not_reminded_of(cast: Cast, returns) -> None:
    returns.append(owed(cast))
    each_day(DUE - timedelta(14), DUE - timedelta(10))
    returns.clear()
    assert each_day(DUE - timedelta(9), DUE + timedelta(30)) == {}


def test_everything_for_one_person_on_one_day_is_one_message(cast: Cast, returns) -> None:
    returns.extend([owed(cast, "a"), owed(cast, "b", DUE), owed(cast, "c", DUE, cast.hana)])
    (messages,) = each_day(DUE, DUE).values()
    assert sorted(message.to for message in messages) == ["hana@example.org", "pauline@example.org"]
    paulines = next(message for message in messages if message.to.startswith("pauline"))
    assert paulines.body.count("is due today") == 2
    assert paulines.subject == "OFFICIAL-SENSITIVE: Reminder of 2 things that you are asked for"


def test_a_worker_that_was_stopped_on_the_day_catches_up_once(cast: Cast, returns) -> None:
    returns.append(owed(cast))
    days = each_day(DUE - timedelta(2), DUE - timedelta(1))
    assert list(days) == [DUE - timedelta(2)]
    assert Reminder.objects.get().for_day == DUE - timedelta(3)


def test_a_thing_that_comes_after_todays_message_is_told_tomorrow_and_not_lost(cast: Cast, returns) -> None:
    returns.append(owed(cast, "a"))
    each_day(DUE, DUE)
    returns.append(owed(cast, "b"))
    assert each_day(DUE, DUE) == {}
    (messages,) = each_day(DUE + timedelta(1), DUE + timedelta(1)).values()
    assert "1 day overdue" in messages[0].body


def test_a_clock_that_jumps_back_sends_nothing_twice(cast: Cast, returns) -> None:
    returns.append(owed(cast))
    each_day(DUE, DUE)
    reminders.remind(datetime(2026, 2, 12, 23, 30, tzinfo=UTC))
    each_day(DUE, DUE)
    assert Reminder.objects.filter(for_day=DUE).count() == 1


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_change_of_the_clocks_costs_no_reminder(cast: Cast, returns, change: date) -> None:
    returns.append(owed(cast, "x", change))
    days = each_day(change - timedelta(15), change)
    assert list(days) == [change - timedelta(14), change - timedelta(3), change]


def test_people_without_a_login_or_address_and_partnerships_with_their_own_day_get_none(cast: Cast, returns) -> None:
    from throughline.partners.models import Partnership, Person

    returns.append(owed(cast, "a", DUE, cast.pauline, cast.hana))
    Person.objects.filter(pk=cast.hana.pk).update(is_active=False)
    (messages,) = each_day(DUE, DUE).values()
    assert [message.to for message in messages] == ["pauline@example.org"]
    Partnership.objects.filter(pk=cast.ashvale.pk).update(illustrative=True, shown_today=DUE)
    returns.append(owed(cast, "b", DUE + timedelta(1)))
    assert each_day(DUE + timedelta(1), DUE + timedelta(1)) == {}


def test_a_message_names_no_person(cast: Cast, returns) -> None:
    returns.append(owed(cast))
    each_day(DUE, DUE)
    message = Message.objects.get()
    assert not [name for name in cast.people.values() if name.name in message.body + message.subject]
