"""What is different between two documents of a kind: section by section, and row by row where a row has a name.

Rows of tables are matched by their first cell, steps of a thread by the label of the first, facts by their label;
other texts by their likeness. So an action's row that moved on is told as one change of one column, not as two rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from throughline.documents.model import (
    Block,
    Bullets,
    Document,
    Figure,
    Heading,
    KeyFacts,
    Notice,
    PageBreak,
    Paragraph,
    Quotation,
    Signatures,
    Table,
    Thread,
    plain,
)


class How(StrEnum):
    """What happened to a part."""

    ADDED = "Added"
    REMOVED = "Removed"
    CHANGED = "Changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference. `section` is the heading it stands under, `what` names the part; an absent side is empty."""

    section: str
    what: str
    how: How
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Part:
    """A part with a name of its own (`key`), or without one (its text alone says what it is)."""

    section: str
    key: tuple[str, ...]
    what: str
    text: str


def differences(before: Document, after: Document) -> tuple[Difference, ...]:
    """Everything that is different, in the order of the later document; what went stands where its section does."""
    old, new = _by_section(before), _by_section(after)
    sections = list(dict.fromkeys([*new, *old]))
    found: list[Difference] = []
    for section in sections:
        found += _in_section(section, old.get(section, []), new.get(section, []))
    return tuple(found)


def _by_section(document: Document) -> dict[str, list[_Part]]:
    """The document's parts under the headings that they stand under; headings that repeat are one section."""
    trail: list[str] = []
    found: dict[str, list[_Part]] = {"Front": [_Part("Front", ("title",), "Title", document.title)]}
    if document.subtitle:
        found["Front"].append(_Part("Front", ("subtitle",), "Subtitle", document.subtitle))
    for block in document.blocks:
        if isinstance(block, Heading):
            trail = [*trail[: block.level - 1], block.text]
            found.setdefault(" › ".join(trail), [])
            continue
        section = " › ".join(trail) or "Front"
        found.setdefault(section, []).extend(_parts(block, section))
    return found


def _parts(block: Block, section: str) -> Iterator[_Part]:
    match block:
        case Table():
            yield from _of_table(block, section)
        case KeyFacts(rows):
            for label, text in rows:
                yield _Part(section, ("fact", label), label, plain(text))
        case Thread(steps):
            name = steps[0].label
            for number, step in enumerate(steps):
                words = " · ".join(part for part in (plain(step.text), step.detail) if part)
                what = name if number == 0 or step.label == name else f"{name}: {step.label}"
                yield _Part(section, ("step", name, step.label), what, words)
        case Signatures(rows):
            for role, name, on in rows:
                yield _Part(section, ("signature", role), role, " · ".join(part for part in (name, on) if part))
        case Bullets(items):
            for item in items:
                yield _Part(section, (), "", plain(item))
        case Quotation(text, source):
            yield _Part(section, (), source, text)
        case Paragraph(text) | Notice(text):
            yield _Part(section, (), "", plain(text))
        case Figure():
            yield _Part(section, ("figure", block.title), block.title, block.description)
        case Heading() | PageBreak():
            return


def _of_table(table: Table, section: str) -> Iterator[_Part]:
    """A named row gives a part for each of its columns; a row that no cell names is one text."""
    labels = [column.label for column in table.columns]
    for row in table.cells:
        words = [plain(cell.text) for cell in row]
        if table.row_headings and words[0]:
            yield _Part(section, ("row", words[0]), words[0], words[0])
            for label, text in zip(labels[1:], words[1:], strict=True):
                yield _Part(section, ("cell", words[0], label), f"{words[0]}: {label}", text)
        else:
            yield _Part(section, (), "", " · ".join(words))


def _in_section(section: str, old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[Difference]:
    yield from _named(section, [each for each in old if each.key], [each for each in new if each.key])
    yield from _unnamed(section, [each for each in old if not each.key], [each for each in new if not each.key])


def _counted(parts: Sequence[_Part]) -> dict[tuple[tuple[str, ...], int], _Part]:
    """Parts by their name and how often it stood before, so that a name that is printed twice is not lost."""
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for each in parts:
        found[each.key, seen[each.key]] = each
        seen[each.key] += 1
    return found


def _named(section: str, old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[Difference]:
    before, after = _counted(old), _counted(new)
    rows_before = {key[1] for (key, _) in before if key[0] == "row"}
    rows_after = {key[1] for (key, _) in after if key[0] == "row"}
    for place, part in after.items():
        was = before.get(place)
        if was is None:
            if part.key[0] == "cell" and part.key[1] not in rows_before:
                continue  # the whole row is new, and told once
            yield Difference(section, part.what, How.ADDED, "", _row_text(part, after))
        elif was.text != part.text:
            yield Difference(section, part.what, How.CHANGED, was.text, part.text)
    for place, part in before.items():
        if place not in after and not (part.key[0] == "cell" and part.key[1] not in rows_after):
            yield Difference(section, part.what, How.REMOVED, _row_text(part, before), "")


def _row_text(part: _Part, among: dict[tuple[tuple[str, ...], int], _Part]) -> str:
    """What a row that came or went says, with its other cells."""
    if part.key[0] != "row":
        return part.text
    cells = [each.text for (key, _), each in among.items() if key[:2] == ("cell", part.key[1]) and each.text]
    return " · ".join([part.text, *cells])


def _unnamed(section: str, old: Sequence[_Part], new: Sequence[_Part]) -> Iterator[Difference]:
    before, after = [each.text for each in old], [each.text for each in new]
    for what, i, until_i, j, until_j in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = before[i:until_i], after[j:until_j]
        for number in range(max(len(gone), len(come))):
            was, is_now = _at(gone, number), _at(come, number)
            how = How.CHANGED if was and is_now else How.REMOVED if was else How.ADDED
            yield Difference(section, "", how, was, is_now)


def _at(texts: Sequence[str], number: int) -> str:
    return texts[number] if number < len(texts) else ""
