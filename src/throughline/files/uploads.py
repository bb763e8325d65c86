"""Uploads go to a temporary file, and never more of them than the gate would take."""

from typing import Any

from django.core.files.uploadhandler import TemporaryFileUploadHandler

from throughline.files.verdict import DEFAULT


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Keeps one byte more than the limit and drops the rest, so the disk is safe and the gate says why it refuses."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **kwargs)
        self._room = DEFAULT.size + 1

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep what there is room for."""
        kept = raw_data[: self._room]
        self._room -= len(kept)
        if kept:
            super().receive_data_chunk(kept, start)

    def file_complete(self, file_size: int) -> Any:
        """Hand over what was kept, with the size of that."""
        return super().file_complete(min(file_size, DEFAULT.size + 1))
