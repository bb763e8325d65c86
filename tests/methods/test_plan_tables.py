"""Plans' tables are found and read: headings, merged cells, area rows, days, notes; and no word of a row is lost."""

import io
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Color, PatternFill

from tests.methods import plans_of_our_own as own
from throughline.methods.plan_tables.colours import colour_name
from throughline.methods.plan_tables.dated_notes import notes_in
from throughline.methods.plan_tables.days import BESIDE, days_in, only_days, why_no_day
from throughline.methods.plan_tables.drafts import Draft, draft_of
from throughline.methods.plan_tables.fields import FIELDS, Field, fold, meaning_of
from throughline.methods.plan_tables.grids import Cell, Grid, Row, as_json, from_json, letter_of
from throughline.methods.plan_tables.headings import tables_in
from throughline.methods.plan_tables.read import read_tables
from throughline.methods.plan_tables.rows import areas_by_table, rows_of
from throughline.plans.importing.printing import COLUMNS

WRITERS = {"plan.xlsx": own.workbook, "plan.docx": own.word}


def tables(folder: Path, name: str, *of: own.Table):
    path = folder / name
    path.write_bytes(WRITERS[name](*of))
    return read_tables(path, name=name)


def drafts(folder: Path, name: str, *of: own.Table) -> list[Draft]:
    """Every row of the plan's tables; unknown headings are kept as notes."""
    known = [each for each in tables_in(tables(folder, name, *of).grids) if each.known]
    means = [[Field.NOTE if each.means is None else each.means for each in table.headings] for table in known]
    found = zip(known, means, areas_by_table(known, means), strict=True)
    return [draft_of(row) for table, fields, area in found for row in rows_of(table, fields, area=area)]


def told(draft: Draft) -> str:
    """Everything that a draft says, anywhere."""
    parts = [
        draft.reference, draft.own_number, draft.area, draft.title, draft.detail, draft.lead, draft.owner_post,
        draft.contributors, draft.finding_numbers, draft.for_whom, draft.resources, *draft.findings, *draft.impacts,
        *draft.measures, *(each.text for each in draft.notes), *(each.sentence for each in draft.remarks),
        *(each.title for each in draft.steps),
    ]  # fmt: skip
    return "\n".join(parts)


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("title", own.ALL)
def test_each_differently_headed_plan_is_found_with_its_actions(title, name, tmp_path) -> None:
    expected = {
        "hierarchy": ["1.1", "1.2", "2.1"],
        "inspectors": ["Hold them within a day", "Send a nurse to each of them", "Give each plan its dates"],
        "recommendations": ["Agree a protocol for sharing", "Put flags on records"],
        "business plan": ["Audit forty strategy meetings", "Ask children what changed"],
        "highlight": ["Review thresholds", "Train screeners"],
        "area rows": ["Hold them within a day", "Send the minutes to all", "Ask each child alone"],
    }[title]
    found = drafts(tmp_path, name, *own.ALL[title])
    assert [each.own_number if title == "hierarchy" else each.title for each in found] == expected


@pytest.mark.parametrize("name", WRITERS)
def test_findings_reach_down_and_headings_printed_again_are_no_rows(name, tmp_path) -> None:
    first, second, third = drafts(tmp_path, name, own.INSPECTORS)
    assert first.findings == second.findings == ("Strategy meetings are held late.",)
    assert second.finding_numbers == "17 (57,138)"
    assert third.findings == ("Plans lack dates.",)


@pytest.mark.parametrize("name", WRITERS)
def test_headings_of_two_rows_and_merged_areas_are_understood(name, tmp_path) -> None:
    (table,) = tables_in(tables(tmp_path, name, own.HIGHLIGHT).grids)
    assert [each.printed for each in table.headings] == [
        "Priority area", "Action", "SRO", "Original date", "Revised date", "RAG", "Comments", "Risk appetite",
    ]  # fmt: skip
    assert table.headings[-1].means is None
    assert [each.area for each in drafts(tmp_path, name, own.HIGHLIGHT)] == ["Front door", "Front door"]


@pytest.mark.parametrize("name", WRITERS)
def test_the_second_row_of_headings_is_never_an_action_however_few_of_its_words_are_known(name, tmp_path) -> None:
    table = own.Table("Plan", [
        ["Action ref", "Action", "Responsibility", own.LEFT, "Timescales", own.LEFT, "Progress", own.LEFT, "RAG"],
        [own.ABOVE, own.ABOVE, "Lead agency", "Lead officer", "Start date", "Target", "Q1", "Q2", own.ABOVE],
        ["APA1", "Hold meetings", "Police", "Inspector", "3 Dec 2018", "29 March 2019", "Begun", "Half done", "A"],
    ])  # fmt: skip
    (draft,) = drafts(tmp_path, name, table)
    assert (draft.own_number, draft.lead, draft.owner_post, draft.due) == (
        "APA1", "Police", "Inspector", date(2019, 3, 29),
    )  # fmt: skip
    assert {each.text for each in draft.notes} >= {"Start date: 3 Dec 2018", "Begun", "Half done"}


