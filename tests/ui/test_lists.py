"""A list: filters with counts, everything in the address, and files that hold exactly what is shown."""

import csv
import dataclasses
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.test import RequestFactory

from throughline.ui import lists
from throughline.ui.page import describe
from throughline.ui.parts import Cell

pytestmark = pytest.mark.django_db

AREAS = lists.ListPage(
    title="Areas",
    name="areas",
    columns=(
        lists.ListColumn("Area", lambda row: Cell(row.name, url=f"/a/{row.pk}"), sort="name"),
        lists.ListColumn("Parts", lambda row: row.parts, sort="parts", numeric=True),
    ),
    filters=(
        lists.FieldFilter("part", "Part", "permissions", words="permissions__name", without="Without a part"),
        lists.ChoiceFilter(
            "size", "Size",
            (lists.Choice("two", "Two parts", Q(parts=2)), lists.Choice("none", "No parts", Q(parts=0))),
        ),
    ),
    search=("name", "permissions__name"),
    default_sort="name",
)  # fmt: skip


@pytest.fixture
def parts() -> list[Permission]:
    kind = ContentType.objects.create(app_label="specimen", model="specimen")
    return [Permission.objects.create(name=name, codename=name, content_type=kind) for name in ("school", "police")]


@pytest.fixture
def areas(parts):
    """Thirty areas: the first has both parts, the second one, the others none."""
    made = [Group.objects.create(name=f"Area {index:02d}") for index in range(1, 31)]
    made[0].permissions.set(parts)
    made[1].permissions.set(parts[:1])
    return made


def rows():
    return Group.objects.annotate(parts=Count("permissions")).order_by("name")


def shown(query: str = "") -> lists.ShownList:
    request = RequestFactory().get(f"/areas{query}")
    request.now = datetime(2019, 1, 30, 12, tzinfo=UTC)
    describe(request, audience="all members", partnership="Durham")
    return AREAS.shown(request, rows())


def names(found: lists.ShownList) -> list[str]:
    return [row.name for row in found.page_of_rows.object_list]


def counts(found: lists.ShownList) -> dict[str, int]:
    return {choice.label: choice.count for each in found.filters for choice in each.choices}


def test_twenty_five_to_a_page_and_the_sentence_says_which(areas):
    assert len(names(shown())) == 25
    assert shown().summary == "Showing 1 to 25 of 30."
    assert names(shown("?page=2")) == [f"Area {index}" for index in range(26, 31)]
    assert names(shown("?page=nine")) == names(shown())


def test_the_window_says_which_page_of_a_list_it_shows(areas):
    assert shown("?page=2").page_title == "Areas (page 2 of 2)"
    assert shown("?q=school").page_title == "Areas"


def test_each_choice_has_the_count_that_choosing_it_shows(areas, parts):
    assert counts(shown()) == {"police": 1, "school": 2, "Without a part": 28, "Two parts": 1, "No parts": 28}
    assert shown(f"?part={parts[0].pk}").total == 2
    assert shown("?part=none").total == 28
    assert shown("?size=none").total == 28


def test_a_filter_that_has_nothing_to_choose_is_not_offered(own_urls):
    Group.objects.create(name="Area 01")
    only_words = dataclasses.replace(AREAS, filters=(lists.FieldFilter("part", "Part", "permissions"),))
    html = only_words.respond(RequestFactory().get("/areas"), rows()).content.decode()
    assert "tl-filters__group" not in html
    assert 'type="search"' in html


def test_counts_follow_the_other_filters_but_not_their_own(areas, parts):
    assert counts(shown(f"?part={parts[0].pk}")) == {
        "police": 1, "school": 2, "Without a part": 28, "Two parts": 1, "No parts": 0,
    }  # fmt: skip
    assert counts(shown("?size=two")) == {"police": 1, "school": 1, "Without a part": 0, "Two parts": 1, "No parts": 28}


def test_choices_of_one_filter_add_up_and_filters_narrow_one_another(areas, parts):
    assert shown(f"?part={parts[0].pk}&part=none").total == 30
    assert shown(f"?part={parts[0].pk}&size=two").total == 1


def test_a_row_that_two_choices_find_is_shown_once(areas, parts):
    both = shown(f"?part={parts[0].pk}&part={parts[1].pk}")
    assert names(both) == ["Area 01", "Area 02"]
    assert [row.parts for row in both.page_of_rows.object_list] == [2, 1]


