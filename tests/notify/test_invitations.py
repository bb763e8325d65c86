"""An invitation is followed by its mail, in the same transaction."""

import pytest

from tests.cast import NOW, SINCE, Cast
from throughline.access import Role
from throughline.history import consequences
from throughline.history.door import action
from throughline.notify.models import Message
from throughline.partners import actions
from throughline.partners.models import Person


@pytest.fixture
def newcomer(cast: Cast) -> Person:
    """A member who has no login yet."""
    person = actions.create_person(by=cast.bea, name="Nia Farrow", email="nia@example.org", now=NOW)
    actions.give_role(
        by=cast.bea, partnership=cast.ashvale, person=person, role=Role.QUALITY_LEAD, starts=SINCE, now=NOW
    )
    return person


def test_a_person_who_is_invited_gets_one_mail_with_the_link(cast: Cast, newcomer: Person) -> None:
    _, token = actions.invite(by=cast.bea, partnership=cast.ashvale, person=newcomer, now=NOW)
    message = Message.objects.get()
    assert message.to == "nia@example.org"
    assert f"http://localhost:8000/invitation/{token}/" in message.body
    assert token not in message.subject


def test_an_invitation_that_fails_sends_nothing(cast: Cast, newcomer: Person) -> None:
    @action("partnership")
    def fails(*, by, partnership, now) -> None:
        actions.invite(by=by, partnership=partnership, person=newcomer, now=now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails(by=cast.bea, partnership=cast.ashvale, now=NOW)
    assert not Message.objects.exists()


def test_the_mail_is_a_declared_consequence() -> None:
    assert "partners.invited" in {each.on for each in consequences.subscribed()}
