"""The reader of plans' tables meets files that are none, are broken or never end, and reads each or says why not."""

import io
import re
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.hostile import builders
from tests.hostile.corpus import HOSTILE
from tests.methods import plans_of_our_own as own
from throughline.files import child
from throughline.files.verdict import Refused
from throughline.methods.plan_tables.grids import from_json
from throughline.methods.plan_tables.headings import tables_in
from throughline.methods.plan_tables.rows import rows_of

SECONDS, MEGABYTES = 5.0, 256.0
HEAD = ("Action", "Lead", "Due date", "Progress")


def told(content: bytes, folder: Path, name: str = "plan.xlsx") -> tuple[dict | None, str]:
    """(the tables or None, the refusal or nothing). Fails when it takes too long or too much, or says too little."""
    path = folder / "upload"
    path.write_bytes(content)
    began = time.monotonic()
    try:
        answer = child.run("plan_tables", path, name=name, arguments={"name": name})
        found, sentence, extra = answer.value, "", answer.extra_mb
    except Refused as refused:
        found, sentence, extra = None, refused.sentence, refused.extra_mb
    assert time.monotonic() - began <= SECONDS + 0.5
    assert extra <= MEGABYTES
    if found is None:
        assert sentence.startswith(name)
        assert re.search(r": .+\.$", sentence)
        assert "Traceback" not in sentence
    return found, sentence


def changed(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """An Office file with the first of some bytes in a part changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new, 1)
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, each in parts.items():
            archive.writestr(name, each)
    return held.getvalue()


def test_a_plan_is_read_here(tmp_path: Path) -> None:
    for name, content in (("plan.xlsx", own.workbook(own.HIERARCHY)), ("plan.docx", own.word(own.HIERARCHY))):
        found, _ = told(content, tmp_path, name)
        assert found is not None
        assert tables_in(from_json(found).grids)[0].known


@pytest.mark.parametrize("case", HOSTILE, ids=lambda case: case.title)
def test_what_the_gate_refuses_is_answered_here_too(case, tmp_path: Path) -> None:
    found, sentence = told(case.build(), tmp_path)
    assert found is not None or sentence


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing", builders.pdf(), own.word()])
def test_what_holds_no_table_says_so(content, tmp_path: Path) -> None:
    found, sentence = told(content, tmp_path)
    assert found is None
    assert sentence


def test_too_many_rows_and_columns_are_refused_in_a_sentence(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.cell(5_100, 1, "Do it")
    held = io.BytesIO()
    book.save(held)
    _, rows = told(held.getvalue(), tmp_path)
    assert rows.startswith("plan.xlsx, sheet ‘Sheet’ has more than 5,000 rows: ")
    _, columns = told(builders.excel(HEAD, tuple("x" * 70)), tmp_path)
    assert columns.startswith("plan.xlsx, sheet ‘Sheet’ has more than 60 columns: ")


def test_a_sheet_that_is_formatted_to_its_end_is_read_all_the_same(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(HEAD)
    book.active.append(("Do it", "Police", "31/3/2026", ""))
    book.active.cell(1_048_576, 1).number_format = "0.00"
    book.active.cell(3, 16_384).number_format = "0.00"
    held = io.BytesIO()
    book.save(held)
    endless = b'<mergeCells count="1"><mergeCell ref="A5:XFD900000"/></mergeCells><pageMargins'
    found, sentence = told(changed(held.getvalue(), builders.SHEET, b"<pageMargins", endless), tmp_path)
    assert sentence == ""
    assert found is not None
    assert len(found["grids"][0]["rows"]) == 2


def test_a_table_that_pretends_to_span_without_end_is_read_or_refused(tmp_path: Path) -> None:
    document = own.word(own.Table("Plan", [HEAD, ("Do it", "Police", "31/3/2026", "")]))
    spanning = b'<w:tcPr><w:gridSpan w:val="999999999"/>'
    content = changed(document, builders.DOCUMENT, b"<w:tcPr>", spanning)
    found, sentence = told(content, tmp_path, "plan.docx")
    assert found is not None or "columns" in sentence


@pytest.mark.parametrize("endless", [
    "9.12.16 " * 4_000, "1/" * 16_000, "31 December " * 2_500, "(" * 32_000, "• " * 16_000, ". " * 16_000, "a" * 32_000,
    "by 1 May 2026, " * 2_000, "AFI-" * 8_000, "\n" * 32_000, "update: " * 4_000,
])  # fmt: skip
def test_no_repetition_in_a_cell_keeps_anybody_waiting(endless: str, tmp_path: Path) -> None:
    from throughline.methods.plan_tables.drafts import draft_of
    from throughline.methods.plan_tables.fields import Field

    found, _ = told(builders.excel(HEAD, (endless, endless, endless, endless)), tmp_path)
    assert found is not None
    began = time.monotonic()
    for table in tables_in(from_json(found).grids):
        for row in rows_of(table, [each.means or Field.NOTE for each in table.headings]):
            draft_of(row)
    assert time.monotonic() - began < 2.0
