"""Encrypting a stream with a passphrase, so that a backup can be kept where others may read the disk.

The file: 22 bytes of `MAGIC`, 16 of salt, 7 of nonce prefix, then pieces of at most `PIECE` bytes, each followed by its
16-byte tag. The key is scrypt (n = 2^15, r = 8, p = 1) of the passphrase; each piece is AES-256-GCM under the nonce
prefix || counter (4 bytes, big-endian) || 1 for the last piece, else 0. So a piece that is changed, moved, left out or
cut off does not open (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár, 2015).
"""

import hashlib
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC = b"THROUGHLINE-SEALED-1\r\n"
PIECE = 1024 * 1024
_TAG = 16
_SALT, _PREFIX = 16, 7


class CannotOpen(Exception):
    """The passphrase is wrong, or the file is not as it was written."""


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, n=2**15, r=8, p=1, maxmem=64 * 1024 * 1024, dklen=32)


def is_sealed(file: BinaryIO) -> bool:
    """Whether a file begins as a sealed one does. Leaves the file at its beginning."""
    begins = file.read(len(MAGIC))
    file.seek(0)
    return begins == MAGIC


class Sealer:
    """A file to write to: what is written comes out encrypted in `target`. `close` writes the last piece."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._target, self._cipher = target, AESGCM(_key(passphrase, salt))
        self._held, self._count = bytearray(), 0
        target.write(MAGIC + salt + self._prefix)

    def write(self, data: bytes) -> int:
        """Take more bytes; a piece is written once it is known not to be the last."""
        self._held += data
        while len(self._held) > PIECE:
            self._piece(bytes(self._held[:PIECE]), last=False)
            del self._held[:PIECE]
        return len(data)

    def _piece(self, data: bytes, *, last: bool) -> None:
        nonce = self._prefix + self._count.to_bytes(4, "big") + bytes([last])
        self._target.write(self._cipher.encrypt(nonce, data, MAGIC))
        self._count += 1

    def close(self) -> None:
        """Write the last piece. `target` stays open."""
        self._piece(bytes(self._held), last=True)
        self._held.clear()


class Opener:
    """A file to read from: the plain bytes of a sealed one. Every byte was authenticated before it is given."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        if source.read(len(MAGIC)) != MAGIC:
            raise CannotOpen
        salt, self._prefix = source.read(_SALT), source.read(_PREFIX)
        self._source, self._cipher = source, AESGCM(_key(passphrase, salt))
        self._ready, self._count, self._ended = bytearray(), 0, False
        self._next = source.read(PIECE + _TAG)

    def read(self, size: int = -1) -> bytes:
        """Up to `size` plain bytes; b'' at the end. Raises CannotOpen."""
        while not self._ended and (size < 0 or len(self._ready) < size):
            piece, self._next = self._next, self._source.read(PIECE + _TAG)
            self._ended = not self._next
            nonce = self._prefix + self._count.to_bytes(4, "big") + bytes([self._ended])
            try:
                self._ready += self._cipher.decrypt(nonce, piece, MAGIC)
            except (InvalidTag, ValueError) as error:
                raise CannotOpen from error
            self._count += 1
        size = len(self._ready) if size < 0 else size
        given = bytes(self._ready[:size])
        del self._ready[:size]
        return given
