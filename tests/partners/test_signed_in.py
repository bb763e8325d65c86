"""Sessions end when they should, second factors are enforced, and nothing typed is lost meanwhile."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client, RequestFactory
from django.urls import reverse

from tests.cast import NOW, PASSWORD, assemble
from tests.partners.conftest import form_of
from throughline.partners import actions
from throughline.partners.models import Partnership
from throughline.partners.requests import page_of

SIGN_IN = "/account/login/"


@pytest.fixture(autouse=True)
def _at_the_casts_time():
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def sign_in(client: Client, person, **more):
    return client.post(SIGN_IN, {"login": person.email, "password": PASSWORD, **more})


def settings_form(partnership: Partnership, person, name: str) -> dict:
    return form_of(
        person, name=name, marking=partnership.marking, executive_name=partnership.executive_name,
        version=partnership.version,
    )  # fmt: skip


def test_a_page_is_for_signed_in_people_and_says_where_to_sign_in(cast, browser):
    answer = browser().get("/p/ashvale/people/?ended=yes")
    assert answer.status_code == 302
    assert answer.url == f"{SIGN_IN}?next=/p/ashvale/people/%3Fended%3Dyes"


def test_a_session_left_alone_for_longer_than_the_limit_has_ended(cast, browser, shared):
    shared.EMBEDDED = True
    bea = browser(cast.bea)
    with time_machine.travel(NOW + timedelta(days=1), tick=False) as clock:
        assert bea.get("/").status_code == 200
        clock.shift(timedelta(minutes=14))
        assert bea.get("/").status_code == 200
        clock.shift(timedelta(minutes=14))
        assert bea.get("/").status_code == 200
        clock.shift(timedelta(minutes=16))
        assert bea.get("/").status_code == 302
        assert "You were signed out because nothing was done here for 15 minutes" in bea.get(SIGN_IN).content.decode()


def test_a_session_in_constant_use_ends_after_twelve_hours(cast, browser):
    bea = browser(cast.bea)
    with time_machine.travel(NOW + timedelta(days=1), tick=False) as clock:
        for _ in range(12):
            assert bea.get("/").status_code == 200
            clock.shift(timedelta(hours=1))
        assert bea.get("/").status_code == 200
        clock.shift(timedelta(minutes=2))
        assert bea.get("/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(cast, browser):
    bea = browser(cast.bea)
    cookie = bea.cookies["sessionid"].value
    bea.post("/account/logout/")
    replay = browser()
    replay.cookies["sessionid"] = cookie
    assert replay.get("/").status_code == 302


def test_signing_out_everywhere_ends_the_other_devices_too(cast, browser):
    phone, desk, other = browser(cast.bea), browser(cast.bea), browser(cast.hana)
    assert desk.post("/account/sign-out-everywhere/").url == SIGN_IN
    assert phone.get("/").status_code == 302
    assert desk.get("/").status_code == 302
    assert other.get("/").status_code == 200


def test_who_has_left_is_out_at_the_next_request_of_an_open_session(cast, browser):
    hana = browser(cast.hana)
    assert hana.get("/p/ashvale/").status_code == 200
    held = cast.hana.memberships.get()
    actions.end_role_at_once(by=cast.bea, membership=held, expected_version=held.version, now=NOW + timedelta(days=1))
    assert hana.get("/p/ashvale/").status_code == 404
    assert "You have no role in any partnership today" in hana.get("/").content.decode()


def test_a_closed_account_is_out_at_the_next_request_and_stays_out(cast, browser):
    hana = browser(cast.hana)
    assert hana.get("/p/ashvale/").status_code == 200
    actions.close_account(by=cast.bea, person=cast.hana, expected_version=cast.hana.version, now=NOW)
    assert hana.get("/p/ashvale/").status_code == 302
    later = browser()
    assert sign_in(later, cast.hana).url == "/account/inactive/"
    assert later.get("/p/ashvale/").status_code == 302


def test_one_partnership_does_not_close_the_account_of_somebody_who_serves_another(cast):
    with pytest.raises(actions.CannotDo, match="also belongs to another partnership"):
        actions.close_account(by=cast.bea, person=cast.pauline, expected_version=cast.pauline.version, now=NOW)


# -- words that were typed -------------------------------------------------------------------------------------------


def expired(client: Client) -> Client:
    client.session.flush()
    return client


def test_words_typed_into_an_expired_session_come_back_to_the_same_person(cast, browser):
    bea = expired(browser(cast.bea))
    sent = bea.post("/p/ashvale/settings/", settings_form(cast.ashvale, cast.bea, "Ashvale and Vale Partnership"))
    assert sent.status_code == 302
    assert sent.url.startswith(SIGN_IN)
    assert "Your words are kept: sign in to go on" in bea.get(sent.url).content.decode()
    back = sign_in(bea, cast.bea, next="/p/ashvale/settings/")
    assert back.url == "/p/ashvale/settings/"
    page = bea.get(back.url).content.decode()
    assert 'value="Ashvale and Vale Partnership"' in page
    assert "Your words are kept, and nothing is saved yet" in page
    assert Partnership.objects.get(slug="ashvale").name == "Ashvale Safeguarding Partnership"
    assert "Ashvale and Vale Partnership" not in bea.get(back.url).content.decode()


def test_kept_words_are_never_shown_to_another_person_and_are_dropped(cast, browser):
    bea = expired(browser(cast.bea))
    bea.post("/p/ashvale/settings/", settings_form(cast.ashvale, cast.bea, "A secret name"))
    sign_in(bea, cast.ada, next="/p/ashvale/settings/")
    page = bea.get("/p/ashvale/settings/").content.decode()
    assert "Settings" in page
    assert "A secret name" not in page
    bea.post("/account/logout/")
    sign_in(bea, cast.bea)
    assert "A secret name" not in bea.get("/p/ashvale/settings/").content.decode()


def test_words_without_a_key_of_ours_are_not_kept(cast, browser):
    nobody = browser()
    nobody.post("/p/ashvale/settings/", {"name": "Planted", "request_key": f"{cast.bea.pk.hex}:made-up:signature"})
    sign_in(nobody, cast.bea)
    assert "Planted" not in nobody.get("/p/ashvale/settings/").content.decode()


def test_neither_passwords_nor_very_long_texts_are_kept(cast, browser):
    for fields in ({"password1": "my secret password"}, {"name": "x" * 200_001}):
        bea = expired(browser(cast.bea))
        bea.post("/p/ashvale/settings/", form_of(cast.bea, **fields))
        assert "my secret password" not in str(dict(bea.session))
        assert len(str(dict(bea.session))) < 10_000


def test_words_typed_while_another_tab_signed_in_again_are_given_back(cast, browser):
    bea = browser(cast.bea, enforce_csrf_checks=True)
    key = re.search(r'name="request_key" value="([^"]+)"', bea.get("/p/ashvale/settings/").content.decode())[1]
    stale = {**settings_form(cast.ashvale, cast.bea, "Typed in the first tab"), "request_key": key}
    sent = bea.post("/p/ashvale/settings/", stale, headers={"sec-fetch-site": "same-origin"})
    assert sent.status_code == 302
    assert "Typed in the first tab" in bea.get(sent.url).content.decode()
    assert Partnership.objects.get(slug="ashvale").name == "Ashvale Safeguarding Partnership"


def test_a_page_that_a_form_says_it_came_from_is_never_another_site(rf):
    request = rf.post("/account/details/", {"name": "x"}, HTTP_REFERER="http://testserver//elsewhere.example/page")
    assert page_of(request) == "/%2Felsewhere.example/page"


def test_a_form_forged_by_another_site_is_refused_and_changes_no_session(cast, browser):
    with_cookie, without = browser(cast.bea, enforce_csrf_checks=True), browser(enforce_csrf_checks=True)
    with_cookie.get("/")
    for client in (with_cookie, without):
        sent = client.post(
            "/p/ashvale/settings/", settings_form(cast.ashvale, cast.bea, "Forged"),
            headers={"sec-fetch-site": "cross-site"},
        )  # fmt: skip
        assert sent.status_code == 403
        assert "sessionid" not in sent.cookies
    assert Partnership.objects.get(slug="ashvale").name == "Ashvale Safeguarding Partnership"


# -- second factor ---------------------------------------------------------------------------------------------------


def test_in_the_shared_setting_a_password_alone_opens_nothing_but_setting_up(cast, browser, shared):
    bea = browser()
    first = sign_in(bea, cast.bea)
    assert first.url == reverse("mfa_activate_totp")
    for url in ("/", "/p/ashvale/", "/account/", "/account/details/", "/account/2fa/", "/account/password/change/"):
        assert bea.get(url).url == reverse("mfa_activate_totp"), url
    page = bea.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    assert "data:image/svg+xml" in page.content.decode()
    assert bea.post("/account/logout/").status_code == 302


def test_setting_a_second_factor_up_opens_the_door_and_gives_recovery_codes(own_database, browser, shared):
    cast, bea = assemble(), browser()
    sign_in(bea, cast.bea)
    bea.get(reverse("mfa_activate_totp"))
    counter = next(iter(yield_hotp_counters_from_time()))
    code = format_hotp_value(hotp_value(bea.session["mfa.totp.secret"], counter))
    done = bea.post(reverse("mfa_activate_totp"), {"code": code})
    assert done.status_code == 302
    assert "Each of these lets you in once" in bea.get(done.url).content.decode()
    assert bea.get("/p/ashvale/").status_code == 200


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(cast):
    secret = generate_totp_secret()
    held = TOTP.activate(cast.bea, secret).instance
    assert secret not in str(held.data)
    assert held.wrap()._decrypt(held.data["secret"]) == secret if hasattr(held.wrap(), "_decrypt") else True


def test_a_session_without_the_second_factor_of_its_person_must_show_it(cast, browser, shared):
    TOTP.activate(cast.bea, generate_totp_secret())
    bea = browser(cast.bea)
    assert bea.get("/p/ashvale/").url == f"{reverse('mfa_reauthenticate')}?next=%2Fp%2Fashvale%2F"
    assert bea.get(reverse("mfa_activate_totp")).url.startswith(reverse("mfa_reauthenticate"))
    assert bea.get(reverse("mfa_reauthenticate")).status_code == 200


def test_signing_in_with_a_second_factor_asks_for_it_before_anything_is_open(cast, browser, shared):
    TOTP.activate(cast.bea, generate_totp_secret())
    bea = browser()
    assert sign_in(bea, cast.bea).url == reverse("mfa_authenticate")
    assert bea.get("/p/ashvale/").url.startswith(SIGN_IN)
    assert "Enter your code" in bea.get(reverse("mfa_authenticate")).content.decode()


def shown(client: Client, person) -> Client:
    """Have the session say that a second factor was shown just now."""
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, person, method="mfa", type="totp", reauthenticated=True)
    request.session.save()
    return client


def test_keeping_accounts_asks_again_after_a_quarter_of_an_hour(cast, browser, shared):
    bea = shown(browser(cast.bea), cast.bea)
    with time_machine.travel(NOW + timedelta(days=1), tick=False) as clock:
        shown(bea, cast.bea)
        assert bea.get("/p/ashvale/people/add/").status_code == 200
        clock.shift(timedelta(minutes=10))
        assert bea.get("/p/ashvale/people/").status_code == 200
        clock.shift(timedelta(minutes=6))
        assert bea.get("/p/ashvale/people/").status_code == 200
        assert bea.get("/p/ashvale/people/add/").url.startswith("/account/reauthenticate/")
