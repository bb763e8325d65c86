"""Words are taken out by two people, everywhere they were repeated, and the chain still verifies."""

import json

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import NOW, Cast
from throughline.access import AccessDenied
from throughline.history import redaction, verify
from throughline.history.asof import head, states_at
from throughline.history.models import Event, EventBody
from throughline.history.redaction import CannotRedact
from throughline.partners import actions
from throughline.partners.models import Group

NAME = "Jemima Puddleduck"


@pytest.fixture
def named(cast: Cast) -> Event:
    """A child's name was typed where it must not be, in two groups; gives the first entry that holds it."""
    for title in (f"Group about {NAME}", f"{NAME} again"):
        actions.create_group(by=cast.bea, partnership=cast.ashvale, name=title, short_name="G", now=NOW)
    return Event.objects.filter(thing_kind="partners.group").order_by("-sequence")[1]


def ask(cast: Cast, event: Event, reason: str = "A child is named.") -> list:
    state = json.loads(event.body.text)["state"]
    start = state["name"].index(NAME)
    return redaction.request_redaction(
        by=cast.bea, partnership=cast.ashvale, event_id=event.pk, field="name", start=start, end=start + len(NAME),
        reason=reason, now=NOW,
    )  # fmt: skip


def test_two_people_take_words_out_everywhere_and_the_chain_still_verifies(cast: Cast, named: Event) -> None:
    assert len(ask(cast, named)) == 2
    redaction.approve_redaction(by=cast.sian, partnership=cast.ashvale, event_id=named.pk, now=NOW)
    assert not EventBody.objects.filter(text__contains=NAME).exists()
    assert not Group.objects.filter(name__contains=NAME).exists()
    assert Group.objects.filter(name__contains="[redacted 2026-01-12]").count() == 2
    shown = states_at(head(cast.ashvale.pk), ["partners.group"])["partners.group"]
    assert not any(NAME in state["name"] for state in shown.values())
    assert verify.verify() == []


def test_the_person_who_asked_cannot_approve(cast: Cast, named: Event) -> None:
    ask(cast, named)
    with pytest.raises(CannotRedact, match="Another person"):
        redaction.approve_redaction(by=cast.bea, partnership=cast.ashvale, event_id=named.pk, now=NOW)
    assert Group.objects.filter(name__contains=NAME).count() == 2


def test_an_outsider_can_neither_ask_nor_approve(cast: Cast, named: Event) -> None:
    with pytest.raises(AccessDenied):
        redaction.request_redaction(
            by=cast.otto, partnership=cast.ashvale, event_id=named.pk, field="name", start=0, end=3, reason="x", now=NOW
        )
    ask(cast, named)
    with pytest.raises(AccessDenied):
        redaction.approve_redaction(by=cast.otto, partnership=cast.ashvale, event_id=named.pk, now=NOW)


def test_words_written_again_after_the_request_must_be_asked_for_again(cast: Cast, named: Event) -> None:
    ask(cast, named)
    actions.create_group(by=cast.bea, partnership=cast.ashvale, name=f"Third {NAME}", short_name="G", now=NOW)
    with pytest.raises(CannotRedact, match="written again"):
        redaction.approve_redaction(by=cast.sian, partnership=cast.ashvale, event_id=named.pk, now=NOW)


def test_the_reason_may_not_repeat_the_words(cast: Cast, named: Event) -> None:
    with pytest.raises(CannotRedact, match="without them"):
        ask(cast, named, reason=f"Names {NAME.lower()}.")


def test_the_database_refuses_to_change_a_body_that_one_person_asked_about(cast: Cast, named: Event) -> None:
    ask(cast, named)
    with pytest.raises(DatabaseError), transaction.atomic():
        EventBody.objects.filter(event=named).update(text="{}")


def test_a_body_swapped_after_its_redaction_is_found(cast: Cast, named: Event) -> None:
    ask(cast, named)
    redaction.approve_redaction(by=cast.sian, partnership=cast.ashvale, event_id=named.pk, now=NOW)
    assert verify.verify(rows=False) == []
    EventBody.objects.filter(event=named).update(text=named.body.text)  # the triggers allow it; the record does not
    assert ["two people" in fault.sentence for fault in verify.verify(rows=False)] == [True]


def test_the_database_refuses_to_change_or_delete_what_was_recorded(cast: Cast) -> None:
    attempts = (
        lambda: Event.objects.update(by_name="Somebody else"),
        lambda: Event.objects.all()._raw_delete("default"),
        lambda: EventBody.objects.update(text="{}"),
        lambda: EventBody.objects.all()._raw_delete("default"),
    )
    for attempt in attempts:
        with pytest.raises(DatabaseError, match="what was recorded does not change"), transaction.atomic():
            attempt()
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE history_eventbody")


@pytest.mark.parametrize("words", ["name", "partnership", "reason", "2025", "0"])
def test_words_that_also_stand_in_the_records_own_code_leave_it_readable(cast: Cast, words: str) -> None:
    group = actions.create_group(
        by=cast.bea, partnership=cast.ashvale, name=f"About {words} and others", short_name="G", now=NOW
    )
    event = Event.objects.get(thing_id=group.pk)
    start = group.name.index(words)
    redaction.request_redaction(
        by=cast.bea, partnership=cast.ashvale, event_id=event.pk, field="name", start=start, end=start + len(words),
        reason="It must go.", now=NOW,
    )  # fmt: skip
    redaction.approve_redaction(by=cast.sian, partnership=cast.ashvale, event_id=event.pk, now=NOW)
    body = json.loads(EventBody.objects.get(event=event).text)
    assert body["state"]["id"] == str(group.pk)
    assert body["state"]["name"] == "About [redacted 2026-01-12] and others"
    assert states_at(head(cast.ashvale.pk), ["partners.group"])["partners.group"]
    assert verify.verify() == []


def test_what_is_approved_is_what_the_approver_was_shown(cast: Cast, named: Event) -> None:
    ask(cast, named)
    shown = redaction.mark_of(redaction.Redaction.objects.get(pk=named.pk))
    redaction.request_redaction(
        by=cast.bea, partnership=cast.ashvale, event_id=named.pk, field="name", start=0, end=5, reason="Other words.",
        now=NOW,
    )  # fmt: skip
    with pytest.raises(CannotRedact, match="Look at them again"):
        redaction.approve_redaction(by=cast.sian, partnership=cast.ashvale, event_id=named.pk, now=NOW, seen=shown)
    assert Group.objects.filter(name=f"Group about {NAME}").exists()
