"""The page of a partnership's themes, as a browser without scripts sees it."""

import re
from datetime import timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.conftest import form_of, letter, mark
from tests.inspections.test_pages import words_of
from tests.inspections.test_recurrence import give_theme
from tests.partners.conftest import browser
from throughline.inspections import themes
from throughline.inspections.models import Theme
from throughline.inspections.taxonomy import DEFAULT_THEMES

__all__ = ["browser", "letter"]
P = "/p/ashvale/themes/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def begun(cast) -> list[Theme]:
    return themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)


def shown(client) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>(?:<a[^>]*>)?([^<]+)', client.get(P).content.decode())


def test_an_empty_list_offers_the_usual_themes_to_those_who_keep_it(cast, browser):
    assert "Those who keep the inspection begin it" in words_of(browser(cast.hana).get(P))
    bea = browser(cast.bea)
    assert bea.post(P, form_of(cast.bea, form="begin")).url == P
    assert shown(bea) == list(DEFAULT_THEMES)
    assert f"The list has {len(DEFAULT_THEMES)} themes" in words_of(bea.get(P)) or shown(browser(cast.hana))
    assert "Up" not in words_of(browser(cast.hana).get(P)).split("Place")[0].split()


def test_a_text_is_tried_and_nothing_is_saved(cast, browser):
    begun(cast)
    answer = browser(cast.hana).post(P, form_of(cast.hana, form="try", text="Strategy meetings <b>drift</b>"))
    said = words_of(answer)
    assert "This text would get 2 themes" in said
    assert '<mark class="tl-mark">Strategy</mark>' in answer.content.decode()
    assert "<b>drift" not in answer.content.decode()
    assert "no theme" in words_of(browser(cast.hana).post(P, form_of(cast.hana, form="try", text="Nothing")))
    assert browser(cast.hana).post(P, form_of(cast.hana, form="try", text="")).status_code == 400


def test_a_theme_is_added_reworded_moved_and_taken_off(cast, browser, letter):
    first = begun(cast)[0]
    finding = mark(cast.bea, letter.inspection)
    give_theme(by=cast.bea, finding=finding, theme=first, now=NOW)
    bea = browser(cast.bea)
    assert bea.post(f"{P}add/", form_of(cast.bea, name="Housing", words="housing\nlandlord")).url == P
    assert shown(bea)[-1] == "Housing"
    assert bea.post(f"{P}add/", form_of(cast.bea, name="housing", words="")).status_code == 400
    assert bea.post(f"{P}add/", form_of(cast.bea, name="Signs", words="–")).status_code == 400
    own = Theme.objects.get(name="Housing")
    answer = bea.post(P, form_of(cast.bea, form="move", theme=str(own.pk), way="up"))
    assert answer.url == f"{P}#theme-{own.pk}"
    assert shown(bea)[-2] == "Housing"
    where = f"{P}{first.pk}/"
    assert bea.post(where, form_of(cast.bea, name="Meetings", words="meeting", version="1")).url == P
    assert bea.post(where, form_of(cast.bea, name="Other", words="meeting", version="1")).status_code == 409
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="", version="2")).status_code == 400
    assert bea.post(f"{where}withdraw/", form_of(cast.bea, reason="Too wide", version="2")).url == P
    assert "Meetings" not in shown(bea)
    assert bea.get(where).status_code == 404
    assert finding.theme_links.filter(withdrawn_at__isnull=True).count() == 1


def test_findings_are_counted_while_they_stand(cast, browser, letter):
    first = begun(cast)[0]
    for _ in range(2):
        give_theme(by=cast.bea, finding=mark(cast.bea, letter.inspection), theme=first, now=NOW)
    row = browser(cast.hana).get(P).content.decode().partition(f"theme-{first.pk}")[2]
    assert re.search(r'numeric">(\d+)<', row)[1] == "2"


@pytest.mark.parametrize("who", ["hana", "sian", "quin"])
def test_a_member_reads_the_list_and_changes_nothing(cast, browser, who):
    first, client, person = begun(cast)[0], browser(cast.people[who]), cast.people[who]
    assert client.get(P).status_code == 200
    for path in (f"{P}add/", f"{P}{first.pk}/", f"{P}{first.pk}/withdraw/"):
        assert client.get(path).status_code == 404
    for sent in ({"form": "begin"}, {"form": "move", "theme": str(first.pk), "way": "down"}, {"form": "other"}):
        assert client.post(P, form_of(person, **sent)).status_code == 404


def test_what_is_no_theme_moves_nowhere(cast, browser):
    begun(cast)
    bea = browser(cast.bea)
    for theme in ("", "x", "00000000-0000-4000-8000-000000000000"):
        assert bea.post(P, form_of(cast.bea, form="move", theme=theme, way="up")).status_code == 404


@pytest.mark.parametrize("who", ["otto", "nobody", "rita"])
def test_anothers_list_is_absent_or_empty(cast, browser, who):
    begun(cast)
    answer = browser(cast.people[who]).get(P)
    assert answer.status_code == 404 or "Strategy meetings" not in words_of(answer)


def test_the_list_asks_no_more_of_the_database_for_more_themes(cast, browser, letter, django_assert_max_num_queries):
    first = begun(cast)[0]

    def asked() -> int:
        client = browser(cast.bea)
        client.get(P)
        with django_assert_max_num_queries(15) as counted:
            client.get(P)
        return len(counted)

    few = asked()
    for number in range(10):
        themes.add_theme(by=cast.bea, partnership=cast.ashvale, name=f"Theme {number}", words=[], now=NOW)
        give_theme(by=cast.bea, finding=mark(cast.bea, letter.inspection), theme=first, now=NOW)
    assert asked() == few
