"""The first hour, as its people click it: the steps that the tests share, and what is left when it has been walked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pypdfium2

SENTENCE = "Duty sergeants now convene the meeting within one working day; nineteen of twenty were held in time."
ACTION = "Hold every strategy meeting within one working day"
MANAGER, POLICE, EXECUTIVE, NEIGHBOUR = "Priya Nair", "Marcus Bell", "Ruth Carver", "Olivia Brandt"
HOME = "/p/practice/"
KINDS = {"priority_action": "Area for priority action", "improvement": "Area for improvement", "strength": "Strength"}


@dataclass(frozen=True)
class Words:
    """Words of a letter to mark: on which page, of which kind, and what they are called."""

    page: int
    kind: str
    text: str
    title: str


@dataclass
class Walked:
    """What the walk left: where it was, the words that caused the report, and the files that came out of it."""

    cause: Words
    visited: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    files: dict[str, Path] = field(default_factory=dict)
    letter_page: str = ""
    own_return: str = ""
    report: str = ""


def press(page, words: str) -> None:
    """A link, or a link that looks like a button (its role is then a button's)."""
    page.locator("main a").filter(has_text=re.compile(words)).first.click()


def sign_in(page, name: str) -> None:
    """With the button of a practice person."""
    page.goto("/account/login/")
    page.get_by_role("button", name=re.compile(f"^Sign in as {re.escape(name)}")).click()
    page.get_by_role("heading", name="My work").wait_for()


def sign_out(page) -> None:
    """By the button at the top of each page."""
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in", exact=True).wait_for()


def put_day(page, of: str, day: date) -> None:
    """A day in its three boxes."""
    group = page.get_by_role("group", name=re.compile(f"^{of}"))
    for label, number in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(label).fill(str(number))


def example_letter(folder: Path) -> tuple[Path, list[Words]]:
    """The letter of the worked example as a PDF, and three findings with the pages on which they stand."""
    from throughline.example import durham_letter, story_findings

    path = folder / "letter.pdf"
    path.write_bytes(durham_letter.letter_pdf())
    by_key = {each.key: each for each in story_findings.FINDINGS}
    with_pages = [(by_key[key], _page_of(path, by_key[key].text)) for key in ("strategy", "encompass", "thirdparty")]
    return path, [Words(number, KINDS[each.kind], each.text, each.title) for each, number in with_pages]


def _page_of(path: Path, text: str) -> int:
    """The page on which some words begin."""
    begins = _bare(text)[:30]
    pages = [_bare(each.get_textpage().get_text_range()) for each in pypdfium2.PdfDocument(path)]
    return next(number for number, each in enumerate(pages, start=1) if begins in each)


def _bare(text: str) -> str:
    return re.sub(r"[\s\ufffe-]+", "", text)


def add_letter(page, letter: Path, title: str, of: str = HOME, also: Callable | None = None) -> str:
    """Add an inspection with its letter. Gives the address of the inspection."""
    page.goto(of)
    page.get_by_role("link", name=re.compile("^Inspection")).first.click()
    press(page, "Add (the inspectors’ letter|another inspection)")
    page.get_by_label("The letter", exact=True).set_input_files(letter)
    put_day(page, "Letter received", date(2018, 8, 24))
    page.get_by_role("button", name="Read the letter").click()
    page.get_by_role("heading", name="Check what was read").wait_for()
    if also:
        also(page, "letter-read")
    page.get_by_label("What the inspection was about").fill(title)
    page.get_by_role("button", name="Save the letter").click()
    page.get_by_role("heading", name=re.compile("^Check page")).wait_for()
    return page.url.partition("letters/")[0]


def enter(page, words: Words) -> str:
    """Enter what was read of these words. The page is the check's; gives the finding's reference."""
    page.get_by_label("Page", exact=True).select_option(str(words.page))
    page.get_by_role("button", name="Go", exact=True).click()
    begins = " ".join(words.text.split()[:6])
    page.locator("[data-card]").filter(has_text=begins).get_by_role("button", name=re.compile("^Enter")).click()
    said = page.locator(".govuk-notification-banner--success").inner_text()
    found = re.search(r"([A-Z]+-\d+) is in the register", said)
    assert found, said
    return found[1]


def mark(page, words: Words) -> str:
    """Type the inspectors' words in beside the page that shows them. Gives the finding's reference."""
    page.get_by_label("Page", exact=True).select_option(str(words.page))
    page.get_by_role("button", name="Go", exact=True).click()
    page.get_by_label("What kind of finding?").select_option(words.kind)
    page.get_by_label("The inspectors’ words").fill(words.text)
    page.get_by_label("Our short title").fill(words.title)
    page.get_by_role("button", name="Mark this finding").click()
    return page.get_by_role("link", name=re.compile(r"^[A-Z]+-\d+$")).last.inner_text()


def make_plan(page, look: Callable) -> None:
    """From a finding: begin the plan, then the action that answers it. The page shows the finding."""
    if page.locator("main a").filter(has_text="Begin the improvement plan").count():
        press(page, "Begin the improvement plan")
        look(page, "begin-plan")
        page.get_by_label("What is the plan called?").fill("Improvement plan")
        page.locator("main form button").last.click()
        look(page, "empty-plan")
        page.goto(look.finding)
    press(page, "Add an action that answers this")
    look(page, "add-action")
    page.get_by_label("Improvement area").fill("Strategy meetings")
    page.get_by_label("What will be done").fill(ACTION)
    page.get_by_label("Who leads").select_option("Practice Constabulary")
    put_day(page, "Due date", date(date.today().year + 1, 3, 31))
    page.get_by_label("A new desired impact: for whom (optional)").fill("Children at risk of significant harm")
    page.get_by_label("What would be seen (optional)").fill("A meeting within one working day: they are safe in time.")
    page.locator("main form button").last.click()
    page.get_by_role("heading", name=ACTION).wait_for()


def open_quarter(page) -> None:
    """Open the first quarter as proposed."""
    page.goto(f"{HOME}returns/")
    press(page, "Open the first quarter")


def report(page, words: str) -> None:
    """Say how the action stands. The page is the agency's return."""
    page.get_by_label("On track", exact=True).check()
    page.get_by_label("What has happened since the last return?").fill(words)
    page.get_by_role("button", name=re.compile("^Save.*ACT-001")).click()


class Looker:
    """Notes each page on the way, and shows it to whoever wants to see it."""

    def __init__(self, walked: Walked, also: Callable | None) -> None:
        self._walked, self._also, self.finding = walked, also, ""

    def __call__(self, page, name: str) -> None:
        path = re.sub(r"^https?://[^/]+", "", page.url).partition("#")[0]
        if path not in self._walked.visited:
            self._walked.visited.append(path)
        if self._also:
            self._also(page, name)


def walk(windows, folder: Path, letter: tuple[Path, list[Words]] | None = None, also: Callable | None = None) -> Walked:
    """The first hour without scripts. `also(page, name)` is called on each page of the way."""
    page = windows(java_script_enabled=False)
    path, findings = letter or example_letter(folder)
    walked = Walked(findings[0])
    look = Looker(walked, also)
    sign_in(page, MANAGER)
    look(page, "my-work")
    _letter_to_quarter(page, look, walked, path, findings)
    sign_out(page)
    _police(page, look, walked)
    _paper(page, look, walked, folder)
    page.context.close()
    return walked


def _letter_to_quarter(page, look: Looker, walked: Walked, path: Path, findings: list[Words]) -> None:
    inspection = add_letter(page, path, "Multi-agency response to domestic abuse", also=look)
    look(page, "letter-checked")
    references = [enter(page, each) for each in findings[:-1]]
    look(page, "letter-entered")
    for name, link in (("change", "^Change"), ("split", "^Split"), ("passage", "^Make a finding")):
        for number in range(1, 3):
            page.goto(f"{inspection}letters/1/check/?page={number}")
            if page.locator("main a").filter(has_text=re.compile(link)).count():
                press(page, link)
                look(page, f"letter-{name}")
                break
    page.goto(f"{inspection}letters/1/check/enter/")
    look(page, "letter-enter-all")
    page.goto(f"{inspection}letters/1/pages/1/")
    references.append(mark(page, findings[-1]))
    look(page, "letter-page")
    walked.letter_page = page.url
    page.goto(inspection)
    look(page, "inspection")
    page.goto(f"{inspection}findings/")
    look(page, "findings")
    page.get_by_role("link", name=references[0], exact=True).click()
    look.finding = page.url
    look(page, "finding")
    make_plan(page, look)
    look(page, "action")
    open_quarter(page)
    look(page, "open-quarter")
    page.get_by_role("button", name="Open this quarter").click()
    look(page, "quarter")


def _police(page, look: Looker, walked: Walked) -> None:
    sign_in(page, POLICE)
    look(page, "police-work")
    page.locator(".tl-work").get_by_role("link", name=re.compile("Police|Constabulary|return", re.I)).first.click()
    walked.own_return = page.url.partition("#")[0]
    look(page, "own-return")
    report(page, SENTENCE)
    look(page, "own-return-saved")
    sign_out(page)
    sign_in(page, EXECUTIVE)
    look(page, "executive-work")
    press(page, "^Read and sign")
    look(page, "executive-return")
    press(page, "^\\s*Read and sign")
    look(page, "sign")
    page.get_by_label(re.compile("^I have read this return")).check()
    page.get_by_role("button", name="Sign this return").click()
    look(page, "signed")
    sign_out(page)
    sign_in(page, POLICE)
    page.goto(walked.own_return)
    press(page, "Submit this return")
    look(page, "submit")
    page.locator("main form button").last.click()
    look(page, "submitted")
    sign_out(page)


def _paper(page, look: Looker, walked: Walked, folder: Path) -> None:
    sign_in(page, MANAGER)
    look(page, "manager-work")
    page.goto(walked.own_return)
    press(page, "Accept this return")
    look(page, "accept")
    page.locator("main form button").last.click()
    look(page, "accepted")
    page.goto(f"{HOME}reports/")
    look(page, "reports-empty")
    press(page, "Make a report")
    look(page, "make-report")
    page.get_by_role("button", name="Make this report").click()
    walked.report = page.url
    for _ in range(40):
        if page.get_by_role("link", name=re.compile("^Download as")).count() == 3:
            break
        page.wait_for_timeout(500)
        page.goto(walked.report)
    look(page, "report")
    for link in page.get_by_role("link", name=re.compile("^Download as")).all():
        with page.expect_download() as given:
            link.click()
        suffix = Path(given.value.suggested_filename).suffix
        walked.files[suffix] = folder / f"report{suffix}"
        given.value.save_as(walked.files[suffix])
        walked.visited.append(re.sub(r"^https?://[^/]+", "", link.evaluate("each => each.href")))
    page.goto(f"{HOME}reports/")
    look(page, "reports")
