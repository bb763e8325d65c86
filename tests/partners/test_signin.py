"""Getting in: by password, invitation and practice sign-in; and not getting in."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache

from tests.cast import NOW, PASSWORD
from tests.partners.conftest import form_of
from throughline.access import Role
from throughline.history import consequences
from throughline.history.models import Event
from throughline.partners import actions
from throughline.partners.models import Invitation, Person
from throughline.partners.signin import PRACTICE_PASSWORD

SIGN_IN = "/account/login/"
NEW = "three unrelated words here"


@pytest.fixture(autouse=True)
def _fresh(db):
    cache.clear()
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def try_to_sign_in(client, email: str, password: str):
    return client.post(SIGN_IN, {"login": email, "password": password})


def shown(answer) -> str:
    """The page without what differs between any two: keys, and what was typed."""
    import re

    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", text)


# -- by password -----------------------------------------------------------------------------------------------------


def test_an_address_signs_in_whatever_its_case(cast, browser):
    assert try_to_sign_in(browser(), "BEA@Example.org", PASSWORD).url == "/"


def test_known_and_unknown_addresses_get_the_same_answer(cast, browser):
    known, unknown = (
        try_to_sign_in(browser(), address, "wrong") for address in (cast.bea.email, "nobody-here@example.org")
    )
    assert known.status_code == unknown.status_code == 200
    assert shown(known) == shown(unknown)
    assert "The e-mail address or the password is not right" in shown(known)


def test_asking_for_a_new_password_answers_known_and_unknown_addresses_alike(cast, browser):
    known, unknown = (
        browser().post("/account/password/reset/", {"email": address})
        for address in (cast.bea.email, "nobody-here@example.org")
    )
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert len(mail.outbox) == 2
    assert all(each.subject == "Throughline: Choose a new password" for each in mail.outbox)


def test_a_new_password_is_chosen_through_the_link_and_signs_nobody_in(cast, browser):
    bea = browser()
    bea.post("/account/password/reset/", {"email": cast.bea.email})
    link = next(word for word in mail.outbox[0].body.split() if "/account/password/reset/key/" in word)
    form = bea.get(link.replace("http://localhost", ""), follow=True)
    done = bea.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    assert done.status_code == 302
    assert bea.get("/").url.startswith(SIGN_IN)
    assert try_to_sign_in(bea, cast.bea.email, NEW).url == "/"
    assert "Your password was set anew" in mail.outbox[-1].body
    assert Event.objects.filter(verb="password changed", by_id=cast.bea.pk).exists()


def test_after_ten_wrong_passwords_even_the_right_one_is_refused_for_a_while(cast, browser):
    attacker = browser()
    for _ in range(10):
        try_to_sign_in(attacker, cast.bea.email, "wrong")
    refused = try_to_sign_in(attacker, cast.bea.email, PASSWORD)
    assert refused.status_code in {200, 429}
    assert attacker.get("/").url.startswith(SIGN_IN)
    cache.clear()
    assert try_to_sign_in(browser(), cast.bea.email, PASSWORD).url == "/"


def test_nobody_signs_up_or_changes_addresses_by_the_back_door(cast, browser):
    for url in ("/account/signup/", "/account/email/", "/account/3rdparty/", "/account/3rdparty/signup/"):
        assert browser().get(url).status_code == 404, url
        assert browser(cast.bea).post(url, {"email": "new@example.org"}).status_code == 404, url


# -- by invitation ---------------------------------------------------------------------------------------------------


@pytest.fixture
def told(monkeypatch):
    """What the room that sends invitations is told; instead of sending them."""
    heard: list[dict] = []
    monkeypatch.setattr(
        consequences, "_SUBSCRIBED",
        [consequences.Consequence("partners.invited", "hear it", lambda **facts: heard.append(facts))],
    )  # fmt: skip
    return heard


@pytest.fixture
def token(cast, told) -> str:
    actions.take_on(
        by=cast.bea, partnership=cast.ashvale, name="Nell Ibarra", email="Nell@Example.org", post_title="",
        role=Role.ANALYST, starts=NOW.date(), now=NOW,
    )  # fmt: skip
    nell = Person.objects.get(email="nell@example.org")
    return actions.invite(by=cast.bea, partnership=cast.ashvale, person=nell, now=NOW)[1]


def test_whoever_sends_mail_is_told_of_an_invitation_in_the_same_transaction(cast, told, token):
    assert [(each["invitation"].person.name, each["token"]) for each in told] == [("Nell Ibarra", token)]
    assert not Invitation.objects.filter(token_sha256=token).exists()


def test_an_invited_person_chooses_a_password_and_is_signed_in(cast, browser, token):
    nell = browser()
    page = nell.get(f"/invitation/{token}/").content.decode()
    assert "Welcome, Nell Ibarra" in page
    assert nell.post(f"/invitation/{token}/", {"password1": NEW, "password2": NEW}).url == "/"
    assert "Ashvale Safeguarding Partnership" in nell.get("/").content.decode()
    assert try_to_sign_in(browser(), "nell@example.org", NEW).url == "/"


def test_an_invitation_works_once(cast, browser, token):
    browser().post(f"/invitation/{token}/", {"password1": NEW, "password2": NEW})
    second = browser()
    other = "other words entirely"
    again = second.post(f"/invitation/{token}/", {"password1": other, "password2": other})
    assert again.status_code == 410
    assert second.get("/").status_code == 302
    assert try_to_sign_in(browser(), "nell@example.org", other).status_code == 200


def test_used_expired_and_invented_invitations_are_the_same_page(cast, browser, token):
    invented = browser().get("/invitation/invented/")
    with time_machine.travel(NOW + timedelta(days=15), tick=False):
        expired = browser().get(f"/invitation/{token}/")
    browser().post(f"/invitation/{token}/", {"password1": NEW, "password2": NEW})
    used = browser().get(f"/invitation/{token}/")
    assert invented.status_code == expired.status_code == used.status_code == 410
    assert invented.content == expired.content == used.content
    assert "ask your partnership’s business manager for a new invitation" in used.content.decode()


def test_a_weak_or_mistyped_password_is_refused_in_a_sentence(cast, browser, token):
    short = browser().post(f"/invitation/{token}/", {"password1": "short", "password2": "short"}).content.decode()
    assert "at least 12 characters" in short
    differ = browser().post(f"/invitation/{token}/", {"password1": NEW, "password2": NEW + "x"}).content.decode()
    assert "The two passwords differ" in differ


def test_a_person_who_can_sign_in_already_is_not_invited_again(cast):
    with pytest.raises(actions.CannotDo, match="can sign in already"):
        actions.invite(by=cast.bea, partnership=cast.ashvale, person=cast.hana, now=NOW)


def test_in_the_shared_setting_an_invitation_leads_to_the_second_factor(cast, browser, shared, token):
    nell = browser()
    assert nell.post(f"/invitation/{token}/", {"password1": NEW, "password2": NEW}).url == "/account/2fa/totp/activate/"
    assert nell.get("/p/ashvale/").url == "/account/2fa/totp/activate/"


# -- practice --------------------------------------------------------------------------------------------------------


@pytest.fixture
def priya(cast) -> Person:
    system = actions.system_person()
    where = actions.create_partnership(by=system, slug="practice", name="Practice Partnership", practice=True, now=NOW)
    person = actions.create_person(
        by=system, name="Priya Nair", email="priya@practice.example", password=PRACTICE_PASSWORD, now=NOW
    )
    actions.give_role(
        by=system, partnership=where, person=person, role=Role.BUSINESS_MANAGER, starts=NOW.date(), now=NOW
    )
    return person


def practise(client, person, **more):
    return client.post("/practice-sign-in/", {"person": str(person.pk), **more})


def test_practice_people_are_listed_and_sign_in_by_name_on_one_machine(priya, browser):
    someone = browser()
    page = someone.get(SIGN_IN).content.decode()
    assert "Sign in as Priya Nair, business manager" in page
    assert PRACTICE_PASSWORD in page
    assert practise(someone, priya, next="/p/practice/").url == "/p/practice/"
    assert someone.get("/p/practice/").status_code == 200
    assert try_to_sign_in(browser(), priya.email, PRACTICE_PASSWORD).url == "/"


def test_practice_sign_in_leads_nowhere_else(priya, browser):
    assert practise(browser(), priya, next="https://elsewhere.example/").url == "/"


def test_nobody_else_signs_in_by_name(priya, cast, browser):
    assert practise(browser(), cast.bea).status_code == 404
    system, today = actions.system_person(), NOW.date()
    actions.give_role(by=system, partnership=cast.ashvale, person=priya, role=Role.ANALYST, starts=today, now=NOW)
    assert practise(browser(), priya).status_code == 404
    assert "Priya" not in browser().get(SIGN_IN).content.decode()


def test_the_shared_setting_knows_no_practice_sign_in(priya, browser, shared):
    assert practise(browser(), priya).status_code == 404
    assert "Priya" not in browser().get(SIGN_IN).content.decode()
    assert try_to_sign_in(browser(), priya.email, PRACTICE_PASSWORD).url == SIGN_IN
    assert browser().get("/").status_code == 302


@pytest.mark.parametrize("more", [{"REMOTE_ADDR": "192.0.2.7"}, {"headers": {"x-forwarded-for": "192.0.2.7"}}])
def test_practice_sign_in_is_refused_from_another_machine(priya, browser, more):
    refused = browser().post("/practice-sign-in/", {"person": str(priya.pk)}, **more)
    assert refused.status_code == 404
    assert "Priya" not in browser().get(SIGN_IN, **more).content.decode()


def test_practice_sign_in_is_no_link(priya, browser):
    assert browser().get(f"/practice-sign-in/?person={priya.pk}").status_code == 405


def test_a_wrong_form_key_of_another_person_is_no_way_in(cast, browser):
    answer = browser(cast.bea).post("/account/details/", form_of(cast.hana, name="X", email="x@example.org", version=1))
    assert answer.status_code == 404
    assert Person.objects.get(pk=cast.bea.pk).name == "Bea Lindqvist"
