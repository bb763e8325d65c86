"""What a file is by its content, and whether it may come in. Runs in the reader's process only."""

import codecs
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from throughline.files.archives import Budget, ends_as_archive
from throughline.files.names import ending_of, safe_name
from throughline.files.office import inspect_office
from throughline.files.pictures import JPEG, PNG, inspect_jpeg, inspect_png
from throughline.files.portable import MARK, inspect_pdf
from throughline.files.verdict import MEGABYTE, Fault, Kind, Limits, Refused, Verdict

ENDINGS = {
    "pdf": Kind.PDF,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "png": Kind.PNG,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "txt": Kind.TEXT,
    "csv": Kind.CSV,
}
TAKEN = "PDF, Word (.docx), Excel (.xlsx), PNG, JPEG, text (.txt) or CSV"
_PRINTED = {
    Kind.PDF: "a PDF",
    Kind.DOCX: "a Word document",
    Kind.XLSX: "an Excel workbook",
    Kind.PNG: "a PNG picture",
    Kind.JPEG: "a JPEG picture",
    Kind.TEXT: "plain text",
    Kind.CSV: "CSV text",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"MZ", "is a program: programs are never taken in, so upload the document itself"),
    (b"\x7fELF", "is a program: programs are never taken in, so upload the document itself"),
    (b"Rar!", "is an archive: unpack it and upload the files inside one by one"),
    (b"7z\xbc\xaf", "is an archive: unpack it and upload the files inside one by one"),
    (b"\x1f\x8b", "is an archive: unpack it and upload the files inside one by one"),
    (b"GIF8", "is a GIF picture: save it as PNG or JPEG and upload it again"),
    (b"RIFF", "is a picture or recording of another kind: save a picture as PNG or JPEG and upload it again"),
    (b"II*\x00", "is a TIFF picture: save it as PDF, PNG or JPEG and upload it again"),
    (b"MM\x00*", "is a TIFF picture: save it as PDF, PNG or JPEG and upload it again"),
    (b"{\\rtf", "is a Rich Text file: save it as a Word document (.docx) and upload it again"),
    (b"%!PS", "is a PostScript file: save it as PDF and upload that"),
)
_MARKUP = re.compile(r"\s*<(\?xml|\?php|!doctype|!--|html|head|body|svg|script|iframe|[a-z]+[\s>/])", re.IGNORECASE)
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
_OVERRIDES = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2060]")
# The 68 characters that every virus scanner knows, in two halves so that this file does not set one off.
_VIRUS_TEST = (b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR", b"-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*")


def examine(path: Path, *, name: str, limits: Limits) -> Verdict:
    """Judge one file. Raises Refused with a sentence that begins with the file's display name."""
    name = safe_name(name)
    try:
        with path.open("rb") as file:
            return _judged(file, ending_of(name), limits)
    except Fault as fault:
        raise Refused(f"{name} {fault}.") from None


def check_size(size: int, limits: Limits) -> None:
    """Refuse nothing and too much before anything else is looked at."""
    if not size:
        raise Fault("is empty: check that it was saved and upload it again")
    if size > limits.size:
        raise Fault(
            f"is larger than {limits.size // MEGABYTE} MB, which is the limit: "
            "make it smaller or split it, and upload it again"
        )


def _judged(file: BinaryIO, ending: str, limits: Limits) -> Verdict:
    size = file.seek(0, 2)
    check_size(size, limits)
    file.seek(0)
    head = file.read(4096)
    if head.startswith(_OLE):
        raise Fault(_legacy(file))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        found = _office(file, limits)
    elif head.startswith(PNG):
        found = Verdict(Kind.PNG, _warnings(inspect_png(file, limits)))
    elif head.startswith(JPEG):
        found = Verdict(Kind.JPEG, _warnings(inspect_jpeg(file, limits)))
    elif MARK in head[: 1024 + len(MARK)]:
        found = Verdict(Kind.PDF, _warnings(inspect_pdf(file, size, limits)))
    else:
        found = _text(file, head, ending)
    _refuse_hidden_archive(file, size, found.kind)
    _agree(found.kind, ending)
    return found


def _agree(kind: Kind, ending: str) -> None:
    expected = ENDINGS.get(ending)
    if expected is None:
        shown = f"ends in .{ending[:20]}" if ending else "has no ending that says what it is"
        raise Fault(f"{shown}: upload {TAKEN}")
    if expected != kind:
        raise Fault(
            f"ends in .{ending} but its content is {_PRINTED[kind]}: give it its right ending or upload the right file"
        )


def _warnings(found: list[str]) -> tuple[str, ...]:
    return tuple(f"The file holds {each}: check whether that may be shared." for each in found)


def _legacy(file: BinaryIO) -> str:
    file.seek(0)
    if "EncryptedPackage".encode("utf-16-le") in file.read():
        return "is protected by a password: remove the password and upload it again"
    return "is in an old Office format or an e-mail: save it as .docx, .xlsx or PDF and upload that"


def _office(file: BinaryIO, limits: Limits) -> Verdict:
    kind, seen = inspect_office(file, Budget(limits))
    return Verdict(kind, _warnings(seen))


def _refuse_hidden_archive(file: BinaryIO, size: int, kind: Kind) -> None:
    if kind not in (Kind.DOCX, Kind.XLSX):
        file.seek(max(0, size - 70_000))
        if ends_as_archive(file.read()):
            raise Fault(f"is {_PRINTED[kind]} and a zip archive at once: save it again and upload the new copy")


def _text(file: BinaryIO, head: bytes, ending: str) -> Verdict:
    for mark, sentence in _OTHERS:
        if head.startswith(mark):
            raise Fault(sentence)
    if head.lstrip().startswith(b"".join(_VIRUS_TEST)):
        raise Fault("is the standard test file of virus scanners: it holds no evidence, so there is nothing to upload")
    file.seek(0)
    text, encoding = _decoded(file.read())
    if _MARKUP.match(text):
        raise Fault("is a web page or other markup: save it as PDF and upload that")
    if _NOT_TEXT.search(text.removesuffix("\x1a")):
        raise Fault(f"is of a kind that cannot be read: upload {TAKEN}")
    if not text.strip():
        raise Fault("is empty: check that it was saved and upload it again")
    warnings = []
    if _OVERRIDES.search(text):
        warnings.append("The file holds invisible characters that change how text is shown: read it with care.")
    if encoding == "cp1252":
        warnings.append("The file is not written in UTF-8: check that accents and quotation marks are right.")
    return Verdict(Kind.CSV if ending == "csv" else Kind.TEXT, tuple(warnings), encoding)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and the encoding it is in: UTF-8, UTF-16 with its mark, or Windows-1252."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Fault("is written in an unusual encoding: save it as UTF-8 and upload it again")
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    if b"\x00" in content or not utf16:
        raise Fault(f"is of a kind that cannot be read: upload {TAKEN}")
    raise Fault("is written in an unusual encoding: save it as UTF-8 and upload it again")


def task(path: Path, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """The gate's work in the reader's process."""
    verdict = examine(path, name=arguments["name"], limits=Limits(**arguments["limits"]))
    return asdict(verdict), b""
