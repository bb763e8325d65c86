"""How alike texts are, and where words stand in them."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.methods import likeness
from throughline.methods.likeness import Candidate
from throughline.methods.mentions import searchable

TEXTS = st.text(st.sampled_from("abs ’'-é\n\uf06eﬁ½İ%_\\"), max_size=40) | st.text(max_size=40)


def test_words_are_compared_without_plurals_and_words_that_say_nothing():
    assert likeness.subject_words("The children’s strategy meetings are held late.") == {
        "strategy",
        "meeting",
        "held",
        "late",
    }
    assert likeness.stem("process") == "process"
    assert likeness.stem("bus") == "bus"


@pytest.mark.parametrize(
    ("one", "other", "index"),
    [("ab", "ab", 1), ("ab", "cd", 0), ("", "", 0), ("abc", "bcd", Fraction(1, 2)), ("a", "", 0)],
)
def test_likeness_is_what_is_shared_of_what_there_is(one, other, index):
    assert likeness.likeness(one, other) == likeness.likeness(other, one) == index


def test_what_shares_a_theme_stands_before_what_shares_only_words():
    among = [
        ("Strategy meetings are held late without the police", []),
        ("Police are told late", ["Strategy meetings"]),
        ("Nothing of that sort", ["Strategy meetings"]),
        ("Plans drift", ["Plans"]),
    ]
    found = likeness.alike("Strategy meetings held late", ["Strategy meetings"], among)
    assert found == [
        Candidate(1, Fraction(1, 6), ("late",), ("Strategy meetings",)),
        Candidate(0, Fraction(4, 5), ("held", "late", "meeting", "strategy"), ()),
    ]


@given(st.lists(TEXTS, max_size=5), TEXTS)
def test_candidates_are_the_same_every_time_and_never_invented(among, text):
    given_ = [(each, ()) for each in among]
    found = likeness.alike(text, (), given_)
    assert found == likeness.alike(text, (), given_)
    assert all(len(set(each.words) & likeness.subject_words(among[each.place])) >= 3 for each in found)


@given(TEXTS)
def test_the_text_with_places_is_the_searchable_text(text):
    plain, places = likeness._with_places(text)
    assert plain == searchable(text)
    assert len(plain) == len(places)
    assert places == sorted(places)


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_pieces_are_the_text_and_something_is_marked_exactly_when_it_is_found(text, asked):
    needles = likeness.needles_of(" ".join(asked))
    pieces = likeness.marked_needles(text, needles)
    assert "".join(piece for piece, _ in pieces) == text
    assert any(is_marked for _, is_marked in pieces) == any(each in searchable(text) for each in needles)


@given(TEXTS, TEXTS)
def test_shared_words_are_marked_in_both_texts(one, other):
    shared = likeness.subject_words(one) & likeness.subject_words(other)
    for text in (one, other):
        pieces = likeness.marked_words(text, shared)
        assert "".join(piece for piece, _ in pieces) == text
        assert any(is_marked for _, is_marked in pieces) == bool(shared)


def test_a_search_takes_words_and_quoted_phrases():
    assert likeness.needles_of('late "strategy meeting" ED late –') == [" late", " strategy meeting", " ed "]
    assert likeness.needles_of("“strategy meeting”") == [" strategy meeting"]
    assert likeness.needles_of('"') == []


def test_marks_cover_whole_words_from_their_beginning():
    pieces = likeness.marked_needles("Late strategy-meetings; translate", [" late", " strategy meeting"])
    assert pieces == [
        ("Late", True),
        (" ", False),
        ("strategy", True),
        ("-", False),
        ("meetings", True),
        ("; translate", False),
    ]
