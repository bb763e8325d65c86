"""What may point to a person is found in its usual forms, and what only looks like it is left alone."""

import pytest

from throughline.methods.personal import Kind, doubts, is_nhs_number


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Call 03000 123456 for help.", Kind.TELEPHONE, "03000 123456"),
        ("Call +44 191 498 0123.", Kind.TELEPHONE, "+44 191 498 0123"),
        ("NHS number 943 476 5919", Kind.NHS_NUMBER, "943 476 5919"),
        ("The child, born on 3 May 2010, was seen.", Kind.BIRTH, "born on 3 May 2010"),
        ("DOB: 03/05/2010", Kind.BIRTH, "DOB: 03/05/2010"),
        ("Councillor Amber Fielding asked.", Kind.NAME, "Councillor Amber Fielding"),
        ("It was Bea Lindqvist’s paper.", Kind.NAME, "Bea Lindqvist"),
    ],
)
def test_a_usual_form_is_found_with_its_words(text: str, kind: Kind, words: str):
    found = doubts(text, names=["Bea Lindqvist", "April"])
    assert [(each.kind, each.words) for each in found] == [(kind, words)]
    assert words in found[0].sentence


@pytest.mark.parametrize(
    "text",
    [
        "Between 9 and 13 July 2018, 15 inspectors came.", "SI 2015/1792, regulations 3 and 4", "1,234,567 of 2,345",
        "The plan was born of need.", "The Director of children’s services", "In April 2019 the board was followed.",
        "Event 12345678901 of the record", "943 476 5918 is no NHS number",
    ],
)  # fmt: skip
def test_what_points_to_nobody_is_left_alone(text: str):
    assert doubts(text, names=["April"]) == ()


def test_the_check_of_an_nhs_number():
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert not is_nhs_number("943476591")
