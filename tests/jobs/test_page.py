"""The page of a job: for whoever asked for it, while they may."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from tests.cast import NOW, Cast
from throughline.jobs import kinds, queue


@pytest.fixture
def open_kind():
    class Rights:
        given = True

    kinds.register("open", lambda work: "/p/ashvale/", lambda person, arguments: Rights.given, printed="Board report")
    yield Rights
    kinds.unregister("open")


def without_secrets(response) -> str:
    """A page without what differs each time that it is drawn: the keys of its sign-out form."""
    return re.sub(r'name="(csrfmiddlewaretoken|request_key)" value="[^"]*"', "", response.content.decode())


def ask(cast: Cast):
    return queue.enqueue("open", by=cast.bea, arguments={}, key="k", now=NOW, partnership=cast.ashvale)


def test_the_page_looks_again_by_itself_until_the_job_is_done(cast: Cast, client, open_kind) -> None:
    url = reverse("jobs:job", args=[ask(cast).pk])
    client.force_login(cast.bea)
    waiting = client.get(url)
    assert waiting.headers["Refresh"] == "3"
    assert "Waiting for its turn" in waiting.content.decode()
    queue.run_due("w", NOW)
    done = client.get(url)
    assert "Refresh" not in done.headers
    assert 'href="/p/ashvale/"' in done.content.decode()


def test_another_person_and_one_whose_rights_ended_see_the_404_of_no_job(cast: Cast, client, open_kind) -> None:
    job = ask(cast)
    url = reverse("jobs:job", args=[job.pk])
    client.force_login(cast.pauline)
    theirs, none = client.get(url), client.get(reverse("jobs:job", args=[uuid4()]))
    assert (theirs.status_code, none.status_code) == (404, 404)
    assert without_secrets(theirs) == without_secrets(none)
    client.force_login(cast.bea)
    assert client.get(url).status_code == 200
    open_kind.given = False
    assert client.get(url).status_code == 404


def test_a_failed_job_says_what_to_do(cast: Cast, client, open_kind) -> None:
    job = ask(cast)
    open_kind.given = False
    queue.run_due("w", NOW)
    open_kind.given = True
    client.force_login(cast.bea)
    assert queue.NOT_ALLOWED.replace("'", "&#x27;") in client.get(reverse("jobs:job", args=[job.pk])).content.decode()
