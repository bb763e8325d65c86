"""The HTML page, read back: one title, real tables and headings, and every text as text."""

import itertools
from html import escape
from html.parser import HTMLParser

import pytest

from tests.documents.hostile import PAYLOADS
from tests.documents.specimen import document
from throughline.documents import html
from throughline.documents.model import Bullets, Cell, Column, Heading, KeyFacts, Link, Paragraph, Table, Thread, Tone

VOID = {"meta", "br", "col", "link", "img", "hr", "input"}
DRAWN = {"rect", "circle", "line", "polyline", "path"}


class Page(HTMLParser):
    """Every element with its attributes and whole text; refuses elements that are not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.feed(text)
        assert not self.open, [tag for tag, _, _ in self.open]

    def handle_starttag(self, tag, attrs):
        element = (tag, dict(attrs), [])
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs), []))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        for _, _, words in self.open:
            words.append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        return [(attributes, "".join(words)) for name, attributes, words in self.found if name == tag]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(html.render(document(contents=True)))


def test_the_page_has_a_language_a_title_and_one_first_heading(page):
    assert page.all("html")[0][0]["lang"] == "en-GB"
    assert page.all("title")[0][1] == f"{document().title} – {document().organisation}"
    assert [words for _, words in page.all("h1")] == [document().title]
    assert [tag for tag in ("main", "header", "footer") if len(page.all(tag)) == 1] == ["main", "header", "footer"]


def test_headings_skip_no_level(page):
    levels = [int(tag[1]) for tag, _, _ in page.found if tag in ("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_table_has_headings_with_scope_and_a_name(page):
    for attributes, _ in page.all("div"):
        if attributes.get("role") == "region":
            assert attributes.get("aria-label") or attributes.get("aria-labelledby")
            assert attributes["tabindex"] == "0"
    assert next(words for _, words in page.all("caption")).startswith("Table 1 Delivery and impact")
    assert all(attributes["scope"] in ("col", "row") for attributes, _ in page.all("th"))
    assert ("row", "Multi-agency front door") in [(attributes["scope"], words) for attributes, words in page.all("th")]


def test_a_toned_cell_has_its_sign_beside_its_words(page):
    cells = {words for attributes, words in page.all("td") if "doc-tone-bad" in (attributes.get("class") or "")}
    assert "✗ Overdue" in cells


def test_a_figure_says_in_words_what_it_shows(page):
    drawing = page.all("svg")[0][0]
    assert drawing["role"] == "img"
    assert drawing["aria-label"].startswith("A line rises from 57 per cent")


def test_ids_are_unique_and_contents_lead_to_them(page):
    ids = [attributes["id"] for _, attributes, _ in page.found if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = [attributes["href"][1:] for attributes, _ in page.all("a") if attributes["href"].startswith("#")]
    assert len(inside) == 6
    assert set(inside) <= set(ids)


def test_a_pages_own_contents_lead_to_the_chapters_of_a_fragment():
    whole = document()
    fragment = html.fragment(whole)
    chapters = html.chapters(whole)
    assert len(chapters) > 1
    for anchor, text in chapters:
        assert f'<h2 id="{anchor}">{escape(text)}</h2>' in fragment


def test_nothing_runs_and_nothing_is_fetched(page):
    tags = {tag for tag, _, _ in page.found}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
    for _, attributes, _ in page.found:
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        assert "src" not in attributes
    policy = next(a["content"] for a, _ in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none'")


def test_the_page_brings_its_styles_for_screen_and_print(page):
    css = page.all("style")[0][1]
    assert "@media print" in css
    assert "table-header-group" in css
    assert "http" not in css.replace('a[href^="http"]', "")


def test_a_given_stylesheet_takes_the_place_of_ours_and_cannot_end_its_element():
    assert "<style>\n.doc{color:red}</style>" in html.render(document(), stylesheet=".doc{color:red}")
    with pytest.raises(ValueError, match="would end it"):
        html.render(document(), stylesheet="</style><script>")


def test_no_text_is_ever_markup():
    blocks = (
        Heading(1, "<h1>Heading</h1>"),
        *(Paragraph(payload) for payload in PAYLOADS),
        *(Paragraph((Link(payload, "https://example.org/?a=1&b=2"),)) for payload in PAYLOADS),
        Bullets(PAYLOADS),
        KeyFacts(tuple((payload, payload) for payload in PAYLOADS)),
        Thread(tuple((payload, payload, payload) for payload in PAYLOADS)),
        Table("All", (Column("Payload"), Column("Again")), tuple((p, Cell(p, Tone.INFO)) for p in PAYLOADS)),
    )
    page = Page(html.render(document(title="<script>1</script>", organisation='"><b>', blocks=blocks)))
    assert page.all("h1")[0][1] == "<script>1</script>"
    for tag in ("p", "li", "dt", "dd", "td", "a"):
        shown = {words for _, words in page.all(tag)}
        assert set(PAYLOADS) <= shown, tag
    assert not page.all("script")
    assert not page.all("b")
    assert {attributes["href"] for attributes, _ in page.all("a")} == {"https://example.org/?a=1&b=2"}


def test_a_fragment_holds_only_the_blocks_for_a_page_that_has_its_own_title():
    fragment = html.fragment(document(), heading_level=3)
    page = Page(fragment)
    assert fragment.startswith('<div class="doc"')
    assert not page.all("h1")
    assert not page.all("h2")
    assert page.all("h3")[0][1] == "What the Executive Group is asked to do"
    assert not page.all("style")
    assert all("style" not in attributes for _, attributes, _ in page.found)


def test_every_class_that_the_page_uses_is_styled_or_named_on_purpose(page):
    used = {name for _, attributes, _ in page.found for name in (attributes.get("class") or "").split()}
    css = html.report_css()
    assert {name for name in used if f".{name}" not in css} <= {"doc-head", "doc-level-1"}
