"""A partnership's themes: how the list begins, who keeps it, and what a text is about."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import NOW
from throughline.access import AccessDenied
from throughline.history.door import Conflict
from throughline.inspections import themes
from throughline.inspections.models import Theme
from throughline.inspections.refusals import CannotDo
from throughline.inspections.taxonomy import DEFAULT_THEMES
from throughline.methods.mentions import mentioned

LATER = NOW + timedelta(hours=1)


@dataclass(frozen=True)
class Named:
    name: str
    words: tuple[str, ...]


def names(cast, person=None) -> list[str]:
    return [each.name for each in themes.themes_of(cast.ashvale, for_person=person or cast.bea)]


@pytest.fixture
def begun(cast) -> list[Theme]:
    return themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=NOW)


def test_a_partnership_begins_with_the_usual_themes_in_their_order(cast, begun):
    assert names(cast) == list(DEFAULT_THEMES)
    assert begun[0].words == list(DEFAULT_THEMES[begun[0].name])


def test_beginning_again_changes_nothing_even_when_all_were_taken_off(cast, begun):
    assert themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=LATER) == begun
    for each in begun:
        themes.withdraw_theme(by=cast.bea, theme=each, expected_version=1, reason="Our own words", now=LATER)
    assert themes.begin_taxonomy(by=cast.bea, partnership=cast.ashvale, now=LATER) == []
    assert Theme.objects.count() == len(DEFAULT_THEMES)


def test_one_partnerships_themes_are_not_anothers(cast, begun):
    assert names(cast, cast.otto) == []
    assert themes.begin_taxonomy(by=cast.otto, partnership=cast.brackley, now=NOW)[0].partnership == cast.brackley


@pytest.mark.parametrize("who", ["hana", "sian", "esther", "quin", "rita", "ada", "otto", "nobody"])
def test_only_those_who_keep_the_inspection_keep_its_themes(cast, begun, who):
    person, first = cast.people[who], begun[0]
    attempts = (
        lambda: themes.begin_taxonomy(by=person, partnership=cast.ashvale, now=LATER),
        lambda: themes.add_theme(by=person, partnership=cast.ashvale, name="New", words=[], now=LATER),
        lambda: themes.change_theme(by=person, theme=first, expected_version=1, name="New", words=[], now=LATER),
        lambda: themes.move_theme(by=person, theme=first, up=False, now=LATER),
        lambda: themes.withdraw_theme(by=person, theme=first, expected_version=1, reason="No", now=LATER),
    )
    for attempt in attempts:
        with pytest.raises(AccessDenied):
            attempt()
    assert names(cast) == list(DEFAULT_THEMES)


def test_a_name_stands_once_whatever_its_case_and_may_be_used_again_afterwards(cast, begun):
    with pytest.raises(CannotDo, match="‘Neglect’ already"):
        themes.add_theme(by=cast.bea, partnership=cast.ashvale, name="neglect ", words=[], now=LATER)
    with pytest.raises(CannotDo):
        themes.change_theme(by=cast.bea, theme=begun[0], expected_version=1, name="NEGLECT", words=[], now=LATER)
    old = Theme.objects.get(name="Neglect")
    gone = themes.withdraw_theme(by=cast.bea, theme=old, expected_version=1, reason="Too wide", now=LATER)
    with pytest.raises(CannotDo):
        themes.change_theme(by=cast.bea, theme=gone, expected_version=2, name="Back", words=[], now=LATER)
    added = themes.add_theme(
        by=cast.bea, partnership=cast.ashvale, name="Neglect", words=["neglect", " ", "–"], now=LATER
    )
    assert added.words == ["neglect"]
    assert names(cast)[-1] == "Neglect"


def test_moving_changes_places_with_the_neighbour_and_stops_at_the_ends(cast, begun):
    first, second = begun[:2]
    themes.move_theme(by=cast.bea, theme=second, up=True, now=LATER)
    assert names(cast)[:2] == [second.name, first.name]
    themes.move_theme(by=cast.bea, theme=second, up=True, now=LATER)
    assert names(cast)[:2] == [second.name, first.name]
    themes.move_theme(by=cast.bea, theme=second, up=False, now=LATER)
    assert names(cast) == list(DEFAULT_THEMES)


def test_moving_steps_over_what_was_taken_off(cast, begun):
    themes.withdraw_theme(by=cast.bea, theme=begun[1], expected_version=1, reason="Ours differ", now=LATER)
    themes.move_theme(by=cast.bea, theme=begun[2], up=True, now=LATER)
    assert names(cast)[:2] == [begun[2].name, begun[0].name]


def test_two_people_cannot_overwrite_each_others_theme(cast, begun):
    themes.change_theme(by=cast.bea, theme=begun[0], expected_version=1, name="Meetings", words=["a b"], now=LATER)
    with pytest.raises(Conflict) as caught:
        themes.change_theme(by=cast.bea, theme=begun[0], expected_version=1, name="Strategy", words=["c d"], now=LATER)
    assert caught.value.theirs.name == "Meetings"


def test_a_text_is_about_each_theme_of_whose_words_it_has_one(begun):
    found = themes.proposed_themes("Children’s voices\nare not heard at strategy  meetings.", begun)
    assert [each.name for each in found] == ["Strategy meetings", "Voice of the child"]
    assert themes.proposed_themes("", begun) == themes.proposed_themes("Nothing of that sort", begun) == []
    assert themes.proposed_themes("anything", [Named("Empty", ()), Named("Signs", ("–", " "))]) == []


WORDS = st.text(st.sampled_from("ab é’-\n"), max_size=8)


@given(st.text(st.sampled_from("ab é’-\n"), max_size=40), st.lists(st.lists(WORDS, max_size=3), max_size=4))
def test_what_is_proposed_is_what_is_mentioned(text, lists):
    given_ = [Named(str(number), tuple(words)) for number, words in enumerate(lists)]
    found = [each.name for each in themes.proposed_themes(text, given_)]
    assert found == mentioned(text, {each.name: each.words for each in given_})
