"""What a document refuses, and what it keeps as it is."""

from datetime import date

import pytest

from tests.documents.specimen import CHART, document
from throughline.documents.model import (
    Bullets,
    Cell,
    Column,
    Document,
    Figure,
    Heading,
    KeyFacts,
    Link,
    Notice,
    Paragraph,
    Quotation,
    Signatures,
    Step,
    Table,
    Thread,
    Tone,
    plain,
)
from throughline.methods.printed import day


def test_control_characters_are_left_out_and_pasted_line_ends_kept():
    assert Paragraph("one\x00\x07 two\x1b\r\nthree\x0bfour\u2028five\ttab").text == "one two\nthree\nfour\nfive\ttab"


def test_scripts_marks_and_zero_width_characters_are_kept():
    words = "محمد \u200f\u200d\u200c 漢字 e\u0301 😀"
    assert Paragraph(words).text == words


@pytest.mark.parametrize(
    "make",
    [
        lambda bad: Paragraph(bad),
        lambda bad: Heading(1, bad),
        lambda bad: Cell(bad),
        lambda bad: KeyFacts((("Label", bad),)),
        lambda bad: Paragraph(("fine ", Link(bad, "https://example.org"))),
        lambda bad: Document(title=bad, organisation="Northmoor", prepared_on=date(2019, 1, 30)),
    ],
)
def test_half_a_character_is_refused_wherever_it_stands(make):
    with pytest.raises(ValueError, match="half of a pair"):
        make("broken \ud83d end")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Heading(4, "Too deep"), "level 1, 2 or 3"),
        (lambda: Paragraph("  \n"), "no words"),
        (lambda: Bullets(()), "no items"),
        (lambda: Bullets(("one", " ")), "no words"),
        (lambda: KeyFacts(()), "no rows"),
        (lambda: Table("Caption", (), ()), "no columns"),
        (lambda: Table("", (Column("A"),), ()), "caption has no words"),
        (
            lambda: Table("Plan", (Column("A"), Column("B")), (("1", "2"), ("3",))),
            "'Plan', row 2: 1 cells for 2 columns",
        ),
        (lambda: Table("Plan", (Column("A"), Column("B")), ("ab",)), "row 1: 1 cells for 2 columns"),
        (lambda: Column("A", 0), "width share"),
        (lambda: Cell("", Tone.BAD), "colour alone"),
        (lambda: Quotation(""), "no words"),
        (lambda: Thread(()), "no steps"),
        (lambda: Signatures((("Chair", "Name"),)), "a role, a name and a date"),
        (lambda: Notice(""), "no words"),
        (lambda: Link("here", "javascript:alert(1)"), "not a web or e-mail address"),
        (lambda: Link("here", "https://example.org/a b"), "not a web or e-mail address"),
        (lambda: Link(" ", "https://example.org"), "needs words"),
        (lambda: Figure(CHART, "Title", ""), "description has no words"),
        (lambda: document(language="english!"), "not a language"),
        (lambda: document(title=""), "title has no words"),
        (lambda: document(blocks=("words",)), "not a block"),
        (lambda: document(blocks=(Heading(2, "Second"),)), "skip no level"),
        (lambda: document(blocks=(Heading(1, "First"), Heading(3, "Third"))), "skip no level"),
    ],
)
def test_a_block_that_cannot_be_printed_says_why(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize(
    "svg",
    [
        "not svg",
        "<html/>",
        '<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>1</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1" onload="x()"/>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect style="fill:red"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><use href="https://example.org/a#b"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><rect fill="url(https://example.org)"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><foreignObject/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><a href="#x"/></svg>',
    ],
)
def test_a_drawing_that_could_run_or_fetch_something_is_refused(svg):
    with pytest.raises(ValueError, match=r"^The drawing"):
        Figure(svg, "Title", "Description")


def test_a_drawing_may_refer_to_its_own_parts():
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><defs><linearGradient id="g"/></defs>'
        '<rect fill="url(#g)"/></svg>'
    )
    assert "url(#g)" in Figure(svg, "Title", "Description").svg


def test_every_tone_has_its_own_sign():
    signs = [Cell("words", tone).glyph for tone in Tone]
    assert len(set(signs)) == len(Tone)


def test_steps_may_be_given_as_triples():
    assert Thread((("Finding", "Words", "Page 5"),)).steps == (Step("Finding", "Words", "Page 5"),)


def test_a_long_title_is_shortened_at_a_word_for_the_head_of_the_pages():
    long = document(title="Progress " * 20)
    assert long.short_title.endswith("Progress…")
    assert len(long.short_title) <= 72


def test_runs_read_as_their_words():
    assert plain(("See ", Link("the letter", "https://example.org"))) == "See the letter"
    assert day(date(2018, 12, 3)) == "3 December 2018"
