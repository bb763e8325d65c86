"""A partnership's pages: whose they are, who keeps them, and that what was done is done once."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.partners.conftest import form_of
from throughline.access import Role
from throughline.history.models import Event
from throughline.partners import actions, web
from throughline.partners.models import Group, Invitation, Membership, Participation, Partnership, Person

PAGES = (
    "", "people/", "people/add/", "bodies/", "bodies/add-agency/", "bodies/add-group/", "settings/", "record/",
    "record/1/", "record/1/redact/", "redactions/", "redactions/1/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def told_apart(answer) -> tuple[int, str, str]:
    """Status, headers and body, without the token that every page draws anew."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return answer.status_code, str(sorted(answer.headers.items())), body


def adding(person: Person, **changes) -> dict:
    return form_of(person, **{
        "name": "Nell Ibarra", "email": "nell@example.org", "post_title": "", "role": "analyst", "body": "",
        "starts": "2026-01-13", **changes,
    })  # fmt: skip


# -- whose pages they are --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_another_partnerships_page_is_as_absent_as_one_that_does_not_exist(cast, browser, page):
    otto = browser(cast.otto)
    otto.get("/")
    theirs, missing = otto.get(f"/p/ashvale/{page}"), otto.get(f"/p/no-such-partnership/{page}")
    assert theirs.status_code == 404
    assert told_apart(theirs) == told_apart(missing)
    assert "Ashvale" not in theirs.content.decode()


def test_what_a_role_may_not_do_is_as_absent_as_what_is_not_there(cast, browser):
    hana = browser(cast.hana)
    hana.get("/")
    refused, missing = hana.get("/p/ashvale/settings/"), hana.get("/p/ashvale/record/999999/")
    assert told_apart(refused) == told_apart(missing)
    assert refused.status_code == 404


def test_posting_to_another_partnership_is_the_same_404_and_changes_nothing(cast, browser):
    before = Event.objects.count()
    otto = browser(cast.otto)
    for page, fields in (
        ("settings/", {"name": "Taken", "marking": "OFFICIAL", "executive_name": "X", "version": 1}),
        ("people/add/", adding(cast.otto)),
        ("bodies/add-agency/", {"name": "Mine", "short_name": "M", "starts": "2026-01-13"}),
        ("bodies/add-group/", {"name": "Mine", "short_name": "M"}),
    ):
        assert otto.post(f"/p/ashvale/{page}", {**form_of(cast.otto), **fields}).status_code == 404
    assert Event.objects.exclude(verb="signed in").count() == before


def test_one_person_serves_two_partnerships_and_sees_both_on_one_page(cast, browser):
    page = browser(cast.pauline).get("/").content.decode()
    assert page.count("Agency lead, Vale Police") == 2
    assert "Ashvale Safeguarding Partnership" in page
    assert "Brackley Safeguarding Partnership" in page


def test_a_membership_of_one_partnership_is_not_found_under_the_other(cast, browser):
    theirs = cast.hana.memberships.get()
    assert browser(cast.otto).get(f"/p/brackley/people/{theirs.pk}/").status_code == 404


def test_board_readers_see_the_front_page_and_nobody_else_in_the_list(cast, browser):
    rita = browser(cast.rita)
    assert rita.get("/p/ashvale/").status_code == 200
    page = rita.get("/p/ashvale/people/").content.decode()
    assert "Rita Coombe" in page
    assert "Hana Whitcombe" not in page


def test_every_page_says_who_may_see_it_and_how_it_is_marked(cast, browser):
    bea = browser(cast.bea)
    for page in PAGES[:-2]:
        text = bea.get(f"/p/ashvale/{page}").content.decode()
        assert "Who may see this:" in text, page
        assert text.count("OFFICIAL-SENSITIVE") >= 2, page


# -- my work and the front page --------------------------------------------------------------------------------------


