"""Word and Excel files: what they are by their main part, and what is inside them."""

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from throughline.files.archives import Budget, Member, members_of, unpacked
from throughline.files.markup import walk
from throughline.files.verdict import MEGABYTE, SAVE_AGAIN, Fault, Kind

_TYPES = "[Content_Types].xml"
_MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
}
_NOT_TAKEN = {
    "wordprocessingml.template": "is a Word template: save it as a Word document (.docx) and upload it again",
    "spreadsheetml.template": "is an Excel template: save it as an Excel workbook (.xlsx) and upload it again",
    "presentationml": "is a presentation: save it as PDF and upload that",
    "sheet.binary": "is a binary workbook: save it as an Excel workbook (.xlsx) and upload it again",
}
MACROS = "holds macros, which are programs: save it as {} without macros and upload it again"
_ZIP = b"PK\x03\x04"


def inspect_office(file: BinaryIO, budget: Budget) -> tuple[Kind, list[str]]:
    """The kind of a zip-based Office file and what a person should be warned of. Raises Fault."""
    members = members_of(file, budget)
    kind, types = _kind_of(file, members, budget)
    seen: set[str] = set()
    for member in members:
        if member.name != _TYPES:
            seen |= _inside(file, member, types, budget)
    return kind, sorted(seen)


def _kind_of(file: BinaryIO, members: list[Member], budget: Budget) -> tuple[Kind, dict[str, str]]:
    by_name = {member.name.casefold(): member for member in members}
    if _TYPES.casefold() not in by_name:
        other = "mimetype" in by_name and any(name.endswith("content.xml") for name in by_name)
        raise Fault(
            "is an OpenDocument file: save it as .docx or .xlsx and upload it again"
            if other
            else "is a zip archive and no Word or Excel file: unpack it and upload the files inside one by one"
        )
    _, types = walk(unpacked(file, by_name[_TYPES.casefold()], budget), budget.limits.xml_depth)
    listed = " ".join(types.values())
    macros = "macroEnabled" in listed or "vbaProject" in listed or "macrosheet" in listed
    if macros or any("vbaproject" in name or "/macrosheets/" in name for name in by_name):
        raise Fault(MACROS.format(".docx" if "wordprocessingml" in listed else ".xlsx"))
    for part, content_type in types.items():
        if content_type in _MAIN:
            if part not in by_name or "_rels/.rels" not in by_name:
                raise Fault(f"lacks parts that every Word or Excel file has: {SAVE_AGAIN}")
            return _MAIN[content_type], types
    for fragment, sentence in _NOT_TAKEN.items():
        if fragment in listed:
            raise Fault(sentence)
    raise Fault("is no Word or Excel file that can be read: save it as .docx, .xlsx or PDF and upload it again")


def _inside(file: BinaryIO, member: Member, types: dict[str, str], budget: Budget) -> set[str]:
    """Unpack one part to its end, looking into XML and into archives within the archive."""
    pieces = unpacked(file, member, budget)
    first = next(pieces, b"")
    whole = chain([first], pieces)
    name = member.name.casefold()
    ending = name.rpartition(".")[2]
    stated = types.get(name) or types.get(f"*.{ending}", "")
    if first.startswith(_ZIP):
        return _nested(whole, budget)
    is_drawing = ending == "vml"
    if ending in ("xml", "rels", "vml") or stated.endswith("xml") or _looks_like_markup(first):
        if not first and ending == "xml":
            return set()
        return walk(whole, budget.limits.xml_depth, strict=not is_drawing)[0]
    for _ in whole:
        pass
    return set()


def _looks_like_markup(first: bytes) -> bool:
    return first.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00").startswith(b"<?xml")


def _nested(pieces: Iterable[bytes] | Iterator[bytes], budget: Budget) -> set[str]:
    """An archive inside: Word keeps the workbook behind a chart so. One level is taken, with the same budget."""
    if budget.limits.nested - budget.depth <= 0:
        raise Fault(f"holds archives within archives: {SAVE_AGAIN}")
    held = io.BytesIO()
    for piece in pieces:
        held.write(piece)
        if held.tell() > 25 * MEGABYTE:
            raise Fault(f"holds a very large embedded file: {SAVE_AGAIN}")
    budget.depth += 1
    inspect_office(held, budget)
    budget.depth -= 1
    return {"embedded objects"}