@pytest.mark.parametrize("name", WRITERS)
def test_the_area_above_the_first_headings_counts_as_those_below_do(name, tmp_path) -> None:
    headings = ["No.", "Action", "Lead", "Timescale"]
    table = own.Table("Plan", [
        ["Front door", *[own.LEFT] * 3], headings, ["1.1", "Write a guide", "Police", "31 March 2019"],
        ["Voice of the child", *[own.LEFT] * 3], headings, ["2.1", "Ask each child", "Police", "31 March 2019"],
    ])  # fmt: skip
    assert [each.area for each in drafts(tmp_path, name, table)] == ["Front door", "Voice of the child"]


def test_the_title_above_the_headings_is_no_area(tmp_path) -> None:
    rows = [["Improvement plan", *[own.LEFT] * 2], ["Action", "Lead", "When"], ["Write a guide", "Police", "1/3/2019"]]
    (draft,) = drafts(tmp_path, "plan.xlsx", own.Table("Plan", rows))
    assert draft.area == ""


def test_a_table_without_headings_goes_on_with_the_one_above_and_a_list_of_other_things_does_not(tmp_path) -> None:
    found = tables(
        tmp_path, "plan.docx",
        own.Table("Voice", [["Action", "Lead", "When", "Notes"], ["Ask each child", "Police", "March 2019", "Begun"]]),
        own.Table("Voice (continued)", [["Tell each child", "Council", "April 2019", ""]]),
        own.Table("Risks", [["Risk", "Owner’s view", "Reviewed", "Score"], ["Delay", "High", "May 2019", "9"]]),
    )  # fmt: skip
    one, two, three = tables_in(found.grids)
    assert (one.known, two.known, two.goes_on, three.known) == (True, True, "table 1", False)
    assert [row.cells[0].text for row in two.rows] == ["Tell each child"]
    means = [[each.means or Field.NOTE for each in table.headings] for table in (one, two)]
    assert list(areas_by_table([one, two], means)) == ["Voice", "Voice"]


@pytest.mark.parametrize("name", WRITERS)
def test_tables_one_below_another_with_other_headings_are_each_read_by_their_own(name, tmp_path) -> None:
    table = own.Table("Plan", [
        ["Action", "Lead", "Due date", None], ["Write a guide", "Police", "31 March 2019", None],
        ["Completed actions", None, None, None],
        ["Due date", "Action", "Lead", "Outcome"], ["1 January 2018", "Draw a map", "Council", "Children are found"],
    ])  # fmt: skip
    found = drafts(tmp_path, name, table)
    assert [(each.row, each.title, each.lead, each.due) for each in found] == [
        (2, "Write a guide", "Police", date(2019, 3, 31)), (5, "Draw a map", "Council", date(2018, 1, 1)),
    ]  # fmt: skip


def test_an_action_whose_words_look_like_headings_is_an_action(tmp_path) -> None:
    rows = [["No", "Action", "How", "Lead", "Post", "When", "Notes", "Area"],
            ["1", "Write", "How", "Police", "Post", "1 March 2019", "Notes", "Front door"]]  # fmt: skip
    (draft,) = drafts(tmp_path, "plan.xlsx", own.Table("Plan", rows))
    assert (draft.title, draft.due) == ("Write", date(2019, 3, 1))


def test_a_finding_that_is_taken_from_a_row_above_is_remarked_on(tmp_path) -> None:
    rows = [["No", "Finding", "Action", "Lead"], ["1", "Late", "Hurry", "Police"], ["2", None, "Write", "Police"]]
    first, second = drafts(tmp_path, "plan.xlsx", own.Table("Plan", rows))
    assert second.findings == ("Late",)
    assert not first.remarks
    assert [str(each) for each in second.remarks] == [
        "Sheet ‘Plan’, row 3, column B (‘Finding’): The cell is empty, so it was read as ‘Late’ of a row above. "
        "Correct it if that is not meant."
    ]


def test_a_completion_date_is_the_due_date_where_no_other_column_gives_one(tmp_path) -> None:
    alone = own.Table("A", [["Action", "Lead", "Completion date"], ["Write", "Police", "1 March 2019"]])
    beside = own.Table(
        "B", [["Action", "When", "Completion date"], ["Write", "1 March 2019", "2 February 2019"]],
    )  # fmt: skip
    one, other = drafts(tmp_path, "plan.xlsx", alone, beside)
    assert (one.due, other.due) == (date(2019, 3, 1), date(2019, 3, 1))
    assert [each.text for each in other.notes] == ["Completion date: 2 February 2019"]


