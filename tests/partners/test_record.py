"""What happened: told to those who may see the thing, and taken out by two people where it must be."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.partners.conftest import form_of
from throughline.history import verify
from throughline.history.models import Event, Redaction
from throughline.partners import actions, stories
from throughline.partners.models import Group, Partnership

NAME = "Strategy group of Jamie Doe"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def named(cast) -> Group:
    """A group whose name holds words that must not be there."""
    return actions.create_group(by=cast.bea, partnership=cast.ashvale, name=NAME, short_name="Jamie", now=NOW)


def entry_about(thing) -> Event:
    return Event.objects.filter(thing_id=thing.pk).latest("sequence")


def test_a_story_says_what_changed_in_words_and_only_that(cast):
    actions.change_partnership(
        by=cast.bea, partnership=cast.ashvale, expected_version=1, name="Ashvale", marking="OFFICIAL",
        executive_name="Executive Group", now=NOW,
    )  # fmt: skip
    story = stories.story_of(Partnership.objects.get(pk=cast.ashvale.pk), cast.hana)
    assert [each.event.verb for each in story] == ["changed", "created"]
    assert [(each.label, each.before, each.after) for each in story[0].changes] == [
        ("Name", "Ashvale Safeguarding Partnership", "Ashvale"),
        ("Marking", "OFFICIAL-SENSITIVE", "OFFICIAL"),
    ]
    assert story[0].by == "Bea Lindqvist, Business manager"


def test_a_story_names_what_a_thing_points_to(cast):
    membership = cast.hana.memberships.get()
    told = stories.story_of(membership, cast.bea)[0]
    changes = {each.label: each.after for each in told.changes}
    assert changes["Person"] == "Hana Whitcombe"
    assert changes["Agency"] == "Ashvale Hospitals NHS Trust"
    assert changes["Role"] == "Agency lead"
    assert changes["First day"] == "1 September 2025"


def test_a_story_is_empty_for_whom_the_thing_is_not(cast):
    assert stories.story_of(cast.hana.memberships.get(), cast.otto) == []
    assert stories.story_of(cast.hana.memberships.get(), cast.rita) == []


def test_the_record_shows_each_person_what_they_may_see_and_nothing_else(cast, browser):
    everything = Event.objects.filter(chain__partnership_id=cast.ashvale.pk).count()
    assert stories.events_visible_to(cast.bea, cast.ashvale).count() == everything
    assert stories.events_visible_to(cast.otto, cast.ashvale).count() == 0
    seen = {each.thing_id for each in stories.events_visible_to(cast.rita, cast.ashvale)}
    assert cast.rita.memberships.get().pk in seen
    assert cast.hana.memberships.get().pk not in seen


def test_an_entry_about_something_unseen_is_as_absent_as_none(cast, browser):
    event = entry_about(cast.hana.memberships.get())
    assert browser(cast.bea).get(f"/p/ashvale/record/{event.sequence}/").status_code == 200
    assert browser(cast.rita).get(f"/p/ashvale/record/{event.sequence}/").status_code == 404


def test_the_record_is_filtered_by_kind_verb_person_and_day(cast, browser, named):
    bea = browser(cast.bea)
    by_bea = bea.get("/p/ashvale/record/", {"who": "Bea Lindqvist"}).content.decode()
    assert NAME in by_bea
    assert "Showing 1." in by_bea
    assert "Showing 2." in bea.get("/p/ashvale/record/", {"about": "partners.group"}).content.decode()
    assert NAME not in bea.get("/p/ashvale/record/", {"what": "role given"}).content.decode()
    assert "Showing all" in bea.get("/p/ashvale/record/", {"on": "2026-01-12"}).content.decode()
    other_day = bea.get("/p/ashvale/record/", {"on": "2026-01-11"}).content.decode()
    assert "Nothing has been recorded" in other_day or "Nothing matches" in other_day


def test_the_record_is_paged_and_costs_no_more_queries_for_more_entries(cast, browser, django_assert_max_num_queries):
    bea = browser(cast.bea)
    bea.get("/p/ashvale/record/")
    with django_assert_max_num_queries(30):
        first = bea.get("/p/ashvale/record/").content.decode()
    for number in range(30):
        actions.create_group(by=cast.bea, partnership=cast.ashvale, name=f"Group {number}", short_name="G", now=NOW)
    with django_assert_max_num_queries(30):
        second = bea.get("/p/ashvale/record/").content.decode()
    assert "Group 29" not in first
    assert "Group 29" in second
    assert "Group 0<" not in second


# -- words that must go ----------------------------------------------------------------------------------------------


def asking(person, **changes) -> dict:
    return form_of(person, **{"field": "name", "words": "Jamie Doe", "reason": "It names a child.", **changes})


def test_two_people_take_words_out_and_the_record_still_holds_together(cast, browser, named):
    number = entry_about(named).sequence
    asked = browser(cast.bea).post(f"/p/ashvale/record/{number}/redact/", asking(cast.bea))
    assert asked.url == "/p/ashvale/redactions/"
    own = browser(cast.bea).post(f"/p/ashvale/redactions/{number}/", form_of(cast.bea)).content.decode()
    assert "Another person must approve it" in own
    page = browser(cast.sian).get(f"/p/ashvale/redactions/{number}/").content.decode()
    assert "<mark>Jamie Doe</mark>" in page
    unseen = browser(cast.sian).post(f"/p/ashvale/redactions/{number}/", form_of(cast.sian)).content.decode()
    assert "Look at them again before you approve" in unseen
    shown = re.search(r'name="seen" value="([0-9a-f]{32})"', page)
    done = browser(cast.sian).post(f"/p/ashvale/redactions/{number}/", form_of(cast.sian, seen=shown[1]))
    assert done.url == "/p/ashvale/redactions/"
    assert "Jamie Doe" not in Group.objects.get(pk=named.pk).name
    entry = browser(cast.bea).get(f"/p/ashvale/record/{number}/").content.decode()
    assert "Jamie Doe" not in entry
    assert "[redacted 2026-01-13]" in entry
    assert verify.verify() == []


def test_words_that_do_not_stand_there_and_reasons_that_repeat_them_are_refused(cast, browser, named):
    url, bea = f"/p/ashvale/record/{entry_about(named).sequence}/redact/", browser(cast.bea)
    assert "Those words do not stand there" in bea.post(url, asking(cast.bea, words="Jamie Roe")).content.decode()
    repeats = bea.post(url, asking(cast.bea, reason="Jamie Doe is a child")).content.decode()
    assert "The reason repeats the words" in repeats
    assert not Redaction.objects.exists()


def test_only_those_who_keep_the_record_may_ask_or_approve(cast, browser, named):
    number = entry_about(named).sequence
    assert browser(cast.hana).get(f"/p/ashvale/record/{number}/redact/").status_code == 404
    assert browser(cast.hana).post(f"/p/ashvale/record/{number}/redact/", asking(cast.hana)).status_code == 404
    browser(cast.bea).post(f"/p/ashvale/record/{number}/redact/", asking(cast.bea))
    assert browser(cast.hana).post(f"/p/ashvale/redactions/{number}/", form_of(cast.hana)).status_code == 404
    assert browser(cast.otto).get(f"/p/ashvale/redactions/{number}/").status_code == 404
    assert Group.objects.get(pk=named.pk).name == NAME
