"""What stands around every page, and what people read when something is wrong."""

import re
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.staticfiles import finders
from django.test import Client, RequestFactory

from throughline.ui import context, menus
from throughline.ui.page import Page, describe


def body(response) -> str:
    return response.content.decode()


def test_a_page_says_who_may_see_it_and_is_marked_at_its_top_and_bottom(client):
    html = body(client.get("/plain"))
    assert "Who may see this: all members of &lt;Durham&gt;." in html
    assert html.count("Marking: </span>OFFICIAL-SENSITIVE</p>") == 2
    assert "<title>Plan – Durham &amp; Co – Throughline</title>" in html
    assert '<a href="#main-content" class="govuk-skip-link"' in html


def test_a_page_of_an_earlier_day_says_so_and_leads_back(client):
    html = body(client.get("/plain?as-of=2019-01-30&lead=3"))
    assert "as at the end of <strong>30 January 2019</strong>" in html
    assert 'href="/plain?lead=3">Back to today' in html
    assert "as at the end of" not in body(client.get("/plain"))


def test_a_page_that_cannot_show_an_earlier_day_says_that_it_does_not(client):
    html = body(client.get("/plain?as-of=2019-01-30&now=1"))
    assert "<strong>as it is now</strong>, whatever day its address asks for" in html
    assert 'href="/plain?now=1">Leave the day out' in html
    assert "as it is now" not in body(client.get("/plain?as-of=2019-01-30"))
    assert "as it is now" not in body(client.get("/plain"))


@pytest.mark.parametrize(("embedded", "shown"), [(True, True), (False, False)])
def test_a_copy_on_one_machine_says_so_on_each_page(client, own_urls, embedded, shown):
    own_urls.EMBEDDED = embedded
    assert ("This copy runs on one machine" in body(client.get("/plain"))) is shown


def test_invented_content_is_called_illustrative_on_each_page(client):
    assert "Illustrative" in body(client.get("/styles"))
    assert "Illustrative" not in body(client.get("/plain"))


def test_an_example_whose_today_stands_still_says_which_day_it_is(client):
    assert "in which today is <strong>29 March 2019</strong>" in body(client.get("/styles"))


def test_nothing_that_is_no_static_file_is_kept_by_a_browser_unless_the_view_says_so(client):
    assert client.get("/plain").headers["Cache-Control"] == "no-store"
    assert client.get("/nowhere").headers["Cache-Control"] == "no-store"
    assert client.get("/cached").headers["Cache-Control"] == "private, max-age=60"


def test_no_page_is_searched_or_given_the_machine(client):
    headers = client.get("/plain").headers
    assert "noindex" in headers["X-Robots-Tag"]
    assert "camera=()" in headers["Permissions-Policy"]
    assert "script-src 'self'" in headers["Content-Security-Policy"]


def test_a_request_has_one_moment_in_utc(client):
    zone, first, second = body(client.get("/moment")).split("|")
    assert zone == "UTC"
    assert first == second


def test_no_page_of_ours_needs_what_the_policy_forbids(client):
    for address in ("/styles", "/plain", "/accessibility", "/privacy", "/ask", "/settle", "/nowhere"):
        html = body(client.get(address))
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), address
        assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", html)), address


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/nowhere", 404, "There is nothing here that you may see."),
        ("/refused", 403, "your role does not allow that step"),
        ("/odd", 400, "We could not read that request"),
        ("/broken", 500, "The fault is ours"),
    ],
)
def test_each_error_says_what_to_do_next(client, address, status, words):
    response = client.get(address)
    assert response.status_code == status
    assert words in body(response)


def test_what_is_not_yours_is_to_the_letter_what_is_not_there(client):
    hidden, absent = client.get("/hidden"), client.get("/nowhere")
    assert hidden.status_code == absent.status_code == 404
    assert body(hidden) == body(absent)


def test_the_page_for_our_own_faults_says_nothing_of_the_fault(client):
    assert "planted" not in body(client.get("/broken"))


def test_a_form_from_elsewhere_is_refused_and_its_words_are_given_back_without_secrets(own_urls):
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    sent = {
        "update": "<b>Forty incidents</b>", "password": "hunter2", "csrfmiddlewaretoken": "x", "request_key": "k9",
        "expected_version": "v7", "lines-TOTAL_FORMS": "f12",
    }  # fmt: skip
    response = strict.post("/plain", sent)
    html = body(response)
    assert response.status_code == 403
    assert "&lt;b&gt;Forty incidents&lt;/b&gt;" in html
    assert "hunter2" not in html
    assert not any(unseen in html for unseen in ("k9", "v7", "f12"))


