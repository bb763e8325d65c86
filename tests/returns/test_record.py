"""What the record tells of a return: the words that were returned, and nothing that its body wrote over before."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from tests.returns.scene import SENTENCE, Scene
from throughline.history.models import Event
from throughline.partners import stories
from throughline.returns import actions
from throughline.returns.models import Update

FIRST = "A first attempt that nobody outside was to read."


def _written_twice(scene: Scene, state: str) -> Update:
    period = scene.open_period()
    return_ = scene.return_of(period, "police")
    scene.report(scene.cast.pauline, return_, scene.police_action, "at_risk", FIRST)
    scene.police_return_to(state, period)
    return Update.objects.get(return_record=return_, action=scene.police_action)


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_words_written_over_before_they_were_returned_stay_their_bodys_own(scene: Scene, state: str) -> None:
    said = _written_twice(scene, state)
    events = Event.objects.filter(thing_id=said.pk).order_by("sequence")
    for name, person in scene.cast.people.items():
        seen = stories.events_visible_to(person, scene.cast.ashvale).filter(thing_id=said.pk)
        told = [told for event in events if (told := stories.entry_of(event, person))]
        if name in {"pauline", "olu"}:
            assert set(seen) == set(events)
            assert FIRST in repr(told)
        else:
            assert FIRST not in repr(told), name
            assert len(seen) == len(told) <= 1, name
        if name in {"bea", "esther", "sian"}:
            assert SENTENCE in repr(told)


@pytest.mark.django_db
def test_the_entry_of_an_overwritten_draft_is_a_page_that_is_not_there(scene: Scene, client: Client) -> None:
    said = _written_twice(scene, "accepted")
    first, last = Event.objects.filter(thing_id=said.pk).order_by("sequence")
    client.force_login(scene.cast.hana)
    answers = [
        client.get(reverse("partners:entry", args=[scene.cast.ashvale.slug, each.sequence])) for each in (first, last)
    ]
    assert [answer.status_code for answer in answers] == [404, 200]
    assert FIRST not in answers[1].content.decode()


def test_that_a_body_has_nothing_to_report_is_not_told_before_it_submits(scene, client) -> None:
    period = scene.open_period()
    council = scene.return_of(period, "council")
    actions.say_nil(by=scene.cast.connie, return_=council, nil=True, now=scene.now())
    client.force_login(scene.cast.hana)
    page = unescape(client.get("/p/ashvale/record/").content.decode())
    entry = Event.objects.filter(thing_id=council.pk).latest("sequence")
    told = client.get(f"/p/ashvale/record/{entry.sequence}/").content.decode()
    assert "nil" not in page.casefold()
    assert "nil" not in told.casefold()
    assert f"{council.body}, {period.label}" in page, "the record says whose return it is about"
