"""Every list of the product goes out as CSV and as Excel, as it is shown."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from openpyxl import load_workbook

from tests.cast import NOW
from tests.plans.conftest import add
from tests.spec.routes import ROUTES
from throughline.inspections.models import Finding
from throughline.plans.actions import NewImpact

PLACES = {"<slug:slug>": "ashvale", "<slug:plan>": "plan", "<slug:inspection>": "jtai-2025"}
# What is shown as a list of rows to look through. A new one that offers no file fails here.
LISTS = {
    "plans:actions": "/p/ashvale/plans/plan/actions/", "plans:impacts": "/p/ashvale/plans/plan/impacts/",
    "plans:plans": "/p/ashvale/plans/?sort=title", "findings": "/p/ashvale/inspections/jtai-2025/findings/",
    "people": "/p/ashvale/people/", "record": "/p/ashvale/record/",
}  # fmt: skip


@pytest.fixture
def lists(cast, browser, plan):
    """The addresses of every page that is a list, found by opening each page that needs no further thing."""
    add(cast, plan, findings=list(Finding.objects.all()), new_impact=NewImpact("Children", "Less waiting"))
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        bea, found = browser(cast.bea), []
        for route, about in ROUTES.items():
            address = "/" + re.sub(r"<slug:(?:slug|plan|inspection)>", lambda match: PLACES[match[0]], route)
            if "<" in address or not route.startswith("p/") or "GET" not in about.methods:
                continue
            answer = bea.get(address)
            page = b"" if answer.streaming else answer.content
            if b'aria-sort="' in page or b"tl-results" in page:
                found.append((address, page.decode()))
        yield bea, found


def test_every_list_goes_out_as_csv_and_as_excel(lists):
    bea, found = lists
    addresses = {address for address, _ in found}
    assert {each.split("?")[0] for name, each in LISTS.items() if name != "plans:plans"} <= addresses
    for address, page in found:
        if "tl-empty" in page and "<tbody" not in page:
            continue
        for kind in ("csv", "xlsx"):
            assert f"export={kind}" in page, f"{address} offers no {kind}"
            answer = bea.get(f"{address}?export={kind}")
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert "attachment" in answer["Content-Disposition"], address
            if kind == "csv":
                rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            else:
                rows = list(load_workbook(io.BytesIO(content), read_only=True).active.iter_rows(values_only=True))
            assert len(rows) > 1, address
    assert len(found) >= 8
