"""What becomes of words that are merged, split, moved and set aside: none is lost, and none is added."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tests.inspections.conftest import stored_letter
from throughline.inspections import checking, letter_reading, proposals, proposing, queries
from throughline.inspections.models.proposal import ENTERED, OPEN, SET_ASIDE
from throughline.inspections.proposals import Words
from throughline.methods.bodies import SECTORS, bodies_named, sectors_of
from throughline.methods.sentences import sentences
from throughline.methods.titles import LONGEST, short_title

TEXT = st.text(st.sampled_from("ab .,;:!?’\n•–AB"), min_size=1, max_size=60).filter(str.strip)
WORDS = st.builds(lambda text, parts: Words(text.strip(), tuple(each.strip() for each in parts)), TEXT,
                  st.lists(TEXT, max_size=3))  # fmt: skip


def bare(*texts: str) -> str:
    """Texts without the spaces between their words."""
    return "".join("".join(texts).split())


def all_of(words: Words) -> str:
    return bare(words.text, *words.parts)


@given(WORDS, WORDS)
def test_merging_keeps_every_word_of_both_in_order(first, second):
    both = proposals.merged(first, second)
    assert all_of(both) == all_of(first) + all_of(second)
    assert len(both.part_agencies) == len(both.parts)


@given(WORDS, st.data())
def test_splitting_keeps_every_word_in_order_and_gives_both_a_lead(words, data):
    every = proposals.pieces(words)
    if len(every) < 2:
        with pytest.raises(IndexError):
            proposals.split(words, 1)
        return
    first, second = proposals.split(words, data.draw(st.integers(1, len(every) - 1)))
    assert all_of(first) + all_of(second) == all_of(words)
    assert first.text
    assert second.text
    assert len(second.part_agencies) == len(second.parts)


def test_a_part_keeps_its_agency_when_its_finding_is_split():
    words = Words("Lead one. Lead two.", ("First.", "Second.", "Third."), ("a", "b", "c"))
    first, second = proposals.split(words, 3)
    assert (first.parts, first.part_agencies) == (("First.",), ("a",))
    assert (second.text, second.parts, second.part_agencies) == ("Second.", ("Third.",), ("c",))
    assert proposals.split(words, 1)[1] == Words("Lead two.", ("First.", "Second.", "Third."), ("a", "b", "c"))


@given(TEXT)
def test_sentences_joined_are_the_text(text):
    assert "".join(sentences(text)) == text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Held late. Nobody came.", ["Held late. ", "Nobody came."]),
        ("Seen by Dr. Lane, e.g. At home. Not since.", ["Seen by Dr. Lane, e.g. At home. ", "Not since."]),
        ("‘Never asked.’ One boy said so.", ["‘Never asked.’ ", "One boy said so."]),
        ("One line\nanother", ["One line\n", "another"]),
        ("", []),
    ],
)
def test_a_sentence_ends_where_a_reader_says_it_does(text, found):
    assert sentences(text) == found


def test_a_very_long_text_of_shortened_words_is_read_in_one_go():
    text = "A b. " * 40_000 + "A. " * 40_000
    assert "".join(sentences(text)) == text


# -- titles and bodies -----------------------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab .,;:but so–’\n"), max_size=200))
def test_a_title_is_short_and_made_of_the_texts_own_first_words(text):
    title = short_title(text)
    assert len(title) <= LONGEST
    assert title.removesuffix("…") in " ".join(text.split())


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Strategy meetings are held late.", "Strategy meetings are held late"),
        (
            "A scheme that public health, family support and housing pay for together makes homes safer.",
            "A scheme that public health, family support and housing pay for together makes…",
        ),
        (
            "Strategy meetings are not held when they should be, so children wait too long for somebody to decide.",
            "Strategy meetings are not held when they should be",
        ),
        (
            "Practice in the hospital and on its wards is strong; however, in the community children wait too long.",
            "Practice in the hospital and on its wards is strong; however, in the community…",
        ),
        (
            "Although the police attend most strategy meetings in time, so that decisions stand, health is not there.",
            "Although the police attend most strategy meetings in time, so that decisions…",
        ),
        (
            "This is a multi-agency area for priority action. Strategy meetings are held late.",
            "Strategy meetings are held late",
        ),
        (
            "The collection of what is known about the health of children so that they are seen by the right nurse.",
            "The collection of what is known about the health of children…",
        ),
        ("This is an area for improvement for the police.\nFiles are thin.", "Files are thin"),
        ("This is an area for priority action.", "This is an area for priority action"),
        (
            "This is an area for improvement because files are thin. They are old.",
            "This is an area for improvement because files are thin",
        ),
    ],
)
def test_a_title_never_says_half_of_what_it_means(text, title):
    assert short_title(text) == title


class Named:
    def __init__(self, name: str, short: str = "") -> None:
        self.name, self.short_name = name, short or name

    def __repr__(self) -> str:
        return self.name


POLICE, HOSPITALS = Named("Vale Police"), Named("Ashvale Hospitals NHS Trust", "Hospitals")
CCG, COUNCIL = Named("Ashvale CCG"), Named("Ashvale Council children’s services", "Council")
NPS, CRC = Named("National Probation Service", "NPS"), Named("Vale Community Rehabilitation Company", "CRC")
YOT, SCHOOLS = Named("Ashvale Youth Offending Team", "YOT"), Named("Ashvale Schools Forum", "Schools")
ALL = [POLICE, HOSPITALS, CCG, COUNCIL, NPS, CRC, YOT, SCHOOLS]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("The constabulary is not told.", [POLICE]),
        ("Midwives are not told.", [HOSPITALS]),
        ("The ICB is not told.", [CCG]),
        ("Health services are not told.", [HOSPITALS, CCG]),
        ("Children’s mental health is poor.", []),
        ("Social workers and the local authority decide alone.", [COUNCIL]),
        ("Probation does not come.", [NPS, CRC]),
        ("The CRC does not come.", [CRC]),
        ("Youth justice workers do not come.", [YOT]),
        ("School nurses do not come.", []),
        ("Teachers are not told.", [SCHOOLS]),
        ("The police and crime commissioner pays.", []),
        ("Nobody in particular.", []),
        ("", []),
    ],
)
def test_bodies_are_known_by_what_letters_call_them(text, named):
    assert bodies_named(text, ALL) == named


def test_every_sector_is_spoken_of_by_each_of_its_words_and_has_a_body_by_each_of_its_names():
    for sector in SECTORS:
        for name in sector.in_names:
            assert sector.key in sectors_of(name), (sector.key, name)
            for word in sector.in_texts:
                assert bodies_named(f"Then the {word} was asked.", [Named(name)]), (sector.key, name, word)


def test_a_body_is_known_by_its_own_name_whatever_it_is():
    lighthouse = Named("The Lighthouse", "Lighthouse")
    assert bodies_named("Children go to the lighthouse.", [lighthouse]) == [lighthouse]


# -- nothing is lost -------------------------------------------------------------------------------------------------

READ = (
    letter_reading.ReadFinding("strength", 1, "Leaders know. They say so."),
    letter_reading.ReadFinding("improvement", 1, "The police do not write.", ("In time.", "In full. Or at all.")),
    letter_reading.ReadFinding("improvement", 2, "Plans are late"),
    letter_reading.ReadFinding("improvement", 3, "and short. Nobody reads them."),
)
STEPS = st.lists(
    st.tuples(st.sampled_from(["merge", "split", "up", "down", "aside", "back", "enter"]), st.integers(0, 7),
              st.integers(1, 4)),
    max_size=12,
)  # fmt: skip


def do(by, letter, step: str, proposal, at: int) -> None:
    one = {"by": by, "proposal": proposal, "expected_version": proposal.version, "now": NOW}
    match step:
        case "merge":
            checking.merge(**one)
        case "split":
            checking.split(**one, at=at)
        case "up" | "down":
            checking.move(**one, up=step == "up")
        case "aside":
            checking.set_aside(**one)
        case "back":
            checking.bring_back(**one)
        case "enter":
            checking.enter(by=by, letter=letter, chosen={proposal.pk: proposal.version}, now=NOW)


def expected(rows: list[tuple[str, str, str]], step: str, place: int, at: int) -> list[tuple[str, str, str]]:
    """What a list of (words, state, piece at which it would be split) becomes: the rule again, in plain lists."""
    words, state, _ = rows[place]
    if step in {"merge", "split", "up", "down", "aside", "enter"} and state != OPEN:
        return rows
    rows = list(rows)
    if step == "merge" and place and rows[place - 1][1] == OPEN:
        rows[place - 1 : place + 1] = [(rows[place - 1][0] + words, OPEN, "")]
    elif step == "up" and place:
        rows.insert(place - 1, rows.pop(place))
    elif step == "down":
        rows.insert(place + 1, rows.pop(place))
    elif step == "aside":
        rows[place] = (words, SET_ASIDE, "")
    elif step == "back" and state == SET_ASIDE:
        rows[place] = (words, OPEN, "")
    elif step == "enter":
        rows[place] = (words, ENTERED, "")
    return rows


@given(steps=STEPS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.django_db
def test_after_any_steps_the_words_are_the_letters_in_the_order_that_the_steps_gave(steps, cast_once):
    from django.db import transaction

    bea, letter = cast_once
    with transaction.atomic():
        proposing.propose(by=bea, letter=letter, findings=READ, now=NOW)
        rows = [(all_of(Words(each.text, each.parts)), OPEN, "") for each in READ]
        for step, place, at in steps:
            every = list(queries.proposals_of(letter, for_person=bea))
            place %= len(every)
            this = proposing.words_of(every[place])
            splits = step == "split" and every[place].state == OPEN and at < len(proposals.pieces(this))
            with suppress(checking.CannotDo):
                do(bea, letter, step, every[place], at)
            if splits:
                rows[place : place + 1] = [(all_of(each), OPEN, "") for each in proposals.split(this, at)]
            elif step != "split":
                rows = expected(rows, step, place, at)
        found = list(queries.proposals_of(letter, for_person=bea))
        assert [(all_of(proposing.words_of(each)), each.state) for each in found] == [row[:2] for row in rows]
        assert all(bool(each.finding) == (each.state == ENTERED) for each in found)
        for each in found:
            if each.finding:
                assert bare(each.finding.text.replace("•", "")) == all_of(proposing.words_of(each))
        transaction.set_rollback(True)


@pytest.fixture
def cast_once(cast):
    return cast.bea, stored_letter(cast.bea, cast.ashvale)


def test_proposals_find_room_between_others_however_often_they_are_split(cast_once):
    bea, letter = cast_once
    text = " ".join(f"Sentence number {number}." for number in range(30))
    proposing.propose(by=bea, letter=letter, now=NOW, findings=[
        letter_reading.ReadFinding("improvement", 1, text), letter_reading.ReadFinding("improvement", 1, "Last."),
    ])  # fmt: skip
    for _ in range(29):
        first = queries.proposals_of(letter, for_person=bea).first()
        sentences_left = len(proposals.pieces(proposing.words_of(first)))
        checking.split(by=bea, proposal=first, expected_version=first.version, at=sentences_left - 1, now=NOW)
    texts = [each.text for each in queries.proposals_of(letter, for_person=bea)]
    assert texts == [*(f"Sentence number {number}." for number in range(30)), "Last."]
    assert date(2026, 1, 5) == letter.received
