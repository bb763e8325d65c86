"""Every page of the worked practice partnership, as different people have it, at two widths: axe finds no fault."""

import re
from collections import deque
from pathlib import Path

import pytest
from django.urls import Resolver404, resolve

from tests.browser import journey

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 320
PEOPLE = (journey.MANAGER, journey.POLICE, "Rosalind Hart", "Adam Kowalczyk", "")
AT_LEAST = {journey.MANAGER: 40, journey.POLICE: 25, "Rosalind Hart": 8, "Adam Kowalczyk": 15, "": 4}
OPEN_TO_ALL = ("/account/login/", "/account/password/reset/", "/accessibility", "/privacy")
ALSO = {journey.MANAGER: ("/health", "/account/details/", "/account/2fa/")}
NOT_A_PAGE = ("/files/", "/account/logout", "/static/")


class Watched:
    """A window that remembers what its pages complained about."""

    def __init__(self, windows) -> None:
        # axe comes into a page only where the page's own security rules are set aside; those have a test of their own.
        self.page = windows(WIDE, bypass_csp=True)
        self.said: list[str] = []
        self.page.on("console", lambda each: self._note(each.type, each.text))
        self.page.on("pageerror", lambda each: self.said.append(str(each)))

    def _note(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and "status of 4" not in text:
            self.said.append(text)


def axe(page) -> list[tuple[str, str]]:
    """What axe finds on a page: which rule, and the first piece of markup that breaks it."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {STANDARDS}}}).then(result => result.violations)")
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]


def faults(page, status: int = 200, answered: int = 200) -> list[tuple]:
    """Everything that is wrong with the page that is open, at both widths."""
    path = re.sub(r"^https?://[^/]+", "", page.url)
    found: list[tuple] = [] if answered == status else [(path, "status", answered)]
    if not page.title().strip():
        found.append((path, "no title"))
    if page.locator("h1").count() != 1:
        found.append((path, "h1", page.locator("h1").count()))
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        found.extend((path, width, *each) for each in axe(page))
        needed = page.evaluate("document.documentElement.scrollWidth")
        found.extend([(path, width, "scrolls sideways", needed)] if needed > width else [])
    page.set_viewport_size({"width": WIDE, "height": 900})
    return found


def _route(path: str) -> str | None:
    """Which kind of page an address is; None for what is no page of ours."""
    if path.startswith(NOT_A_PAGE):
        return None
    try:
        return resolve(path.partition("?")[0]).route
    except Resolver404:
        return None


# Addresses that give a file and no page.
DOWNLOADED = ("<str:reference>/<slug:format>", "files/<", "export/<", "drawing.svg")


def _crawl(watched: Watched, begin: list[str]) -> tuple[set[str], list[tuple]]:
    """Follow the links of the practice partnership: each kind of page once. Which kinds, and what is wrong."""
    page, queue, seen, found = watched.page, deque(begin), set(), []
    while queue:
        path = queue.popleft()
        route = _route(path)
        if route is None or route in seen or any(each in route for each in DOWNLOADED):
            continue
        seen.add(route)
        answer = page.goto(path)
        found.extend(faults(page, answered=answer.status))
        # A link in a drawing has an address of its own kind.
        links = page.eval_on_selector_all(
            "a[href]", "all => all.map(each => new URL(each.getAttribute('href'), document.baseURI).href)"
        )
        here = re.match(r"^https?://[^/]+", page.url).group()
        own = [each.removeprefix(here).partition("#")[0] for each in links if each.startswith(here)]
        queue.extend(
            each for each in own
            if "export=" not in each and (not each.startswith("/p/") or each.startswith("/p/practice/"))
        )  # fmt: skip
    return seen, found


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_that_somebody_reaches_has_a_fault(walked, windows, person):
    watched = Watched(windows)
    if person:
        journey.sign_in(watched.page, person)
    begin = ["/", "/p/practice/", *ALSO.get(person, ())] if person else list(OPEN_TO_ALL)
    seen, found = _crawl(watched, begin)
    watched.page.context.close()
    assert found == []
    assert watched.said == []
    assert len(seen) >= AT_LEAST[person], sorted(seen)


def test_no_page_asks_for_what_its_own_security_rules_forbid(walked, windows):
    page, refused = windows(), []
    page.on("console", lambda each: refused.append((page.url, each.text)) if each.type == "error" else None)
    journey.sign_in(page, journey.MANAGER)
    for path in dict.fromkeys(walked.visited):
        if not re.search(r"/(docx|pdf|html)/$|/(sign|submit|accept)/$", path):
            page.goto(path)
    page.context.close()
    assert refused == []


def test_a_planted_picture_without_words_is_found(walked, windows):
    page = windows(bypass_csp=True)
    page.goto("/account/login/")
    page.evaluate("document.querySelector('main').append(new Image())")
    found = faults(page)
    page.context.close()
    assert {each[2] for each in found} == {"image-alt"}


EMPTY = (
    "inspections/new/", "inspections/jtai-2018/letters/add/", "inspections/jtai-2018/letters/1/pages/1/",
    "inspections/jtai-2018/findings/add/", "plans/new/", "plans/improvement-plan/areas/add/",
    "plans/improvement-plan/actions/add/", "plans/improvement-plan/impacts/add/", "people/add/", "bodies/add-agency/",
    "bodies/add-group/",
)  # fmt: skip


def test_a_form_sent_empty_says_what_to_do_at_its_top_and_beside_each_field(walked, windows):
    watched = Watched(windows)
    page, found = watched.page, []
    journey.sign_in(page, journey.MANAGER)
    for path in EMPTY:
        page.goto(f"{journey.HOME}{path}")
        page.locator("main form[method=post] button").last.click()
        summary = page.locator(".govuk-error-summary")
        if not summary.count():
            found.append((path, "no error summary"))
            continue
        found.extend(faults(page))
        if not page.title().startswith("Error: "):
            found.append((path, "the title does not say so", page.title()))
        if not page.evaluate("document.querySelector('.govuk-error-summary').contains(document.activeElement)"):
            found.append((path, "the summary has not got the focus"))
        for link in summary.locator("a").all():
            if not page.locator(link.get_attribute("href")).count():
                found.append((path, "leads nowhere", link.get_attribute("href")))
    page.context.close()
    assert found == []
    assert watched.said == []


def test_two_who_change_one_action_and_an_address_that_leads_nowhere_have_pages_without_faults(walked, windows):
    first, second = windows(bypass_csp=True), windows(bypass_csp=True)
    for page in (first, second):
        journey.sign_in(page, journey.MANAGER)
        page.goto(f"{journey.HOME}plans/improvement-plan/actions/ACT-001/change/")
    for page, words in ((first, "First"), (second, "Second")):
        page.get_by_label(re.compile("^How")).fill(f"{words} of two who wrote.")
        page.locator("main form[method=post] button").last.click()
    assert second.get_by_text("First of two who wrote.").first.is_visible()
    assert "Second of two who wrote." in second.content()
    found = faults(second)
    answer = second.goto(f"{journey.HOME}no-such-page/")
    found += faults(second, status=404, answered=answer.status)
    for page in (first, second):
        page.context.close()
    assert found == []
