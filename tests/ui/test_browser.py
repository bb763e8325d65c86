"""The components in a browser: no fault that axe can find, nothing wider than the window, no need of scripts."""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from tests.chromium import axe

pytestmark = pytest.mark.browser

PAGES = ("/styles", "/accessibility", "/privacy", "/ask", "/settle", "/nowhere", "/broken")
BROKEN_WORDS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node; (node = walker.nextNode()); ) {
    if (node.parentElement.closest(".govuk-visually-hidden")) continue
    for (const word of node.data.matchAll(/[a-z]{3,18}/gi)) {
      const range = document.createRange()
      range.setStart(node, word.index)
      range.setEnd(node, word.index + word[0].length)
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1) found.push(word[0])
    }
  }
  return found
}"""
PLANTED = '<main id="main-content"><img src="/static/ui/mark.svg"><p style="color:#aaa">Faint</p></main>'


@pytest.fixture
def open_page(chromium, client: Client):
    """Opens an address of ours in a window of a width. No server and no network: each request is answered here."""
    contexts, complaints = [], []

    def answer(route) -> None:
        address = route.request.url.removeprefix("http://localhost")
        if address.startswith("/static/"):
            file = finders.find(address.removeprefix("/static/"))
            kinds = {".woff2": "font/woff2", ".js": "text/javascript"}
            kind = kinds.get(Path(file).suffix) or mimetypes.guess_type(file)[0]
            route.fulfill(body=Path(file).read_bytes(), content_type=kind)
        elif address == "/planted":
            route.fulfill(body=f"<!DOCTYPE html><html><body>{PLANTED}</body></html>", content_type="text/html")
        else:
            response = client.get(address)
            route.fulfill(status=response.status_code, body=response.content, headers=dict(response.headers))

    def open_(address: str, width: int, scripts: bool = True):
        context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text) if "Refused" in message.text else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", answer)
        page.goto(f"http://localhost{address}")
        page.complaints = complaints
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_wider_than_the_window(open_page, address, width):
    page = open_page(address, width)
    page.wait_for_function("document.body.classList.contains('govuk-frontend-supported')")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.complaints == []


@pytest.mark.parametrize("width", [1280, 320])
def test_a_word_longer_than_its_line_breaks_and_a_table_scrolls_by_itself(open_page, width):
    page = open_page("/long", width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator(".tl-scroll").first
    assert table.evaluate("e => e.scrollWidth > e.clientWidth")


def test_no_ordinary_word_is_broken_on_a_narrow_screen(open_page):
    page = open_page("/styles", 320)
    assert page.evaluate(BROKEN_WORDS) == []
    page.locator(".tl-audience span").evaluate("e => { e.style.width = '2em'; e.textContent = 'partnership' }")
    assert page.evaluate(BROKEN_WORDS) == ["partnership"]


def test_axe_would_have_found_a_planted_fault(open_page):
    found = {rule for rule, _ in axe(open_page("/planted", 1280))}
    assert found >= {"image-alt", "color-contrast"}


def test_every_control_is_reached_by_keyboard_and_the_skip_link_is_first(open_page):
    page = open_page("/plain", 1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main-content"


def test_the_footer_of_a_short_page_stands_at_the_foot_of_the_window(open_page):
    page = open_page("/plain", 1280)
    assert page.locator(".tl-footer").evaluate("e => Math.round(e.getBoundingClientRect().bottom)") == 900


def test_a_page_is_whole_without_scripts(open_page):
    page = open_page("/styles", 320, scripts=False)
    assert page.locator(".tl-filters input[type=checkbox]").count() == 7
    assert page.locator("details.tl-filters__group > summary").first.is_visible()
    assert page.get_by_text("You can enter up to 500 characters").first.is_visible()


def test_print_leaves_out_what_is_for_the_screen_and_repeats_table_heads(open_page):
    page = open_page("/styles", 1280)
    page.emulate_media(media="print")
    assert not page.locator(".tl-filters").first.is_visible()
    assert not page.locator(".govuk-button").first.is_visible()
    assert page.locator("thead").first.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert page.locator("body").evaluate("e => getComputedStyle(e).page") == "official-sensitive"
