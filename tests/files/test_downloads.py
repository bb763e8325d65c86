"""Files reach those who may see them, as harmless attachments; for everybody else they are not there."""

import io
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from csp.middleware import CSPMiddleware
from django.contrib.auth.models import AnonymousUser
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from tests.cast import assemble
from tests.files.test_names import SHOWN
from tests.hostile import builders
from throughline.access import AccessDenied, Role
from throughline.access.roles import MEMBERS
from throughline.files import actions, intake, store, views
from throughline.files.models import StoredFile
from throughline.files.names import safe_name
from throughline.files.pictures_of_pages import page_image
from throughline.files.uploads import LimitedUploadHandler
from throughline.files.verdict import Kind, Limits, Refused, Verdict
from throughline.history.models import Event

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
READER = "throughline.files.pictures_of_pages.child.run"


@pytest.fixture(autouse=True)
def root(settings, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture(autouse=True)
def the_tests_own_transaction_survives():
    """Ending a response ends its connection, which these tests still need. Django's own test client does the same."""
    request_finished.disconnect(close_old_connections)
    yield
    request_finished.connect(close_old_connections)


def stored(cast, content: bytes, name: str, kind: Kind) -> StoredFile:
    blob = store.put(io.BytesIO(content))
    return actions.store_file(
        by=cast.bea, partnership=cast.ashvale, blob=blob, verdict=Verdict(kind), name=name, now=NOW
    )


@pytest.fixture
def letter(cast) -> StoredFile:
    return stored(cast, builders.pdf("Key strengths", "Next steps"), "letter.pdf", Kind.PDF)


def asked(person, view=views.download, method: str = "get", **arguments):
    request = getattr(RequestFactory(), method)("/")
    request.user = person
    request.now = NOW
    return view(request, **arguments)


def content_of(response) -> bytes:
    content = b"".join(response.streaming_content)
    response.close()
    return content


def test_a_member_gets_the_bytes_as_an_attachment_that_no_browser_runs_or_keeps(cast, letter) -> None:
    response = CSPMiddleware(lambda request: views.download(request, file_id=letter.pk))
    request = RequestFactory().get("/")
    request.user, request.now = cast.pauline, NOW
    answer = response(request)
    assert answer["Content-Disposition"] == "attachment; filename=\"letter.pdf\"; filename*=UTF-8''letter.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "no-store"
    content = content_of(answer)
    assert content.startswith(b"%PDF")
    assert answer["Content-Length"] == str(len(content)) == str(letter.size)


def test_a_download_is_on_record_before_it_begins_and_asking_for_its_size_is_not(cast, letter) -> None:
    asked(cast.pauline, method="head", file_id=letter.pk).close()
    assert not Event.objects.filter(verb="downloaded").exists()
    asked(cast.pauline, file_id=letter.pk).close()
    event = Event.objects.get(verb="downloaded")
    assert (event.by_id, event.thing_id) == (cast.pauline.pk, letter.pk)


def test_everyone_but_the_partnerships_members_is_told_that_there_is_no_such_file(cast, letter) -> None:
    def told(person, file_id) -> str:
        with pytest.raises(Http404) as refusal:
            asked(person, file_id=file_id)
        return str(refusal.value)

    for outsider in (cast.otto, cast.rita, cast.ada, cast.nobody, AnonymousUser()):
        assert told(outsider, letter.pk) == told(outsider, uuid4())
    assert not Event.objects.filter(verb="downloaded").exists()


def test_a_withdrawn_file_is_no_longer_given_out(cast, letter) -> None:
    from throughline.history import door

    @door.action("file")
    def take_back(*, by, file):
        return door.withdraw(by=by, thing=file, expected_version=file.version, now=NOW, reason="the wrong letter")

    take_back(by=cast.bea, file=letter)
    with pytest.raises(Http404):
        asked(cast.bea, file_id=letter.pk)


def test_the_database_connection_is_given_back_before_the_first_byte(own_database) -> None:
    cast = assemble()
    file = stored(cast, b"notes " * 100_000, "notes.txt", Kind.TEXT)
    response = asked(cast.pauline, file_id=file.pk)
    assert connection.connection is None
    assert next(response.streaming_content)
    assert connection.connection is None
    response.close()


@pytest.mark.parametrize("name", sorted(SHOWN))
def test_a_hostile_name_is_shown_tamed_and_never_becomes_a_path(cast, root: Path, name: str) -> None:
    file = stored(cast, b"notes", name, Kind.TEXT)
    assert file.name == safe_name(name)
    response = asked(cast.bea, file_id=file.pk)
    assert content_of(response) == b"notes"
    assert {each.name for each in root.rglob("*") if each.is_file()} == {file.sha256[2:], ".lock"}


def test_only_business_managers_and_lead_officers_add_files(cast) -> None:
    blob = store.put(io.BytesIO(b"x"))
    for person in (cast.pauline, cast.rita, cast.ada, cast.otto, cast.nobody):
        with pytest.raises(AccessDenied):
            actions.store_file(
                by=person, partnership=cast.ashvale, blob=blob, verdict=Verdict(Kind.TEXT), name="x.txt", now=NOW
            )
    assert not StoredFile.objects.exists()


def test_those_who_may_see_a_file_are_the_members_and_nobody_else(cast, letter) -> None:
    assert Role.BOARD_READER not in MEMBERS
    seers = {name for name, who in cast.people.items() if StoredFile.objects.visible_to(who, NOW.date()).exists()}
    assert seers == set(cast.people) - {"otto", "rita", "ada", "nobody"}


def test_an_upload_passes_the_gate_before_it_is_stored(tmp_path: Path, root: Path) -> None:
    path = tmp_path / "upload"
    path.write_bytes(builders.word())
    received = intake.receive_path(path, name="../plan.docx")
    assert (received.verdict.kind, received.name) == (Kind.DOCX, "plan.docx")
    assert store.is_intact(received.blob.sha256)
    path.write_bytes(b"MZ not a document")
    with pytest.raises(Refused, match=r"^plan\.docx is a program"):
        intake.receive_path(path, name="plan.docx")
    assert len(list(root.glob("??/*"))) == 1


def test_an_upload_larger_than_the_limit_never_fills_the_disk_and_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = Limits(size=1_000)
    monkeypatch.setattr("throughline.files.uploads.DEFAULT", small)
    handler = LimitedUploadHandler()
    handler.new_file("file", "big.txt", "text/plain", 10_000)
    for start in range(0, 10_000, 500):
        handler.receive_data_chunk(b"words" * 100, start)
    upload = handler.file_complete(10_000)
    assert Path(upload.temporary_file_path()).stat().st_size == 1_001
    with pytest.raises(Refused, match=r"^big\.txt is larger than"):
        intake.receive(upload, limits=small)
    upload.close()


def test_nothing_is_judged_inside_an_action(cast, tmp_path: Path) -> None:
    from throughline.history import door

    @door.action("partnership")
    def careless(*, by, partnership):
        return intake.receive_path(tmp_path / "upload", name="x.pdf")

    with pytest.raises(RuntimeError, match="before an action"):
        careless(by=cast.bea, partnership=cast.ashvale)


def test_a_page_is_drawn_once_and_kept(cast, letter, monkeypatch: pytest.MonkeyPatch) -> None:
    first = page_image(letter, 2)
    assert first.startswith(b"\x89PNG")

    def never(*_: object, **__: object) -> None:
        raise AssertionError("drawn twice")

    monkeypatch.setattr(READER, never)
    assert page_image(letter, 2) == first


def test_a_page_picture_follows_the_files_rights_and_is_as_harmless(cast, letter) -> None:
    page = {"view": views.page_picture, "file_id": letter.pk, "number": 1, "width": 640}
    response = asked(cast.hana, **page)
    assert isinstance(response, HttpResponse)
    assert response["Content-Type"] == "image/png"
    assert response["Cache-Control"] == "no-store"
    with pytest.raises(Http404):
        asked(cast.otto, **page)
    for wrong in ({"number": 3}, {"width": 641}):
        with pytest.raises(Http404):
            asked(cast.hana, **{**page, **wrong})


def test_a_word_document_has_no_page_pictures_and_the_sentence_says_what_to_do(cast) -> None:
    plan = stored(cast, builders.word(), "plan.docx", Kind.DOCX)
    with pytest.raises(Refused, match=r"^plan\.docx has no pictures of its pages: download it"):
        page_image(plan, 1)


def test_over_the_web_a_foreign_file_answers_exactly_as_one_that_does_not_exist(cast, letter, client, settings) -> None:
    settings.ROOT_URLCONF = "throughline.files.urls"
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    settings.MIDDLEWARE = [
        "django.middleware.security.SecurityMiddleware",
        "csp.middleware.CSPMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "throughline.ui.middleware.ClockMiddleware",
        "throughline.ui.middleware.PageMiddleware",
    ]
    client.force_login(cast.otto, backend="allauth.account.auth_backends.AuthenticationBackend")
    foreign = client.get(f"/files/{letter.pk}/")
    missing = client.get(f"/files/{uuid4()}/")
    assert foreign.status_code == missing.status_code == 404
    assert foreign.content == missing.content
    assert dict(foreign.headers) == dict(missing.headers)
    client.force_login(cast.pauline, backend="allauth.account.auth_backends.AuthenticationBackend")
    own = client.get(f"/files/{letter.pk}/")
    assert own["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert own["Cache-Control"] == "no-store"
    assert content_of(own).startswith(b"%PDF")
