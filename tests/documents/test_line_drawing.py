"""The line's drawing as a document: well-formed, inert, the same each time, and nothing in it by colour alone."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from throughline.documents.line_drawing import (
    TONES,
    Band,
    Drawing,
    Node,
    Outline,
    Sign,
    Stroke,
    Tie,
    arrangement,
    drawn,
)
from throughline.documents.svg import checked_svg
from throughline.ui.scales import Tone

NS = "{http://www.w3.org/2000/svg}"
TRACK = Sign("On track", '<circle cx="6" cy="6" r="4" fill="currentColor"/>', "info")
GAP = Sign("No desired impact", "<path d='M0 0h12'/>", "bad", loud=True)
HOSTILE = 'A <b>"finding"</b> & <script>alert(1)</script>\x00'

DRAWING = Drawing(
    title="The line of a plan", description="Two findings.", head=("The line", "OFFICIAL-SENSITIVE"),
    columns=("Findings", "Actions", "Desired impacts", "What tests it", "Judgement", "Later inspection"),
    bands=(Band("1 Front door", "Owner: Director"), Band("2 Plans", gap="No owner", url="/mend/")),
    nodes=(
        Node("f1", Outline.FINDING, 0, 0, "AFI-1", "Health information comes late", "AFI-1 in full", url="/afi-1/"),
        Node("f2", Outline.FINDING, 0, 1, "AFI-2", HOSTILE, HOSTILE),
        Node("a1", Outline.ACTION, 1, 0, "ACT-001", "Give the front door a health desk", "ACT-001 in full", (TRACK,)),
        Node("g1", Outline.GAP, 2, 0, "", "", "ACT-001 serves no desired impact.", (GAP,), "/mend/", is_broken=True),
        Node("l1", Outline.LATER, 5, 1, "AFI-2", "Later", "Later in full"),
    ),
    ties=(Tie("f1", "a1"), Tie("a1", "g1", Stroke.CUT), Tie("f2", "l1", Stroke.AROUND)),
    key=(("Delivery", (TRACK,)),),
)  # fmt: skip


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def _texts(svg: str) -> list[str]:
    return [each.text or "" for each in _parsed(svg).iter(f"{NS}text")]


@pytest.mark.parametrize("compact", [False, True])
def test_it_is_plain_svg_with_a_title_and_a_description_and_no_style_or_script(compact):
    svg = drawn(replace(DRAWING, compact=compact))
    root = _parsed(svg)
    assert root.find(f"{NS}title").text == "The line of a plan"
    assert root.find(f"{NS}desc").text == "Two findings."
    assert not [each.tag for each in root.iter() if each.tag in {f"{NS}script", f"{NS}style", f"{NS}image"}]
    assert not [name for each in root.iter() for name in each.attrib if name == "style" or name.startswith("on")]


def test_without_addresses_it_may_stand_in_a_printed_paper():
    bare = replace(
        DRAWING,
        nodes=tuple(replace(each, url="") for each in DRAWING.nodes),
        bands=tuple(replace(each, url="") for each in DRAWING.bands),
    )
    checked_svg(drawn(bare))
    with pytest.raises(ValueError, match="<a>"):
        checked_svg(drawn(DRAWING))


def test_words_are_never_markup():
    svg = drawn(DRAWING)
    assert "<script" not in svg
    assert "<b>" not in svg
    assert any("<script>" in (each.text or "") for each in _parsed(svg).iter(f"{NS}title"))


def test_boxes_and_gaps_are_links_with_their_whole_words_for_those_who_hear_them():
    links = {each.get("href"): each.find(f"{NS}title").text for each in _parsed(drawn(DRAWING)).iter(f"{NS}a")}
    assert links["/afi-1/"] == "AFI-1 in full"
    assert "/mend/" in links


@pytest.mark.parametrize("compact", [False, True])
def test_what_is_missing_is_drawn_dashed_cut_through_and_named(compact):
    svg = drawn(replace(DRAWING, compact=compact))
    assert "No desired impact" in _texts(svg)
    assert "No owner" in _texts(svg)
    gap = next(each for each in _parsed(svg).iter(f"{NS}a") if "serves no" in each.find(f"{NS}title").text)
    assert gap.find(f".//{NS}rect").get("stroke-dasharray")


def test_every_state_has_its_word_in_the_box_or_in_the_printed_key():
    assert _texts(drawn(DRAWING)).count("On track") == 2
    assert _texts(drawn(replace(DRAWING, compact=True))).count("On track") == 1  # the box shows the shape alone


def test_every_kind_of_box_has_an_outline_of_its_own():
    seen = set()
    for outline in Outline:
        one = replace(DRAWING, nodes=(Node("n", outline, 0, 0, "REF", "", ""),), ties=(), bands=(Band("1"),), key=())
        shape = re.sub(r'(x|y|width|height|d|fill)="[^"]*"', "", drawn(one).split("REF")[0].rpartition("<title>")[2])
        seen.add(shape)
    assert len(seen) == len(Outline)


def test_every_tone_of_the_pages_can_be_drawn():
    assert set(TONES) == {each.value for each in Tone}


def test_no_box_lies_on_another_and_the_drawing_is_the_same_each_time():
    where = arrangement(DRAWING)
    places = list(where.places.values())
    for n, one in enumerate(places):
        for two in places[n + 1 :]:
            assert one.x >= two.right or two.x >= one.right or one.y >= two.bottom or two.y >= one.bottom
    assert drawn(DRAWING) == drawn(DRAWING)


def test_a_drawing_of_nothing_is_still_a_drawing():
    empty = replace(DRAWING, nodes=(), ties=(), bands=())
    assert _parsed(drawn(empty)).find(f"{NS}title").text == "The line of a plan"


def test_a_keyboard_goes_through_the_drawing_band_by_band_and_down_each_column():
    keys = [("low", 0, 1), ("right", 1, 0), ("left", 0, 0)]
    nodes = tuple(Node(key, Outline.ACTION, column, band, key, "", "", url=f"/{key}") for key, column, band in keys)
    mixed = replace(DRAWING, nodes=nodes, ties=(Tie("left", "right"),), bands=(Band("1"), Band("2")), key=())
    assert re.findall(r'href="/(\w+)"', drawn(mixed)) == ["left", "right", "low"]
