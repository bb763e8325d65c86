"""A Word letter as lines: one for each paragraph, set apart, so that one set of rules reads both kinds of file."""

from collections.abc import Sequence

from throughline.methods.letters.lines import Line
from throughline.methods.letters.word_pages import WordParagraph

_MARGIN, _STEP, _RIGHT = 72.0, 18.0, 523.0
_TOP = 760.0
_APART, _BELOW = 40.0, 14.0  # between paragraphs, and between lines that somebody broke inside one
_LETTER = 5.5


def word_lines(paragraphs: Sequence[WordParagraph], pages: int) -> list[list[Line]]:
    """The lines of each page. Places are made up from indents and levels: Word decides the true ones when it prints."""
    made: list[list[Line]] = [[] for _ in range(pages)]
    base = _TOP
    for paragraph in paragraphs:
        if not paragraph.text.strip():
            continue
        body = _MARGIN + paragraph.indent
        left = body - _STEP if paragraph.bullet else body
        for number, text in enumerate(each for each in paragraph.text.split("\n") if each.strip()):
            begins = number == 0 and not paragraph.continued
            base -= _APART if begins else _BELOW
            shown = " ".join(text.split())
            words = f"{paragraph.bullet} {shown}" if begins and paragraph.bullet else shown
            made[paragraph.page - 1].append(
                Line(
                    text=words, words=words, left=left if begins else body, body=body,
                    right=min(body + _LETTER * len(shown), _RIGHT), top=base + 10.0, bottom=base - 3.0, base=base,
                    size=paragraph.size, bold=paragraph.bold, symbol=bool(begins and paragraph.bullet),
                )
            )  # fmt: skip
    return made
