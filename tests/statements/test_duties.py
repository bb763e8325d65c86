"""‘Signed’ is one fact: what the statement has, those whom its letter names have too."""

from datetime import date

import pytest

from tests.statements.scene import Scene
from throughline.history.models import Event
from throughline.inspections import duties
from throughline.inspections.models import Recipient
from throughline.inspections.record_rules import Duties

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(scene: Scene) -> dict[str, Recipient]:
    """The letter names the police and the council."""
    bodies = {"police": scene.cast.police, "council": scene.cast.council}
    return {
        name: duties.add_recipient(
            by=scene.cast.bea, letter=scene.letter, printed=f"For the {name}", agency=body, now=scene.now()
        )
        for name, body in bodies.items()
    }


def said(recipient: Recipient) -> tuple[date | None, str]:
    """When and by which post it signed, as the letter's list has it."""
    recipient.refresh_from_db()
    return recipient.signed_on, recipient.signed_by


def test_a_signature_reaches_those_whom_the_letter_names_and_falls_with_the_statement(scene: Scene, named):
    scene.bring_to("signing")
    scene.sign(scene.chandra, scene.cast.police)
    assert said(named["police"]) == (scene.clock.date(), "Chief constable")
    assert said(named["council"]) == (None, "")
    assert duties.counts_of(scene.letter.inspection, for_person=scene.cast.bea).signed == 1
    scene.reopen()
    assert said(named["police"]) == (None, "")
    events = Event.objects.filter(thing_id=named["police"].pk).order_by("sequence")
    assert events.last().verb == duties.FELL_WITH_STATEMENT


def test_what_a_person_recorded_of_a_signature_stays(scene: Scene, named):
    scene.bring_to("signing")
    given = Duties(signed_on=date(2026, 1, 10), signed_by="Deputy")
    duties.record_duties(
        by=scene.cast.bea, recipient=named["police"], expected_version=1, duties=given, today=scene.clock.date(),
        now=scene.now(),
    )  # fmt: skip
    scene.sign(scene.chandra, scene.cast.police)
    assert said(named["police"]) == (date(2026, 1, 10), "Deputy")
    scene.reopen()
    assert said(named["police"]) == (date(2026, 1, 10), "Deputy")
