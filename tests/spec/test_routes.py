"""Every address is in the table, and answers as the table says: strangers, outsiders, roles and forged forms."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver

from tests.spec.routes import CLOSED, MEMBERS, PUBLIC, ROUTES, P
from throughline.access import Role

SAMPLES = {
    "uuid": "00000000-0000-4000-8000-000000000000", "int": "999999", "slug": "no-such-thing", "str": "NO-1",
}  # fmt: skip
CAST = {
    Role.BUSINESS_MANAGER: "bea", Role.AGENCY_LEAD: "hana", Role.DEPUTY: "dev", Role.ACCOUNTABLE_EXECUTIVE: "hugo",
    Role.ACTION_OWNER: "olu", Role.GROUP_CHAIR: "gil", Role.QUALITY_LEAD: "quin", Role.EXECUTIVE_CHAIR: "esther",
    Role.SCRUTINEER: "sian", Role.BOARD_READER: "rita", Role.ADMINISTRATOR: "ada",
}  # fmt: skip
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def patterns(nodes: list, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the deployment, written as its parts are."""
    for each in nodes:
        whole = f"{before}{each.pattern}"
        if isinstance(each, URLPattern):
            yield whole, each
        else:
            yield from patterns(each.url_patterns, whole)


def without_entry(routes: list[str]) -> list[str]:
    return sorted(set(routes) - set(ROUTES))


def address(route: str, slug: str = "ashvale") -> str:
    """An address that the route answers, of things that do not exist in a partnership of this slug."""
    route = route.replace("<slug:slug>", slug)
    route = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)
    return "/" + re.sub(r"\(\?P<\w+>[^)]*\)|[\^$]", lambda found: "x" if found[0].startswith("(") else "", route)


def signed_in(person, **named) -> Client:
    client = Client(headers={"host": "localhost"}, **named)
    client.force_login(person, backend=BACKEND)
    return client


ALL = [route for route, _ in patterns(get_resolver().url_patterns)]
PLAIN = sorted(route for route in ROUTES if "(?" not in route and ".*" not in route)
OF_A_PARTNERSHIP = sorted(route for route in ROUTES if route.startswith(P))
FRAMES = sorted(route for route in OF_A_PARTNERSHIP if "<" not in route[len(P) :])


def test_every_route_has_an_entry():
    assert without_entry(ALL) == []


def test_a_route_without_an_entry_would_be_found():
    assert without_entry([*ALL, "p/<slug:slug>/planted/"]) == ["p/<slug:slug>/planted/"]


def test_every_entry_has_a_route():
    assert sorted(set(ROUTES) - set(ALL)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("route", PLAIN)
def test_strangers_open_public_pages_and_are_asked_to_sign_in_everywhere_else(route):
    answer = Client(headers={"host": "localhost"}).get(address(route))
    asked = answer.status_code == 302 and answer.url.startswith("/account/login/?next=")
    if ROUTES[route].who == CLOSED:
        assert answer.status_code == 404
    elif ROUTES[route].who == PUBLIC:
        assert not asked
    else:
        assert asked


@pytest.mark.parametrize("route", OF_A_PARTNERSHIP)
def test_outsiders_find_the_same_nothing_as_where_there_is_no_partnership(cast, route):
    otto = signed_in(cast.otto)
    otto.get("/")
    for method in (otto.get, otto.post):
        theirs, missing = method(address(route)), method(address(route, "no-such-partnership"))
        assert theirs.status_code == missing.status_code
        assert theirs.status_code in {404, 405}
        token = rb'name="csrfmiddlewaretoken" value="[^"]+"'
        assert re.sub(token, b"", theirs.content) == re.sub(token, b"", missing.content)


@pytest.mark.parametrize("route", sorted(set(OF_A_PARTNERSHIP) - set(FRAMES)))
def test_what_does_not_exist_is_a_404_for_members_too_and_never_a_fault(cast, route):
    bea = signed_in(cast.bea)
    assert bea.get(address(route)).status_code in {404, 405}


@pytest.mark.parametrize("route", FRAMES)
def test_each_role_opens_what_the_table_gives_it_and_nothing_more(cast, route):
    who = ROUTES[route].who
    for role, name in CAST.items():
        found = signed_in(getattr(cast, name)).get(address(route)).status_code != 404
        assert found == (who == MEMBERS or role in who), f"{role.value} opens it: {found}"


@pytest.mark.parametrize("route", sorted(set(PLAIN) - {route for route in PLAIN if ROUTES[route].who == CLOSED}))
def test_a_form_without_its_token_is_refused_everywhere(cast, route):
    answer = signed_in(cast.bea, enforce_csrf_checks=True).post(address(route), {"name": "forged"})
    assert answer.status_code == 403
