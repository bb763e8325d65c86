"""Zip containers, checked without trusting what they say about themselves.

Python 3.11's own reader takes overlapping entries, sizes and names as the headers state them. Here the central
directory is read and compared with each local header, and each member is unpacked in pieces and counted.
Source of the layout: PKWARE APPNOTE 6.3.10, sections 4.3 and 4.4.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from throughline.files.verdict import SAVE_AGAIN, Fault, Limits

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_LOCAL = struct.Struct("<4s5H3L2H")
_END_MARK, _ENTRY_MARK, _LOCAL_MARK = b"PK\x05\x06", b"PK\x01\x02", b"PK\x03\x04"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF8 = 0x800
_PIECE = 64 * 1024
_DAMAGED = f"is damaged or was cut short: {SAVE_AGAIN}"
_UNSAFE = f"holds a part with an unsafe name: {SAVE_AGAIN}"
TOO_LARGE = "unpacks to more than is safe to read: remove large pictures or sheets, or split it, and upload it again"


@dataclass(frozen=True)
class Member:
    """One entry. Sizes in bytes as the central directory states them; its header is at `at`, its bytes from `start`."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    at: int
    start: int


class Budget:
    """What a file and everything nested in it may still unpack to and hold."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.bytes_left = limits.unpacked_bytes
        self.members_left = limits.members
        self.depth = 0

    def spend(self, count: int) -> None:
        """Take bytes from the budget, or raise Fault."""
        self.bytes_left -= count
        if self.bytes_left < 0:
            raise Fault(TOO_LARGE)


def ends_as_archive(tail: bytes) -> bool:
    """Whether the last bytes of a file are the end of a zip archive, as a zip reader would find it."""
    at = tail.rfind(_END_MARK)
    while at >= 0:
        if len(tail) - at >= _END.size:
            comment = _END.unpack_from(tail, at)[7]
            # A reader also takes an archive with a few stray bytes behind it, so a short remainder counts as its end.
            if at + _END.size + comment <= len(tail) <= at + _END.size + comment + 16:
                return True
        at = tail.rfind(_END_MARK, 0, at)
    return False


def members_of(file: BinaryIO, budget: Budget) -> list[Member]:
    """The entries of the archive, every header checked. Raises Fault."""
    size = file.seek(0, 2)
    file.seek(max(0, size - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise Fault(_DAMAGED)
    _, disk, first_disk, here, total, length, offset, comment = _END.unpack_from(tail, at)
    end = size - len(tail) + at
    if 0xFFFF in (here, total) or 0xFFFFFFFF in (length, offset) or disk or first_disk or here != total:
        raise Fault(f"is packed in an unusual way: {SAVE_AGAIN}")
    if end + _END.size + comment != size or offset + length != end:
        raise Fault(f"has something added in front of it or behind it: {SAVE_AGAIN}")
    budget.members_left -= total
    if budget.members_left < 0:
        raise Fault(f"holds more than {budget.limits.members:,} parts: split it and upload it again")
    file.seek(offset)
    members = list(_entries(file, file.read(length), total, offset))
    _refuse_duplicates(members)
    _refuse_overlaps(members)
    return members


def _entries(file: BinaryIO, directory: bytes, total: int, limit: int) -> Iterator[Member]:
    at = 0
    for _ in range(total):
        if len(directory) - at < _ENTRY.size:
            raise Fault(_DAMAGED)
        (mark, _made, _need, flags, method, _time, _date, crc, packed, size, names, extras, comments, _disk, _inner,
         mode, offset) = _ENTRY.unpack_from(directory, at)  # fmt: skip
        raw = directory[at + _ENTRY.size : at + _ENTRY.size + names]
        at += _ENTRY.size + names + extras + comments
        if mark != _ENTRY_MARK or at > len(directory) or 0xFFFFFFFF in (packed, size, offset):
            raise Fault(_DAMAGED)
        if flags & _ENCRYPTED or method == 99:
            raise Fault("is protected by a password: remove the password and upload it again")
        if method not in (_STORED, _DEFLATED):
            raise Fault(f"is packed in an unusual way: {SAVE_AGAIN}")
        if stat.S_IFMT(mode >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):
            raise Fault(f"holds a link to another place: {SAVE_AGAIN}")
        start = _checked_local_header(file, offset, raw, method)
        if start + packed > limit:
            raise Fault(_DAMAGED)
        yield Member(_name(raw, flags), method, crc, packed, size, offset, start)
    if at != len(directory):
        raise Fault(_DAMAGED)


def _checked_local_header(file: BinaryIO, offset: int, raw: bytes, method: int) -> int:
    """Where the packed bytes begin. The local header must say what the directory says, or two readers would differ."""
    file.seek(offset)
    header = file.read(_LOCAL.size)
    if len(header) < _LOCAL.size:
        raise Fault(_DAMAGED)
    mark, _need, flags, local_method, _time, _date, _crc, _packed, _size, names, extras = _LOCAL.unpack(header)
    if mark != _LOCAL_MARK or local_method != method or flags & _ENCRYPTED or file.read(names) != raw:
        raise Fault(f"holds parts that are described in two different ways: {SAVE_AGAIN}")
    return offset + _LOCAL.size + int(names) + int(extras)


def _name(raw: bytes, flags: int) -> str:
    try:
        name = raw.decode("utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError:
        raise Fault(_UNSAFE) from None
    parts = name.removesuffix("/").split("/")
    if re.search(r"[\x00-\x1f\x7f\\]", name) or re.match("[A-Za-z]:", name) or any(p in ("", ".", "..") for p in parts):
        raise Fault(_UNSAFE)
    return name


def _refuse_duplicates(members: list[Member]) -> None:
    # Office looks its parts up without regard to case.
    if len({member.name.casefold() for member in members}) != len(members):
        raise Fault(f"holds two parts with one name: {SAVE_AGAIN}")


def _refuse_overlaps(members: list[Member]) -> None:
    reached = 0
    for member in sorted(members, key=lambda each: each.at):
        if member.at < reached:
            raise Fault(f"holds parts that lie over each other, as a zip bomb does: {SAVE_AGAIN}")
        reached = member.start + member.packed


def unpacked(file: BinaryIO, member: Member, budget: Budget) -> Iterator[bytes]:
    """The member's bytes in pieces of at most 64 KiB, counted as they come. Raises Fault on the first byte too many."""
    limits = budget.limits
    file.seek(member.start)
    inflate = zlib.decompressobj(-zlib.MAX_WBITS) if member.method == _DEFLATED else None
    left, count, crc = member.packed, 0, 0
    while True:
        pending = inflate.unconsumed_tail if inflate else b""
        if not pending:
            pending = file.read(min(_PIECE, left))
            left -= len(pending)
        try:
            piece = inflate.decompress(pending, _PIECE) if inflate else pending
        except zlib.error:
            raise Fault(_DAMAGED) from None
        count += len(piece)
        crc = zlib.crc32(piece, crc)
        budget.spend(len(piece))
        if count > min(limits.member_bytes, max(limits.ratio_from_bytes, limits.ratio * member.packed)):
            raise Fault(TOO_LARGE)
        if count > member.size:
            raise Fault(f"holds a part that is larger than it says: {SAVE_AGAIN}")
        if piece:
            yield piece
        elif not pending:
            break
    if count != member.size or crc != member.crc or left or (inflate and (not inflate.eof or inflate.unused_data)):
        raise Fault(_DAMAGED)