def test_my_work_shows_what_rooms_offer_soonest_first(cast, browser, monkeypatch):
    def work(person, on):
        return [
            web.WorkItem("Later thing", "/later", "Ashvale", due=date(2026, 3, 1)),
            web.WorkItem("Late thing", "/late", "Ashvale", due=date(2026, 1, 2)),
        ]

    monkeypatch.setattr(web, "_my_work", [work])
    page = browser(cast.bea).get("/").content.decode()
    assert page.index("Late thing") < page.index("Later thing")
    assert "was due 2 January 2026" in page


def test_what_is_owed_in_an_example_is_late_only_once_its_own_today_has_passed_it(cast, browser, monkeypatch):
    Partnership.objects.filter(pk=cast.ashvale.pk).update(illustrative=True, shown_today=date(2019, 1, 1))
    owed = web.WorkItem("Write the return", "/return", cast.ashvale.name, due=date(2019, 1, 16))
    monkeypatch.setattr(web, "_my_work", [lambda person, on: [owed]])
    page = browser(cast.bea).get("/").content.decode()
    assert "due 16 January 2019" in page
    assert "was due" not in page


def test_an_empty_partnership_says_what_comes_first(cast, browser, monkeypatch):
    monkeypatch.setattr(web, "_panels", {})
    monkeypatch.setattr(web, "_first_steps", [lambda request, partnership: ("Begin.", "Upload the letter", "/begin")])
    assert 'href="/begin"' in browser(cast.bea).get("/p/ashvale/").content.decode()


# -- people ----------------------------------------------------------------------------------------------------------


def test_a_person_is_added_with_a_role_and_invited_in_one_step(cast, browser):
    answer = browser(cast.bea).post("/p/ashvale/people/add/", adding(cast.bea, invites="on"))
    assert answer.url == "/p/ashvale/people/"
    nell = Person.objects.get(email="nell@example.org")
    assert nell.memberships.get().role == Role.ANALYST
    assert Invitation.objects.filter(person=nell).count() == 1


def test_the_same_form_sent_twice_adds_one_person(cast, browser):
    bea, form = browser(cast.bea), adding(cast.bea, invites="on")
    first, second = bea.post("/p/ashvale/people/add/", form), bea.post("/p/ashvale/people/add/", form)
    assert first.url == second.url
    assert Person.objects.filter(email="nell@example.org").count() == 1
    assert Membership.objects.filter(person__email="nell@example.org").count() == 1
    assert Invitation.objects.count() == 1


def test_a_role_for_a_body_asks_for_the_body_and_keeps_what_was_typed(cast, browser):
    page = browser(cast.bea).post("/p/ashvale/people/add/", adding(cast.bea, role="agency_lead")).content.decode()
    assert "Agency lead: choose the agency or group that they act for" in page
    assert 'value="Nell Ibarra"' in page
    assert not Person.objects.filter(email="nell@example.org").exists()


def test_another_partnerships_body_is_not_on_offer(cast, browser):
    form = adding(cast.bea, role="agency_lead", body=str(cast.brackley_council.pk))
    assert "that choice is not in the list" in browser(cast.bea).post("/p/ashvale/people/add/", form).content.decode()
    assert not Person.objects.filter(email="nell@example.org").exists()


def test_somebody_who_is_known_keeps_their_name_and_sign_in(cast, browser):
    form = adding(cast.bea, name="Otto Somebody-Else", email=cast.otto.email.upper())
    browser(cast.bea).post("/p/ashvale/people/add/", form)
    assert Person.objects.get(pk=cast.otto.pk).name == "Otto Barraclough"
    assert browser(cast.otto).get("/p/ashvale/").status_code == 200


def test_the_list_is_filtered_by_agency_and_role(cast, browser):
    bea = browser(cast.bea)
    police = bea.get("/p/ashvale/people/", {"agency": str(cast.police.pk)}).content.decode()
    assert "Pauline Okafor" in police
    assert "Hana Whitcombe" not in police
    leads = bea.get("/p/ashvale/people/", {"role": "deputy"}).content.decode()
    assert "Dev Ramanathan" in leads
    assert "Pauline Okafor" not in leads


