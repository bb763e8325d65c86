"""Lines into paragraphs: bullets, headings and running text, over page breaks, without page numbers and footnotes."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from string import ascii_lowercase, ascii_uppercase

from throughline.methods.letters.headings import heading_of
from throughline.methods.letters.lines import Line

_GAP = 1.25  # of the usual distance between lines: from here on a paragraph ends
_SMALL = 0.88  # of the usual size: from here down it is a footnote
_SMALLER = 0.97  # and from here down where a raised figure begins it
_SIGN_OFF = 6.0  # points that a bullet may stand above or below its words
_SIGN_INSIDE = 60.0  # points between a bullet and its words
_OTHER_SIZE = 1.0  # points between the sizes of a heading and of its text
_MOST_NOTE_LINES = 10
_MOST_TWICE = 12  # words: what is printed twice over itself is a line at most
_SIGNS = "→⇒➔➜⬛⬜⚫⚪•▪■◼●◾▸►▶‣⁃∙◦○✓✔➢➤❖◆♦·▫□❑\ufffd"
_BULLET = re.compile(rf"[{_SIGNS}\ue000-\uf8ff]\s*(?=\S)")
# Whatever else is no letter and stands in front of a space: '→', '»', '*'. A quotation or a bracket does not.
_OTHER_SIGN = re.compile(r"[^\w\s‘’“”\"'()\[\]£$€&@#.,;:!?%/+=<~…–—\u2212-]\s+(?=\S)")
_DASH = re.compile(r"[-–—\u2212]\s+(?=\S)")
# The letters that a symbol font prints as circles, squares, arrows and ticks.
_LETTER_SIGN = re.compile(r"[olnqvwuØü]\s+(?=\S)")
_ROMAN = r"(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
# 'aa' and 'bb' follow 'z'.
_LETTERS = "|".join(f"{each}{{1,4}}" for each in f"{ascii_lowercase}{ascii_uppercase}")
_COUNT = rf"(?:\d{{1,2}}|{_LETTERS}|{_ROMAN}|{_ROMAN.upper()})"
# 'A. Person' is no count.
_NUMBER = re.compile(rf"(?![A-HJ-UWYZ]\.){_COUNT}[.)]\s+(?=\S)|\({_COUNT}\)\s+(?=\S)")
_ENDED = re.compile(r"[.?!:;][’”'\")\]]*$")
_ANY_NUMBER = re.compile(r"\d+")
_MOST_NUMBERS = 2  # of a running line: 'Page 3 of 12'; text may repeat with more
_FIGURE = re.compile(r"(?:page\s*(?:\|\s*)?)?(\d{1,3})(?:\s*(?:of|/)\s*\d{1,3})?", re.IGNORECASE)
_BROKEN_OFF = re.compile(r"(?<![^\W\d_])[^\W\d_]+-$")  # from the word's first letter on: a long word is read once
_PREFIXES = frozenset({"co", "re", "pre", "non", "multi", "anti", "sub", "mid"})
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True)
class Paragraph:
    """One paragraph. `left` is where its bullet or first letter stands and `body` where its words do, in points.

    `bullet` is the sign, number or letter in front, or empty. `ended` says that its last line left room for a word.
    """

    text: str
    page: int
    end_page: int
    bullet: str = ""
    left: float = 0.0
    body: float = 0.0
    size: float = 0.0
    bold: bool = False
    lines: tuple[Line, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Measure:
    """What is usual in one letter: size of type, distance between lines, where text begins and ends, highest line.

    `spaced` says that space parts its paragraphs; where it does not, a line that ends early has to.
    """

    size: float
    pitch: float
    left: float
    right: float
    top: float
    spaced: bool


def measure(pages: Sequence[Sequence[Line]]) -> Measure:
    """The usual measures of a letter, from what most of its letters are printed in."""
    sizes: Counter[float] = Counter()
    pitches: Counter[float] = Counter()
    for lines in pages:
        for line in lines:
            sizes[line.size] += len(line.words)
    size = sizes.most_common(1)[0][0] if sizes else 12.0
    usual = [[line for line in lines if line.size >= size * _SMALL and line.words] for lines in pages]
    for lines in usual:
        for above, below in pairwise(lines):
            step = round((above.base - below.base) * 2) / 2
            if 0.8 * size < step < 2.5 * size:
                pitches[step] += 1
    whole = [line for lines in usual for line in lines]
    steps = sum(pitches.values())
    # The smallest that is common: where paragraphs are short, the space between them is commoner than between lines.
    pitch = min((step for step, times in pitches.items() if times * 10 >= steps), default=size * 1.2)
    wider = sum(times for step, times in pitches.items() if step > pitch * _GAP)
    return Measure(
        size=size,
        pitch=pitch,
        left=_margin(whole),
        right=max((line.right for line in whole), default=0.0),
        top=max((lines[0].base for lines in usual if lines), default=0.0),
        spaced=wider * 50 >= steps,
    )


def _margin(lines: Sequence[Line]) -> float:
    """Where the leftmost lines begin: not the commonest place, which in a list of bullets is further in."""
    counts = Counter(round(line.left / 2) for line in lines)
    enough = max(2, len(lines) // 50)
    return min((2.0 * place for place, times in counts.items() if times >= enough), default=0.0)


def joined(lines: Iterable[Line]) -> list[Line]:
    """Pieces that stand on one line made one line; raised figures that point at footnotes dropped."""
    made: list[Line] = []
    for line in lines:
        if not line.words:
            continue
        before = made[-1] if made else None
        if (
            before is not None
            and line.left >= before.right - 2.0
            and line.bottom < before.top
            and line.top > before.bottom
        ):
            if line.words == before.words and abs(line.left - before.left) < 2.0:
                continue
            if line.words.isdigit() and line.size < before.size * _SMALL:
                continue
            if abs(line.base - before.base) < (_SIGN_OFF if _is_lone_sign(before) else 2.0):
                apart = line.left - before.right > 0.15 * before.size and line.words[0] not in ".,;:)’”"
                made[-1] = replace(
                    before,
                    words=f"{before.words}{' ' if apart else ''}{line.words}",
                    right=line.right,
                    top=max(before.top, line.top),
                    bottom=min(before.bottom, line.bottom),
                    base=line.base if _is_sign(before) else before.base,
                    body=line.left if _is_sign(before) else before.body,
                    size=line.size if _is_sign(before) else before.size,
                    bold=line.bold if _is_sign(before) else before.bold and line.bold,
                    soft=line.soft,
                )
                continue
        elif (
            before is not None
            and _is_lone_sign(before)
            and before.left + 3.0 < line.left < before.left + _SIGN_INSIDE
            and 0 < before.base - line.base < 2 * line.size
        ):
            # The sign on a line of its own, its words on the next.
            made[-1] = replace(
                line, words=f"{before.words} {line.words}", left=before.left, body=line.left, symbol=True
            )
            continue
        made.append(line)
    return made


def once(words: str) -> str | None:
    """Words that the file prints twice over each other, printed once; None when they are not.

    >>> once("Offending Service Board. Offending Service Board")
    'Offending Service Board.'
    """
    tokens = words.split()
    half = len(tokens) // 2
    bare = [each.strip(".,;:").casefold() for each in tokens]
    if 2 <= half <= _MOST_TWICE and len(tokens) == 2 * half and bare[:half] == bare[half:]:
        return " ".join(tokens[:half])
    if any(len(each) >= 8 and len(each) % 2 == 0 and each[::2] == each[1::2] for each in tokens):
        # 'OOffffeennddiinngg': beside such a word the short ones were printed twice as well.
        return " ".join(each[::2] if len(each) % 2 == 0 and each[::2] == each[1::2] else each for each in tokens)
    return None


def _is_lone_sign(line: Line) -> bool:
    """Whether a line is nothing but a bullet."""
    return len(line.words) == 1 and (line.symbol or bool(_BULLET.match(f"{line.words} x")))


def _is_sign(line: Line) -> bool:
    return len(line.words) == 1 and (line.symbol or not line.words.isalnum())


def without_furniture(pages: Sequence[Sequence[Line]], usual: Measure, heights: Sequence[float]) -> list[list[Line]]:
    """The pages without page numbers, lines that every page repeats at its edge, and footnotes."""
    edges = Counter(
        key
        for lines, height in zip(pages, heights, strict=True)
        for key in {_edge(each) for each in lines if each.base > 0.9 * height or each.base < 0.1 * height}
    )
    repeated = {key for key, times in edges.items() if times >= 3 and times > len(pages) / 2}
    kept = []
    for number, (lines, height) in enumerate(zip(pages, heights, strict=True), start=1):
        rest = [
            line for line in lines if _edge(line) not in repeated and not _is_page_number(line, number, height, lines)
        ]
        kept.append(_without_notes(rest, usual))
    return kept


def _edge(line: Line) -> tuple[str, int]:
    """What a line at a page's edge is known by: its place and its words, whatever a page's number among them."""
    words, numbers = _ANY_NUMBER.subn("#", line.words)
    return words if numbers <= _MOST_NUMBERS else line.words, round(line.base)


def _is_page_number(line: Line, number: int, height: float, lines: Sequence[Line]) -> bool:
    found = _FIGURE.fullmatch(line.words)
    if not found:
        return False
    at_edge = line.base < 0.11 * height or line.base > 0.92 * height
    alone = line is lines[0] or line is lines[-1]
    return at_edge or (alone and abs(int(found[1]) - number) <= 2)


def _without_notes(lines: list[Line], usual: Measure) -> list[Line]:
    """Footnotes stand last on their page, in small type, or in somewhat smaller type behind a raised figure."""
    end = place = len(lines)
    for line in reversed(lines):
        place -= 1
        if line.size < usual.size * _SMALL or (line.size < usual.size * _SMALLER and _begins_note(line)):
            end = place
        elif line.size >= usual.size * _SMALLER:
            break
    # In type as large as the text's a note is known by its figure and by the space above it.
    for place in range(max(end - _MOST_NOTE_LINES, 1), end):
        if _begins_note(lines[place]) and _is_apart(lines[place - 1], lines[place], usual):
            return lines[:place]
    return lines[:end]


def _begins_note(line: Line) -> bool:
    figure = re.match(r"\s*(\d{1,2})", line.text)
    return figure is not None and not line.words.startswith(figure[1])


class Joiner:
    """Joins words over line ends. A hyphen there is kept unless the letter prints the word elsewhere without it.

    'wellbeing' elsewhere does not yet mean that 'well-' and 'being' are one word: what stands before the hyphen must be
    no word of its own, or the letter must break other words so.
    """

    def __init__(self, lines: Iterable[Line]) -> None:
        held = list(lines)
        self.known = Counter(
            word.casefold() for line in held for word in _WORD.findall(_BROKEN_OFF.sub("", line.words))
        )
        self.hyphenated = False
        self.hyphenated = any(self._is_broken(a.words, b.words) for a, b in pairwise(held) if a.words.endswith("-"))

    def join(self, lines: Sequence[Line]) -> str:
        """The words of several lines as one text."""
        pieces: list[str] = []
        for line, below in zip(lines, [*lines[1:], None], strict=True):
            words = line.words
            if below is None or line.soft:
                pieces.append(words)
            elif words.endswith("-") and len(words) > 1 and words[-2].isalpha():
                pieces.append(words[:-1] if self._is_broken(words, below.words) else words)
            else:
                pieces.append(words + " ")
        return re.sub(r"\s+", " ", "".join(pieces)).strip()

    def _is_broken(self, words: str, below: str) -> bool:
        head = re.search(r"([^\W\d_]+)-$", words)
        tail = re.match(r"[^\W\d_]+", below)
        if not head or not tail or not tail[0].islower():
            return False
        whole, parted = f"{head[1]}{tail[0]}".casefold(), f"{head[1]}-{tail[0]}".casefold()
        own = self.known[head[1].casefold()] > 0 or head[1].casefold() in _PREFIXES
        return self.known[whole] > 0 and self.known[parted] == 0 and (self.hyphenated or not own)


def paragraphs_of(pages: Sequence[Sequence[Line]], usual: Measure, joiner: Joiner) -> list[Paragraph]:
    """The paragraphs of pages whose furniture has been taken away, in order."""
    made: list[Paragraph] = []
    held: list[Line] = []
    first = last = 1
    sign = ""

    def close() -> None:
        if held:
            made.append(_paragraph(held, sign, first, last, joiner))
            held.clear()

    for number, lines in enumerate(pages, start=1):
        above: Line | None = None
        for line in lines:
            found = _sign_of(line, above, held, sign, usual)
            over_page = above is None
            if (
                not held
                or found
                or (_parts_over_page(held, sign, line, usual) if over_page else _parts(held, sign, above, line, usual))
            ):
                close()
                first, sign = number, found
            held.append(line)
            last = number
            above = line
    close()
    return made


def _sign_of(line: Line, above: Line | None, held: Sequence[Line], sign: str, usual: Measure) -> str:
    """The bullet, dash or number that a line begins with, or empty."""
    words = line.words
    found = _BULLET.match(words) or _OTHER_SIGN.match(words)
    if found or (line.symbol and re.match(r"\S\s+\S", words)):
        return words[0]
    begins = not held or bool(_ENDED.search(held[-1].words)) or (held[-1].bold and not line.bold)
    begins = begins or (above is not None and _is_apart(above, line, usual))
    # Below an item whose lines stand in, a sign where the item's own sign stands begins the next.
    if sign and len(held[0].words) > 1 and abs(line.left - held[0].left) < 2.0 and abs(line.body - held[0].body) < 3.0:
        begins = begins or len(held) == 1 or held[-1].left > line.left + 6.0
    wide = line.body - line.left > line.size
    if _DASH.match(words) or _LETTER_SIGN.match(words):
        return words[0] if begins and (wide or above is None or _is_apart(above, line, usual)) else ""
    numbered = _NUMBER.match(words)
    if numbered and begins and (wide or above is None or _is_apart(above, line, usual)):
        return numbered[0].strip()
    return ""


def _is_apart(above: Line, line: Line, usual: Measure) -> bool:
    step = above.base - line.base
    return step > max(usual.pitch, 1.1 * line.size) * _GAP or step < -usual.pitch


def _parts(held: Sequence[Line], sign: str, above: Line | None, line: Line, usual: Measure) -> bool:
    """Whether a line begins a paragraph, given the one above it on the same page."""
    assert above is not None
    if _is_apart(above, line, usual):
        return True
    if above.bold != line.bold and (above.bold or _ENDED.search(above.words) or above.size != line.size):
        # A bold line is a heading above its text; bold words inside a sentence do not end it.
        return all(each.bold for each in held) or line.bold
    if abs(above.size - line.size) > _OTHER_SIZE and (line.bold or len({each.size for each in held}) == 1):
        return True  # larger type is a heading, in bold or not
    if line.bold and heading_of(line.words, bold=True) and not heading_of(above.words, bold=True):
        return bool(_ENDED.search(above.words))
    if heading_of(above.words, bold=above.bold) and len(held) == 1 and not line.bold:
        return True
    if not usual.spaced and not sign and line.words[0].isupper() and _ENDED.search(above.words):
        return has_room(above, line.words, max(each.right for each in held) if len(held) > 2 else usual.right)
    return (
        bool(sign)
        and line.left < held[0].body - 6.0
        and bool(_ENDED.search(above.words))
        and line.left < held[-1].left - 6
    )


def _parts_over_page(held: Sequence[Line], sign: str, line: Line, usual: Measure) -> bool:
    """Whether a page's first line begins a paragraph.

    It does when the last one ended and left room for the word that follows, or when it stands elsewhere.
    """
    last = held[-1]
    if line.bold != last.bold or abs(line.size - last.size) > _OTHER_SIZE or heading_of(line.words, bold=line.bold):
        return True
    if len(held) == 1 and not sign and heading_of(last.words, bold=last.bold):
        return True  # a heading that was left alone at a page's foot
    if not _ENDED.search(last.words):
        return False
    if line.words[0].islower():
        return False
    if abs(line.left - (held[0].body if sign else held[0].left)) > 6.0 and abs(line.left - last.left) > 6.0:
        return True
    if last.words.endswith(":"):
        return False
    if usual.top - line.base > 0.8 * usual.pitch:  # blank lines between paragraphs are kept at a page's top
        return True
    return has_room(last, line.words, usual.right)


def has_room(line: Line, words: str, right: float) -> bool:
    """Whether the first of `words` would have fitted at a line's end."""
    wide = (line.right - line.left) / max(len(line.words), 1)
    return line.right + wide * (len(words.split(maxsplit=1)[0]) + 1) < right


def _paragraph(held: Sequence[Line], sign: str, first: int, last: int, joiner: Joiner) -> Paragraph:
    text = joiner.join(held)
    return Paragraph(
        text=text[len(sign) :].lstrip() if sign else text,
        page=first,
        end_page=last,
        bullet=sign,
        left=held[0].left,
        body=held[0].body,
        size=held[0].size,
        bold=all(line.bold for line in held),
        lines=tuple(held),
    )
