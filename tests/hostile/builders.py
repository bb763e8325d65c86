"""Small valid files of each kind, and ways to spoil them. Everything is built here; nothing binary is kept."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

import docx
import openpyxl
import pikepdf
from PIL import Image

DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"


def word(*paragraphs: str) -> bytes:
    """A Word document of these paragraphs."""
    document = docx.Document()
    for each in paragraphs or ("Strategy meetings are held in time.",):
        document.add_paragraph(each)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def excel(*rows: tuple[object, ...]) -> bytes:
    """A workbook of one sheet."""
    workbook = openpyxl.Workbook()
    for row in rows or (("Action", "Status"), ("ACT-001", "On track")):
        workbook.active.append(row)
    held = io.BytesIO()
    workbook.save(held)
    return held.getvalue()


def pdf(*pages: str, password: str = "", attach: bytes = b"", script: str = "") -> bytes:
    """A PDF with one line of Helvetica text a page; an empty text gives an empty page."""
    made = pikepdf.new()
    font = made.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    for text in pages or ("Joint targeted area inspection",):
        page = made.add_blank_page(page_size=(595, 842))
        if text:
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            page.Contents = made.make_stream(f"BT /F1 12 Tf 72 760 Td ({text}) Tj ET".encode())
    if attach:
        made.attachments["evidence.txt"] = attach
    if script:
        made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    held = io.BytesIO()
    made.save(held, encryption=pikepdf.Encryption(user=password, owner="owner") if password else False)
    return held.getvalue()


def looping_pdf() -> bytes:
    """A PDF whose page tree contains itself, with a page count that never ends."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 2000000000 /Parent 2 0 R >>",
        b"<< /Type /Pages /Kids [2 0 R] /Count 3 /Parent 2 0 R >>",
    )
    return raw_pdf(*objects)


def raw_pdf(*objects: bytes) -> bytes:
    """Numbered objects as a PDF; the first is the catalogue."""
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    table += b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    return body + table + trailer


def pdf_with_stream(packed: bytes) -> bytes:
    """A PDF of one page whose drawing is this deflated stream."""
    return raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    )


def deflated(piece: bytes, times: int) -> bytes:
    """`piece` repeated, as a zlib stream, without ever holding it whole."""
    packer = zlib.compressobj(9)
    return b"".join([packer.compress(piece) for _ in range(times)]) + packer.flush()


def png(width: int = 4, height: int = 3) -> bytes:
    """A picture; with a large size only its header claims it."""
    held = io.BytesIO()
    Image.new("RGB", (4, 3), "white").save(held, "PNG")
    small = held.getvalue()
    header = struct.pack(">LL", width, height) + small[24:29]
    return small[:16] + header + struct.pack(">L", zlib.crc32(b"IHDR" + header)) + small[33:]


def jpeg(*, place: bool = False, width: int = 0) -> bytes:
    """A photograph, perhaps with the place where it was taken, perhaps with another width in its header."""
    held = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x8825] = exif.get_ifd(0x8825)
    Image.new("RGB", (4, 3), "white").save(held, "JPEG", exif=exif)
    content = held.getvalue()
    if width:
        at = content.index(b"\xff\xc0")
        content = content[: at + 5] + struct.pack(">HH", width, width) + content[at + 9 :]
    return content


def rezipped(
    content: bytes, *, put: Mapping[str, bytes] | None = None, drop: tuple[str, ...] = (), packed: bool = True
) -> bytes:
    """A zip archive with some members put in or replaced, or left out."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename not in drop and info.filename not in (put or {}):
                new.writestr(info.filename, old.read(info))
        for name, data in (put or {}).items():
            new.writestr(name, data, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return held.getvalue()


def part(content: bytes, name: str) -> bytes:
    """One member's bytes."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def edited(content: bytes, name: str, old: str, new: str) -> bytes:
    """An archive in which a text inside one member is replaced. The text must be there."""
    text = part(content, name).decode()
    assert old in text, old
    return rezipped(content, put={name: text.replace(old, new, 1).encode()})


def with_member(content: bytes, info: zipfile.ZipInfo, data: bytes = b"x") -> bytes:
    """An archive with one more member exactly as `info` describes it, a name twice included."""
    import warnings

    held = io.BytesIO(content)
    with warnings.catch_warnings(), zipfile.ZipFile(held, "a", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        archive.writestr(info, data)
    return held.getvalue()


def patched_directory(content: bytes, name: str, offset: int, value: bytes) -> bytes:
    """Overwrite a field of one member's entry in the central directory (APPNOTE 4.3.12), the local header untouched."""
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    return content[: at + offset] + value + content[at + offset + len(value) :]


def overlapping_bomb(files: int = 200, kernel: int = 1_000_000) -> bytes:
    """An archive whose members share one packed run of zeros, each also quoting the next one's header.

    The construction of D. Fifield, "A better zip bomb" (WOOT 2019): every reader that trusts the headers unpacks
    files x kernel bytes from a few kilobytes.
    """
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = packer.compress(bytes(kernel)) + packer.flush()
    content = bytes(kernel)
    crc, size = zlib.crc32(content), kernel
    blocks: list[tuple[bytes, bytes]] = []
    headers: list[bytes] = []
    for number in reversed(range(files)):
        name = f"word/media/{number:04}.bin".encode()
        if headers:
            quoted = headers[0]
            data = struct.pack("<BHH", 0, len(quoted), 0xFFFF ^ len(quoted)) + quoted + data
            content = quoted + content
            crc, size = zlib.crc32(content), len(content)
        shared = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, crc, len(data), size, len(name), 0)
        headers.insert(0, b"PK\x03\x04" + shared + name)
        blocks.insert(0, (name, shared))
    directory, at = b"", 0
    for (name, shared), header in zip(blocks, headers, strict=True):
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + shared + struct.pack("<3H2L", 0, 0, 0, 0, at) + name
        at += len(header) + 5
    body = headers[0] + data
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, files, files, len(directory), len(body), 0)
