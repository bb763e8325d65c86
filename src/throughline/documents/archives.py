"""Word and Excel files are zip archives: written again without the clock, the same input gives the same bytes."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Mapping
from typing import IO

_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def write_without_clock(source: IO[bytes], target: IO[bytes], replaced: Mapping[str, bytes] | None = None) -> None:
    """Copy the archive `source` to `target` with fixed times; `replaced` gives the new content of members by name."""
    new = replaced or {}
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
            with archive.open(member) as content, out.open(info, "w", force_zip64=member.file_size > 2**31) as copy:
                shutil.copyfileobj(content, copy, 1 << 16)
