"""The bank has something for every theme, and a suggestion follows from a finding's words and themes alone."""

from dataclasses import replace

import pytest

from throughline.inspections.taxonomy import DEFAULT_THEMES
from throughline.methods.suggestions import Entries, Kind, ThemeWords, bank_of, default_bank, suggest
from throughline.methods.suggestions.bank import WEIGHTS, rows
from throughline.methods.suggestions.heads import HEADS, RULES, shown_by, turned_head

THEMES = {name: ThemeWords(name, words) for name, words in DEFAULT_THEMES.items()}


def themes(*names):
    return [THEMES[name] for name in names]


@pytest.mark.parametrize("name", DEFAULT_THEMES)
def test_every_theme_has_an_area_measures_an_audit_tool_and_a_question(name):
    entries = default_bank()[name]
    assert len(entries.areas) == len(entries.audits) == len(entries.voices) == 1
    assert 1 <= len(entries.measures) <= 3
    assert name in WEIGHTS
    for text in (*entries.areas, *entries.measures, *entries.audits, *entries.voices):
        assert 5 < len(text) <= 500
        assert "'" not in text, "typographic apostrophes, please"
    assert entries.voices[0].startswith("To ")
    assert entries.voices[0].endswith("?")
    assert len(entries.areas[0]) <= 200


def test_the_bank_names_no_theme_that_there_is_not():
    assert set(default_bank()) == set(DEFAULT_THEMES) == set(WEIGHTS)


def test_rows_of_the_bank_make_the_bank_again():
    held = rows(default_bank())
    assert bank_of((each.theme, each.kind, each.text) for each in held) == default_bank()
    assert {each.kind for each in held} == set(Kind)


def test_statutory_definitions_say_where_they_come_from():
    texts = " ".join(each.text for each in rows(default_bank()) if each.kind is Kind.MEASURE)
    for source in ("Working Together to Safeguard Children", "children in need census", "SafeLives"):
        assert source in texts


def test_a_finding_about_meetings_suggests_everything_for_them():
    said = suggest(
        "Strategy meetings are not always held when they should be, so children are not safeguarded in time.",
        themes("Strategy meetings", "Timeliness and drift"),
        default_bank(),
    )
    assert said.area == "Strategy meetings and joint child protection decisions"
    assert said.for_whom == "children at risk"
    assert said.would_see == "Children at risk are safeguarded in time: what would we see?"
    assert 1 <= len(said.measures) <= 3
    assert said.audit.startswith("Strategy meetings:")
    assert said.voice.startswith("To practitioners")
    assert said.because[0].theme == "Strategy meetings"
    assert said.because[0].words == ("strategy meeting",)
    assert said.clause.words == "children are not safeguarded in time"


def test_what_was_wanting_decides_before_what_the_inspection_was_about():
    said = suggest(
        "Domestic abuse is common, yet management oversight of work with domestic abuse is rarely recorded.",
        themes("Domestic abuse", "Supervision and management oversight"),
        default_bank(),
    )
    assert said.area == "Leadership, scrutiny and learning"
    assert [each.theme for each in said.because] == ["Supervision and management oversight", "Domestic abuse"]


def test_a_theme_that_a_person_gave_counts_without_its_words_but_last():
    said = suggest("The plans are thin.", themes("Neglect", "Plans"), default_bank())
    assert [each.theme for each in said.because] == ["Plans", "Neglect"]
    assert said.because[1].words == ()


def test_measures_come_from_each_of_the_first_themes_and_none_twice():
    bank = {
        "Plans": Entries(("A",), ("one", "two"), (), ()),
        "Neglect": Entries(("B",), ("one", "three"), (), ()),
    }
    said = suggest("Plans for neglect are thin plans.", themes("Plans", "Neglect"), bank)
    assert said.measures == ("one", "two", "three")
    assert said.area == "A"
    assert said.audit is None
    assert said.voice is None


def test_no_theme_and_no_consequence_suggest_nothing():
    said = suggest("The building is cold.", [], default_bank())
    assert said.is_empty
    assert not replace(said, area="A").is_empty


def test_a_theme_of_the_partnerships_own_without_entries_leaves_its_places_empty():
    said = suggest("The canteen is cold.", [ThemeWords("Canteen", ("canteen",))], default_bank())
    assert said.is_empty
    assert said.because[0].theme == "Canteen"


def test_the_same_words_give_the_same_suggestion():
    text = "The timeliness of referrals means that children are not seen in time."
    first = suggest(text, themes("Referrals and feedback to referrers", "Timeliness and drift"), default_bank())
    assert first == suggest(text, themes("Referrals and feedback to referrers", "Timeliness and drift"), default_bank())


def test_the_first_words_of_a_noun_phrase_say_which_measure_comes_first():
    late = suggest("The timeliness of plans for children.", themes("Assessment and risk"), default_bank())
    good = suggest("The quality of plans for children.", themes("Assessment and risk"), default_bank())
    assert "within 45 working days" in late.measures[0]
    assert "judged good or better" in good.measures[0]
    assert shown_by("Children are not seen.") == ()


@pytest.mark.parametrize("head", HEADS)
def test_every_head_of_a_noun_phrase_makes_a_sentence(head):
    made = turned_head(f"The {head} of help for children.")
    assert made is not None
    assert made.would_see == f"Help for children is {HEADS[head][0]}: what would we see?"


def test_every_rule_for_noun_phrases_turns_something():
    said = (
        "The length of time that children wait for a medical.", "Waiting times for children to receive treatment.",
        "Children’s consistent access to advocates.", "The quality of help for children.",
        "The extent to which children are heard.", "The consistency with which children are heard.",
        "The capacity of schools to help children.", "Management oversight of children’s plans.",
        "Understanding of harm to children.", "Early identification of children at risk.",
        "The consistent recording of children’s views.", "Consideration of children’s culture in plans.",
        "The provision of an advocate when children are detained.",
        "Communication between agencies when children move.", "The police response to children who go missing.",
        "Parents being told of decisions.", "Timely sharing of plans with families.",
    )  # fmt: skip
    assert {made.rule for each in said if (made := turned_head(each))} == {name for name, *_ in RULES}
