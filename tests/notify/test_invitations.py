"""An invitation is followed by its mail, in the same transaction."""

import pytest

from tests.cast import NOW, Cast
from throughline.history import consequences
from throughline.history.door import action
from throughline.notify.models import Message
from throughline.partners import actions


def test_a_person_who_is_invited_gets_one_mail_with_the_link(cast: Cast) -> None:
    invitation, token = actions.invite(by=cast.bea, partnership=cast.ashvale, person=cast.hana, now=NOW)
    message = Message.objects.get()
    assert message.to == "hana@example.org"
    assert f"http://localhost:8000/invitation/{token}/" in message.body
    assert token not in message.subject


def test_an_invitation_that_fails_sends_nothing(cast: Cast) -> None:
    @action("partnership")
    def fails(*, by, partnership, now) -> None:
        actions.invite(by=by, partnership=partnership, person=cast.hana, now=now)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        fails(by=cast.bea, partnership=cast.ashvale, now=NOW)
    assert not Message.objects.exists()


def test_the_mail_is_a_declared_consequence() -> None:
    assert "partners.invited" in {each.on for each in consequences.subscribed()}
