"""Drafting, signing and submitting a statement: what each step needs, and that what was submitted stays."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.statements.scene import VERBATIM, Scene
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.history.models import Event
from throughline.inspections import due as inspections_due
from throughline.inspections import responses
from throughline.jobs import queue
from throughline.notify.models import Message
from throughline.plans import actions as plan_actions
from throughline.statements import actions, due, queries, signing, submitting
from throughline.statements.actions import Said
from throughline.statements.models import FindingResponse, SignOff, Statement, StatementFile
from throughline.statements.steps import CannotDo, NotReady, Overtaken

pytestmark = pytest.mark.django_db


def test_a_statement_begins_with_those_who_have_a_chief_officer_and_once_only(scene: Scene):
    made = scene.begin()
    assert [(each.body_name, each.post) for each in queries.signs_of(made, for_person=scene.cast.bea)] == [
        ("Ashvale Council children's services", "Director of children’s services"),
        ("Vale Police", "Chief constable"),
    ]
    with pytest.raises(CannotDo, match="has its statement already"):
        scene.begin()


def test_only_findings_of_the_inspectors_that_need_action_are_answered(scene: Scene):
    scene.begin()
    found = queries.findings_of(scene.statement, for_person=scene.cast.bea)
    assert [each.finding.reference for each in found] == ["APA-1", "AFI-1", "AFI-2"]
    strength = next(each for each in scene.findings if each.kind == "strength")
    with pytest.raises(CannotDo, match="needs no answer"):
        actions.respond(
            by=scene.cast.bea, statement=scene.statement, answers=[Said(strength, "Accepted", "")], now=scene.now()
        )


def test_an_answer_is_a_word_of_the_regime(scene: Scene):
    scene.begin()
    with pytest.raises(CannotDo, match="choose one of the answers"):
        scene.respond(AFI_1="Agreed")


def test_the_rest_are_accepted_and_what_was_said_stays(scene: Scene):
    scene.begin()
    scene.respond(AFI_2="Not accepted: An older form.", AFI_1=": Words without an answer.")
    done = actions.respond_to_rest(by=scene.cast.bea, statement=scene.statement, answer="Accepted", now=scene.now())
    assert done == 2
    said = {each.finding.reference: (each.answer, each.text) for each in FindingResponse.objects.all()}
    assert said == {
        "APA-1": ("Accepted", ""), "AFI-1": ("Accepted", "Words without an answer."),
        "AFI-2": ("Not accepted", "An older form."),
    }  # fmt: skip


def test_saving_the_same_answer_twice_writes_nothing(scene: Scene):
    scene.begin()
    assert scene.respond(AFI_1="Accepted: Yes.") == 1
    before = Event.objects.count()
    assert scene.respond(AFI_1="Accepted: Yes.") == 0
    assert Event.objects.count() == before


def test_two_people_who_answer_one_finding_both_keep_their_words(scene: Scene):
    scene.begin()
    finding = scene.findings[1]
    scene.respond(AFI_1="Accepted: Hers.")
    with pytest.raises(Overtaken) as clash:
        actions.respond(
            by=scene.cast.bea, statement=scene.statement, now=scene.now(),
            answers=[Said(finding, "Not accepted", "His.", 0), Said(scene.findings[2], "Accepted", "", 0)],
        )  # fmt: skip
    assert clash.value.responses[finding.pk].text == "Hers."
    assert FindingResponse.objects.count() == 1, "nothing of the second sending was saved"


def test_every_gap_that_forbids_is_named_at_once(scene: Scene):
    scene.begin()
    with pytest.raises(NotReady) as refused:
        scene.open()
    assert len(refused.value.lines) == 4
    assert "AFI-2: no action of the plan answers it." in refused.value.lines
    assert Statement.objects.get().state == "drafting"


def test_what_is_open_for_signature_cannot_be_written(scene: Scene):
    scene.bring_to("signing")
    with pytest.raises(CannotDo, match="Open it again for drafting first"):
        scene.respond(AFI_1="Accepted: Other words.")
    with pytest.raises(CannotDo, match="Open it again"):
        actions.ask_to_sign(
            by=scene.cast.bea, statement=scene.statement, body=scene.cast.hospital, post="Chief nurse", now=scene.now()
        )


def test_each_chief_officer_signs_for_the_own_body_and_the_last_one_signs_it_off(scene: Scene):
    scene.bring_to("signing")
    with pytest.raises(AccessDenied):
        scene.sign(scene.chandra, scene.cast.council)
    for nobody in (scene.cast.bea, scene.cast.esther, scene.cast.pauline, scene.cast.hugo, scene.cast.otto):
        with pytest.raises(AccessDenied):
            scene.sign(nobody, scene.cast.police)
    scene.sign(scene.chandra, scene.cast.police)
    assert scene.statement.state == "signing"
    with pytest.raises(CannotDo, match="has signed already"):
        scene.sign(scene.chandra, scene.cast.police)
    scene.sign(scene.nils, scene.cast.council)
    assert scene.statement.state == "signed_off"
    signed = scene.sign_off(scene.cast.police)
    assert (signed.name, signed.how, signed.signed_by) == ("Chandra Iyer", "here", scene.chandra)


def test_an_accountable_executive_signs_for_the_own_body_too(scene: Scene):
    scene.begin()
    actions.ask_to_sign(
        by=scene.cast.bea, statement=scene.statement, body=scene.cast.hospital, post="Chief nurse", now=scene.now()
    )
    scene.complete()
    scene.open()
    scene.sign(scene.cast.hugo, scene.cast.hospital)
    assert scene.sign_off(scene.cast.hospital).signed_by == scene.cast.hugo


def test_a_signature_on_paper_is_a_keepers_to_record_and_says_where_it_is(scene: Scene):
    scene.bring_to("signing")

    def record(by, **changes):
        asked = scene.sign_off(scene.cast.council)
        given = {"signed_on": scene.clock.date(), "name": "Nils Bergqvist", "note": "Scan in the office.", **changes}
        return signing.record_signature(
            by=by, sign=asked, expected_version=asked.version, now=scene.now(), **given
        )  # fmt: skip

    for other in (scene.nils, scene.chandra, scene.cast.connie):
        with pytest.raises(AccessDenied):
            record(other)
    with pytest.raises(CannotDo, match="where the signed paper"):
        record(scene.cast.bea, note=" ")
    for day in (scene.clock.date() + timedelta(days=1), scene.clock.date() - timedelta(days=1)):
        with pytest.raises(CannotDo, match="when the words were fixed"):
            record(scene.cast.bea, signed_on=day)
    done = record(scene.cast.bea)
    assert (done.how, done.signed_by, done.note) == ("paper", None, "Scan in the office.")


def test_nobody_signs_words_that_came_later(scene: Scene):
    scene.bring_to("signing")
    seen = scene.statement.version
    scene.reopen()
    scene.respond(AFI_1="Accepted in part: Changed.")
    scene.open()
    asked = scene.sign_off(scene.cast.police)
    with pytest.raises(CannotDo, match="changed while you read it"):
        signing.sign(by=scene.chandra, sign=asked, expected_version=asked.version, seen=seen, now=scene.now())


def test_opening_again_takes_a_reason_and_every_signature(scene: Scene):
    scene.bring_to("signed_off")
    with pytest.raises(CannotDo, match="Say why"):
        scene.reopen(" ")
    scene.reopen("One name was wrong.")
    assert scene.statement.state == "drafting"
    assert not SignOff.objects.filter(signed_on__isnull=False).exists()
    assert Event.objects.filter(verb="signature dropped").count() == 2
    told = Message.objects.filter(subject__contains="opened again").values_list("to", flat=True)
    assert set(told) == {"chandra@example.org", "nils@example.org"}


def test_submitting_needs_every_signature_and_a_day_that_was(scene: Scene):
    scene.bring_to("signing")
    with pytest.raises(CannotDo, match="has to sign first"):
        scene.submit()
    scene.sign(scene.chandra, scene.cast.police)
    scene.sign(scene.nils, scene.cast.council)
    with pytest.raises(CannotDo, match="still to come"):
        scene.submit(on=date(2026, 1, 13))
    with pytest.raises(CannotDo, match="cannot have been sent before"):
        scene.submit(on=date(2026, 1, 11))
    with pytest.raises(Conflict):
        submitting.submit(
            by=scene.cast.bea,
            statement=scene.statement,
            expected_version=1,
            on=scene.clock.date(),
            to="",
            now=scene.now(),
        )
    done = scene.submit()
    assert (done.state, done.submitted_on, done.submitted_by) == ("submitted", scene.clock.date(), scene.cast.bea)


def test_what_was_submitted_stays_although_the_plan_changes(scene: Scene):
    statement = scene.bring_to("submitted")
    before = dict(statement.content)
    plan_actions.set_due(
        by=scene.cast.bea, act=scene.acts[0], expected_version=scene.acts[0].version, due=date(2026, 12, 1),
        reason="Slipped.", now=scene.now(),
    )  # fmt: skip
    queue.run_due("tests", scene.now())
    assert scene.statement.content == before
    assert "1 December 2026" not in str(before)
    for step in (scene.reopen, scene.submit, scene.open):
        with pytest.raises(CannotDo):
            step()
    with pytest.raises(CannotDo):
        scene.respond(AFI_1="Accepted: Other words.")


def test_the_plan_moves_on_while_the_statement_is_being_signed_and_what_is_signed_stays(scene: Scene):
    fixed = scene.bring_to("signing").content
    plan_actions.withdraw_action(
        by=scene.cast.bea, act=scene.acts[2], expected_version=scene.acts[2].version, reason="Not needed.",
        now=scene.now(),
    )  # fmt: skip
    scene.sign(scene.chandra, scene.cast.police)
    scene.sign(scene.nils, scene.cast.council)
    final = scene.submit().content
    assert "Give the front door a health desk" in str(fixed)
    assert "Give the front door a health desk" in str(final)


_COLUMNS = {
    "statements_statement": {
        "content": '{"format": 1}', "introduction": "Other words", "state": "drafting", "head_hash": "0" * 64,
        "submitted_on": "2020-01-01", "submitted_to": "elsewhere", "frozen_at": "2020-01-01 00:00:00+00:00",
    },
    "statements_findingresponse": {"answer": "Accepted", "text": "Other words"},
    "statements_signoff": {"signed_on": "2020-01-01", "name": "Somebody else", "how": "", "post": "Clerk"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "column"), [(table, column) for table, columns in _COLUMNS.items() for column in columns]
)
def test_the_database_itself_refuses_to_change_what_was_submitted(scene: Scene, table: str, column: str):
    scene.bring_to("submitted")
    refused = pytest.raises(DatabaseError, match="submitted statement does not change")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [_COLUMNS[table][column]])


def test_the_database_lets_a_draft_be_changed_so_the_refusal_is_of_the_frozen_alone(scene: Scene):
    scene.bring_to("signing")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE statements_statement SET introduction = 'Other words'")
        cursor.execute("UPDATE statements_findingresponse SET text = 'Other words'")
    assert scene.statement.introduction == "Other words"


def test_a_statement_is_never_deleted(scene: Scene):
    scene.begin()
    with (
        pytest.raises(DatabaseError, match="never deleted"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM statements_statement")


def test_a_receipt_is_filed_once_and_what_followed_has_its_day(scene: Scene):
    scene.bring_to("receipt_filed")
    assert scene.statement.receipt_file.name == "receipt.txt"
    with pytest.raises(CannotDo, match="filed once"):
        scene.file_receipt()

    def follow(**changes):
        given = {"kind": "Tested at a later inspection", "on": scene.clock.date(), "text": "It was tested.", **changes}
        return submitting.add_follow_up(by=scene.cast.bea, statement=scene.statement, now=scene.now(), **given)

    assert follow().kind == "Tested at a later inspection"
    for wrong in ({"kind": "Approved"}, {"on": date(2026, 1, 1)}, {"on": date(2027, 1, 1)}):
        with pytest.raises(CannotDo):
            follow(**wrong)


def test_the_files_are_printed_once_and_named_by_their_hash(scene: Scene):
    scene.bring_to("submitted")
    queue.run_due("tests", scene.now())
    files = {each.format: each.file.sha256 for each in StatementFile.objects.all()}
    assert set(files) == {"docx", "pdf", "html"}
    with pytest.raises(CannotDo, match="there already"):
        submitting.print_files(by=scene.cast.bea, statement=scene.statement, now=scene.now())
    queue.run_due("tests", scene.now())
    assert StatementFile.objects.count() == 3


def test_a_letter_that_was_answered_is_no_longer_reminded_of(scene: Scene):
    on = date(2026, 4, 2)
    scene.bring_to("signed_off")
    assert [each.due for each in inspections_due.statements_due(on)] == [date(2026, 4, 16)]
    scene.submit()
    assert responses.submitted_on([scene.letter.pk]) == {scene.letter.pk: scene.clock.date()}
    assert inspections_due.statements_due(on) == []


def test_chief_officers_are_told_and_reminded_until_they_have_signed(scene: Scene):
    scene.bring_to("signing")
    told = set(Message.objects.filter(subject__contains="to sign").values_list("to", flat=True))
    assert told == {"chandra@example.org", "nils@example.org"}
    assert {each.recipients for each in due.signatures_due(date(2026, 4, 2))} == {
        (scene.chandra.pk,), (scene.nils.pk,),
    }  # fmt: skip
    scene.sign(scene.chandra, scene.cast.police)
    assert [each.recipients for each in due.signatures_due(date(2026, 4, 2))] == [(scene.nils.pk,)]


def test_a_body_that_is_taken_off_need_not_sign_and_no_longer_reads_the_draft(scene: Scene):
    scene.begin()
    assert Statement.objects.visible_to(scene.chandra).exists()
    asked = scene.sign_off(scene.cast.police)
    actions.take_off(
        by=scene.cast.bea,
        sign=asked,
        expected_version=asked.version,
        reason="Not named in the letter.",
        now=scene.now(),
    )
    assert not Statement.objects.visible_to(scene.chandra).exists()
    assert Statement.objects.visible_to(scene.nils).exists()
    again = actions.ask_to_sign(
        by=scene.cast.bea, statement=scene.statement, body=scene.cast.police, post="Chief constable", now=scene.now()
    )
    assert again.number == 3


def test_the_signed_paper_says_where_in_the_record_it_was_read(scene: Scene):
    statement = scene.bring_to("signing")
    event = Event.objects.get(chain__partnership_id=scene.cast.ashvale.pk, sequence=statement.sequence)
    assert event.hash == statement.head_hash
    assert VERBATIM in str(statement.content)