def test_the_list_is_exported_as_it_is_shown_and_costs_no_more_queries_when_it_grows(
    cast, browser, django_assert_max_num_queries
):
    bea = browser(cast.bea)
    bea.get("/p/ashvale/people/")
    csv = b"".join(bea.get("/p/ashvale/people/?export=csv&role=deputy").streaming_content).decode()
    assert "Dev Ramanathan" in csv
    assert "Pauline" not in csv
    with django_assert_max_num_queries(20):
        bea.get("/p/ashvale/people/")


def ending(person, held, **more) -> dict:
    return form_of(person, form="end", version=held.version, **more)


def test_a_role_ends_at_once_and_another_with_a_day(cast, browser):
    bea = browser(cast.bea)
    dev, hana = cast.dev.memberships.get(), cast.hana.memberships.get()
    bea.post(f"/p/ashvale/people/{dev.pk}/", ending(cast.bea, dev, when="now"))
    bea.post(f"/p/ashvale/people/{hana.pk}/", ending(cast.bea, hana, when="later", ends="2026-02-28"))
    assert browser(cast.dev).get("/p/ashvale/").status_code == 404
    assert browser(cast.hana).get("/p/ashvale/").status_code == 200
    with time_machine.travel(NOW + timedelta(days=60), tick=False):
        assert browser(cast.hana).get("/p/ashvale/").status_code == 404
    ended = bea.get("/p/ashvale/people/?ended=yes").content.decode()
    assert "Dev Ramanathan" in ended


def test_a_role_that_began_today_can_end_at_once(cast, browser):
    browser(cast.bea).post("/p/ashvale/people/add/", adding(cast.bea))
    held = Membership.objects.get(person__email="nell@example.org")
    browser(cast.bea).post(f"/p/ashvale/people/{held.pk}/", ending(cast.bea, held, when="now"))
    nell = Person.objects.get(email="nell@example.org")
    assert nell.grants_on(date(2026, 1, 13)) == ()


def test_the_last_keeper_of_accounts_cannot_be_ended(cast, browser):
    bea = browser(cast.bea)
    ada, own = cast.ada.memberships.get(), cast.bea.memberships.get()
    bea.post(f"/p/ashvale/people/{ada.pk}/", ending(cast.bea, ada, when="now"))
    page = bea.post(f"/p/ashvale/people/{own.pk}/", ending(cast.bea, own, when="now")).content.decode()
    assert "This is the last business manager or administrator" in page
    assert bea.get("/p/ashvale/settings/").status_code == 200


@pytest.mark.parametrize("version", ["9" * 25, "9" * 5000, "-1", "x"])
def test_a_version_that_nobody_could_have_been_shown_closes_no_account(cast, browser, version):
    dev = cast.dev.memberships.get()
    answer = browser(cast.bea).post(f"/p/ashvale/people/{dev.pk}/", form_of(cast.bea, form="close", version=version))
    assert answer.status_code == 302
    assert Person.objects.get(pk=cast.dev.pk).is_active


def test_two_people_who_end_one_role_do_it_once(cast, browser):
    dev = cast.dev.memberships.get()
    browser(cast.bea).post(f"/p/ashvale/people/{dev.pk}/", ending(cast.bea, dev, when="now"))
    late = browser(cast.ada).post(
        f"/p/ashvale/people/{dev.pk}/", ending(cast.ada, dev, when="later", ends="2027-01-01"), follow=True
    )
    assert "Somebody else changed this a moment ago" in late.content.decode()
    assert Membership.objects.get(pk=dev.pk).ends == date(2026, 1, 12)


