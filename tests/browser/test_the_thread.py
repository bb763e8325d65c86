"""The first hour in a real browser without scripts: from an uploaded letter to the paper, and nobody else sees it."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path

import docx
import pypdfium2
import pytest

from tests.browser import journey

REAL_LETTER = "letters/durham_24-august-2018.pdf"


class _Words(HTMLParser):
    """The words of a page, without its style and scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self._hidden = "", False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._hidden = tag in {"style", "script"}

    def handle_endtag(self, tag):
        self._hidden = False

    def handle_data(self, data):
        self.words += "" if self._hidden else data


def _of_word(path: Path) -> str:
    body = docx.Document(str(path)).element.body
    return "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t"))


def _of_pdf(path: Path) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))


def _of_html(path: Path) -> str:
    return _Words(path.read_text(encoding="utf-8")).words


def _bare(words: str) -> str:
    """Words as they are compared: without spaces and without the hyphens at which a line was broken."""
    return re.sub(r"[\s\ufffe\u200b\u00ad-]+", "", words)


@pytest.mark.parametrize(("suffix", "read"), [(".docx", _of_word), (".pdf", _of_pdf), (".html", _of_html)])
def test_what_the_police_typed_stands_under_the_finding_that_caused_it_in_each_file(walked, suffix, read):
    words = _bare(read(walked.files[suffix]))
    finding = words.index(_bare(walked.cause.text))
    action = words.index(_bare(journey.ACTION), finding)
    assert words.index(_bare(journey.SENTENCE), action) > action


def test_everything_of_the_walk_is_to_the_neighbour_what_does_not_exist(walked, windows):
    page = windows(java_script_enabled=False)
    journey.sign_in(page, journey.NEIGHBOUR)
    nothing = page.request.get("/p/practice-nowhere/plans/")
    assert nothing.status == 404
    theirs = [each for each in walked.visited if each.startswith("/p/practice/")]
    assert len(theirs) > 20
    for address in theirs:
        answer = page.request.get(address)
        assert answer.status == 404, address
        assert _without_keys(answer.text()) == _without_keys(nothing.text()), address
    for address in ("/", "/p/neighbour/", "/p/neighbour/plans/", "/p/neighbour/returns/", "/p/neighbour/reports/",
                    "/p/neighbour/record/", "/p/neighbour/inspections/"):  # fmt: skip
        answer = page.request.get(address)
        assert answer.ok, address
        assert journey.SENTENCE not in answer.text()
        assert journey.ACTION not in answer.text()
    page.context.close()


def _without_keys(html: str) -> str:
    """A page without what is drawn anew each time it is answered."""
    return re.sub(r'(name="(?:csrfmiddlewaretoken|request_key)" value=|nonce=)"[^"]*"', "", html)


def test_marcus_serves_two_partnerships_and_sees_each_by_itself(walked, windows):
    page = windows(java_script_enabled=False)
    journey.sign_in(page, journey.POLICE)
    for name, sees in (("Practice Safeguarding", True), ("Neighbour Safeguarding", False)):
        page.goto("/")
        page.get_by_role("link", name=re.compile(f"^{name}")).first.click()
        own = page.url
        assert page.request.get(f"{own}plans/").ok
        plans = page.request.get(f"{own}plans/").text()
        assert ("Improvement plan</a>" in plans or "improvement-plan" in plans) == sees
    assert journey.SENTENCE in page.request.get(walked.own_return).text()
    page.context.close()


def test_a_real_letter_is_uploaded_and_its_words_are_marked_as_printed(windows, tmp_path):
    folder = os.environ.get("THROUGHLINE_CASES", "")
    if not folder or not (Path(folder) / REAL_LETTER).exists():
        pytest.skip("THROUGHLINE_CASES names no folder with the published letter")
    letter = Path(folder) / REAL_LETTER
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(letter)]
    number = next(index for index, text in enumerate(pages, start=1) if "strategy meeting" in text.lower())
    printed = re.search(r"[^.]*strategy meeting[^.]*\.", pages[number - 1], re.I | re.S).group().strip()
    page = windows(java_script_enabled=False)
    journey.sign_in(page, journey.NEIGHBOUR)
    inspection = journey.add_letter(page, letter, "The published letter", of="/p/neighbour/")
    page.goto(f"{inspection}letters/1/pages/1/")
    words = journey.Words(number, journey.KINDS["priority_action"], printed, "Strategy meetings")
    reference = journey.mark(page, words)
    assert reference == "APA-1"
    page.goto(f"{inspection}findings/{reference}/")
    assert _bare(printed) in _bare(page.locator("main").inner_text())
    page.context.close()