def test_a_step_that_is_hard_to_take_back_is_asked_about(client):
    html = body(client.get("/ask"))
    assert "Withdraw ACT-012?" in html
    assert "it leaves &lt;the&gt; plan" in html
    assert '<input type="hidden" name="version" value="3">' in html
    assert 'href="/plain">Cancel' in html
    wrong = client.post("/ask", {"reason": ""})
    assert wrong.status_code == 400
    assert "<title>Error: Withdraw ACT-012?" in body(wrong)


def test_two_peoples_words_are_shown_side_by_side_and_none_are_lost(client):
    response = client.get("/settle")
    html = body(response)
    assert response.status_code == 409
    assert "The police lead saved this 2 minutes ago: see both and choose." in html
    assert html.count("&lt;b&gt;mine&lt;/b&gt;") == 2  # beside theirs, and in the form
    assert "theirs" in html
    assert '<input type="hidden" name="expected_version" value="4">' in html


def test_the_styles_are_for_developers_only(client, own_urls):
    assert client.get("/styles").status_code == 200
    own_urls.DEVELOPMENT = False
    assert client.get("/styles").status_code == 404


def test_the_statement_names_the_regulations_its_day_and_its_gaps(client):
    html = body(client.get("/accessibility"))
    assert "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018" in html
    assert re.search(r"prepared on \d{1,2} [A-Z][a-z]+ \d{4}", html)
    assert "not good enough" in html


# -- the menu --------------------------------------------------------------------------------------------------------


def asked(address: str):
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    return request


@pytest.fixture
def menu(monkeypatch):
    """A menu of our own: what rooms have registered is theirs to test."""
    monkeypatch.setattr(menus, "_items", {})
    menus.register(menus.MenuItem("plan", "The <plan>", lambda request: "/plan/", order=20))
    menus.register(menus.MenuItem("actions", "Actions", lambda request: "/plan/actions", order=10))
    menus.register(menus.MenuItem("hidden", "Hidden", lambda request: None))


def test_the_menu_has_what_this_person_may_open_in_order_and_marks_the_nearest(menu):
    shown = menus.entries(asked("/plan/actions/ACT-012"))
    assert [(entry.label, entry.active) for entry in shown] == [("Actions", True), ("The <plan>", False)]


def test_the_menu_is_drawn_escaped_with_its_current_page(menu, client):
    menus.register(menus.MenuItem("here", "Here", lambda request: "/plain"))
    html = body(client.get("/plain"))
    assert "The &lt;plan&gt;" in html
    assert re.search(r'href="/plain" aria-current="page"><strong[^>]*>Here', html)


def test_a_request_refused_before_anybody_is_known_still_gets_its_page(menu, own_urls):
    response = Client(raise_request_exception=False, headers={"host": "elsewhere.example"}).get("/plain")
    assert response.status_code == 400
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.headers["X-Robots-Tag"]
    assert "We could not read that request" in body(response)


def test_a_page_may_name_its_section(menu):
    request = asked("/elsewhere")
    describe(request, section="plan")
    assert [entry.label for entry in menus.entries(request) if entry.active] == ["The <plan>"]


def test_two_rooms_cannot_have_the_same_entry(menu):
    with pytest.raises(ValueError, match="'plan' already"):
        menus.register(menus.MenuItem("plan", "Another", lambda request: "/"))


def test_a_page_without_particulars_is_marked_all_the_same():
    shell = context.page(RequestFactory().get("/"))["shell"]
    assert shell.page == Page()
    assert shell.page.marking == "OFFICIAL-SENSITIVE"
    assert shell.person == ""


# -- what may not be used off GOV.UK ----------------------------------------------------------------------------------


def test_no_stylesheet_or_script_that_we_serve_has_the_crest_the_crown_or_its_typeface():
    for name in ("vendor/govuk-frontend.css", "vendor/govuk-frontend.js", "ui/throughline.css", "ui/throughline.js"):
        text = Path(finders.find(name)).read_text(encoding="utf-8").lower()
        for mark in ("gds transport", "crest", "crown", "/assets/", "sourcemappingurl"):
            assert mark not in text, (name, mark)
    assert "source sans 3" in Path(finders.find("vendor/govuk-frontend.css")).read_text(encoding="utf-8").lower()


def test_every_file_that_a_page_asks_for_is_there(client):
    for address in re.findall(r'(?:href|src)="/static/([^"]+)"', body(client.get("/plain"))):
        assert finders.find(address), address
    css = Path(finders.find("vendor/govuk-frontend.css"))
    for file in re.findall(r"url\((fonts/[^)]+)\)", css.read_text(encoding="utf-8")):
        assert (css.parent / file).exists(), file
