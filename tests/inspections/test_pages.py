"""The inspections room's pages, as a browser without scripts sees them."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from tests.cast import NOW
from tests.inspections.conftest import begun, facts, form_of, letter_bytes, mark, take_in
from throughline.inspections.models import Finding

P = "/p/ashvale/inspections/"
LETTER = f"{P}jtai-2025/letters/1/"
ROUTES = (
    "", "new/", "jtai-2025/", "jtai-2025/letters/add/", "jtai-2025/letters/1/dates/", "jtai-2025/letters/1/pages/1/",
    "jtai-2025/findings/", "jtai-2025/findings/add/", "jtai-2025/findings/AFI-1/",
    "jtai-2025/findings/AFI-1/change/", "jtai-2025/findings/AFI-1/withdraw/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def words_of(answer) -> str:
    """What a page says, without its markup."""
    text = re.sub(r"(?s)<(script|style).*?</\1>", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).replace("&#x27;", "'")


def send_letter(client, cast, content: bytes, name: str = "letter.pdf", **changes):
    return take_in(client, cast.bea, content, name=name, **facts(**changes))


def test_an_empty_partnership_is_led_to_its_first_letter(cast, browser):
    bea = browser(cast.bea)
    assert f'href="{P}new/"' in bea.get("/p/ashvale/").content.decode()
    assert f'href="{P}new/"' in bea.get(P).content.decode()
    hana = browser(cast.hana)
    assert f'href="{P}new/"' not in hana.get(P).content.decode()


def test_a_letter_comes_in_and_its_findings_are_marked_and_found_again(cast, browser):
    bea = browser(cast.bea)
    sent = send_letter(bea, cast, letter_bytes())
    first = f"{P}jtai-2025/letters/1/pages/1/"
    assert (sent.status_code, sent.url) == (302, first)
    page = bea.get(first.replace("pages/1", "pages/2"))
    assert "Strategy meetings are held late and without the police" in page.content.decode()
    assert 'alt="Page 2 of the letter; its text follows"' in page.content.decode()
    picture = re.search(r'<img src="([^"]+)"', page.content.decode())[1]
    assert bea.get(picture)["Content-Type"] == "image/png"
    marked = bea.post(
        first.replace("pages/1", "pages/2"),
        form_of(cast.bea, kind="improvement", text="Strategy meetings are held\nlate", title="Late meetings"),
    )
    assert marked.status_code == 302
    shown = words_of(bea.get(marked.url))
    assert "AFI-1 is marked on page 2." in shown
    assert "1 finding marked" in shown
    assert "Late meetings" in words_of(bea.get(f"{P}jtai-2025/findings/?kind=improvement&answer=without"))
    assert "Late meetings" not in words_of(bea.get(f"{P}jtai-2025/findings/?answer=answered"))
    finding = words_of(browser(cast.hana).get(f"{P}jtai-2025/findings/AFI-1/"))
    assert "page 2" in finding
    assert "Change this finding" not in finding


def test_words_that_are_not_on_the_page_are_asked_about_once_and_never_altered(cast, browser, letter):
    bea = browser(cast.bea)
    fields = {"kind": "improvement", "text": "Meetings are  never held", "title": "None"}
    asked = bea.post(f"{LETTER}pages/2/", form_of(cast.bea, **fields))
    assert asked.status_code == 400
    assert "These words are not on page 2 as printed" in words_of(asked)
    doubted = re.search(r'name="doubted" value="([^"]+)"', asked.content.decode())[1]
    kept = bea.post(f"{LETTER}pages/2/", form_of(cast.bea, **fields, doubted=doubted))
    assert kept.status_code == 302
    assert Finding.objects.get().text == "Meetings are  never held"
    changed = {**fields, "text": "Other words that are not there"}
    assert bea.post(f"{LETTER}pages/2/", form_of(cast.bea, **changed, doubted=doubted)).status_code == 400


def test_a_page_can_be_chosen_without_scripts(cast, browser, letter):
    answer = browser(cast.bea).get(f"{LETTER}pages/1/?go=3")
    assert answer.url == f"{LETTER}pages/3/"
    assert browser(cast.bea).get(f"{LETTER}pages/4/").status_code == 404


def test_two_people_who_change_one_finding_see_both_versions(cast, browser, letter):
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    bea, where = browser(cast.bea), f"{P}jtai-2025/findings/AFI-1/change/"
    fields = {"text": "Strategy meetings", "page": "2", "reason": "", "version": "1"}
    assert bea.post(where, form_of(cast.bea, title="Hers", **fields)).status_code == 302
    answer = bea.post(where, form_of(cast.bea, title="His", **fields))
    assert answer.status_code == 409
    assert "Hers" in words_of(answer)
    assert "His" in words_of(answer) or 'value="His"' in answer.content.decode()
    settled = form_of(cast.bea, title="His", **{**fields, "version": "2"})
    assert bea.post(where, settled).status_code == 302
    assert Finding.objects.get().title == "His"


def test_withdrawing_asks_for_a_reason_and_leaves_the_page(cast, browser, letter):
    mark(cast.bea, letter.inspection)
    bea, where = browser(cast.bea), f"{P}jtai-2025/findings/AFI-1/"
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="", version="1")).status_code == 400
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="Marked twice", version="1")).status_code == 302
    page = words_of(bea.get(where))
    assert "was withdrawn" in page
    assert "Marked twice" in page
    assert bea.get(f"{where}withdraw/").status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_a_page_of_another_partnership_is_as_absent_as_one_that_does_not_exist(cast, browser, letter, route):
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    assert browser(cast.bea).get(P + route).status_code == 200
    for outsider in (cast.otto, cast.nobody):
        client = browser(outsider)
        theirs = client.get(P + route)
        assert theirs.status_code == 404
        nowhere = client.get("/p/nowhere/inspections/" + route)
        assert words_of(theirs) == words_of(nowhere)
        assert client.post(P + route, form_of(outsider)).status_code in {404, 405}


FORMS = [each for each in ROUTES if each.endswith(("new/", "add/", "dates/", "change/", "withdraw/"))]


@pytest.mark.parametrize("route", FORMS)
def test_a_form_is_not_there_for_those_who_may_not_send_it(cast, browser, letter, route):
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    assert browser(cast.hana).get(P + route).status_code == 404


def test_a_board_reader_sees_no_findings(cast, browser, letter):
    mark(cast.bea, letter.inspection, letter=letter, page=2)
    rita = browser(cast.rita)
    assert rita.get(f"{P}jtai-2025/").status_code == 404
    assert "Late strategy" not in words_of(rita.get(P))


def test_what_is_exported_is_what_the_screen_shows(cast, browser, letter):
    for number in range(3):
        mark(cast.bea, letter.inspection, letter=letter, page=1, title=f"Late {number}")
    mark(cast.bea, letter.inspection, kind="strength", letter=letter, page=1, title="Good")
    bea, where = browser(cast.bea), f"{P}jtai-2025/findings/?kind=improvement&sort=-place"
    shown = re.findall(r">(AFI-\d+|STR-\d+)<", bea.get(where).content.decode())
    file = b"".join(bea.get(f"{where}&export=csv").streaming_content).decode("utf-8-sig")
    assert re.findall(r"AFI-\d+|STR-\d+", file) == shown == ["AFI-3", "AFI-2", "AFI-1"]


def test_a_list_asks_no_more_of_the_database_for_more_findings(cast, browser, letter, django_assert_max_num_queries):
    def asked() -> int:
        client = browser(cast.bea)
        client.get(f"{P}jtai-2025/findings/")
        with django_assert_max_num_queries(19) as counted:
            client.get(f"{P}jtai-2025/findings/")
        return len(counted)

    for number in range(5):
        mark(cast.bea, letter.inspection, letter=letter, page=1, title=f"Late {number}")
    few = asked()
    for number in range(60):
        mark(cast.bea, letter.inspection, letter=letter, page=1, title=f"Later {number}")
    assert asked() == few


def test_every_address_of_the_room_is_in_the_list_of_routes():
    from throughline.inspections import checking_urls, record_urls, regime_urls
    from throughline.inspections.urls import urlpatterns

    elsewhere = [*record_urls.urlpatterns, *checking_urls.urlpatterns, *regime_urls.urlpatterns]

    named = {"slug": "ashvale", "inspection": "jtai-2025", "letter": 1, "page": 1, "finding": "AFI-1"}
    every = {
        reverse(f"inspections:{each.name}", kwargs={key: named[key] for key in each.pattern.converters})
        for each in urlpatterns
        if each not in elsewhere and each.name not in {"check-new", "check-added"}
    }
    assert every == {P + route for route in ROUTES}


def test_who_answers_the_letter_is_shown_and_put_right_with_its_dates(cast, browser, letter):
    bea, where = browser(cast.bea), f"{LETTER}dates/"
    assert "Principal authority Not recorded" in words_of(bea.get(f"{P}jtai-2025/"))
    page = bea.get(where)
    assert "The letter’s dates and principal authority" in words_of(page)
    sent = bea.post(where, form_of(cast.bea, **{**begun(page), "principal_authority": "Vale Police"}))
    assert sent.status_code == 302
    assert "Principal authority Vale Police" in words_of(bea.get(sent.url))
    letter.refresh_from_db()
    assert (letter.principal_authority, letter.received) == ("Vale Police", date(2026, 1, 5))
