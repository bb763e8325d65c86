"""What the gate may say about a file, and the limits that it holds files to."""

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024
SAVE_AGAIN = "open it in the program that made it, save it again and upload the new copy"


class Kind(StrEnum):
    """What a file is by its content. Nothing else is taken in."""

    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    PNG = "png"
    JPEG = "jpeg"
    TEXT = "text"
    CSV = "csv"


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, counts and depths as whole numbers. The defaults suit letters, plans, workbooks and evidence."""

    size: int = 25 * MEGABYTE
    members: int = 2_000
    member_bytes: int = 100 * MEGABYTE
    unpacked_bytes: int = 200 * MEGABYTE
    ratio: int = 200
    ratio_from_bytes: int = 10 * MEGABYTE
    nested: int = 1
    xml_depth: int = 200
    pixels: int = 50_000_000
    side: int = 20_000
    pdf_pages: int = 2_000
    seconds: float = 5.0
    memory_mb: int = 256


DEFAULT = Limits()


@dataclass(frozen=True)
class Verdict:
    """An admitted file. `warnings` are sentences for the person who uploads it; `encoding` is set for text and CSV."""

    kind: Kind
    warnings: tuple[str, ...] = ()
    encoding: str = ""


class Refused(ValueError):
    """A file is not taken in, or could not be read. The text is one sentence: which file, what is wrong, what to do.

    `extra_mb` is the memory that finding out took, where the reader lived to tell.
    """

    extra_mb: float = 0.0

    @property
    def sentence(self) -> str:
        """The sentence as it is shown."""
        return str(self.args[0])


class Fault(Exception):
    """What is wrong with a file, as the rest of a sentence that begins with its name: 'is empty: upload ...'."""
