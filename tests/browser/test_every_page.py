"""Every page of the worked practice partnership, as different people have it, at two widths: axe finds no fault."""

import re

import pytest

from tests.browser import journey
from tests.browser.crawling import Watched, crawl, faults

PEOPLE = (journey.MANAGER, journey.POLICE, "Rosalind Hart", "Adam Kowalczyk", "")
AT_LEAST = {journey.MANAGER: 40, journey.POLICE: 25, "Rosalind Hart": 8, "Adam Kowalczyk": 15, "": 4}
OPEN_TO_ALL = ("/account/login/", "/account/password/reset/", "/accessibility", "/privacy")
ALSO = {journey.MANAGER: ("/health", "/account/details/", "/account/2fa/")}


@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_that_somebody_reaches_has_a_fault(walked, windows, person):
    watched = Watched(windows)
    if person:
        journey.sign_in(watched.page, person)
    begin = ["/", "/p/practice/", *ALSO.get(person, ())] if person else list(OPEN_TO_ALL)
    seen, found = crawl(watched, begin, "practice")
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
        with page.expect_navigation():  # the answer is there whole, however slow the machine is
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
        with page.expect_navigation():
            page.locator("main form[method=post] button").last.click()
    assert second.get_by_text("First of two who wrote.").first.is_visible()
    assert "Second of two who wrote." in second.content()
    found = faults(second)
    answer = second.goto(f"{journey.HOME}no-such-page/")
    found += faults(second, status=404, answered=answer.status)
    for page in (first, second):
        page.context.close()
    assert found == []
