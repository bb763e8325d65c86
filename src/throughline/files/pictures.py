"""Pictures, judged by their headers alone: nothing is decoded."""

import struct
import zlib
from typing import BinaryIO

from throughline.files.verdict import Fault, Limits

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
_DAMAGED = "is a damaged picture: open it, save it again and upload the new copy"
_TOO_LARGE = "has too many pixels to be shown safely: make the picture smaller and upload it again"
_LOCATION_TAG = 0x8825
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD9)}
LOCATION = "the place where the picture was taken"


def _check_size(width: int, height: int, limits: Limits) -> None:
    if not width or not height:
        raise Fault(_DAMAGED)
    if width * height > limits.pixels or max(width, height) > limits.side:
        raise Fault(_TOO_LARGE)


def inspect_png(file: BinaryIO, limits: Limits) -> list[str]:
    """Walk a PNG's chunks; gives what to warn of. Raises Fault. Source: PNG, third edition, section 5."""
    file.seek(len(PNG))
    found: list[str] = []
    first = True
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise Fault(_DAMAGED)
        length, name = struct.unpack(">L4s", head)
        if length > limits.size:
            raise Fault(_DAMAGED)
        body, check = file.read(length), file.read(4)
        if len(check) < 4 or zlib.crc32(name + body) != int.from_bytes(check, "big") or first != (name == b"IHDR"):
            raise Fault(_DAMAGED)
        if first:
            if length != 13:
                raise Fault(_DAMAGED)
            width, height = struct.unpack(">LL", body[:8])
            _check_size(width, height, limits)
            first = False
        elif name == b"eXIf" and _tells_place(body):
            found.append(LOCATION)
        elif name == b"IEND":
            break
    if file.read(1):
        raise Fault("has something added behind the picture: open it, save it again and upload the new copy")
    return found


def inspect_jpeg(file: BinaryIO, limits: Limits) -> list[str]:
    """Walk a JPEG's segments up to its picture data; gives what to warn of. Raises Fault. Source: ITU T.81, annex B."""
    file.seek(2)
    found: list[str] = []
    sized = False
    while True:
        mark = file.read(2)
        while len(mark) == 2 and mark == b"\xff\xff":
            mark = b"\xff" + file.read(1)
        if len(mark) < 2 or mark[0] != 0xFF:
            raise Fault(_DAMAGED)
        if mark[1] in _ALONE:
            continue
        head = file.read(2)
        length = int.from_bytes(head, "big") - 2
        body = file.read(length) if len(head) == 2 and length >= 0 else b""
        if len(body) != length or mark[1] == 0xD9:
            raise Fault(_DAMAGED)
        if mark[1] in _SIZES:
            if length < 6:
                raise Fault(_DAMAGED)
            height, width = struct.unpack(">HH", body[1:5])
            _check_size(width, height, limits)
            sized = True
        elif mark[1] == 0xE1 and body.startswith(b"Exif\x00\x00") and _tells_place(body[6:]):
            found.append(LOCATION)
        elif mark[1] == 0xDA:
            break
    if not sized or b"\xff\xd9" not in file.read():
        raise Fault(_DAMAGED)
    return found


def _tells_place(exif: bytes) -> bool:
    """Whether picture metadata points to a position on the map (TIFF 6.0 directory, Exif tag 0x8825)."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return False
    at = struct.unpack_from(f"{order}L", exif, 4)[0]
    if at + 2 > len(exif):
        return False
    count = struct.unpack_from(f"{order}H", exif, at)[0]
    tags = (exif[at + 2 + 12 * each : at + 4 + 12 * each] for each in range(count))
    return any(len(tag) == 2 and struct.unpack(f"{order}H", tag)[0] == _LOCATION_TAG for tag in tags)
