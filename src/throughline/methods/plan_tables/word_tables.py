"""The tables of a Word document as grids, in reading order, each with the heading that stands above it.

The file was written by strangers: run this in a process of its own with limits of time and memory. What somebody
struck out by a tracked change is left out, what they put in is there; a table within a cell is words of that cell.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import LxmlError

from throughline.methods.plan_tables.colours import NOT_TOLD
from throughline.methods.plan_tables.grids import (
    EMPTY,
    MOST_CHARACTERS,
    MOST_COLUMNS,
    MOST_GRIDS,
    Cell,
    Grid,
    Row,
    Tables,
    Unreadable,
    check_size,
    trimmed,
)
from throughline.methods.plan_tables.word_numbers import Numbers

_GONE = frozenset({qn("w:del"), qn("w:moveFrom")})
_WITHIN = (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo"))
_LONGEST_HEADING = 200
_SIX = re.compile("[0-9A-Fa-f]{6}")
_DAMAGE = (KeyError, ValueError, TypeError, AttributeError, zipfile.BadZipFile, OSError, LxmlError)


def read_document(path: Path, *, name: str) -> Tables:
    """The tables of a Word document. `name` is what sentences call the file. Raises Unreadable."""
    try:
        document = docx.Document(str(path))
        return Tables(tuple(_grids(document, name)))
    except Unreadable:
        raise
    except (PackageNotFoundError, *_DAMAGE) as error:
        raise Unreadable(
            f"{name} could not be read as a Word document: open it in Word, save it again as .docx and upload that."
        ) from error


def _grids(document: Any, name: str) -> Iterator[Grid]:
    heading, number, said = "", 0, 0
    numbers = Numbers(document)
    for block in _children(document.element.body, qn("w:p"), qn("w:tbl")):
        if block.tag == qn("w:p"):
            numbers.of(block)
            heading = _heading(block, document) or heading
            continue
        number += 1
        if number > MOST_GRIDS:
            raise Unreadable(f"{name} has more than {MOST_GRIDS} tables: upload one that holds only the plan.")
        rows = []
        for row in _rows(block, numbers, f"{name}, table {number}"):
            said += sum(len(each.text) for each in row.cells)
            if said > MOST_CHARACTERS:
                raise Unreadable(f"{name} has more text than any plan: delete what is not the plan and upload it.")
            rows.append(row)
        if kept := trimmed(rows):
            yield Grid(f"table {number}", heading, kept)


def _children(parent: Any, *tags: str) -> Iterator[Any]:
    """The children of these kinds, those inside content controls and tracked insertions too."""
    for each in parent:
        if each.tag in tags:
            yield each
        elif each.tag in _WITHIN:
            yield from _children(each, *tags)


def _rows(table: Any, numbers: Numbers, where: str) -> Iterator[Row]:
    for number, row in enumerate(_children(table, qn("w:tr")), start=1):
        check_size(number, 0, where)
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue  # struck out by a tracked change
        says = False
        cells: list[Cell] = [EMPTY] * _number(row, "w:trPr/w:gridBefore")
        for cell in _children(row, qn("w:tc")):
            merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            covered = merge is not None and merge.get(qn("w:val"), "continue") == "continue"
            words, number_of_word = _words(cell, numbers)
            says = says or bool(words)
            cells.append(Cell(down=True) if covered else Cell(words or number_of_word, fill=_fill(cell)))
            cells += [Cell(across=True)] * (max(_number(cell, "w:tcPr/w:gridSpan"), 1) - 1)
            check_size(0, min(len(cells), MOST_COLUMNS + 1), where)
        if says:  # a row of nothing but Word's own number waits for its action
            yield Row(number, tuple(cells))


def _fill(cell: Any) -> str:
    """The shading of a cell as six hexadecimal digits, `NOT_TOLD` for a pattern of two colours; empty for none."""
    shading = cell.find(f"{qn('w:tcPr')}/{qn('w:shd')}")
    if shading is None:
        return ""
    pattern = shading.get(qn("w:val"), "clear")
    if pattern == "nil":
        return ""
    said = shading.get(qn("w:color" if pattern == "solid" else "w:fill"), "auto")
    if pattern not in ("clear", "solid"):
        return NOT_TOLD
    if _SIX.fullmatch(said):
        return str(said).upper()
    return NOT_TOLD if pattern == "solid" or shading.get(qn("w:themeFill")) is not None else ""


def _number(element: Any, path: str) -> int:
    found = element.find("/".join(qn(each) for each in path.split("/")))
    value = found.get(qn("w:val"), "0") if found is not None else "0"
    return min(int(value), MOST_COLUMNS + 1) if value.isdecimal() else 0


def _words(cell: Any, numbers: Numbers) -> tuple[str, str]:
    """(a cell's words, a line for each paragraph; the number that Word itself puts there)."""
    lines, given = [], []
    for each in cell.iter(qn("w:p")):
        given.append(numbers.of(each))
        lines.append("".join(_pieces(each)).strip())
    return "\n".join(filter(None, lines)), "\n".join(filter(None, given))


def _pieces(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph, without what was struck out and without paragraphs inside it."""
    for each in paragraph:
        if each.tag in _GONE or each.tag == qn("w:p"):
            continue
        if each.tag == qn("w:t"):
            yield each.text or ""
        elif each.tag in (qn("w:tab"), qn("w:noBreakHyphen")):
            yield " " if each.tag == qn("w:tab") else "-"
        elif each.tag in (qn("w:br"), qn("w:cr")):
            yield "\n"
        elif each.tag not in (qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:txbxContent")):
            yield from _pieces(each)


def _heading(paragraph: Any, document: Any) -> str:
    """The paragraph's words where it is a heading by its style, or short and all in bold; else nothing."""
    words = " ".join("".join(_pieces(paragraph)).split())
    if not words or len(words) > _LONGEST_HEADING:
        return ""
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    if style is not None and style.get(qn("w:val"), "").casefold().startswith(("heading", "title")):
        return words
    runs = [each for each in paragraph.iter(qn("w:r")) if "".join(_pieces(each)).strip()]
    bold = [each.find(f"{qn('w:rPr')}/{qn('w:b')}") for each in runs]
    is_bold = all(each is not None and each.get(qn("w:val"), "1") not in ("0", "false", "off") for each in bold)
    return words if runs and is_bold else ""
