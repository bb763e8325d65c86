"""Debian's Chromium, and what axe is asked on a page of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = Path(__file__).resolve().parents[1] / "node_modules/axe-core/axe.min.js"
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1280, 320


@contextmanager
def launched() -> Iterator[Any]:
    """One Chromium, closed afterwards. A process can have one driver only, so the tests share one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def axe(page: Any) -> list[tuple[str, str]]:
    """What axe finds on a page: which rule, and the first piece of markup that breaks it.

    axe comes into a page only where the page's own security rules are set aside (`bypass_csp`).
    """
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(f"axe.run(document, {{runOnly: {STANDARDS}}}).then(result => result.violations)")
    return [(each["id"], each["nodes"][0]["html"][:200]) for each in found]
