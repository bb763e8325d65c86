"""How wide words are before anybody draws them, so that text is broken and cut to fit a drawing.

Widths are the advances of Source Sans 3, the typeface of our pages and papers, in thousandths of its size, as its files
have them (table `hmtx`; release 3.052, SIL Open Font Licence). Kerning, which only narrows, is left out. Drawings print
the width beside the words, so that another typeface is squeezed into the same room.
"""

from collections.abc import Callable, Mapping
from itertools import accumulate


def _table(*widths: tuple[int, str]) -> Mapping[str, int]:
    return {each: width for width, characters in widths for each in characters}


_REGULAR = _table(
    (200, " "), (241, "|"), (246, "i"), (247, "j"), (249, "',.:;’‘·"), (255, "l"), (263, "I"), (289, "!"),
    (292, "f"), (303, "()[]{}"), (311, "-"), (338, "t"), (347, "r"), (350, "/\\"), (418, "*"), (419, "s"),
    (425, "?z"), (426, "\"“”"), (446, "x"), (456, "c"), (467, "vy"), (476, "Y"), (479, "J"), (480, "–"), (486, "L"),
    (494, "F"), (495, "k"), (496, "eé"), (497, "#$+0123456789<=>^~£"), (500, "_"), (504, "ag"), (513, "X"),
    (515, "V"), (527, "E"), (534, "S"), (536, "T"), (539, "Z"), (542, "`o"), (543, "A"), (544, "hu"), (547, "n"),
    (553, "b"), (555, "dpq"), (566, "P"), (569, "R"), (571, "C"), (579, "K"), (588, "B"), (609, "&"), (615, "D"),
    (617, "G"), (645, "U"), (647, "N"), (652, "H"), (664, "OQ"), (719, "w"), (727, "M"), (786, "W"), (800, "—"),
    (824, "%"), (829, "m"), (847, "@"), (948, "…"),
)  # fmt: skip
_SEMIBOLD = _table(
    (200, " "), (255, "|"), (262, "i"), (263, "j"), (271, "l"), (275, "',.:;’‘·"), (282, "I"), (315, "!"),
    (317, "f"), (322, "-"), (324, "()[]{}"), (344, "/\\"), (361, "t"), (373, "r"), (431, "s"), (438, "*"),
    (443, "z"), (444, "?"), (462, "c"), (480, "–"), (481, "x"), (482, "\"“”"), (494, "J"), (495, "vy"), (500, "_"),
    (501, "Y"), (502, "L"), (507, "eé"), (510, "F"), (513, "#$+0123456789<=>^~£"), (516, "a"), (520, "g"),
    (522, "k"), (536, "V"), (538, "E"), (540, "Z"), (541, "X"), (545, "S"), (546, "T"), (549, "`o"), (556, "u"),
    (558, "Ah"), (560, "n"), (563, "b"), (564, "dpq"), (576, "C"), (582, "P"), (592, "R"), (597, "BK"), (625, "D"),
    (628, "G"), (639, "&"), (655, "U"), (657, "N"), (663, "H"), (674, "OQ"), (745, "M"), (748, "w"), (800, "W—"),
    (841, "%"), (843, "m"), (875, "@"), (964, "…"),
)  # fmt: skip
_OTHER = 560  # accented letters and the rest of Latin
_WIDE = 1000  # everything beyond the alphabets of Europe
CUT = "…"


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is at a size, in the size's unit."""
    return sum(map(_widths(bold), text)) * size / 1000


def _widths(bold: bool) -> Callable[[str], int]:
    table = _SEMIBOLD if bold else _REGULAR
    return lambda each: table.get(each, _OTHER if ord(each) < 0x530 else _WIDE)


def cut(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """`text` on one line, cut with an ellipsis where it is too long. At least its first letter stays."""
    text = " ".join(text.split())
    if width_of(text, size, bold=bold) <= width:
        return text
    of, left = _widths(bold), width * 1000 / size - _widths(bold)(CUT)
    ends = [n for n, used in enumerate(accumulate(map(of, text)), 1) if used <= left]
    return text[: max(1, ends[-1] if ends else 0)].rstrip(" ,;.:-–") + CUT


def broken(text: str, width: float, size: float, *, lines: int, bold: bool = False) -> tuple[str, ...]:
    """`text` on at most so many lines, broken between words; the last is cut where the text goes on. () for no text."""
    words, found = text.split(), list[str]()
    while words and len(found) < lines - 1:
        line = words.pop(0)
        while words and width_of(f"{line} {words[0]}", size, bold=bold) <= width:
            line = f"{line} {words.pop(0)}"
        found.append(cut(line, width, size, bold=bold))
    return (*found, cut(" ".join(words), width, size, bold=bold)) if words else tuple(found)