def test_an_agency_lead_keeps_nobodys_account(cast, browser):
    held = cast.dev.memberships.get()
    hana = browser(cast.hana)
    assert hana.get(f"/p/ashvale/people/{held.pk}/").status_code == 404
    assert hana.post(f"/p/ashvale/people/{held.pk}/", ending(cast.hana, held, when="now")).status_code == 404
    assert Membership.objects.get(pk=held.pk).ends is None


# -- bodies and settings ---------------------------------------------------------------------------------------------


def test_an_agency_joins_by_name_and_one_that_is_known_is_that_one(cast, browser):
    form = form_of(cast.otto, name="ashvale hospitals nhs trust", short_name="H", starts="2026-01-13")
    browser(cast.otto).post("/p/brackley/bodies/add-agency/", form)
    assert Participation.objects.filter(partnership=cast.brackley, agency=cast.hospital).count() == 1
    again = browser(cast.otto).post("/p/brackley/bodies/add-agency/", {**form, **form_of(cast.otto)})
    assert "takes part already" in again.content.decode()


def test_an_agency_leaves_only_when_nobody_acts_for_it_any_more(cast, browser):
    part = Participation.objects.get(partnership=cast.ashvale, agency=cast.council)
    url, bea = f"/p/ashvale/bodies/{part.pk}/leave/", browser(cast.bea)
    form = {"ends": "2026-03-31", "version": part.version}
    assert "End their roles first" in bea.post(url, form_of(cast.bea, **form)).content.decode()
    held = cast.connie.memberships.get()
    actions.end_role_at_once(by=cast.bea, membership=held, expected_version=held.version, now=NOW + timedelta(days=1))
    assert bea.post(url, form_of(cast.bea, **form)).url == "/p/ashvale/bodies/"
    assert Participation.objects.get(pk=part.pk).ends == date(2026, 3, 31)


def test_a_group_is_made_and_its_name_is_its_own(cast, browser):
    bea = browser(cast.bea)
    bea.post("/p/ashvale/bodies/add-group/", form_of(cast.bea, name="Neglect group", short_name="Neglect"))
    assert Group.objects.filter(partnership=cast.ashvale, name="Neglect group").exists()
    again = bea.post("/p/ashvale/bodies/add-group/", form_of(cast.bea, name="neglect GROUP", short_name="N"))
    assert "There is a group of that name already" in again.content.decode()


def settings_form(cast, person, **changes) -> dict:
    values = {"name": "Ashvale", "marking": "OFFICIAL", "executive_name": "Board", "version": cast.ashvale.version}
    return form_of(person, **{**values, **changes})


def test_two_people_change_the_settings_and_the_second_sees_both_versions(cast, browser):
    first = browser(cast.bea).post("/p/ashvale/settings/", settings_form(cast, cast.bea, name="First name"))
    second = browser(cast.ada).post("/p/ashvale/settings/", settings_form(cast, cast.ada, name="Second name"))
    assert first.url == "/p/ashvale/"
    assert second.status_code == 409
    page = second.content.decode()
    assert "Your words are kept. Bea Lindqvist saved this" in page
    assert "First name" in page
    assert "Second name" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    chosen = browser(cast.ada).post("/p/ashvale/settings/", settings_form(cast, cast.ada, name="Both", version=version))
    assert chosen.url == "/p/ashvale/"
    assert Partnership.objects.get(pk=cast.ashvale.pk).name == "Both"


def test_ones_own_details_change_and_an_address_in_use_is_refused(cast, browser):
    hana, form = browser(cast.hana), {"name": "Hana Whitcombe-Ray", "post_title": "Named nurse", "version": 1}
    taken = hana.post("/account/details/", form_of(cast.hana, email=cast.bea.email, **form)).content.decode()
    assert "That address cannot be used here" in taken
    assert hana.post("/account/details/", form_of(cast.hana, email="hana@example.org", **form)).url == "/account/"
    assert Person.objects.get(pk=cast.hana.pk).name == "Hana Whitcombe-Ray"
