"""Words that two people take out of the record leave a submitted statement, its files and the disk."""

import hashlib

import pytest
from django.db import transaction

from tests.statements.scene import set_up
from throughline.files import store
from throughline.history import redaction, verify
from throughline.history.models import Event, EventBody
from throughline.jobs import queue
from throughline.statements import building, submitting
from throughline.statements.models import FindingResponse, StatementFile

SECRET = "Child K of Elm Street"


@pytest.mark.parametrize("approver", ["esther", "ada"])
def test_redacted_words_leave_the_statement_its_files_and_the_disk(own_database, django_db_blocker, approver):
    from tests.cast import assemble

    with django_db_blocker.unblock():
        scene = set_up(assemble())
        scene.begin()
        scene.complete()
        scene.respond(APA_1=f"Accepted: We reviewed {SECRET} at once.")
        scene.open()
        scene.sign(scene.chandra, scene.cast.police)
        scene.sign(scene.nils, scene.cast.council)
        statement = scene.submit()
        queue.run_due("tests", scene.now())
        old = [each.file.sha256 for each in StatementFile.objects.select_related("file")]
        assert SECRET in str(statement.content)
        said = FindingResponse.objects.get(text__contains=SECRET)
        event = Event.objects.filter(thing_id=said.pk).order_by("-sequence").first()
        start = said.text.index(SECRET)
        redaction.request_redaction(
            by=scene.cast.bea, partnership=scene.cast.ashvale, event_id=event.pk, field="text", start=start,
            end=start + len(SECRET), reason="It names a child.", now=scene.now(),
        )  # fmt: skip
        with transaction.atomic():
            redaction.approve_redaction(
                by=getattr(scene.cast, approver), partnership=scene.cast.ashvale, event_id=event.pk,
                now=scene.now(),
            )  # fmt: skip
        assert not StatementFile.objects.filter(withdrawn_at__isnull=True).exists()
        assert [each for each in old if store.path_of(each).exists()] == []
        queue.run_due("tests", scene.now())
        new = StatementFile.objects.filter(withdrawn_at__isnull=True).select_related("file")
        assert {each.format for each in new} == {"docx", "pdf", "html"}
        with store.open_blob(new.get(format="html").file.sha256) as page:
            words = page.read().decode()
        assert SECRET not in words
        assert "[redacted" in words
        assert SECRET not in str(scene.statement.content)
        assert scene.statement.state == "submitted"
        assert not EventBody.objects.filter(text__contains=SECRET).exists()
        assert verify.verify() == []


@pytest.mark.django_db
def test_what_was_printed_before_words_were_taken_out_is_not_attached(scene, monkeypatch):
    submitted = scene.bring_to("submitted")

    def printed(document, *formats):
        # While the printers were at work, words were taken out of the content.
        cleaned = type(submitted).objects.get(pk=submitted.pk)
        cleaned.content = {**cleaned.content, "cleaned": True}
        monkeypatch.setattr(submitting, "as_stored", lambda _: cleaned)
        return {"html": SECRET.encode()}

    monkeypatch.setattr(building, "files_of", printed)
    building.print_and_attach(submitted, by=scene.cast.bea, now=scene.now())
    assert not StatementFile.objects.exists()
    sha256 = hashlib.sha256(SECRET.encode()).hexdigest()
    assert not store.path_of(sha256).exists(), "the bytes with the words are gone too"
    monkeypatch.undo()
    queue.run_due("tests", scene.now())
    assert StatementFile.objects.filter(withdrawn_at__isnull=True).count() == 3


@pytest.mark.django_db
def test_without_a_redaction_the_words_stay_where_they_are(scene):
    scene.bring_to("submitted")
    queue.run_due("tests", scene.now())
    assert StatementFile.objects.filter(withdrawn_at__isnull=True).count() == 3