def test_what_is_completed_keeps_its_word_and_says_so(tmp_path) -> None:
    rows = [["Action", "Lead", "When"], ["Write", "Police", "Completed Jan 19"]]
    (draft,) = drafts(tmp_path, "plan.xlsx", own.Table("Plan", rows))
    assert draft.due == date(2019, 1, 31)
    assert [each.text for each in draft.notes] == ["When: Completed Jan 19"]
    assert any("says that it is done" in each.sentence for each in draft.remarks)


@pytest.mark.parametrize("name", WRITERS)
def test_area_rows_give_areas_without_their_numbers(name, tmp_path) -> None:
    found = drafts(tmp_path, name, *own.AREA_ROWS)
    assert [each.area for each in found] == ["Strategy meetings", "Strategy meetings", "Voice of the child"]


def test_the_heading_above_is_the_area_where_each_area_has_a_table_of_its_own(tmp_path) -> None:
    head = ["Action", "Lead", "Due date"]
    one = own.Table("Key Improvement Area 1: Front door", [head, ["Decide in a day", "Council", "31/3/2026"]])
    two = own.Table("Key Improvement Area 2: Supervision", [head, ["Supervise monthly", "Council", "31/3/2026"]])
    assert [each.area for each in drafts(tmp_path, "plan.docx", one, two)] == ["Front door", "Supervision"]


def test_a_row_without_an_action_goes_on_with_the_one_above(tmp_path) -> None:
    table = own.Table("Plan", [
        ["Action", "Lead", "Target date", "Progress"],
        ["Train staff", "Council", "31/12/2026 first cohort", "1.2.26 Begun"],
        [None, None, "31/3/2027", "1.3.26 Half done"],
    ])  # fmt: skip
    (draft,) = drafts(tmp_path, "plan.xlsx", table)
    assert draft.due == date(2027, 3, 31)
    assert [(each.title, each.due) for each in draft.steps] == [("first cohort", date(2026, 12, 31))]
    assert [(each.dated, each.text) for each in draft.notes if each.heading == "Progress"] == [
        (date(2026, 2, 1), "Begun"), (date(2026, 3, 1), "Half done"),
    ]  # fmt: skip


def test_a_step_with_its_own_lead_and_day_is_an_action_under_its_what(tmp_path) -> None:
    table = own.Table("Plan", [
        ["What?", "How?", "Who?", "When?"],
        ["Strengthen the front door", "Write the guidance", "Council", "31/3/2026"],
        [None, "Train the screeners", "Police", "30/6/2026"],
    ])  # fmt: skip
    _, second = drafts(tmp_path, "plan.xlsx", table)
    assert (second.title, second.detail) == ("Train the screeners", "Part of ‘Strengthen the front door’")


def test_a_recommendation_is_the_action_where_no_column_says_what_will_be_done(tmp_path) -> None:
    table = own.Table("Plan", [
        ["No.", "Recommendation", "Responsibility", "Date", "Assessment of progress (1-4)"],
        [1, "Publish the threshold document", "Council", "30/6/2026", 2],
    ])  # fmt: skip
    (draft,) = drafts(tmp_path, "plan.xlsx", table)
    assert draft.title == "Publish the threshold document"
    assert [each.text for each in draft.notes] == ["Assessment of progress (1-4): 2"]


def test_errors_and_formulas_without_a_result_are_named_and_others_give_their_result(tmp_path) -> None:
    table = own.Table("Plan", [
        ["Action", "Lead", "Due date", "Comments"], ["One", "Council", "31/3/2026", "#REF!"],
        ["Two", "Council", "31/3/2026", "=1+1"],
    ])  # fmt: skip
    first, second = drafts(tmp_path, "plan.xlsx", table)
    assert str(first.remarks[0]) == (
        "Sheet ‘Plan’, row 2, column D (‘Comments’): The cell holds the error #REF!, so nothing of it was read."
        " Mend it in the file."
    )
    assert "a formula whose result was not saved" in second.remarks[0].sentence


def test_numbers_are_read_as_their_cells_show_them(tmp_path) -> None:
    table = own.Table("Plan", [["No", "Action", "Lead", "Comments"], [1.1, "One", "Council", 0.83]])
    path = tmp_path / "plan.xlsx"
    path.write_bytes(own.workbook(table, formats={"A2": "0.00", "D2": "0%"}))
    row = read_tables(path, name="plan.xlsx").grids[0].rows[1]
    assert [each.text for each in row.cells] == ["1.10", "One", "Council", "83%"]


