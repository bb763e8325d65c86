"""Walking through the pages by their links, and what may be wrong with one: by axe, by its window, by its status."""

import re
from collections import deque

from django.urls import Resolver404, resolve

from tests.chromium import NARROW, WIDE, axe

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


def faults(page, status: int = 200, answered: int = 200) -> list[tuple]:
    """Everything that is wrong with the page that is open, at both widths."""
    page.wait_for_load_state()  # a link's page has begun when its click returns, and may not be whole yet
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


def crawl(watched: Watched, begin: list[str], partnership: str) -> tuple[set[str], list[tuple]]:
    """Follow the links of a partnership: each kind of page once. Which kinds, and what is wrong."""
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
            if "export=" not in each and (not each.startswith("/p/") or each.startswith(f"/p/{partnership}/"))
        )  # fmt: skip
    return seen, found
