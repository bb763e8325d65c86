"""A letter comes in: two steps, one save, and nothing of it in the register before somebody has looked."""

import re
from datetime import date, timedelta

import pytest
import time_machine

from tests.cast import NOW
from tests.inspections.conftest import form_of, typed, upload
from throughline.example import durham_letter
from throughline.inspections.models import Finding, Inspection, Letter, ProposedFinding, Recipient, Theme

P = "/p/ashvale/inspections/"


@pytest.fixture(autouse=True)
def _at_the_casts_time(db):
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        yield


def test_a_letter_is_read_checked_and_entered(cast, browser):
    bea = browser(cast.bea)
    first = bea.post(f"{P}new/", {**form_of(cast.bea, **typed("received", date(2018, 8, 24))), "letter": upload(durham_letter.letter_pdf())})
    assert first.status_code == 302, first.content.decode()
    page = bea.get(first.url)
    print(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))[:3000])
    values = dict(re.findall(r'name="(\w+)"[^>]*value="([^"]*)"', page.content.decode()))
    print(values)
    form = page.context["form"]
    sent = {}
    for name, value in form.initial.items():
        if isinstance(value, date):
            sent |= typed(name, value)
        elif value is not None:
            sent[name] = value
    saved = bea.post(first.url, form_of(cast.bea, **sent))
    assert saved.status_code == 302, saved.content.decode()
    print(saved.url, ProposedFinding.objects.count(), Recipient.objects.count(), Theme.objects.count())
    check = bea.get(saved.url)
    assert check.status_code == 200
    print(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", check.content.decode()))[:4000])
    ask = bea.get(f"{saved.url}enter/")
    seen = re.search(r'name="seen" value="(\w+)"', ask.content.decode())[1]
    import time
    t = time.time()
    done = bea.post(f"{saved.url}enter/", form_of(cast.bea, seen=seen))
    print(time.time() - t, done.url, list(Finding.objects.values_list("reference", "title")))
    assert Finding.objects.count() == ProposedFinding.objects.count()
