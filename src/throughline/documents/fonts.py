"""The typeface that documents are printed in, and which characters it can print."""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

FAMILY = "Source Sans 3"


class FontsMissingError(Exception):
    """The typeface's files are not where they should be."""


def font_dir() -> Path:
    """The folder with the typeface's files. Raises FontsMissingError when it is empty."""
    folder = Path(__file__).resolve().parent / "fonts"
    if not any(folder.glob("*.ttf")):
        raise FontsMissingError("Fonts are missing. Run make setup.")
    return folder


@lru_cache(maxsize=8)
def printable(folder: Path) -> frozenset[int]:
    """The code points that every upright and italic face in `folder` together can print.

    A code point counts when each family in the folder that has it has it in every style, because a heading, a strong
    word or a lead paragraph may ask for any style. Raises FontsMissingError when the folder
    holds no TrueType or OpenType file.
    """
    families: dict[str, list[frozenset[int]]] = {}
    for path in sorted(folder.glob("*.[to]tf")):
        families.setdefault(path.stem.split("_")[0].split("-")[0], []).append(_code_points(path.read_bytes()))
    if not families:
        raise FontsMissingError("Fonts are missing. Run make setup.")
    return frozenset().union(*(frozenset.intersection(*faces) for faces in families.values()))


def _code_points(font: bytes) -> frozenset[int]:
    """The code points of a font's Unicode `cmap` (OpenType 1.9, formats 4 and 12) that lead to a glyph."""
    count = struct.unpack_from(">H", font, 4)[0]
    directory = {font[12 + 16 * n : 16 + 16 * n]: struct.unpack_from(">I", font, 20 + 16 * n)[0] for n in range(count)}
    cmap = directory[b"cmap"]
    found: set[int] = set()
    for n in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        platform, _encoding, offset = struct.unpack_from(">HHI", font, cmap + 4 + 8 * n)
        form = struct.unpack_from(">H", font, cmap + offset)[0]
        if platform in (0, 3) and form == 4:
            found |= _segments(font, cmap + offset)
        elif platform in (0, 3) and form == 12:
            found |= _groups(font, cmap + offset)
    return frozenset(found)


def _segments(font: bytes, at: int) -> set[int]:
    segments = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts = at + 14, at + 16 + 2 * segments
    deltas, ranges = starts + 2 * segments, starts + 4 * segments
    found: set[int] = set()
    for n in range(segments):
        end, start, delta, reach = (
            struct.unpack_from(">H", font, table + 2 * n)[0] for table in (ends, starts, deltas, ranges)
        )
        for code in range(start, min(end, 0xFFFE) + 1):
            glyph = code
            if reach:
                glyph = struct.unpack_from(">H", font, ranges + 2 * n + reach + 2 * (code - start))[0]
                if glyph == 0:
                    continue
            if (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _groups(font: bytes, at: int) -> set[int]:
    found: set[int] = set()
    for n in range(struct.unpack_from(">I", font, at + 12)[0]):
        start, end, glyph = struct.unpack_from(">III", font, at + 16 + 12 * n)
        found.update(range(start if glyph else start + 1, end + 1))
    return found
