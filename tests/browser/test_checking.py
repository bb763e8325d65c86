"""A letter of our own writing, checked in Chromium by keyboard alone: split, merged, re-kinded, set aside, entered."""

import re
from datetime import date
from pathlib import Path

from tests.browser import journey
from tests.browser.test_keyboard import open_by, tab_to
from tests.methods.letters_of_our_own import LETTER_2018, pdf

FOCUSED_CARD = """() => { const card = document.activeElement.closest('[data-card]');
    return card ? card.querySelector('h3').innerText : ''; }"""


def key(page, which: str) -> None:
    """Press a key that leads to another page."""
    with page.expect_navigation():
        page.keyboard.press(which)


def go_to_card(page, title: str, inspection: str) -> None:
    """The card of a title, on whatever page of the letter it is, by `j` from the first one."""
    for number in range(1, 9):
        page.goto(f"{inspection}letters/1/check/?page={number}")
        cards = page.locator("[data-card] h3").all_inner_texts()
        if any(each.startswith(title) for each in cards):
            break
    tab_to(page, f"^(STR|CAS|APA|AFI|HEA)-|{title}")
    for _ in range(12):
        if page.evaluate(FOCUSED_CARD).startswith(title):
            return
        page.keyboard.press("j")
    raise AssertionError(f"no card is called '{title}'")


def test_a_letter_is_checked_with_the_keyboard_alone(windows, tmp_path: Path):
    page = windows()
    journey.sign_in(page, journey.NEIGHBOUR)
    letter = tmp_path / "aldermere.pdf"
    letter.write_bytes(pdf(LETTER_2018))
    inspection = journey.add_letter(page, letter, "Aldermere", of="/p/neighbour/")
    assert "0 of 9 entered." in page.locator("main").inner_text()

    go_to_card(page, "Partners meet every morning", inspection)
    key(page, "s")
    tab_to(page, "^Schools hear within a day")
    page.keyboard.press("Space")
    open_by(page, "^Split here")
    assert page.evaluate(FOCUSED_CARD).startswith("Partners meet")
    assert "0 of 10 entered." in page.locator("main").inner_text()
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED_CARD).startswith("Schools hear within a day")
    key(page, "m")
    assert "0 of 9 entered." in page.locator("main").inner_text()
    assert "Schools hear within a day" in page.locator("[data-card]").first.inner_text()

    go_to_card(page, "Minutes of meetings", inspection)
    key(page, "c")
    tab_to(page, "^What kind of finding")
    page.keyboard.type("Headline")
    open_by(page, "^Save$")
    assert re.search("HEA-1\\s+Headline finding", page.locator("[data-card]", has_text="Minutes").inner_text())

    go_to_card(page, "Rowan waited", inspection)
    key(page, "x")
    assert "0 of 9 entered, 1 set aside." in page.locator("main").inner_text()
    go_to_card(page, "Strategy discussions are held too late", inspection)
    key(page, "e")
    assert "1 of 9 entered, 1 set aside." in page.locator("main").inner_text()
    page.goto(f"{inspection}letters/1/check/")
    open_by(page, "^Enter all 7 of the letter")
    open_by(page, "^Enter 7 findings")
    shown = page.locator("main table").inner_text()
    for reference in ("APA-1", "AFI-1", "AFI-2", "STR-1", "STR-3", "HEA-1", "CAS-1"):
        assert reference in shown
    assert "AFI-3" not in shown
    assert "CAS-2" not in shown
    page.context.close()


def test_a_key_does_nothing_outside_a_card_and_nothing_while_somebody_types(windows, tmp_path: Path):
    page = windows()
    journey.sign_in(page, journey.NEIGHBOUR)
    letter = tmp_path / "again.pdf"
    letter.write_bytes(pdf(LETTER_2018.but(dated="7 June 2019", title=LETTER_2018.title.replace("Aldermere", "Ash"))))
    page.goto("/p/neighbour/inspections/new/")
    page.get_by_label("The letter", exact=True).set_input_files(letter)
    journey.put_day(page, "Letter received", date(2019, 6, 7))
    page.get_by_role("button", name="Read the letter").click()
    for other in page.get_by_label("It is a different inspection").all():
        other.check()
    page.get_by_role("button", name="Save the letter").click()
    page.get_by_role("heading", name=re.compile("^Check page")).wait_for()
    before = page.url
    for where in ("body", "#page-text", "#go"):
        page.locator(where).focus() if where != "body" else page.evaluate("document.activeElement.blur()")
        for each in "exm[]":
            page.keyboard.press(each)
    page.wait_for_timeout(300)
    assert page.url == before
    assert "0 of 9 entered." in page.locator("main").inner_text()
    page.context.close()
