"""Evidence's pages: registered with or without a file, shared with those who may see it, and with nobody else."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import NOW
from tests.evidence.conftest import TITLE, WORDS, hold, received, sent
from tests.hostile.corpus import EICAR
from tests.inspections.conftest import typed
from tests.inspections.test_pages import words_of
from tests.partners.conftest import form_of
from throughline.evidence import actions, links
from throughline.evidence.models import Evidence, EvidenceRevision
from throughline.files.models import StoredFile
from throughline.history.models import Event
from throughline.partners import stories

ALL = "/p/ashvale/evidence/"
ONE = f"{ALL}EV-001/"
ACT = "/p/ashvale/plans/improvement-plan/actions/ACT-001/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def registered(scene, **changes):
    return form_of(scene.cast.pauline, **{
        "body": str(scene.cast.police.pk), "title": TITLE, "held_where": "Training unit", "strength": "output",
        "link": "", "note": "", "detail": "", **changes,
    })  # fmt: skip


def test_evidence_is_registered_from_an_actions_page_and_stands_there(scene, browser):
    pauline = browser(scene.cast.pauline)
    where = unescape(re.search(r'href="([^"]*evidence/add/[^"]*)"', pauline.get(ACT).content.decode())[1])
    form = pauline.get(where).content.decode()
    assert f'<option value="{links.token_of(scene.police_action)}" selected>' in form
    made = pauline.post(
        where, {**registered(scene, thing=links.token_of(scene.police_action)), "file": sent()}
    )  # fmt: skip
    assert made.url == ONE
    shown = browser(scene.cast.hana).get(ACT).content.decode()
    assert TITLE in unescape(shown)
    assert f'href="{ONE}files/1/"' in shown
    assert "ACT-001" in words_of(browser(scene.cast.hana).get(ONE))


def test_a_refused_file_keeps_every_word_and_stores_nothing(scene, browser):
    pauline = browser(scene.cast.pauline)
    for name, content in (("eicar.txt", EICAR), ("empty.pdf", b""), ("tool.exe", b"MZ" + bytes(200))):
        answer = pauline.post(f"{ALL}add/", {**registered(scene), "file": sent(content, name)})
        assert answer.status_code == 400
        assert 'id="id_file_error"' in answer.content.decode(), name
        assert "Training unit" in answer.content.decode()
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()


def test_nowhere_and_nothing_is_refused_at_its_field(scene, browser):
    answer = browser(scene.cast.pauline).post(f"{ALL}add/", registered(scene, held_where=""))
    assert answer.status_code == 400
    assert "Say where it is held, or add the file or a link to it" in words_of(answer)
    for link in ("javascript:alert(1)", "ftp://example.org/a", "example.org"):
        answer = browser(scene.cast.pauline).post(f"{ALL}add/", registered(scene, link=link))
        assert "must be a whole address" in words_of(answer), link


def test_a_form_sent_twice_registers_once(scene, browser):
    pauline, form = browser(scene.cast.pauline), registered(scene)
    assert [pauline.post(f"{ALL}add/", {**form, "file": sent()}).url for _ in range(2)] == [ONE, ONE]
    assert Evidence.objects.count() == EvidenceRevision.objects.count() == StoredFile.objects.count() == 1


def test_a_file_reaches_those_who_may_see_its_evidence_as_an_attachment_and_is_on_record(scene, piece, browser):
    actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    answer = browser(scene.cast.hana).get(f"{ONE}files/1/")
    assert b"".join(answer.streaming_content) == WORDS
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert Event.objects.filter(verb="downloaded", thing_kind="evidence.revision").count() == 1
    for person in (scene.cast.otto, scene.cast.rita, scene.cast.ada, scene.cast.nobody):
        assert browser(person).get(f"{ONE}files/1/").status_code == 404


def test_no_open_file_page_gives_out_a_file_of_evidence(scene, piece, browser):
    actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    file = StoredFile.objects.get()
    for person in (scene.cast.pauline, scene.cast.bea, scene.cast.sian):
        assert browser(person).get(reverse("files:download", args=[file.pk])).status_code == 404
        assert browser(person).get(reverse("files:page_picture", args=[file.pk, 1, 620])).status_code == 404


def test_restricted_evidence_is_as_absent_as_what_is_not_there(scene, piece, browser):
    actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    actions.restrict(by=scene.cast.pauline, evidence=piece, expected_version=1, reason="Names.", now=scene.now())
    for person, status in (
        (scene.cast.bea, 404),
        (scene.cast.hana, 404),
        (scene.cast.sian, 200),
        (scene.cast.olu, 200),
    ):
        client = browser(person)
        file = client.get(f"{ONE}files/1/")
        assert client.get(ONE).status_code == file.status_code == status
        assert not file.streaming or b"".join(file.streaming_content) == WORDS
        assert (TITLE in unescape(client.get(ACT).content.decode())) == (status == 200)
        assert (TITLE in unescape(client.get(ALL).content.decode())) == (status == 200)
        exported = b"".join(client.get(f"{ALL}?export=csv").streaming_content).decode()
        assert (TITLE in exported) == (status == 200)


def test_what_evidence_said_while_it_was_restricted_is_not_told_afterwards(scene, piece):
    secret = "Names of 41 sergeants with their numbers"
    restricted = actions.restrict(
        by=scene.cast.pauline, evidence=piece, expected_version=1, reason="It names staff.", now=scene.now()
    )
    words = {"held_where": "Training unit", "strength": "output", "now": scene.now()}
    changed = actions.change(by=scene.cast.pauline, evidence=restricted, expected_version=2, title=secret, **words)
    again = actions.change(by=scene.cast.pauline, evidence=changed, expected_version=3, title=TITLE, **words)
    actions.unrestrict(by=scene.cast.pauline, evidence=again, expected_version=4, reason="Cleaned.", now=scene.now())
    piece.refresh_from_db()
    assert secret in repr(stories.story_of(piece, scene.cast.pauline))
    assert secret not in repr(stories.story_of(piece, scene.cast.hana))
    assert stories.story_of(piece, scene.cast.hana)


def test_the_scrutineer_says_of_what_evidence_satisfied_them(scene, piece, browser):
    sian = browser(scene.cast.sian)
    assert f'href="{ONE}see/"' in sian.get(ONE).content.decode()
    assert f'href="{ONE}see/"' not in browser(scene.cast.pauline).get(ONE).content.decode()
    fields = {"capacity": "Independent scrutineer", "satisfied": "no", "satisfied_that": "Nine names are missing."}
    tomorrow = sian.post(f"{ONE}see/", form_of(scene.cast.sian, **fields, **typed("on", date(2026, 2, 1))))
    assert "has not come yet" in words_of(tomorrow)
    assert "Nine names are missing." in tomorrow.content.decode()
    sian.post(f"{ONE}see/", form_of(scene.cast.sian, **fields, **typed("on", date(2026, 1, 12))))
    page = words_of(browser(scene.cast.hana).get(ONE))
    assert "Not satisfied" in page
    assert "Nine names are missing." in page
    assert "Independent scrutineer" in page
    assert "Seen, not satisfied" in words_of(browser(scene.cast.hana).get(ALL))


def test_a_file_is_taken_away_after_a_reason_and_its_page_is_gone(scene, piece, browser):
    actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    pauline = browser(scene.cast.pauline)
    asked = words_of(pauline.get(f"{ONE}files/1/take-away/"))
    assert "Copies in backups stay" in asked
    assert pauline.post(
        f"{ONE}files/1/take-away/", form_of(scene.cast.pauline, version="1", reason="")
    ).status_code == 400  # fmt: skip
    done = pauline.post(f"{ONE}files/1/take-away/", form_of(scene.cast.pauline, version="1", reason="A child’s name."))
    assert done.url == ONE
    assert pauline.get(f"{ONE}files/1/").status_code == 404


def test_every_step_is_for_those_who_may_change_it(scene, piece, browser):
    actions.add_revision(by=scene.cast.pauline, evidence=piece, file=received(), now=scene.now())
    link = piece.links.get()
    steps = ("change/", "share/", "links/", "restrict/", "expire/", "withdraw/", "files/1/take-away/",
             f"links/{link.pk}/remove/")  # fmt: skip
    for person, status in (
        (scene.cast.pauline, 200),
        (scene.cast.bea, 200),
        (scene.cast.hana, 404),
        (scene.cast.otto, 404),
    ):
        for step in steps:
            assert browser(person).get(f"{ONE}{step}").status_code == status, (person, step)


def test_evidence_is_linked_unlinked_expired_and_withdrawn_from_its_page(scene, piece, browser):
    bea = browser(scene.cast.bea)
    bea.post(f"{ONE}links/", form_of(scene.cast.bea, thing=links.token_of(scene.impact)))
    assert "IMP-01" in words_of(bea.get(ONE))
    link = piece.links.get(thing_kind="plans.desired_impact")
    assert bea.get(f"{ONE}links/{link.pk}/remove/").status_code == 200
    bea.post(f"{ONE}links/{link.pk}/remove/", form_of(scene.cast.bea))
    assert "It belongs to" not in words_of(bea.get(ONE)).replace("What it belongs to", "")
    assert "IMP-01 Every" not in words_of(bea.get(ONE))
    bea.post(
        f"{ONE}expire/",
        form_of(scene.cast.bea, version="1", reason="A new list came.", **typed("expires", date(2026, 1, 12))),
    )
    assert "Expired" in words_of(bea.get(ONE))
    bea.post(f"{ONE}withdraw/", form_of(scene.cast.bea, version="2", reason="Wrong year."))
    assert bea.get(ONE).status_code == 404


def test_the_list_is_filtered_by_what_people_look_for(scene, piece, browser):
    loose = hold(scene, title="Loose paper", things=[], agency=None, group=scene.cast.strategy_group,
                 by=scene.cast.gil, expires=date(2026, 1, 10), strength="voice")  # fmt: skip
    hana = browser(scene.cast.hana)
    for query, shown in (
        ("check=without-link", {loose}), ("check=expired", {loose}), ("strength=output", {piece}),
        ("body=Vale+Police", {piece}), ("seen=not-seen", {piece, loose}), ("seen=satisfied", set()),
        ("q=loose", {loose}),
    ):  # fmt: skip
        page = unescape(hana.get(f"{ALL}?{query}").content.decode())
        assert {each for each in (loose, piece) if each.title in page} == shown, query


def test_a_list_and_an_action_of_many_ask_no_more_than_of_few(scene, piece, browser):
    hana = browser(scene.cast.hana)

    def asked(where: str) -> int:
        with CaptureQueriesContext(connection) as found:
            assert hana.get(where).status_code == 200
        return len(found)

    for where in (ALL, ACT):
        asked(where)
    few = [asked(where) for where in (ALL, ACT)]
    for number in range(7):
        more = hold(scene, title=f"Paper {number}")
        actions.add_revision(by=scene.cast.pauline, evidence=more, file=received(), now=scene.now())
    assert [asked(where) for where in (ALL, ACT)] == few