# -- a card for each action --------------------------------------------------------------------------------------


def card(title: str, action: str, *more: list[str | None]) -> own.Table:
    return own.Table(title, [["Action:", action], ["Lead agency", "Police"], ["Timescale", "31 March 2019"], *more])


def test_cards_with_headings_on_the_left_give_an_action_each(tmp_path) -> None:
    found = drafts(
        tmp_path, "plan.docx",
        own.Table("Document control", [["Version", "4"], ["Owner", "Head of safeguarding"], ["Date", "1 May 2018"]]),
        card("Front door", "Write a guide", ["Progress", "9.12.16 Begun"], [None, "14.1.17 Half"], ["RAG", "Amber"]),
        card("Front door", "Train screeners", ["Progress", None]),
        card("Voice of the child", "Ask each child", ["Risk appetite", "Low"]),
    )  # fmt: skip
    assert [(each.title, each.lead, each.due, each.area) for each in found] == [
        ("Write a guide", "Police", date(2019, 3, 31), "Front door"),
        ("Train screeners", "Police", date(2019, 3, 31), "Front door"),
        ("Ask each child", "Police", date(2019, 3, 31), "Voice of the child"),
    ]  # fmt: skip
    assert [[each.text for each in draft.notes] for draft in found] == [
        ["RAG: Amber", "Begun", "Half"], [], ["Risk appetite: Low"],
    ]  # fmt: skip
    assert [each.where for each in found] == ["table 2, row 1", "table 3, row 1", "table 4, row 1"]


def test_several_actions_in_one_table_with_headings_on_the_left_are_told_apart(tmp_path) -> None:
    one, two = card("Plan", "Write a guide").rows, card("Plan", "Train screeners", ["Timescale", "TBC"]).rows
    one = [*one, ["Part two", own.LEFT], [None, "Measured monthly"], ["Progress", "Begun"]]
    rows = [["Front door", own.LEFT], *one, ["Voice of the child", own.LEFT], *two]
    found = drafts(tmp_path, "plan.docx", own.Table("Plan", rows))
    assert [each.title for each in found] == ["Write a guide", "Train screeners"]
    assert "Title of the table: Front door" in told(found[0])
    assert "Part two\nMeasured monthly" in told(found[0])
    assert "Title of the table: Voice of the child" in told(found[1])
    assert "TBC" in told(found[1])
    assert [each.row for each in found] == [1, 8]


def test_what_is_remarked_on_in_a_card_is_named_by_its_heading(tmp_path) -> None:
    rows = [["Action", "Write a guide"], ["Lead", "Police"], ["Timescale", "Ongoing"]]
    (draft,) = drafts(tmp_path, "plan.docx", own.Table("Plan", rows))
    assert str(draft.remarks[0]).startswith("Table 1, row 1, beside the heading (‘Timescale’): ‘Ongoing’ is not a date")


@pytest.mark.parametrize("rows", [
    [["Action", "Lead"], ["Write a guide", "Police"], ["Lead", "Who leads"], ["Due date", "By when"]],
    [["Owner", "Head"], ["Date", "1 May 2018"], ["Status", "Draft"]],
    [["Action", "Write a guide"], ["Lead", "Police"]],
])  # fmt: skip
def test_other_tables_of_two_columns_are_no_cards(rows, tmp_path) -> None:
    (grid,) = tables(tmp_path, "plan.docx", own.Table("Plan", rows)).grids
    assert not any(each.grid.turned for each in tables_in([grid]))


# -- ratings by colour --------------------------------------------------------------------------------------------


