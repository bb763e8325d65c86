"""Words are measured before they are drawn: they break between words, are cut where they must be, and never overrun."""

from hypothesis import given
from hypothesis import strategies as st

from throughline.documents.lettering import CUT, broken, cut, width_of

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), max_size=120)


@given(text=TEXTS, width=st.floats(30, 400), lines=st.integers(1, 4), bold=st.booleans())
def test_no_line_is_wider_than_its_room_and_there_are_no_more_lines_than_asked_for(text, width, lines, bold):
    found = broken(text, width, 13, lines=lines, bold=bold)
    assert len(found) <= lines
    assert all(width_of(line, 13, bold=bold) <= width for line in found)


def test_what_fits_stands_whole_and_what_does_not_ends_in_an_ellipsis():
    assert broken("Give the front door a health desk", 400, 13, lines=2) == ("Give the front door a health desk",)
    short = broken("Give the front door a health desk on every working day", 100, 13, lines=2)
    assert short[0] == "Give the front"
    assert short[-1].endswith(CUT)
    assert broken("", 100, 13, lines=2) == ()


def test_a_word_longer_than_its_line_is_cut_and_one_letter_stays_in_no_room_at_all():
    assert cut("Multidisciplinarity", 40, 13).endswith(CUT)
    assert cut("Multidisciplinarity", 1, 13) == "M" + CUT


def test_bold_words_are_wider_and_a_wide_letter_is_wider_than_a_narrow_one():
    assert width_of("Findings", 13, bold=True) > width_of("Findings", 13)
    assert width_of("W", 13) > width_of("i", 13)
    assert width_of("1234", 10) == 19.88  # four figures of 497 thousandths each
