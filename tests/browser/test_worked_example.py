"""Every page of the worked example, where everything has something in it: axe finds no fault, at two widths."""

import pytest

from tests.browser import journey
from tests.browser.crawling import Watched, crawl

AT_LEAST = {"Business manager": 60, "Agency B lead": 35, "Independent scrutineer": 35, "Executive Group chair": 35}


# Every commit walks as who keeps the plan and as who reports to it; the soak as the others, who see the same pages.
EVERY_COMMIT = ("Business manager", "Agency B lead")


@pytest.mark.parametrize(
    "person", [each if each in EVERY_COMMIT else pytest.param(each, marks=pytest.mark.soak) for each in AT_LEAST]
)
def test_no_page_of_the_worked_example_has_a_fault(windows, person):
    watched = Watched(windows)
    journey.sign_in(watched.page, f"{person} (illustrative)")
    seen, found = crawl(watched, ["/p/county-durham/"], "county-durham")
    watched.page.context.close()
    assert found == []
    assert watched.said == []
    assert len(seen) >= AT_LEAST[person], sorted(seen)
