"""How wide the columns of a Word table are: by their shares, but never so narrow that a word of a heading breaks."""

from __future__ import annotations

from docx.shared import Emu, Pt

from throughline.documents.model import Table, plain

_TEXT_SIZE = 9.5  # points, as in the styles of table text and headings
# Per character, as a part of the text's size. Bold letters of the widest faces that stand in for ours (DejaVu Sans,
# Verdana) take 0.60 to 0.73 of it in words such as Actions, Owner and Amount, all of which this and the slack cover.
_WIDEST_CHARACTER = 0.68
_SLACK = 4.0
_MARGINS = 11.0  # points: the cell's left and right margins together
_LONGEST_WORD = 16


def column_widths(table: Table, total: int) -> list[Emu]:
    """The width of each column, in EMU; together `total`.

    Every word of a heading, and every word of a numeric column, has room on one line even in a wider typeface; what
    that takes comes from the other columns, by their shares. Words of more than 16 characters may break. In a table
    with too many columns for its headings, all columns are short in the same proportion.
    """
    least = [_least(table, n) for n in range(len(table.columns))]
    if sum(least) >= total:
        return [Emu(round(total * each / sum(least))) for each in least]
    shares = [column.width_share for column in table.columns]
    narrow: set[int] = set()
    while True:
        rest = total - sum(least[n] for n in narrow)
        whole = sum(share for n, share in enumerate(shares) if n not in narrow)
        widths = [least[n] if n in narrow else rest * share / whole for n, share in enumerate(shares)]
        too_narrow = {n for n, width in enumerate(widths) if width < least[n]}
        if not too_narrow:
            return [Emu(round(width)) for width in widths]
        narrow |= too_narrow


def _least(table: Table, column: int) -> int:
    """The width, in EMU, in which no word that must stay whole breaks."""
    texts = [table.columns[column].label]
    if table.columns[column].numeric:
        texts += [plain(row[column].text) for row in table.cells]
    longest = max(len(word) for text in texts for word in text.split() or [""])
    return Pt(min(longest, _LONGEST_WORD) * _WIDEST_CHARACTER * _TEXT_SIZE + _SLACK + _MARGINS)
