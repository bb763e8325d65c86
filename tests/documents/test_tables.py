"""Lists as CSV and Excel: what a spreadsheet program finds in them, and that nothing in them runs."""

import csv
import io
import tracemalloc
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.documents.tables import Table, csv_bytes, looks_live, write_csv, write_xlsx, xlsx_bytes

LIVE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\x00=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1+1",
    " =1+1",
    "\u00a0=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "\x0b=1+1",
)
QUIET = ("", "ACT-001", "3 - 4", "a=b", "someone@example.org", "#N/A", "TRUE", "007", "1/2", "'=1+1")


def table(rows, columns=("Ref", "Text"), **more) -> Table:
    return Table("Open actions", list(columns), rows, **more)


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("text", LIVE)
def test_text_that_looks_like_a_formula_is_inert(text):
    content = table([("ACT-1", text)], columns=("Ref", text))
    rows = read_csv(csv_bytes(content))
    assert rows[0][1].startswith("'")
    assert rows[1][1].startswith("'")
    sheet = read_xlsx(xlsx_bytes(content))
    for cell in (sheet["B1"], sheet["B2"]):
        assert cell.data_type == "s"
        assert cell.quotePrefix


@pytest.mark.parametrize("text", QUIET)
def test_other_text_is_left_as_it_is(text):
    content = table([("ACT-1", text)])
    assert read_csv(csv_bytes(content))[1][1] == text
    cell = read_xlsx(xlsx_bytes(content))["B2"]
    assert (cell.value or "") == text
    assert not text or cell.data_type == "s"


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_no_text_at_all_becomes_a_formula_or_breaks_a_file(text):
    content = table([(text, "x")])
    shown = read_csv(csv_bytes(content))[1][0]
    assert not looks_live(shown)
    cell = read_xlsx(xlsx_bytes(content))["A2"]
    assert cell.data_type in ("s", "n")
    assert cell.data_type == "s" or cell.value is None


def test_numbers_and_days_stay_numbers_and_days():
    moment = datetime(2018, 7, 1, 23, 30, tzinfo=UTC)
    row = (-5, 2.5, Decimal("0.25"), date(2018, 12, 3), moment, True, None, float("nan"))
    content = table([row], columns="abcdefgh")
    assert read_csv(csv_bytes(content))[1] == [
        *("-5", "2.5", "0.25", "2018-12-03", "2018-07-02T00:30:00+01:00", "Yes", "", "")
    ]
    cells = read_xlsx(xlsx_bytes(content))[2]
    assert [cell.value for cell in cells] == [
        *(-5, 2.5, 0.25, datetime(2018, 12, 3), datetime(2018, 7, 2, 0, 30), "Yes", None, None)
    ]
    assert cells[3].is_date
    assert cells[3].number_format == "d mmmm yyyy"


def test_a_day_before_excels_calendar_is_written_in_words():
    assert read_xlsx(xlsx_bytes(table([("a", date(1889, 4, 1))])))["B2"].value == "1889-04-01"


def test_characters_that_a_file_cannot_hold_are_shown_as_replaced():
    content = table([("a\x00b\x1b", "c\ud83dd\uffff")])
    assert read_csv(csv_bytes(content))[1] == ["a\ufffdb\ufffd", "c\ufffdd\ufffd"]
    assert [cell.value for cell in read_xlsx(xlsx_bytes(content))[2]] == ["a\ufffdb\ufffd", "c\ufffdd\ufffd"]


def test_words_that_look_like_excels_own_escapes_stay_words():
    with zipfile.ZipFile(io.BytesIO(xlsx_bytes(table([("_x0041_", "b")])))) as archive:
        assert b"_x005F_x0041_" in archive.read("xl/worksheets/sheet1.xml")


def test_a_text_longer_than_a_cell_says_that_it_was_cut():
    value = read_xlsx(xlsx_bytes(table([("a" * 40_000, "b")])))["A2"].value
    assert len(value) == 32_767
    assert value.endswith("(cut: a cell holds no more)")


def test_csv_opens_in_excel_with_its_letters_lines_and_separators_whole():
    content = csv_bytes(table([("Łódź; ñ", 'two\nlines, "quoted"')]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert b'"\xc5\x81\xc3\xb3d\xc5\xba; \xc3\xb1"' in content
    assert read_csv(content)[1] == ["Łódź; ñ", 'two\nlines, "quoted"']


def test_notes_stand_above_the_headings_and_the_headings_stay_in_sight():
    content = table([("ACT-1", "x"), ("ACT-2", "y")], note_lines=("OFFICIAL-SENSITIVE", "As at 30 January 2019"))
    rows = read_csv(csv_bytes(content))
    assert rows[:3] == [["OFFICIAL-SENSITIVE"], ["As at 30 January 2019"], ["Ref", "Text"]]
    sheet = read_xlsx(xlsx_bytes(content))
    assert sheet["A1"].value == "OFFICIAL-SENSITIVE"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:B5"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["A3"].font.bold


def test_columns_are_as_wide_as_their_words_within_reason():
    sheet = read_xlsx(xlsx_bytes(table([("ACT-001", "w" * 30), ("ACT-002", "w" * 500)])))
    assert sheet.column_dimensions["A"].width == 10
    assert sheet.column_dimensions["B"].width == 60


@pytest.mark.parametrize(
    "title", ["[Draft]: a/b\\c*?", "A title that is much longer than thirty-one characters", "''", ""]
)
def test_any_title_names_a_sheet(title):
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(Table(title, ["A"], [["x"]]))))
    assert 1 <= len(book.active.title) <= 31


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_a_row_that_does_not_fit_is_named(write):
    with pytest.raises(ValueError, match="'Open actions', row 2: 1 cells for 2 columns"):
        write(table([("a", "b"), ("c",)]))


def test_a_list_that_fails_leaves_nothing_in_the_temporary_folder(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(ValueError, match="row 501"):
        xlsx_bytes(table([*[("a", "b")] * 500, ("c",)]))
    assert list(tmp_path.iterdir()) == []
    xlsx_bytes(table([("a", "b")] * 500))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("write", [csv_bytes, xlsx_bytes])
def test_a_value_that_is_no_text_number_or_day_is_refused(write):
    with pytest.raises(ValueError, match="not list"):
        write(table([("a", ["b"])]))


def test_a_list_without_rows_still_has_its_headings():
    assert read_csv(csv_bytes(table([]))) == [["Ref", "Text"]]
    assert read_xlsx(xlsx_bytes(table([])))["B1"].value == "Text"


def test_the_same_list_gives_the_same_bytes_at_any_time():
    time_machine = pytest.importorskip("time_machine")

    def content() -> Table:
        return table(iter([("a", date(2019, 1, 1))]), prepared_on=date(2019, 2, 1))

    first = xlsx_bytes(content())
    with time_machine.travel(datetime(2031, 1, 1), tick=False):
        assert xlsx_bytes(content()) == first
    assert openpyxl.load_workbook(io.BytesIO(first)).properties.created == datetime(2019, 2, 1)


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_memory_does_not_grow_with_the_rows(write):
    def peak(count: int) -> int:
        tracemalloc.start()
        with open("/dev/null", "wb") as nowhere:
            write(table((f"ACT-{n}", "words of an action " * 5) for n in range(count)), _Unseekable(nowhere))
        _, highest = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return highest

    peak(10)
    assert peak(4000) < peak(1000) + 3_000_000


class _Unseekable(io.RawIOBase):
    """A file that only takes bytes, as an answer to a browser does."""

    def __init__(self, file) -> None:
        self.file = file

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        return self.file.write(data)
