"""Reading a letter's pages in a process of its own beside extracting the text in this one."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdfium2

from benchmarks.measure import Beside, beside
from throughline.example import durham_letter
from throughline.files import child, gate


def run() -> Iterator[Beside]:
    """The worked example's letter, printed many times over to the length of a real one."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.pdf"
        path.write_bytes(durham_letter.letter_pdf())

        def bare() -> None:
            document = pypdfium2.PdfDocument(path)
            for page in document:
                page.get_textpage().get_text_bounded()

        yield beside(
            "a letter through the gate and read, each in its own process",
            lambda: (gate.inspect(path, name=path.name), child.run("letter_pages", path)),
            "bare text extraction in this process",
            bare,
        )
