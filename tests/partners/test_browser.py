"""Sign-in and a partnership's pages in a real browser, against a real server with the practice partnership."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator

import pytest

from tests.chromium import axe

pytestmark = pytest.mark.browser

BUILD = """
from throughline.cli import django
django()
from django.utils import timezone
from throughline.example import practice
practice.build(now=timezone.now())
"""
OPEN_TO_ALL = ("/account/login/", "/account/password/reset/", "/invitation/none/", "/nowhere")
OF_PRIYA = (
    "/", "/p/practice/", "/p/practice/people/", "/p/practice/people/add/", "/p/practice/bodies/",
    "/p/practice/bodies/add-agency/", "/p/practice/settings/", "/p/practice/record/", "/p/practice/record/7/",
    "/p/practice/record/7/redact/", "/p/practice/redactions/", "/account/", "/account/details/", "/account/2fa/",
    "/account/2fa/totp/activate/", "/account/2fa/webauthn/add/", "/account/password/change/", "/health",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[str]:
    """Throughline as a person runs it, with a folder of its own. Gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment |= {"THROUGHLINE_VAR": str(tmp_path_factory.mktemp("var")), "THROUGHLINE_PORT": port}
    command = [sys.executable, "-c", "import sys; from throughline.cli import main; sys.exit(main())"]
    subprocess.run([*command, "migrate"], env=environment, check=True, capture_output=True)
    subprocess.run([sys.executable, "-c", BUILD], env=environment, check=True, capture_output=True)
    running = subprocess.Popen(
        [*command, "serve", "--processes", "1"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield _when_it_answers(f"http://localhost:{port}")
    finally:
        running.terminate()
        running.wait(timeout=20)


def _when_it_answers(address: str) -> str:
    for _ in range(100):
        try:
            urllib.request.urlopen(f"{address}/health.json", timeout=20).close()
            return address
        except OSError:  # not listening yet, or still loading
            time.sleep(0.2)
    raise TimeoutError("the server did not answer")


@pytest.fixture
def window(chromium, server):
    """Opens a window of a width, and fails when the page's own rules refused anything in it."""
    contexts, refused = [], []

    def open_(width: int = 1280, **named):
        context = chromium.new_context(viewport={"width": width, "height": 900}, base_url=server, **named)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
        page.on("pageerror", lambda error: refused.append(str(error)))
        return page

    yield open_
    for context in contexts:
        context.close()
    assert refused == []


def sign_in_as(page, name: str, at: str = "/account/login/") -> None:
    page.goto(at)
    page.get_by_role("button", name=re.compile(f"^Sign in as {name}")).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 320])
def test_no_page_has_a_fault_that_axe_finds_or_is_wider_than_the_window(window, width):
    page, faults = window(width, bypass_csp=True), []

    def look(address: str) -> None:
        page.goto(address)
        faults.extend((address, *each) for each in axe(page))
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults.extend([(address, "wider than the window", wide)] if wide > width else [])

    for address in OPEN_TO_ALL:
        look(address)
    sign_in_as(page, "Priya Nair")
    for address in OF_PRIYA:
        look(address)
    assert faults == []


def test_axe_would_find_a_planted_fault(window):
    page = window(bypass_csp=True)
    page.goto("/account/login/")
    page.evaluate("document.querySelector('label').remove()")
    assert "label" in {rule for rule, _ in axe(page)}


def test_words_survive_a_session_that_ended_while_they_were_typed(window):
    page = window()
    sign_in_as(page, "Priya Nair")
    page.goto("/p/practice/people/add/")
    page.get_by_label("Full name").fill("Nell Ibarra")
    page.get_by_label("E-mail address").fill("nell@example.org")
    page.get_by_label("Role").select_option("Analyst")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Add this person").click()
    page.get_by_text("Your words are kept: sign in to go on").wait_for()
    page.get_by_role("button", name=re.compile("^Sign in as Priya Nair")).click()
    assert page.url.endswith("/p/practice/people/add/")
    assert page.get_by_label("Full name").input_value() == "Nell Ibarra"
    page.get_by_role("button", name="Add this person").click()
    page.get_by_text("Nell Ibarra is now Analyst").wait_for()


def test_signing_in_and_out_works_without_scripts(window):
    page = window(java_script_enabled=False)
    page.goto("/p/practice/")
    page.get_by_label("E-mail address").fill("helen@practice.example")
    page.get_by_label("Password").fill("practice-makes-plans")
    page.get_by_role("button", name="Sign in", exact=True).click()
    assert page.url.endswith("/p/practice/")
    page.get_by_role("button", name="Sign out").click()
    assert page.url.endswith("/account/login/")


def test_a_passkey_is_added_and_then_signs_in_alone_and_as_second_factor(window):
    page = window()
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in_as(page, "Simon Teague")
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("Sign in with this passkey alone").check()
    page.get_by_role("button", name="Add this passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="My work").wait_for()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("E-mail address").fill("simon@practice.example")
    page.get_by_label("Password").fill("practice-makes-plans")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_role("heading", name="My work").wait_for()
