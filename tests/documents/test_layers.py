"""Boxes in columns: nothing overlaps, nothing leaves its band, every tie ends at its boxes, and few of them cross."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.documents.layers import Box, Room, arrange, crossings, settle

ROOM = Room((100.0, 120.0, 100.0, 90.0), channel=40, gap=6, head=20, pad=8, between=10, left=5, top=7)


@st.composite
def lines(draw) -> tuple[list[Box], list[tuple[str, str]]]:
    boxes = [
        Box(f"box {n}", draw(st.integers(0, 3)), draw(st.integers(0, 2)), draw(st.sampled_from([20.0, 34.0, 60.0])))
        for n in range(draw(st.integers(0, 18)))
    ]
    pairs = [(a.key, b.key) for a, b in product(boxes, boxes) if a.column < b.column]
    ties = draw(st.lists(st.sampled_from(pairs), max_size=30, unique=True)) if pairs else []
    return boxes, ties


def _overlap(a, b) -> bool:
    return a.x < b.right and b.x < a.right and a.y < b.bottom - 0.01 and b.y < a.bottom - 0.01


def overlaps(places) -> list[tuple[str, str]]:
    named = sorted(places.items())
    return [(a, b) for n, (a, one) in enumerate(named) for b, two in named[n + 1 :] if _overlap(one, two)]


@given(drawn=lines())
def test_no_two_boxes_overlap_and_every_box_stands_in_its_column_and_its_band(drawn):
    boxes, ties = drawn
    found = arrange(boxes, ties, ROOM)
    assert set(found.places) == {each.key for each in boxes}
    assert overlaps(found.places) == []
    for each in boxes:
        place, band = found.places[each.key], found.bands[each.band]
        assert place.x == ROOM.x(each.column)
        assert band.y + ROOM.head + ROOM.pad - 0.01 <= place.y
        assert place.bottom <= band.bottom - ROOM.pad + 0.01
    for above, below in pairwise(found.bands):
        assert above.bottom < below.y


@given(drawn=lines())
def test_every_tie_begins_at_its_box_ends_at_its_box_and_runs_through_no_other(drawn):
    boxes, ties = drawn
    found = arrange(boxes, ties, ROOM)
    for (source, target), route in zip(ties, found.routes, strict=True):
        start, end = found.places[source], found.places[target]
        assert route[0][0] == start.right
        assert start.y <= route[0][1] <= start.bottom
        assert route[-1][0] == end.x
        assert end.y <= route[-1][1] <= end.bottom
        # Over a column it runs level, in a lane that no box stands in.
        for (x1, y1), (x2, y2) in list(pairwise(route))[1::2]:
            assert y1 == pytest.approx(y2)
            for place in found.places.values():
                if place.x == x1 and place.right == x2:
                    assert not place.y < y1 < place.bottom


@given(drawn=lines())
def test_the_same_boxes_are_arranged_in_the_same_way(drawn):
    assert arrange(*drawn, ROOM) == arrange(*drawn, ROOM)


def test_the_planted_overlap_is_found():
    place = arrange([Box("one", 0, 0, 30.0)], [], ROOM).places["one"]
    assert overlaps({"one": place, "two": place}) == [("one", "two")]


@given(
    left=st.permutations(["a", "b", "c", "d"]),
    right=st.permutations(["w", "x", "y", "z"]),
    ties=st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("wxyz")), unique=True),
)
def test_crossings_are_counted_as_by_looking_at_every_pair(left, right, ties):
    by_hand = sum(
        (left.index(a) - left.index(c)) * (right.index(b) - right.index(d)) < 0
        for n, (a, b) in enumerate(ties)
        for c, d in ties[n + 1 :]
    )
    assert crossings(left, right, ties) == by_hand


def test_ties_that_need_not_cross_do_not():
    boxes = [Box(f"{side}{n}", column, 0, 20.0) for column, side in enumerate("ab") for n in range(6)]
    ties = [(f"a{n}", f"b{5 - n}") for n in range(6)]
    found = arrange(boxes, ties, ROOM)
    rights = sorted((f"b{n}" for n in range(6)), key=lambda key: found.places[key].y)
    lefts = sorted((f"a{n}" for n in range(6)), key=lambda key: found.places[key].y)
    assert crossings(lefts, rights, ties) == 0
    assert crossings(sorted(lefts), sorted(rights), ties) == 15  # as they were given, every pair crosses


def test_boxes_stand_as_near_as_may_be_to_where_they_are_wanted():
    assert settle([50, 100], [20, 20], 5, 0, 200) == [50, 100]
    assert settle([50, 50], [20, 20], 5, 0, 200) == [37.5, 62.5]  # pooled: both give way alike
    assert settle([500, 500], [20, 20], 5, 0, 100) == [65, 90]  # held by the band


@pytest.mark.parametrize(
    ("boxes", "ties", "says"),
    [
        ([Box("a", 0, 0, 20), Box("a", 1, 0, 20)], [], "Two boxes have the same key."),
        ([Box("a", 9, 0, 20)], [], "There is no column 9 for the box 'a' in band 0."),
        ([Box("a", 0, 0, 20)], [("a", "b")], "The tie from 'a' to 'b' has an end that is no box."),
        ([Box("a", 1, 0, 20), Box("b", 1, 0, 20)], [("a", "b")], "The tie from 'a' to 'b' does not lead to the right."),
    ],
)
def test_what_cannot_be_arranged_is_named(boxes, ties, says):
    with pytest.raises(ValueError, match=says):
        arrange(boxes, ties, ROOM)
