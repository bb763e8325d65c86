"""Words that two people take out of the record take the file along that was called by them."""

from django.db import transaction

from tests.evidence.conftest import hold, received
from tests.returns.scene import set_up
from throughline.cli import checks
from throughline.evidence import actions
from throughline.evidence.models import Evidence, EvidenceRevision
from throughline.files import store
from throughline.history import redaction, verify
from throughline.history.models import Event

SECRET = "Child K of Elm Street"


def test_a_file_called_by_redacted_words_is_taken_away_and_the_others_stay(own_database, django_db_blocker):
    from tests.cast import assemble

    with django_db_blocker.unblock():
        scene = set_up(assemble())
        piece = hold(scene, title=f"Chronology of {SECRET}")
        named = actions.add_revision(
            by=scene.cast.pauline, evidence=piece, file=received(b"one", f"{SECRET}.txt"), now=scene.now()
        )
        other = actions.add_revision(
            by=scene.cast.pauline, evidence=piece, file=received(b"two", "list.txt"), now=scene.now()
        )
        assert list(checks.file_faults()) == []
        event = Event.objects.filter(thing_id=piece.pk).order_by("-sequence").first()
        redaction.request_redaction(
            by=scene.cast.bea, partnership=scene.cast.ashvale, event_id=event.pk, field="title",
            start=len("Chronology of "), end=len("Chronology of ") + len(SECRET), reason="A child.", now=scene.now(),
        )  # fmt: skip
        with transaction.atomic():
            redaction.approve_redaction(
                by=scene.cast.esther, partnership=scene.cast.ashvale, event_id=event.pk, now=scene.now()
            )
        assert SECRET not in Evidence.objects.get(pk=piece.pk).title
        assert not store.path_of(named.file.sha256).exists()
        assert store.path_of(other.file.sha256).exists()
        standing = EvidenceRevision.objects.filter(withdrawn_at__isnull=True)
        assert [each.pk for each in standing] == [other.pk]
        assert list(checks.file_faults()) == []
        assert verify.verify() == []


def test_a_shared_file_that_is_lost_from_the_disk_is_found(own_database, django_db_blocker):
    from tests.cast import assemble

    with django_db_blocker.unblock():
        scene = set_up(assemble())
        made = actions.add_revision(by=scene.cast.pauline, evidence=hold(scene), file=received(), now=scene.now())
        store.path_of(made.file.sha256).unlink()
        assert len(list(checks.file_faults())) == 1
