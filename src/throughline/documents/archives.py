"""Word and Excel files are zip archives: written again without the clock, the same input gives the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable, Mapping
from typing import IO

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


Rewrite = Callable[[IO[bytes], IO[bytes]], object]


def write_without_clock(
    source: IO[bytes],
    target: IO[bytes],
    replaced: Mapping[str, bytes] | None = None,
    rewritten: Mapping[str, Rewrite] | None = None,
) -> None:
    """Copy the archive `source` to `target` with fixed times; `replaced` gives the new content of members by name.

    rewritten: for members that are too long to hold, by name, a function that writes the new content from the old.
    """
    new, again = replaced or {}, rewritten or {}
    with (
        zipfile.ZipFile(source) as archive,
        zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=6) as out,
    ):
        for member in archive.infolist():
            info = zipfile.ZipInfo(member.filename, date_time=_FIRST_DAY_OF_ZIP)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            info.create_system = 3
            if member.filename in new:
                out.writestr(info, new[member.filename])
                continue
            rewrite = again.get(member.filename)
            large = rewrite is not None or member.file_size > 2**31
            with archive.open(member) as content, out.open(info, "w", force_zip64=large) as copy:
                if rewrite is not None:
                    rewrite(content, copy)
                else:
                    shutil.copyfileobj(content, copy, 1 << 16)
