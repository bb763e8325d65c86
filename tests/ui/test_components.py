"""Components escape what they are given, say in words what they show in colour, and refuse what they do not know."""

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory

from throughline.ui import glyphs, scales
from throughline.ui.parts import Cell, Column, Grid, Happening, Row, Step

NASTY = "<script>alert(1)</script>\"'&"


def drawn(source: str, **context) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/list?lead=3&page=2"))


COMPONENTS = {
    "button": "{% button x name=x value=x %}",
    "warning button": "{% warning_button x %}",
    "link button": "{% link_button x x %}",
    "tag": '{% tag "delivery" "on_track" x %}',
    "plain tag": "{% plain_tag x %}",
    "inset": "{% inset %}{{ x }}{% endinset %}",
    "quotation": "{% quotation x %}{{ x }}{% endquotation %}",
    "warning": "{% warning x %}",
    "details": "{% details x %}{{ x }}{% enddetails %}",
    "panel": "{% panel x %}{{ x }}{% endpanel %}",
    "notification": "{% notification x %}{{ x }}{% endnotification %}",
    "empty state": "{% empty_state x x x %}",
    "post form": "{% post_form action=x label=x css=x %}{{ x }}{% endpost_form %}",
    "scroll": "{% scroll x %}{{ x }}{% endscroll %}",
    "summary row": "{% summary %}{% summary_row x x x %}{{ x }}{% endsummary_row %}{% endsummary %}",
    "breadcrumbs": "{% breadcrumbs x x %}",
    "heat cell": '{% heat_cell "delivery" "on_track" 3 x x %}',
    "table": "{% table grid %}",
    "summary list": "{% summary_list rows %}",
    "timeline": "{% timeline happenings %}",
    "thread": "{% thread steps x %}",
}


@pytest.mark.parametrize("source", COMPONENTS.values(), ids=COMPONENTS.keys())
def test_a_component_shows_markup_that_it_is_given_as_text(source):
    html = drawn(
        source,
        x=NASTY,
        grid=Grid(NASTY, (Column(NASTY), Column(NASTY)), ((Cell(NASTY, url=NASTY, detail=NASTY), NASTY),)),
        rows=[Row(NASTY, NASTY, url=NASTY, action=NASTY)],
        happenings=[Happening(NASTY, datetime(2018, 12, 3, tzinfo=UTC), NASTY, NASTY, NASTY)],
        steps=[Step(NASTY, NASTY, NASTY, NASTY, NASTY)],
    )
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert '"\'&"' not in html


def test_a_tag_says_in_words_and_shape_what_its_colour_says():
    claimed = drawn('{% tag "delivery" "delivered_claimed" %}')
    verified = drawn('{% tag "delivery" "delivered_verified" %}')
    assert "Delivered (claimed)" in claimed
    assert "Delivered (verified)" in verified
    assert claimed.split("<svg")[1].split("</svg>")[0] != verified.split("<svg")[1].split("</svg>")[0]
    assert 'aria-hidden="true"' in claimed


@pytest.mark.parametrize("name", ["delivery", "due", "impact", "return"])
def test_no_two_values_of_a_scale_share_both_their_shape_and_their_colour(name):
    marks = scales.scale_of(name).marks.values()
    assert len({(mark.glyph, mark.tone) for mark in marks}) == len(marks)
    assert {mark.glyph for mark in marks} <= set(glyphs.names())
    assert len({mark.words for mark in marks}) == len(marks)


def test_a_value_that_a_scale_does_not_have_is_refused_by_name():
    with pytest.raises(LookupError, match="'green'"):
        scales.mark_of("delivery", "green")
    with pytest.raises(LookupError, match="no scale 'rag'"):
        scales.scale_of("rag")


def test_a_button_of_an_unknown_kind_is_a_mistake_in_the_template():
    with pytest.raises(TemplateSyntaxError, match="loud"):
        drawn('{% button "Save" kind="loud" %}')


def test_nothing_in_a_cell_is_said_and_not_left_empty():
    html = drawn("{% table grid %}", grid=Grid("Actions", (Column("Due"), Column("Cases")), ((None, 1204),)))
    assert "None</span>" in html
    assert "1,204" in html


def test_a_link_whose_word_a_column_repeats_says_what_it_is_about():
    html = drawn(
        "{% table grid %}", grid=Grid("People", (Column("Do"),), ((Cell("Change", url="/1", about="<Priya>"),),))
    )
    assert '>Change<span class="govuk-visually-hidden"> &lt;Priya&gt;</span></a>' in html


def test_a_cell_gets_the_room_that_its_words_need():
    grid = Grid(
        "x", (Column("A"), Column("B"), Column("C")), (("ACT-001", Cell("Police", url="/" + "x" * 90), "word " * 12),)
    )
    html = drawn("{% table grid %}", grid=grid)
    assert html.count("tl-short") == 1  # the link counts by its words, not by its address
    assert html.count("tl-long") == 1


def test_a_table_that_is_empty_says_what_to_do():
    html = drawn("{% table grid %}", grid=Grid("Measures", (Column("Measure"),), (), "Add a measure."))
    assert "Add a measure." in html


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError):
        drawn("{% table grid %}", grid=Grid("Actions", (Column("A"), Column("B")), (("one",),)))


def test_a_wide_table_scrolls_in_a_region_that_keyboards_reach():
    html = drawn("{% table grid %}", grid=Grid("Actions", (Column("A"),), (("x",),)))
    assert 'role="region" aria-label="Actions" tabindex="0"' in html


def test_pages_of_a_list_keep_its_filters():
    html = drawn("{% pagination p %}", p=Paginator(range(240), 25).page(2))
    assert 'href="?lead=3&amp;page=3"' in html
    assert 'aria-current="page"' in html


def test_one_page_needs_no_pagination():
    assert drawn("{% pagination p %}", p=Paginator(range(5), 25).page(1)).strip() == ""


def test_a_query_is_changed_in_part():
    assert drawn("{% query page=3 %}") == "?lead=3&amp;page=3"
    assert drawn("{% query page='' %}") == "?lead=3"


def test_a_missing_step_is_drawn_as_a_gap():
    html = drawn("{% thread s %}", s=[Step("Finding", "AFI-01", "x"), Step("Action", "", "Add one", is_missing=True)])
    assert html.count("tl-thread__step--missing") == 1


def test_a_post_form_carries_both_of_its_keys():
    request = RequestFactory().get("/")
    request.request_key = "key-7"
    html = engines["django"].from_string("{% post_form upload=True %}x{% endpost_form %}").render({}, request)
    assert 'name="csrfmiddlewaretoken" value="' in html
    assert '<input type="hidden" name="request_key" value="key-7">' in html
    assert 'enctype="multipart/form-data"' in html


def test_days_are_printed_in_full_where_there_is_room():
    assert "3 December 2018" in drawn("{% summary_list r %}", r=[("Due", date(2018, 12, 3))])
    assert "3 Dec 2018" in drawn("{% table g %}", g=Grid("x", (Column("Due"),), ((date(2018, 12, 3),),)))