def coloured_workbook(fills: list[PatternFill | None], said: list[object] | None = None, *, band: str = "") -> bytes:
    """A plan of which the RAG cells have these fills and no words but those that are `said`."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["No.", "Action", "Lead", "By when", "RAG"])
    for cell in sheet[1]:
        cell.fill = solid("4472C4")
    for number, fill in enumerate(fills, start=1):
        sheet.append(
            [str(number), f"Do this {number}", "Police", "31/3/2019", (said or [None] * len(fills))[number - 1]]
        )
        for cell in sheet[number + 1][:4] if band else ():
            cell.fill = solid(band)
        if fill is not None:
            sheet.cell(number + 1, 5).fill = fill
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def solid(colour: Color | str) -> PatternFill:
    return PatternFill("solid", fgColor=colour)


def coloured_word(shadings: list[str], *, whole_row: bool = False) -> bytes:
    """The same in Word: w:shd elements of the RAG cells, or of every cell of the row."""
    document = docx.Document()
    made = document.add_table(1 + len(shadings), 4)
    rows = [["Action", "Lead", "By when", "RAG"]]
    rows += [[f"Do this {number}", "Police", "31/3/2019", ""] for number in range(1, len(shadings) + 1)]
    for number, (cells, row) in enumerate(zip(made.rows, rows, strict=True)):
        for cell, text in zip(cells.cells, row, strict=True):
            cell.text = text
            if number and shadings[number - 1] and (whole_row or not text):
                cell._tc.get_or_add_tcPr().append(parse_xml(f"<w:shd {nsdecls('w')} {shadings[number - 1]}/>"))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def read_as_drafts(folder: Path, name: str, content: bytes) -> list[Draft]:
    path = folder / name
    path.write_bytes(content)
    (table,) = tables_in(read_tables(path, name=name).grids)
    return [
        draft_of(row)
        for row in rows_of(table, [Field.NOTE if each.means is None else each.means for each in table.headings])
    ]


def ratings_of(found: list[Draft]) -> list[str]:
    return [" / ".join(note.text for note in each.notes) for each in found]


def test_a_rating_that_a_workbook_shows_by_colour_alone_comes_in_as_words_that_say_so(tmp_path) -> None:
    fills = [
        solid("FF0000"), solid("FFC000"), solid("FFFF00"), solid("92D050"), solid("00B0F0"), solid("BFBFBF"),
        solid(Color(theme=9)), solid(Color(theme=5, tint=0.5999)), solid(Color(indexed=53)), solid("FFFFFF"), None,
    ]  # fmt: skip
    found = read_as_drafts(tmp_path, "plan.xlsx", coloured_workbook(fills))
    names = ["Red", "Amber", "Amber", "Green", "Blue", "Grey"]
    assert ratings_of(found)[:6] == [f"RAG: {each} (shown by colour)" for each in names]
    theme = [each.removesuffix(" (shown by colour)") for each in ratings_of(found)[6:]]
    assert theme == ["RAG: Amber", "RAG: Red", "RAG: Amber", "", ""]
    assert not [each for draft in found for each in draft.remarks]


def test_a_rating_that_word_shows_by_shading_alone_comes_in_as_words_that_say_so(tmp_path) -> None:
    shadings = [
        'w:val="clear" w:color="auto" w:fill="FF0000"', 'w:val="clear" w:color="auto" w:fill="E2EFDA"',
        'w:val="solid" w:color="ffc000" w:fill="auto"', 'w:val="clear" w:color="auto" w:fill="auto"', "",
    ]  # fmt: skip
    found = read_as_drafts(tmp_path, "plan.docx", coloured_word(shadings))
    assert ratings_of(found) == [
        "RAG: Red (shown by colour)", "RAG: Green (shown by colour)", "RAG: Amber (shown by colour)", "", "",
    ]  # fmt: skip


def test_a_colour_that_is_no_plain_rating_is_named_with_its_cell_and_not_guessed(tmp_path) -> None:
    hatched = PatternFill("lightUp", fgColor="FF0000")
    fills = [solid("7030A0"), solid("008080"), solid("843C0C"), solid("000000"), hatched]
    found = read_as_drafts(tmp_path, "plan.xlsx", coloured_workbook(fills))
    assert ratings_of(found) == [""] * 5
    said = [str(remark) for draft in found for remark in draft.remarks]
    assert len(said) == 5
    assert said[0].startswith("Sheet ‘Sheet’, row 2, column E (‘RAG’): The cell’s colour is not plainly red, amber")
    (word,) = read_as_drafts(tmp_path, "plan.docx", coloured_word(['w:val="pct50" w:color="auto" w:fill="FF0000"']))
    assert str(word.remarks[0]).startswith("Table 1, row 2, column 4 (‘RAG’)")


def test_a_colour_beside_a_day_is_kept_with_it_and_one_beside_words_adds_nothing(tmp_path) -> None:
    said = [date(2019, 1, 31), "31.1.19", "Amber", "Done on 31.1.19"]
    found = read_as_drafts(tmp_path, "plan.xlsx", coloured_workbook([solid("00B050")] * 4, said))
    assert ratings_of(found) == [
        "RAG: 31 January 2019, Green (shown by colour)", "RAG: 31.1.19, Green (shown by colour)", "RAG: Amber",
        "RAG: Done on 31.1.19",
    ]  # fmt: skip


def test_a_colour_behind_a_whole_row_is_no_rating(tmp_path) -> None:
    found = read_as_drafts(tmp_path, "plan.xlsx", coloured_workbook([solid("C6EFCE"), solid("FF0000")], band="C6EFCE"))
    assert ratings_of(found) == ["", "RAG: Red (shown by colour)"]
    shading = ['w:val="clear" w:color="auto" w:fill="C6EFCE"']
    assert ratings_of(read_as_drafts(tmp_path, "plan.docx", coloured_word(shading, whole_row=True))) == [""]


def test_headings_printed_again_and_area_rows_have_no_rating_whatever_their_colour(tmp_path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(coloured_workbook([solid("FF0000"), solid("FF0000")])))
    sheet = book.active
    for row in (
        ["Voice of the child"],
        ["No.", "Action", "Lead", "By when", "RAG"],
        ["3", "Ask", "Police", "1/3/2019"],
    ):
        sheet.append(row)
    sheet.merge_cells("A4:D4")
    for cell in (*sheet[4], *sheet[5]):
        cell.fill = solid("00B050")
    held = io.BytesIO()
    book.save(held)
    found = read_as_drafts(tmp_path, "plan.xlsx", held.getvalue())
    assert ratings_of(found) == ["RAG: Red (shown by colour)", "RAG: Red (shown by colour)", ""]
    assert [each.area for each in found] == ["", "", "Voice of the child"]


@pytest.mark.parametrize(("fill", "name"), [
    ("C00000", "Red"), ("FFC7CE", "Red"), ("C0504D", "Red"), ("ED7D31", "Amber"), ("FFEB9C", "Amber"),
    ("FFF2CC", "Amber"), ("FCE4D6", "Amber"), ("F79646", "Amber"), ("70AD47", "Green"), ("00B050", "Green"),
    ("C6EFCE", "Green"),
    ("9BBB59", "Green"), ("99CC00", "Green"), ("0070C0", "Blue"), ("002060", "Blue"), ("DDEBF7", "Blue"),
    ("4BACC6", "Blue"), ("D9D9D9", "Grey"), ("808080", "Grey"), ("F2F2F2", ""), ("FFFFFF", ""),
    ("FF4500", None), ("FF99CC", None), ("8064A2", None), ("44546A", None), ("00B0A0", None), ("7F6000", None),
    ("?", None),
])  # fmt: skip
def test_a_hue_is_plain_or_it_is_none(fill, name) -> None:
    assert colour_name(fill) == name


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(own.workbook(own.HIERARCHY, own.Table("Old", [["Action", "Lead"], ["One", "Council"]])))
    book = openpyxl.load_workbook(path)
    book["Old"].sheet_state = "hidden"
    book.save(path)
    found = read_tables(path, name="plan.xlsx")
    assert [each.title for each in found.grids] == ["Action tracker"]
    assert found.notes == (
        "plan.xlsx, sheet ‘Old’ is hidden and was not read. Show it in Excel if it belongs to the plan.",
    )


def test_hidden_rows_and_columns_are_read_and_said_so(tmp_path) -> None:
    book = openpyxl.load_workbook(
        io.BytesIO(own.workbook(own.Table("Plan", [["Action", "Lead", "When"], ["Write", "Police", "1/3/2019"]] * 3)))
    )
    book["Plan"].row_dimensions[4].hidden = True
    book["Plan"].column_dimensions["B"].hidden = True
    book.save(tmp_path / "plan.xlsx")
    assert read_tables(tmp_path / "plan.xlsx", name="plan.xlsx").notes == (
        "plan.xlsx, sheet ‘Plan’: row 4 is hidden and read all the same. Skip what does not belong to the plan.",
        "plan.xlsx, sheet ‘Plan’: column B is hidden and read all the same. Leave out what is not for the plan.",
    )


def test_a_row_that_was_struck_out_by_a_tracked_change_is_gone(tmp_path) -> None:
    document = docx.Document(
        io.BytesIO(own.word(own.Table("", [["Action", "Lead"], ["Write", "Police"], ["Old", "Police"]])))
    )
    properties = document.tables[0].rows[2]._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:del"))
    document.save(str(tmp_path / "plan.docx"))
    (grid,) = read_tables(tmp_path / "plan.docx", name="plan.docx").grids
    assert [row.cells[0].text for row in grid.rows] == ["Action", "Write"]


def test_numbers_that_word_gives_by_itself_are_the_plans_own_numbers(tmp_path) -> None:
    rows = [["No.", "Action", "Lead"], ["", "Write", "Police"], ["", "Send", "Police"], ["", "Ask", "Police"],
            ["", "", ""]]  # fmt: skip
    document = docx.Document(io.BytesIO(own.word(own.Table("Plan", rows))))
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{figures}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (figures, text) in enumerate([("decimal", "%1."), ("lowerLetter", "%1.%2")])
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="99"><w:abstractNumId w:val="99"/></w:num>'))
    for row, depth in zip(document.tables[0].rows[1:], (0, 1, 1, 1), strict=True):
        properties = row.cells[0].paragraphs[0]._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = depth, 99
        row.cells[1].paragraphs[0].style = document.styles["List Bullet"]
    document.save(str(tmp_path / "plan.docx"))
    (grid,) = read_tables(tmp_path / "plan.docx", name="plan.docx").grids
    assert [[cell.text for cell in row.cells[:2]] for row in grid.rows[1:]] == [
        ["1", "Write"], ["1.a", "Send"], ["1.b", "Ask"],
    ]  # fmt: skip


def test_tracked_changes_read_as_accepted(tmp_path) -> None:
    path = tmp_path / "plan.docx"
    path.write_bytes(own.word(own.Table("Plan", [["Action", "Lead"], ["", "Council"]])))
    document = docx.Document(str(path))
    paragraph = document.tables[0].rows[1].cells[0].paragraphs[0]._p
    paragraph.append(parse_xml(f"<w:del {nsdecls('w')}><w:r><w:delText>Old words</w:delText></w:r></w:del>"))
    paragraph.append(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>New words</w:t></w:r></w:ins>"))
    document.save(str(path))
    assert read_tables(path, name="plan.docx").grids[0].rows[1].cells[0].text == "New words"


@pytest.mark.parametrize(("text", "days", "exact"), [
    ("31/12/18", ["2018-12-31"], True), ("31.12.2018", ["2018-12-31"], True),
    ("31st December 2018", ["2018-12-31"], True),
    ("December 31, 2018", ["2018-12-31"], True), ("2018-12-31", ["2018-12-31"], True),
    ("Dec 2018", ["2018-12-31"], False), ("Feb-20", ["2020-02-29"], False),
    ("by end of Mar '19", ["2019-03-31"], False),
    ("Q4 2018/19", ["2019-03-31"], False), ("31 March, 30 June 2019", ["2019-06-30"], True),
    ("1/4/2019 - 30/6/2019", ["2019-04-01", "2019-06-30"], True),
    ("31\u00a0March\u00a02019", ["2019-03-31"], True), ("31\u2011Mar\u201119", ["2019-03-31"], True),
    ("31.12.18/31.1.19", ["2018-12-31", "2019-01-31"], True), ("1/31/12/18", [], True),
    ("31/02/2018", [], True), ("31/12", [], True), ("1.2.3", [], True), ("May", [], True), ("2019", [], True),
])  # fmt: skip
def test_days_are_read_in_many_spellings_and_a_month_is_its_last_day_with_a_remark(text, days, exact) -> None:
    found = days_in(text)
    assert [str(each.day) for each in found] == days
    assert all(each.exact is exact for each in found)


@pytest.mark.parametrize(("text", "sentence"), [
    ("Ongoing", "is not a date: it goes on and has no end"), ("ASAP", "is not a date: it says how urgent it is"),
    ("TBC", "is not a date: it was left to be decided"), ("31/02/2018", "is no day of the calendar"),
    ("31/12", "has no year"), ("43465", "looks like the number by which Excel keeps a date"),
    ("Spring term", "is not a date. Give the day"),
])  # fmt: skip
def test_what_is_no_date_says_why_and_what_to_do(text, sentence) -> None:
    assert sentence in why_no_day(text)
    assert only_days("31 December 2018", days_in("31 December 2018"))


@pytest.mark.parametrize(("text", "notes"), [
    ("9.12.16 Training held. 14.1.17: Second round.",
     [("2016-12-09", "Training held."), ("2017-01-14", "Second round.")]),
    ("COMPLETED - next phase\n• 9.12.16 - Training", [("None", "COMPLETED - next phase"), ("2016-12-09", "Training")]),
    ("Met on 9.12.16 to agree", [("None", "Met on 9.12.16 to agree")]),
    ("Update 9.12.16: held", [("2016-12-09", "Update 9.12.16: held")]),
    ("Dec 2016 all trained", [("None", "Dec 2016 all trained")]),
    ("9.12.16", [("2016-12-09", "9.12.16")]), ("", []),
])  # fmt: skip
def test_dated_notes_are_taken_apart_and_undated_ones_kept_whole(text, notes) -> None:
    assert [(str(each.dated), each.text) for each in notes_in(text)] == notes


@pytest.mark.parametrize(("heading", "means"), [
    ("NOS", Field.OWN_NUMBER), ("What?", Field.TITLE), ("Who?", Field.LEAD), ("R/A/G", Field.RATING),
    ("Ofsted Para No", Field.FINDING_NUMBER), ("Ofsted Area for Improvement", Field.FINDING),
    ("Outcome (report for Q1, Q2, Q3, Q4)", Field.PROGRESS), ("What is desired outcome", Field.IMPACT),
    ("#", Field.OWN_NUMBER), ("Scope", None), ("Priority", None), ("Target", None), ("Colour of the door", None),
    ("Agreed actions", Field.TITLE), ("Lead Agency /\nOfficer", Field.LEAD), ("Timescales", Field.DUE),
    ("Progress Q1", Field.PROGRESS), ("Update as at 12/03/2019", Field.PROGRESS), ("RAG March 2019", Field.RATING),
    ("What the inspectors told us", Field.FINDING), ("Impact measures", Field.MEASURE), ("March 2019", None),
    ("Due March 2019", None), ("Action / Task", Field.TITLE), ("Lead Officer & Agency", Field.LEAD),
    ("Comments and RAG", Field.PROGRESS), ("Date / Colour", None),
    ("Action and date", None), ("Issues", Field.FINDING),
    ("Evidence", Field.NOTE), ("Start date", Field.NOTE),
])  # fmt: skip
def test_a_heading_is_known_or_it_is_not(heading, means) -> None:
    assert meaning_of(heading) is means


def test_every_field_has_its_words_and_every_heading_of_ours_is_known() -> None:
    assert set(FIELDS) == set(Field)
    assert [heading for heading, means in COLUMNS if meaning_of(heading) is not means] == []
    assert all(each == fold(each) for meaning in FIELDS.values() for each in meaning.headings)


def test_what_was_remembered_counts_before_the_table(tmp_path) -> None:
    grids = tables(tmp_path, "plan.xlsx", own.HIGHLIGHT).grids
    (table,) = tables_in(grids, remembered={"risk appetite": "rating", "rag": ""})
    assert [each.means for each in table.headings][-3:] == [Field.LEFT_OUT, Field.PROGRESS, Field.RATING]


def test_a_table_that_is_no_plan_is_offered_and_not_taken() -> None:
    grid = Grid("table 1", "Acronyms", (Row(1, (Cell("CSC"), Cell("Social care"))), Row(2, (Cell("a"), Cell("b")))))
    (table,) = tables_in([grid])
    assert not table.known
    assert [each.printed for each in table.headings] == ["CSC", "Social care"]


def test_tables_survive_the_way_between_two_processes(tmp_path) -> None:
    found = tables(tmp_path, "plan.xlsx", own.HIGHLIGHT, own.HIERARCHY)
    assert from_json(as_json(found)) == found
    assert [letter_of(each) for each in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


WORD = st.text("abcdefghijklmnopqrstuvwxyz", min_size=3, max_size=8)
PIECE = st.one_of(WORD, st.sampled_from([
    "9.12.16", "31/12/18", "Dec 2018", "Ongoing", "\n", "• ", "AFI-1", "1.1", "-", ":", "TBC", "(draft)", "31/12",
    "Police",
]))  # fmt: skip
TEXT = st.lists(PIECE, max_size=5).map(" ".join).map(str.strip)
HEADINGS = [*sorted(min(FIELDS[each].headings) for each in Field if each is not Field.LEFT_OUT), "unheard of"]


@settings(deadline=None, max_examples=60)
@given(rows=st.lists(st.lists(TEXT, min_size=len(HEADINGS), max_size=len(HEADINGS)), min_size=1, max_size=3))
def test_no_word_of_any_row_is_lost(rows) -> None:
    grid = Grid("table 1", "", tuple(
        Row(number, tuple(Cell(text) for text in row)) for number, row in enumerate([HEADINGS, *rows], start=1)
    ))  # fmt: skip
    (table,) = tables_in([grid])
    fields = [Field.NOTE if each.means is None else each.means for each in table.headings]
    everything = "\n".join(told(draft_of(row)) for row in rows_of(table, fields)).split()
    heard = {"".join(filter(str.isalpha, each)) for each in everything}
    lost = {
        word for row in rows for text in row for each in text.split()
        if (word := "".join(filter(str.isalpha, each))) and word not in heard | _DAYS
    }  # fmt: skip
    assert lost == set()


_DAYS = BESIDE | {"Dec"}  # the month of ‘Dec 2018’, which is read as a day, and ‘by the end of’ beside it


def test_a_word_that_was_lost_would_be_noticed() -> None:
    """The planted fault: the column is left out."""
    grid = Grid("table 1", "", (
        Row(1, (Cell("Action"), Cell("Lead"), Cell("Comments"))), Row(2, (Cell("Do it"), Cell("Us"), Cell("planted"))),
    ))  # fmt: skip
    (table,) = tables_in([grid])
    (row,) = rows_of(table, [Field.TITLE, Field.LEAD, Field.LEFT_OUT])
    assert "planted" not in told(draft_of(row))
