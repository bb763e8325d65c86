"""How wide a Word table's columns are: no short heading and no number is ever broken in the middle."""

import io

import docx
from docx.shared import Cm, Pt

from tests.documents.specimen import document
from throughline.documents import word
from throughline.documents.model import Column, Table
from throughline.documents.word_columns import column_widths

FULL = Cm(16.4)
MARGINS = Pt(11)
# Widths in DejaVu Sans Bold at 9.5 points, the widest face that a machine is likely to put in place of ours.
WIDE = {"Actions": Pt(39.8), "Verified": Pt(44.2), "Owner": Pt(34.8), "Amount": Pt(41.9), "1,000,000": Pt(53.5)}


def table(columns, *rows):
    return Table("A table", tuple(columns), tuple(rows))


def test_a_short_numeric_heading_has_room_in_a_wider_typeface():
    for word_, width in WIDE.items():
        columns = [Column("Improvement area", 8), Column(word_, 0.1, numeric=True), Column("Impact", 8)]
        assert column_widths(table(columns), FULL)[1] >= width + MARGINS, word_


def test_a_number_in_a_narrow_column_is_never_broken():
    columns = [Column("What was spent", 9), Column("Sum", 0.5, numeric=True)]
    widths = column_widths(table(columns, ("Training", "1,000,000")), FULL)
    assert widths[1] >= WIDE["1,000,000"] + MARGINS


def test_columns_with_room_keep_their_shares_and_all_fill_the_page():
    widths = column_widths(table([Column("Area", 3), Column("Delivery", 2), Column("Impact", 5)]), FULL)
    assert [round(each / FULL, 3) for each in widths] == [0.3, 0.2, 0.5]
    narrow = [Column("Area", 6), Column("Actions", 0.1, numeric=True), Column("Impact", 3)]
    widths = column_widths(table(narrow), FULL)
    assert abs(sum(widths) - FULL) <= len(widths)
    assert round(widths[0] / widths[2], 2) == 2


def test_too_many_columns_still_fit_the_page():
    widths = column_widths(table([Column(f"Responsibility{n}", 1) for n in range(12)]), FULL)
    assert abs(sum(widths) - FULL) <= len(widths)
    assert min(widths) > 0


def test_one_endless_word_does_not_starve_the_other_columns():
    widths = column_widths(table([Column("x" * 5000, 1), Column("Impact", 1)]), FULL)
    assert round(widths[0] / FULL, 2) == round(widths[1] / FULL, 2) == 0.5


def test_the_file_is_written_with_these_widths():
    columns = [Column("Improvement area", 9), Column("Actions", 0.3, numeric=True)]
    made = docx.Document(io.BytesIO(word.render(document(blocks=(table(columns, ("Front door", "14")),)))))
    assert made.tables[0].rows[1].cells[1].width >= WIDE["Actions"] + MARGINS
    assert made.tables[0].columns[1].width == made.tables[0].rows[0].cells[1].width