def test_every_word_that_is_searched_for_must_be_found_somewhere(areas):
    assert names(shown("?q=school+area")) == ["Area 01", "Area 02"]
    assert names(shown("?q=school+02")) == ["Area 02"]
    assert shown("?q=nowhere").summary == "Nothing matches."


@pytest.mark.parametrize("value", ["x", "-1", "99999999999999999999999999", "1%00", "%F0%9F%98%80", "' OR 1=1"])
def test_a_value_that_means_nothing_finds_nothing(areas, value):
    assert shown(f"?part={value}").total == 0
    assert shown(f"?size={value}").total == 0
    assert shown(f"?q=nowhere{value}").total == 0


def test_a_heading_sorts_and_sorts_back(areas):
    assert names(shown("?sort=-name"))[0] == "Area 30"
    assert names(shown("?sort=-parts"))[:2] == ["Area 01", "Area 02"]
    assert names(shown("?sort=password"))[0] == "Area 01"
    heading = shown("?sort=name&part=none&page=2").headings[0]
    assert heading["way"] == "ascending"
    assert heading["url"] == "?sort=-name&part=none"


def test_the_number_of_queries_does_not_grow_with_the_rows(areas, django_assert_num_queries):
    def page(query: str) -> None:
        found = shown(query)
        assert found.filters
        assert found.shown_rows
        assert found.total

    with django_assert_num_queries(4):
        page("")
    Group.objects.bulk_create([Group(name=f"More {index}") for index in range(200)])
    with django_assert_num_queries(4):
        page("")
    with django_assert_num_queries(4):
        page("?part=none&q=More&size=none")


def sent(response) -> bytes:
    """What a file response sends, to its end."""
    try:
        return b"".join(response.streaming_content)
    finally:
        response.close()


def read_csv(found: lists.ShownList) -> list[list[str]]:
    return list(csv.reader(io.StringIO(sent(found.export("csv")).decode("utf-8-sig"))))


def test_a_file_holds_every_row_that_the_filters_leave_in_the_order_shown(areas):
    lines = read_csv(shown("?part=none&sort=-name"))
    head = lines.index(["Area", "Parts"])
    assert [line[0] for line in lines[head + 1 :]] == [f"Area {index:02d}" for index in range(30, 2, -1)]
    notes = [line[0] for line in lines[:head]]
    assert notes[0] == "OFFICIAL-SENSITIVE"
    assert "Durham – Areas" in notes
    assert "Who may see this: all members." in notes
    assert "Part: Without a part." in notes
    assert "Exported on 30 January 2019 at midday." in notes


def test_excel_holds_the_same_and_numbers_stay_numbers(areas):
    response = shown("?size=two").export("xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(sent(response))).active
    assert list(sheet.values)[-1] == ("Area 01", 2)


def test_a_file_is_an_attachment_that_no_browser_guesses_about(areas):
    response = shown().export("csv")
    assert response.headers["Content-Disposition"] == 'attachment; filename="areas-2019-01-30.csv"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    response.close()


def test_no_query_is_left_to_make_when_a_file_is_sent(areas, django_assert_num_queries):
    response = shown().export("csv")
    with django_assert_num_queries(0):
        assert b"Area 30" in sent(response)


def test_what_a_row_holds_is_never_a_formula_in_a_file(areas):
    Group.objects.create(name="=1+1")
    assert any(line[0] == "'=1+1" for line in read_csv(shown()))


def test_the_page_offers_filters_files_and_a_way_back(areas, own_urls):
    request = RequestFactory().get("/areas?part=none&sort=-name&as-of=2019-01-30")
    html = AREAS.respond(request, rows()).content.decode()
    assert 'Without a part <span class="tl-count">(28)</span>' in html
    assert 'href="?part=none&amp;sort=-name&amp;as-of=2019-01-30&amp;export=csv"' in html
    assert 'name="as-of" value="2019-01-30"' in html
    assert 'aria-sort="descending"' in html
    assert 'href="/areas?sort=-name&amp;as-of=2019-01-30">Clear all' in html


def test_an_empty_list_says_what_to_do_and_a_narrow_one_how_to_widen_it(own_urls, areas):
    request = RequestFactory().get("/areas?q=nowhere")
    assert "Take away a filter" in AREAS.respond(request, rows()).content.decode()
    empty = AREAS.respond(RequestFactory().get("/areas"), rows().none()).content.decode()
    assert "There is nothing here yet." in empty
