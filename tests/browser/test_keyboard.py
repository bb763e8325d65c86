"""With scripts, and with the keyboard alone: signing in, marking a finding and reporting. No mouse touches anything."""

import re

from tests.browser import journey

MOST_TABS = 90
FOCUSED = """() => { const on = document.activeElement; return on.labels && on.labels.length
    ? on.labels[0].innerText.trim() : (on.getAttribute('aria-label') || on.innerText || '').trim(); }"""
SHOWN = """() => { const on = document.activeElement, style = getComputedStyle(on), box = on.getBoundingClientRect();
    const mark = style.outlineStyle !== 'none' || style.boxShadow !== 'none' || on.type === 'radio';
    return mark && box.width > 0 && box.bottom > 0 && box.top < innerHeight; }"""


def tab_to(page, words: str) -> None:
    """Press Tab until what is named so has the focus; every stop on the way must be visible as such."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SHOWN), ("nobody sees where the focus is", page.url, page.evaluate(FOCUSED))
        if re.search(words, page.evaluate(FOCUSED)):
            return
    raise AssertionError(f"Tab never reached '{words}' on {page.url}")


def open_by(page, words: str) -> None:
    """Go there with Tab and press Enter, and be on another page."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _sign_in(page, name: str) -> None:
    page.goto("/account/login/")
    open_by(page, f"^Sign in as {name}")
    page.get_by_role("heading", name="My work").wait_for()


def test_the_business_manager_marks_a_finding_with_the_keyboard_alone(walked, windows):
    page = windows()
    _sign_in(page, journey.MANAGER)
    page.goto(walked.letter_page)
    tab_to(page, "^Text of page 1")
    page.keyboard.press("Control+Home")
    page.keyboard.press("Shift+ArrowDown")
    tab_to(page, "^Use selected text")
    page.keyboard.press("Enter")
    taken = page.get_by_label("The inspectors’ words").input_value()
    assert taken.strip()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "What kind of finding?"
    page.keyboard.type("Headline")
    tab_to(page, "^Our short title")
    page.keyboard.type("Marked with the keyboard")
    open_by(page, "^Mark this finding")
    assert page.get_by_text("is marked on page 1").is_visible()
    page.context.close()


def test_an_agency_reports_with_the_keyboard_alone(walked, windows):
    page = windows()
    _sign_in(page, "Grace Mbeki")
    open_by(page, "^Write the return of")
    tab_to(page, "^What else has to be said")
    page.keyboard.type("Said with the keyboard.")
    open_by(page, "^Save this")
    page.get_by_text("Said with the keyboard.").first.wait_for()
    page.reload()
    assert page.get_by_label("What else has to be said?").input_value() == "Said with the keyboard."
    page.context.close()
