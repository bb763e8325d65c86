"""The library is searched: by words, theme, kind and area; and a finding shows how often its themes stand in it."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tests.inspections.conftest import mark
from tests.inspections.test_pages import words_of
from tests.inspections.test_recurrence import give_theme
from tests.library.conftest import form_of, kept
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.inspections import themes
from throughline.inspections.models import Theme
from throughline.library import actions, queries
from throughline.library.lists import ThemeFilter
from throughline.library.models import LibraryFinding, LibraryLetter
from throughline.methods.mentions import searchable

P = "/p/ashvale/library/"
FINDINGS = f"{P}findings/"
QUERIES = st.text(st.sampled_from("abé ’'-\"%_\\ "), max_size=12)


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


@pytest.fixture
def shelf(cast) -> list[LibraryLetter]:
    """Three letters."""
    return [
        kept(cast.bea, cast.ashvale, "Aldermere", ("improvement", "Strategy meetings are held too late."),
             ("strength", "Strategy meetings have every partner."), theme="Missing children"),
        kept(cast.bea, cast.ashvale, "Thornmoor", ("improvement", "The ED does not flag neglect."),
             ("priority_action", "Late strategy discussions."), published=date(2023, 3, 16)),
        kept(cast.bea, cast.ashvale, "Saltby", ("strength", "Schools are heard."), published=date(2019, 1, 31)),
    ]  # fmt: skip


def references(answer) -> list[str]:
    return re.findall(r"/library/(\d+)/#([A-Z]+-\d+)", answer.content.decode())


def test_findings_are_found_by_all_words_with_area_day_and_page(cast, browser, shelf):
    hana = browser(cast.hana)
    answer = hana.get(f"{FINDINGS}?q=late+strategy")
    assert references(answer) == [("1", "AFI-1"), ("2", "APA-1")]
    page = answer.content.decode()
    assert '<mark class="tl-mark">Strategy</mark> meetings are held too <mark class="tl-mark">late</mark>.' in page
    shown = words_of(answer)
    assert "Aldermere" in shown
    assert "16 Mar 2023" in shown
    assert f'href="{P}2/pages/1/"' in page
    assert references(hana.get(f'{FINDINGS}?q="strategy+meetings"&kind=improvement')) == [("1", "AFI-1")]
    assert references(hana.get(f"{FINDINGS}?q=ed")) == [("2", "AFI-1")]
    assert references(hana.get(f"{FINDINGS}?area=Saltby")) == [("3", "STR-1")]
    assert "Nothing matches" in words_of(hana.get(f"{FINDINGS}?q=housing"))


def test_findings_are_found_by_theme_with_its_words_marked(cast, browser, shelf):
    hana = browser(cast.hana)
    answer = hana.get(f"{FINDINGS}?theme=strategy-meetings")
    assert references(answer) == [("1", "AFI-1"), ("1", "STR-1"), ("2", "APA-1")]
    assert '<mark class="tl-mark">meetings</mark> are held' in answer.content.decode()
    own = themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)
    assert references(hana.get(f"{FINDINGS}?theme={own[0].pk}")) == references(answer)
    assert references(hana.get(f"{FINDINGS}?theme=strategy-meetings")) == []


def test_what_is_exported_is_what_is_shown(cast, browser, shelf):
    bea, where = browser(cast.bea), f"{FINDINGS}?q=strategy&kind=improvement&kind=priority_action"
    file = b"".join(bea.get(f"{where}&export=csv").streaming_content).decode("utf-8-sig")
    assert "Strategy meetings are held too late." in file
    assert "<mark" not in file
    assert "every partner" not in file
    assert b"".join(bea.get(f"{where}&export=xlsx").streaming_content).startswith(b"PK")
    letters = b"".join(bea.get(f"{P}?export=csv").streaming_content).decode("utf-8-sig")
    assert "Thornmoor" in letters


def test_a_text_cannot_write_into_the_page(cast, browser):
    kept(cast.bea, cast.ashvale, "<b>Area", ("improvement", "<script>late</script> & late"))
    page = browser(cast.hana).get(f"{FINDINGS}?q=late").content.decode()
    assert "<script>late" not in page
    assert "&lt;script&gt;" in page
    assert "<b>Area" not in page


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(QUERIES, min_size=1, max_size=3), QUERIES, st.lists(QUERIES, max_size=3))
def test_the_database_finds_what_the_pure_functions_find(searched_letter, texts, query, words):
    for number, each in enumerate(texts, start=100):
        _insert(searched_letter, number, each)
    rows = LibraryFinding.objects.filter(letter=searched_letter, number__gte=100)
    found = set(rows.filter(queries.having_all(query)).values_list("number", flat=True))
    assert found == {
        number
        for number, each in enumerate(texts, start=100)
        if all(needle in searchable(each) for needle in queries.needles_of(query))
    }
    theme = queries._theme("t", "T", words)
    about = {number for number, each in enumerate(texts, start=100) if theme.is_in(searchable(each))}
    shown = ThemeFilter([theme]).counted(rows, queries.Q(), [])
    assert shown[0].count == len(about)
    chosen = rows.filter(ThemeFilter([theme]).where(rows, ["t"]))
    assert set(chosen.values_list("number", flat=True)) == about
    assert not rows.filter(ThemeFilter([theme]).where(rows, ["unknown"])).exists()
    rows.delete()


@pytest.fixture
def searched_letter(cast) -> LibraryLetter:
    return kept(cast.bea, cast.ashvale, "Aldermere", ("improvement", "One"))


def _insert(letter: LibraryLetter, number: int, text: str) -> None:
    """A row for a property alone: nothing of it is recorded, and it goes again."""
    LibraryFinding._base_manager.bulk_create(
        [
            LibraryFinding(
                partnership_id=letter.partnership_id, letter=letter, number=number, reference=f"AFI-{number}",
                kind="improvement", page=1, text=text, searched=searchable(text),
            )
        ]
    )  # fmt: skip


# -- how often --------------------------------------------------------------------------------------------------------


def test_a_finding_shows_how_often_its_themes_stand_in_the_library(cast, browser, letter, shelf):
    own = themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)
    finding = mark(cast.bea, letter.inspection, text="Meetings are late", title="Late")
    for name in ("Strategy meetings", "Early help"):
        give_theme(by=cast.bea, finding=finding, theme=Theme.objects.get(name=name), now=NOW)
    answer = browser(cast.hana).get("/p/ashvale/inspections/jtai-2025/findings/AFI-1/")
    shown = words_of(answer)
    assert "2 of 3 letters have a finding about Strategy meetings: 2 ask for something to be done about it." in shown
    assert "None of 3 letters have a finding about Early help" in shown
    assert f'href="{FINDINGS}?theme={own[0].pk}"' in answer.content.decode()


def test_without_themes_of_its_own_a_finding_is_looked_up_by_its_words(cast, browser, letter, shelf):
    mark(cast.bea, letter.inspection, text="Neglect is not seen", title="Neglect")
    shown = words_of(browser(cast.hana).get("/p/ashvale/inspections/jtai-2025/findings/AFI-1/"))
    assert "1 of 3 letters has a finding about Neglect: 1 asks for something to be done about it." in shown


def test_an_empty_library_says_nothing_beside_a_finding(cast, browser, letter):
    mark(cast.bea, letter.inspection)
    shown = words_of(browser(cast.bea).get("/p/ashvale/inspections/jtai-2025/findings/AFI-1/"))
    assert "in your library" not in shown


# -- one letter -------------------------------------------------------------------------------------------------------


def test_a_letter_shows_its_facts_findings_and_pages(cast, browser, shelf):
    hana = browser(cast.hana)
    shown = words_of(hana.get(f"{P}1/"))
    assert "1 area for improvement" in shown
    assert "Missing children" in shown
    assert "Take it out" not in shown
    page = hana.get(f"{P}1/pages/1/")
    assert "Strategy meetings are held too late." in words_of(page)
    picture = re.search(r'<img src="([^"]+)"', page.content.decode())[1]
    assert hana.get(picture)["Content-Type"] == "image/png"
    assert hana.get(f"{P}1/pages/2/").status_code == 404


def test_a_letters_facts_are_put_right_by_one_person_at_a_time(cast, browser, shelf):
    bea, fields = browser(cast.bea), {"area": "Old Saltby", "theme": "", "inspectorates": "Ofsted\nCQC", "version": "1"}
    assert bea.post(f"{P}3/change/", form_of(cast.bea, **fields)).url == f"{P}3/"
    assert LibraryLetter.objects.get(number=3).inspectorates == ["Ofsted", "CQC"]
    assert bea.post(f"{P}3/change/", form_of(cast.bea, **{**fields, "area": "New"})).status_code == 409
    with pytest.raises(Conflict):
        actions.change_letter(
            by=cast.bea, letter=shelf[2], expected_version=1, facts=actions.LetterFacts(), now=NOW
        )  # fmt: skip
    with pytest.raises(actions.CannotDo):
        actions.change_letter(
            by=cast.bea, letter=shelf[2], expected_version=2, facts=actions.LetterFacts(fieldwork_end=date(2020, 1, 1)),
            now=NOW,
        )  # fmt: skip


def test_a_theme_of_very_many_words_is_counted_too(cast, shelf):
    many = queries._theme("t", "Many", [*(f"word{number}" for number in range(1_500)), "strategy", "flag"])
    total, found = queries.how_often(cast.ashvale, [many], for_person=cast.bea)
    assert (total, found[0].letters, found[0].to_improve) == (3, 2, 2)


def test_a_letter_that_was_taken_out_is_in_no_list_search_or_count(cast, browser, letter, shelf):
    bea = browser(cast.bea)
    assert bea.post(f"{P}1/withdraw/", form_of(cast.bea, reason="", version="1")).status_code == 400
    assert bea.post(f"{P}1/withdraw/", form_of(cast.bea, reason="Wrong area", version="1")).url == P
    assert "Aldermere" not in words_of(bea.get(P)).replace("Aldermere is out", "").replace("about Aldermere", "")
    assert references(bea.get(f"{FINDINGS}?q=strategy")) == [("2", "APA-1")]
    assert bea.get(f"{P}1/").status_code == 404
    total, found = queries.how_often(
        cast.ashvale, queries.themes_to_search(cast.ashvale, for_person=cast.bea)[:1], for_person=cast.bea
    )
    assert (total, found[0].letters) == (2, 1)


@pytest.mark.parametrize("who", ["hana", "sian", "quin", "esther", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_library_change_it(cast, browser, shelf, who):
    person = cast.people[who]
    with pytest.raises(AccessDenied):
        actions.withdraw_letter(by=person, letter=shelf[0], expected_version=1, reason="No", now=NOW)
    with pytest.raises(AccessDenied):
        actions.change_letter(by=person, letter=shelf[0], expected_version=1, facts=actions.LetterFacts(), now=NOW)
    for page in ("1/change/", "1/withdraw/"):
        assert browser(person).get(P + page).status_code == 404


@pytest.mark.parametrize("who", ["otto", "nobody", "rita"])
def test_one_partnerships_library_is_not_anothers(cast, browser, shelf, who):
    client = browser(cast.people[who])
    for page in ("1/", "1/pages/1/"):
        assert client.get(P + page).status_code == 404
    for page in ("", "findings/?q=strategy"):
        answer = client.get(P + page)
        assert answer.status_code == 404 or "Aldermere" not in answer.content.decode()


def test_pages_ask_no_more_of_the_database_for_more_letters(
    cast, browser, letter, shelf, django_assert_max_num_queries
):
    mark(cast.bea, letter.inspection, text="Strategy meetings, neglect, schools")
    urls = (P, FINDINGS, f"{FINDINGS}?q=strategy", f"{P}1/", "/p/ashvale/inspections/jtai-2025/findings/AFI-1/")

    def asked(url: str) -> int:
        client = browser(cast.hana)
        client.get(url)
        with django_assert_max_num_queries(40) as counted:
            client.get(url)
        return len(counted)

    few = [asked(url) for url in urls]
    for number in range(6):
        kept(cast.bea, cast.ashvale, f"Area {number}", *[("improvement", f"Strategy {each}") for each in range(5)])
    assert [asked(url) for url in urls] == few
