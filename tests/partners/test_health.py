"""How the deployment is: said plainly to those who look after it, and to strangers in one word."""

import pytest
from django.db import DatabaseError, connection

from throughline.history import triggers
from throughline.partners import health, web


def test_strangers_learn_that_it_is_well_and_nothing_else(cast, browser):
    answer = browser().get("/health.json")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_a_database_that_does_not_answer_is_not_well(cast, browser, monkeypatch):
    def broken():
        raise DatabaseError("gone")

    monkeypatch.setattr(health, "answers", broken)
    answer = browser().get("/health.json")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ok"})


def test_the_page_is_for_those_who_look_after_it_where_it_is_shared(cast, browser, shared, settings):
    settings.EMBEDDED = True
    assert browser(cast.hana).get("/health").status_code == 200
    settings.EMBEDDED = False
    from tests.partners.test_signed_in import shown

    assert shown(browser(cast.hana), cast.hana).get("/health").status_code == 404
    assert shown(browser(cast.ada), cast.ada).get("/health").status_code == 200
    assert browser().get("/health").status_code == 302


def test_the_page_names_database_safety_triggers_heads_and_room(cast, browser):
    page = browser(cast.bea).get("/health").content.decode()
    name = "SQLite" if connection.vendor == "sqlite" else "PostgreSQL"
    for words in (name, "survives a power cut", "All applied", "in place", "Room on the disk", "fingerprint begins"):
        assert words in page, words


def test_another_partnerships_record_is_not_counted_on_the_page(cast, browser):
    page = browser(cast.bea).get("/health").content.decode()
    assert "Record of Ashvale" in page
    assert "Brackley" not in page


def test_a_missing_trigger_is_named(cast, browser, monkeypatch):
    monkeypatch.setattr(triggers, "missing", lambda: frozenset({"event_no_update"}))
    page = browser(cast.bea).get("/health").content.decode()
    assert "Missing: event_no_update" in page
    assert "Something needs attention" in page


def test_what_rooms_offer_stands_on_the_page(cast, browser, monkeypatch):
    monkeypatch.setattr(web, "_health", [lambda: [("Queue", "3 jobs waiting", False)]])
    assert "3 jobs waiting" in browser(cast.bea).get("/health").content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_sqlite_keeps_what_it_acknowledged(db):
    found = {line.label: line for line in health._sqlite()}
    assert found["What was saved survives a power cut"].is_well
    assert found["Foreign keys"].is_well
