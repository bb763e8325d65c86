"""Reading letters in a process of its own beside extracting their text in this one."""

import os
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdfium2
from tests.methods import letters_of_our_own as own

from benchmarks.measure import Beside, beside, seconds
from throughline.example import durham_letter
from throughline.files import child, gate

CASES = os.environ.get("THROUGHLINE_CASES", "")


def bare(path: Path) -> None:
    """The text of every page, as PDFium gives it."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        page.get_textpage().get_text_bounded()


def run() -> Iterator[Beside]:
    """The worked example's letter through the gate; a letter of our own writing, and the published ones, read whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "letter.pdf"
        path.write_bytes(durham_letter.letter_pdf())
        yield beside(
            "a letter through the gate and read, each in its own process",
            lambda: (gate.inspect(path, name=path.name), child.run("letter_pages", path)),
            "bare text extraction in this process",
            partial(bare, path),
        )
        ours = Path(folder) / "ours.pdf"
        ours.write_bytes(own.pdf(long_letter()))
        yield read_whole(
            ours, f"a letter of our own, {len(pypdfium2.PdfDocument(ours))} pages: findings and page texts"
        )
    letters = sorted(Path(CASES, "letters").glob("*.pdf")) if CASES else []
    if letters:
        slowest = max(letters, key=lambda each: seconds(partial(child.run, "letter", each)))
        yield read_whole(slowest, f"the slowest of {len(letters)} published letters, in its own process")
        yield beside(
            f"all {len(letters)} published letters, one process each",
            lambda: [child.run("letter", each) for each in letters],
            "bare text extraction in this process",
            lambda: [bare(each) for each in letters],
            runs=3,
        )


def read_whole(path: Path, name: str) -> Beside:
    """Facts, findings and page texts in one opening of the file, as an upload asks for them."""
    return beside(
        name,
        lambda: child.run("letter", path, arguments={"pages": True}),
        "bare text extraction in this process",
        partial(bare, path),
    )


def long_letter() -> own.Letter:
    """A letter as long as the longest: some eighty findings on full pages."""
    strengths = [own.Bullet(f"{text} ({number})") for number in range(14) for text in own.STRENGTHS]
    deficits = [own.Bullet(f"{text} ({number})") for number in range(14) for text in own.IMPROVEMENTS]
    body = (own.Heading("Key strengths"), *strengths, own.Heading("Areas for improvement"), *deficits)
    return own.LETTER_2018.with_body(*body).but(height=842)
