"""A frozen report stays as it is, says what the register held on its day, and forgets only what two people redact."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from tests.documents import specimen
from tests.returns.scene import SENTENCE, Scene
from throughline.access import AccessDenied
from throughline.documents import kept
from throughline.files import store
from throughline.files.pictures_of_pages import page_image
from throughline.history import redaction
from throughline.history.models import Event, EventBody
from throughline.jobs import queue
from throughline.jobs.models import Job
from throughline.line.queries import plan_line
from throughline.partners.models import Membership
from throughline.plans import actions as plan_actions
from throughline.reports import actions, building, executive
from throughline.reports.kinds import Facts
from throughline.reports.models import Report, ReportFile
from throughline.reports.wording import counted, distribution, of_all
from throughline.returns.models import Update


@pytest.fixture(autouse=True)
def _files(settings, tmp_path) -> None:
    settings.FILES_ROOT = tmp_path / "files"


def _ask(scene: Scene, period, as_of: date | None = None, by=None) -> Report:
    return actions.request_report(
        by=by or scene.cast.bea, period=period, kind="executive_group", audience="executive",
        as_of=as_of or scene.clock.date(), now=scene.now(),
    )  # fmt: skip


def _build(scene: Scene, period, as_of: date | None = None) -> Report:
    asked = _ask(scene, period, as_of)
    queue.run_due("tests", scene.now())
    return Report.objects.get(pk=asked.pk)


@pytest.mark.django_db
def test_what_was_frozen_stays_although_everything_behind_it_changes(scene: Scene):
    period = scene.open_period()
    scene.police_return_to("accepted", period)
    report = _build(scene, period)
    before = dict(report.content), {each.format: each.file.sha256 for each in report.files.all()}
    plan_actions.set_due(
        by=scene.cast.bea, act=scene.group_action, expected_version=1, due=date(2026, 12, 1), reason="Slipped.",
        now=scene.now(),
    )  # fmt: skip
    report.refresh_from_db()
    assert (dict(report.content), {each.format: each.file.sha256 for each in report.files.all()}) == before
    with pytest.raises(actions.CannotDo, match="is frozen"):
        actions.freeze_report(
            by=scene.cast.bea, report=report, content={}, sequence=1, head_hash="", blobs={}, now=scene.now()
        )


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["content", "head_hash", "as_of", "stage", "audience"])
def test_the_database_itself_refuses_to_change_a_frozen_report(scene: Scene, column: str):
    period = scene.open_period()
    report = _build(scene, period)
    values = {"content": '{"format": 1}', "head_hash": "0" * 64, "as_of": "2020-01-01", "stage": "failed",
              "audience": "public"}  # fmt: skip
    refused = pytest.raises(DatabaseError, match="frozen report does not change")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE reports_report SET {column} = %s WHERE id = %s",
            [values[column], report.pk.hex if connection.vendor == "sqlite" else report.pk],
        )
    assert Report.objects.get(pk=report.pk).stage == "frozen"


@pytest.mark.django_db
def test_a_report_as_at_a_day_holds_nothing_that_came_later(scene: Scene):
    period = scene.open_period()
    scene.clock = datetime.fromisoformat("2026-02-03T10:00:00+00:00")
    scene.police_return_to("accepted", period)
    early, late = _build(scene, period, date(2026, 2, 2)), _build(scene, period, date(2026, 2, 3))
    assert SENTENCE not in str(early.content)
    assert SENTENCE in str(late.content)
    assert early.sequence < late.sequence
    assert (
        early.head_hash == Event.objects.get(chain__partnership_id=scene.cast.ashvale.pk, sequence=early.sequence).hash
    )


@pytest.mark.django_db
def test_a_day_to_come_or_before_the_period_is_refused(scene: Scene):
    period = scene.open_period()
    for day in (date(2026, 1, 13), date(2026, 1, 4)):
        with pytest.raises(actions.CannotDo):
            _ask(scene, period, day)


@pytest.mark.django_db
def test_only_keepers_make_reports_and_a_right_that_ended_meanwhile_stops_the_job(scene: Scene):
    period = scene.open_period()
    for name in ("pauline", "esther", "rita", "otto", "ada"):
        with pytest.raises(AccessDenied):
            _ask(scene, period, by=getattr(scene.cast, name))
    asked = _ask(scene, period)
    Membership.objects.filter(person=scene.cast.bea).update(ends=date(2025, 12, 31))
    queue.run_due("tests", scene.now())
    assert Report.objects.get(pk=asked.pk).stage == "building"
    assert Job.objects.get().state == "failed"


@pytest.mark.django_db
def test_a_report_that_cannot_be_printed_says_so_and_can_be_tried_again(scene: Scene, monkeypatch):
    period = scene.open_period()

    def broken(_document) -> dict[str, bytes]:
        raise RuntimeError("no ink")

    with monkeypatch.context() as patched:
        patched.setattr(building, "files_of", broken)
        report = _build(scene, period)
    assert (report.stage, report.problem) == ("failed", building.FAILED)
    actions.try_again(by=scene.cast.bea, report=report, expected_version=report.version, now=scene.now())
    queue.run_due("tests", scene.now())
    assert Report.objects.get(pk=report.pk).stage == "frozen"


def test_redacted_words_leave_the_report_its_files_and_the_disk(own_database, django_db_blocker, settings):
    from tests.cast import assemble
    from tests.returns.scene import set_up

    secret = "Child K of Elm Street"
    with django_db_blocker.unblock():
        scene = set_up(assemble())
        period = scene.open_period()
        scene.police_return_to("accepted", period, words=f"The case of {secret} was reviewed.")
        report = _build(scene, period)
        old = {each.format: each.file for each in report.files.all()}
        page_image(old["pdf"], 1, width_px=640)
        pictures = Path(settings.VAR) / "derived" / "pages"
        assert list(pictures.rglob(f"{old['pdf'].sha256[2:]}-1-640.png"))
        event = Event.objects.filter(thing_id=Update.objects.get().pk).first()
        start = len("The case of ")
        redaction.request_redaction(
            by=scene.cast.bea, partnership=scene.cast.ashvale, event_id=event.pk, field="progress", start=start,
            end=start + len(secret), reason="It names a child.", now=scene.now(),
        )  # fmt: skip
        redaction.approve_redaction(
            by=scene.cast.esther, partnership=scene.cast.ashvale, event_id=event.pk, now=scene.now()
        )
        assert not ReportFile.objects.filter(report=report, withdrawn_at__isnull=True).exists()
        for file in old.values():
            assert not store.path_of(file.sha256).exists()
        assert not list(pictures.rglob(f"{old['pdf'].sha256[2:]}*"))
        queue.run_due("tests", scene.now())
        report.refresh_from_db()
        new = ReportFile.objects.filter(report=report, withdrawn_at__isnull=True)
        assert {each.format for each in new} == {"docx", "pdf", "html"}
        page = store.open_blob(new.get(format="html").file.sha256)
        with page:
            words = page.read().decode()
        assert secret not in words
        assert "[redacted" in words
        assert secret not in str(report.content)
        assert not EventBody.objects.filter(text__contains=secret).exists()


def test_every_kind_of_block_comes_back_from_data_as_it_was():
    import json

    document = specimen.document()
    assert kept.from_data(json.loads(json.dumps(kept.to_data(document)))) == document


def test_data_of_an_unknown_format_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="cannot read"):
        kept.from_data({"format": 99, "document": {}})


@pytest.mark.django_db
def test_an_empty_register_gives_a_report_that_says_what_is_not_there(scene: Scene):
    period = scene.open_period()
    line = plan_line(scene.plan, for_person=scene.cast.bea, on=date(2026, 1, 12))
    bare = replace(line, findings=(), actions=(), areas=(), impacts=())
    facts = Facts(
        "Ashvale", "Executive Group", "OFFICIAL", "Members", "REP-001", date(2026, 1, 12), "B", date(2026, 1, 12)
    )
    words = str(executive.build(bare, replace(line.period(period.reference), returns=()), facts))
    assert "No finding is marked in the register that needs an action." in words
    assert "The plan has no action yet." in words


def test_small_numbers_are_in_words_and_sentences_agree_with_them():
    assert [counted(n, "action") for n in (0, 1, 3, 12)] == ["no actions", "one action", "three actions", "12 actions"]
    assert of_all(2, 3, "finding", ("has", "have"), "one") == "Two of the three findings have one"
    assert of_all(1, 3, "finding", ("has", "have"), "one") == "One of the three findings has one"
    assert of_all(3, 3, "finding", ("has", "have"), "one") == "All three findings have one"
    assert distribution([(2, "on track"), (0, "overdue"), (1, "at risk")]) == "two are on track and one is at risk"
