"""What a printer calls furniture: the parts of a page that the three formats must word alike."""

from __future__ import annotations

from collections.abc import Iterator

from throughline.documents.model import Block, Bullets, Document, Figure, Paragraph, Table
from throughline.methods.printed import day


def front_facts(document: Document) -> list[tuple[str, str]]:
    """The facts under the title, as (label, text), in printed order; only those that the document has."""
    facts = [
        ("Register as at", day(document.as_of) if document.as_of else ""),
        ("Prepared on", day(document.prepared_on)),
        ("Reference", document.reference),
        ("Who may see this", document.audience),
        ("Marking", document.marking),
    ]
    return [(label, text) for label, text in facts if text]


def footer_line(document: Document) -> str:
    """Reference, as-of day and day of preparation, as each page's foot carries them."""
    parts = [document.reference]
    if document.as_of:
        parts.append(f"as at {day(document.as_of)}")
    parts.append(f"prepared {day(document.prepared_on)}")
    line = " · ".join(part for part in parts if part)
    return line[0].upper() + line[1:]


def eyebrow(document: Document) -> str:
    """The line above the title: who publishes, and what kind of document."""
    return " · ".join(part for part in (document.organisation, document.kind) if part)


def numbered_blocks(document: Document) -> Iterator[tuple[Block, int]]:
    """Each block with its number: of the paragraph, table or figure among its kind; 0 for blocks without one."""
    counts = {"paragraph": 0, "table": 0, "figure": 0}
    for block in document.blocks:
        kind = ""
        if isinstance(block, Paragraph) and block.numbered:
            kind = "paragraph"
        elif isinstance(block, Table):
            kind = "table"
        elif isinstance(block, Figure):
            kind = "figure"
        if kind:
            counts[kind] += 1
        yield block, counts.get(kind, 0)


LONG_TITLE = 60  # a title with more characters is set smaller, so that it does not take the page


def under_numbers(document: Document) -> frozenset[int]:
    """The places of lists that go on with a numbered paragraph: they stand in from the margin like its words."""
    found: set[int] = set()
    for place, block in enumerate(document.blocks):
        before = document.blocks[place - 1] if place else None
        follows = (isinstance(before, Paragraph) and before.numbered) or place - 1 in found
        if isinstance(block, Bullets) and follows:
            found.add(place)
    return frozenset(found)


def caption(kind: str, number: int) -> str:
    """The words before a caption: "Table 2"."""
    return f"{kind} {number}"
