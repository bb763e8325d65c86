"""Two documents are told apart section by section, and a row that moved on is one change of one column."""

from dataclasses import replace

from tests.documents.specimen import document
from throughline.documents.compare import Difference, How, differences
from throughline.documents.model import Bullets, Column, Heading, Paragraph, Step, Table, Thread
from throughline.documents.passages import blocks_of
from throughline.documents.strings import found_in, strings_of


def paper(*rows: tuple[str, str, str], text: str = "It stands well.", words: str = "Two courses."):
    columns = (Column("Action"), Column("Due"), Column("Delivery"))
    return replace(
        document(),
        blocks=(
            Heading(1, "Position"), Paragraph(text), Heading(1, "Plan"),
            Table("Actions", columns, rows or (("ACT-001", "31 March", "On track"),), row_headings=True),
            Thread((Step("Action ACT-001", "Train all"), Step("Returned", words))),
        ),
    )  # fmt: skip


def test_the_same_paper_twice_has_no_difference():
    assert differences(document(), document()) == ()


def test_a_changed_cell_a_new_row_and_a_row_that_went_are_each_told_once():
    before = paper(("ACT-001", "31 March", "On track"), ("ACT-002", "1 May", "At risk"))
    after = paper(("ACT-001", "31 March", "Overdue"), ("ACT-003", "1 June", "Not started"))
    assert differences(before, after) == (
        Difference("Plan", "ACT-001: Delivery", How.CHANGED, "On track", "Overdue"),
        Difference("Plan", "ACT-003", How.ADDED, "", "ACT-003 · 1 June · Not started"),
        Difference("Plan", "ACT-002", How.REMOVED, "ACT-002 · 1 May · At risk", ""),
    )


def test_words_of_paragraphs_and_of_threads_are_told_under_their_section():
    found = differences(paper(), paper(text="It does not stand well.", words="Five courses."))
    assert found == (
        Difference("Position", "", How.CHANGED, "It stands well.", "It does not stand well."),
        Difference("Plan", "Action ACT-001: Returned", How.CHANGED, "Two courses.", "Five courses."),
    )


def test_a_section_that_went_is_told_with_all_that_stood_in_it():
    before = paper()
    after = replace(before, blocks=before.blocks[:2])
    gone = differences(before, after)
    assert {each.how for each in gone} == {How.REMOVED}
    assert {each.section for each in gone} == {"Plan"}
    back = differences(after, before)
    assert {each.how for each in back} == {How.ADDED}
    assert len(back) == len(gone)


def test_an_unnamed_rows_repetition_is_not_lost():
    columns = (Column("Day"), Column("What"))
    one = replace(document(), blocks=(Table("Days", columns, (("1 May", "Meeting"),)),))
    two = replace(document(), blocks=(Table("Days", columns, (("1 May", "Meeting"), ("1 May", "Meeting"))),))
    assert differences(one, two) == (Difference("Front", "", How.ADDED, "", "1 May · Meeting"),)


def test_typed_text_becomes_paragraphs_and_lists_and_nothing_else_is_markup():
    text = (
        "Members are recommended to:\n(a) note it;\n(b) come back\nin May.\n\n1. One\n2. Two\n\n- A\n\n<b>Not bold</b>"
    )
    assert blocks_of(text, numbered=True) == (
        Paragraph("Members are recommended to:", numbered=True),
        Bullets(("note it;", "come back in May."), lettered=True),
        Bullets(("One", "Two"), ordered=True),
        Bullets(("A",)),
        Paragraph("<b>Not bold</b>", numbered=True),
    )
    assert blocks_of("  \n \n") == ()


def test_every_string_of_a_document_is_walked_its_foot_and_properties_too():
    whole = document()
    texts = list(strings_of(whole))
    for words in (whole.title, whole.footer_note, whole.audience, whole.author, *whole.keywords):
        assert words in texts
    assert found_in(whole, ["JOINT TRIAGE  desk", "not in it"]) == ["JOINT TRIAGE  desk"]
