"""Random requests across partnerships and agencies leak nothing and write nothing foreign; and what the matrix opens,
every member finds by following links."""

import random
import re
from collections import Counter, deque
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from tests.cast import Cast
from tests.soak import canaries
from throughline.history.models import Event
from throughline.partners.models import Membership, Person

_LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)"')
_NEVER = re.compile(r"^/(account/logout|account/sign-out|static|account/login|account/mfa|account/social)")


@pytest.fixture
def aviary(cast):
    return canaries.sing(cast)


def routes() -> list[tuple[str, tuple[str, ...]]]:
    """Every named route of ours with the names of its parameters."""

    def walk(patterns: list, space: str, above: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
        for each in patterns:
            taken = above + tuple(each.pattern.converters)
            if isinstance(each, URLPattern):
                if each.name:
                    yield f"{space}{each.name}", taken
            else:
                yield from walk(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space, taken)

    return [
        route
        for route in walk(get_resolver().url_patterns, "", ())
        if not route[0].startswith(("account_", "mfa_", "openid", "socialaccount", "sign_out"))
    ]


def pools() -> dict[str, list]:
    """Values for each kind of parameter, from both partnerships and from nowhere."""
    words: set[str] = {"nowhere", "improvement-plan", "jtai", "ACT-001", "ACT-002", "APA-1", "R-001", "quarter-1"}
    uuids: list[UUID] = []
    for model in apps.get_models():
        if not hasattr(model, "access_kind"):
            continue
        fields = {each.name for each in model._meta.concrete_fields}
        for row in model._base_manager.all():
            uuids.append(row.pk)
            words |= {str(getattr(row, name)) for name in ("slug", "reference") if name in fields}
    # What a parameter is usually called for, so that most addresses lead somewhere, often somewhere foreign.
    usual = {
        "inspection": ["jtai"],
        "plan": ["improvement-plan"],
        "finding": ["APA-1"],
        "action": [f"ACT-{number:03d}" for number in (1, 2, 3)],
        "reference": [f"ACT-{number:03d}" for number in (1, 2, 3)] + ["IMP-01", "R-001"],
        "impact": ["IMP-01"],
        "evidence": [f"EV-{number:03d}" for number in (1, 2, 3, 4)],
        "activity": ["ASR-01"],
        "period": ["quarter-1", "quarter-2"],
        "body": ["police", "hospitals", "council", "strategy-meetings"],
        "sequence": list(range(1, 90)),
    }
    return usual | {
        "word": sorted(words),
        "uuid": uuids,
        "int": list(range(6)),
        "slug": ["ashvale", "brackley", "nowhere"],
    }


def pool_of(parameter: str, dice: random.Random, values: dict[str, list]) -> str:
    """Which values to draw a parameter from: mostly those that it is usually called for."""
    if parameter in values and (parameter == "slug" or dice.random() < 0.85):
        return parameter
    return dice.choice(["word", "word", "uuid", "int"])


def address(dice: random.Random, name: str, parameters: tuple[str, ...], values: dict[str, list]) -> str | None:
    """A random address of a route, or None when the values drawn fit none."""
    for _ in range(6):
        drawn = {each: dice.choice(values[pool_of(each, dice, values)]) for each in parameters}
        try:
            return reverse(name, kwargs=drawn)
        except NoReverseMatch:
            continue
    return None


def query(dice: random.Random, aviary: canaries.Aviary) -> dict[str, str]:
    """Searches, filters, pages, past days and exports, as somebody who probes would try them."""
    tries = {
        "q": dice.choice(sorted(aviary.rows)).removesuffix("bird"),  # its own echo is no canary
        "export": dice.choice(["csv", "xlsx"]), "page": dice.choice("129"),
        "as-of": dice.choice(["2026-01-12", "2026-11-30", "2030-01-01", "soon"]), "lead": "police",
        "kind": "improvement", "sort": dice.choice(["reference", "-due", "title"]), "next": "/p/brackley/",
    }  # fmt: skip
    return {name: tries[name] for name in dice.sample(sorted(tries), dice.randint(0, 3))}


def clients(cast) -> dict[str, tuple[Person | None, Client]]:
    """A signed-in browser for everybody, and one for nobody."""
    found: dict[str, tuple[Person | None, Client]] = {"anonymous": (None, Client())}
    for name, person in cast.people.items():
        client = Client(raise_request_exception=True)
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        found[name] = (person, client)
    return found


def probe(cast, aviary: canaries.Aviary, requests: int, dice: random.Random) -> Counter:
    """Send random requests and count what they brought: every leak and every foreign write is counted by name."""
    browsers, ways, values = clients(cast), routes(), pools()
    counted: Counter = Counter()
    while counted["requests"] < requests:
        name = dice.choice(sorted(browsers))
        person, client = browsers[name]
        where = address(dice, *dice.choice(ways), values)
        if where is None:
            continue
        if dice.random() < 0.2:
            before = Event.objects.count()
            body = {"version": dice.choice("1234"), "reason": "x", **query(dice, aviary)}
            body |= {
                field: str(dice.choice(values["uuid"])) for field in ("agency", "person", "finding", "area", "lead")
            }
            response = client.post(where, body)
            counted["foreign writes"] += foreign_writes(person, before)
        else:
            response = client.get(where, query(dice, aviary))
        counted[f"status {response.status_code}"] += 1
        counted["requests"] += 1
        for word in canaries.heard(response):
            counted["heard"] += 1
            if word in aviary.rows and not canaries.may_hear(person, aviary.rows[word]):
                counted[f"leak: {name} {where} {word}"] += 1
                counted["leaks"] += 1
    return counted


def foreign_writes(person: Person | None, before: int) -> int:
    """How many events were written since into a partnership that the person is no member of."""
    added = Event.objects.count() - before
    if not added:
        return 0
    own = set(Membership.objects.filter(person=person).values_list("partnership_id", flat=True)) | {None}
    newest = Event.objects.order_by("-recorded_at").values_list("chain__partnership_id", flat=True)[:added]
    return sum(owner not in own for owner in newest)


def crawl(client: Client, most: int = 400) -> set[str]:
    """Every canary that somebody finds by following links from the first page."""
    found, seen, waiting = set(), {"/"}, deque(["/"])
    while waiting and len(seen) < most:
        response = client.get(waiting.popleft(), follow=True)
        found |= canaries.heard(response)
        if not response.get("Content-Type", "").startswith("text/html") or response.streaming:
            continue
        for link in _LINK.findall(response.content.decode()):
            link = link.replace("&amp;", "&")
            if link not in seen and not _NEVER.match(link) and "sort=" not in link:
                seen.add(link)
                waiting.append(link)
    return found


def test_random_requests_leak_nothing_and_write_nothing_foreign(cast, aviary) -> None:
    counted = probe(cast, aviary, 600, random.Random(20180824))
    assert [name for name in counted if name.startswith("leak")] == []
    assert counted["foreign writes"] == 0
    assert not any(name.startswith("status 5") for name in counted), counted
    assert counted["heard"] > 20, "hardly anything was shown, so this proves little"


# Every commit walks as who keeps the plan, who leads for an agency of two partnerships, who scrutinises, and who reads
# board papers; the soak as all others.
WALKED = ("bea", "pauline", "sian", "rita")
EVERYBODY = tuple(each for each, kind in Cast.__annotations__.items() if kind is Person)


@pytest.mark.parametrize(
    "name", [each if each in WALKED else pytest.param(each, marks=pytest.mark.soak) for each in EVERYBODY]
)
def test_a_member_finds_by_links_what_the_matrix_opens_and_nothing_else(cast, aviary, name) -> None:
    person, client = clients(cast)[name]
    found = crawl(client)
    allowed = {word for word, row in aviary.rows.items() if canaries.may_hear(person, row)}
    assert found <= allowed
    assert sorted(f"{word} {type(aviary.rows[word]).__name__}" for word in allowed - found) == []


def test_a_leak_would_be_heard(cast, aviary, monkeypatch) -> None:
    """The planted fault: with the engine's clauses opened, the same requests find leaks."""
    from throughline.access import rows

    monkeypatch.setattr(rows, "q_of", lambda clauses, columns: rows.Q(pk__isnull=False))
    counted = probe(cast, aviary, 400, random.Random(3))
    assert counted["leaks"] > 0


@pytest.mark.soak
def test_soak_ten_thousand_requests(cast, aviary, capsys) -> None:
    counted = probe(cast, aviary, 10_000, random.Random(20181203))
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: {counted['requests']} random requests: {counted['leaks']} leaks, "
            f"{counted['foreign writes']} foreign writes, {counted['heard']} canaries heard by whom they are for"
        )
        print({name: number for name, number in sorted(counted.items()) if name.startswith("status")})
    assert (counted["leaks"], counted["foreign writes"]) == (0, 0), [n for n in counted if n.startswith("leak:")]
    assert not any(name.startswith("status 5") for name in counted)
