"""The written statement as a paper: the letter's facts, each finding in the inspectors' words with what answers it, who
oversees it, who signs it, and what its words mean. Pure: facts go in, a document comes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from throughline.documents.model import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    KeyFacts,
    Notice,
    Paragraph,
    Quotation,
    Signatures,
    Strong,
    Table,
    Text,
)
from throughline.methods.printed import day, listing, short_day
from throughline.statements.words import MEANINGS, TERMS

_SIGNED_TOGETHER = "Sign-off"


@dataclass(frozen=True)
class ActionPart:
    """An action as the statement prints it. `impacts` are its desired impacts' sentences."""

    reference: str
    title: str
    detail: str
    lead: str
    owner_post: str
    due: date
    impacts: Sequence[str] = ()


@dataclass(frozen=True)
class FindingPart:
    """A finding, the answer to it, and the actions that answer it. `text` is the inspectors' own."""

    reference: str
    kind: str
    title: str
    text: str
    source: str
    answer: str
    said: str
    actions: Sequence[ActionPart] = ()


@dataclass(frozen=True)
class Sign:
    """One who signs, as printed. `name` is empty where papers print posts only; `on` None until it is signed."""

    post: str
    body: str
    name: str = ""
    on: date | None = None
    on_paper: bool = False


@dataclass(frozen=True)
class Parts:
    """Everything that a statement prints."""

    response: str
    organisation: str
    inspection: str
    area: str
    theme: str
    published: date | None
    received: date
    authority: str
    due_words: str
    computed: str
    introduction: str
    oversight: str
    answers: Sequence[str]
    findings: Sequence[FindingPart]
    signs: Sequence[Sign]
    marking: str
    prepared_on: date
    reference: str = ""
    illustrative: bool = False


def build(parts: Parts) -> Document:
    """The statement before anybody has signed it."""
    blocks: list[Block] = []
    if parts.illustrative:
        blocks.append(Notice("Illustrative: invented content. Not a real partnership."))
    blocks.append(KeyFacts(tuple(_facts(parts))))
    blocks += _words("Introduction", parts.introduction)
    blocks += _overview(parts)
    blocks += _findings(parts)
    blocks += _words("How this will be overseen", parts.oversight)
    blocks += _sign_off(parts.signs)
    blocks += _key(parts)
    return Document(
        title=parts.response,
        subtitle=f"In answer to: {parts.inspection}",
        organisation=parts.organisation,
        kind=parts.response,
        marking=parts.marking,
        prepared_on=parts.prepared_on,
        reference=parts.reference,
        blocks=tuple(blocks),
        subject=f"{parts.response}, {parts.inspection}",
        keywords=("inspection", "response"),
    )


def _facts(parts: Parts) -> Iterable[tuple[str, Text]]:
    facts = [
        ("Inspection", parts.inspection),
        ("Area", parts.area),
        ("Theme", parts.theme),
        ("Letter received", day(parts.received)),
        ("Letter published", day(parts.published) if parts.published else ""),
        ("Principal authority", parts.authority),
        ("Due, as printed", parts.due_words),
        ("Due, as computed", parts.computed),
    ]
    return [(label, text) for label, text in facts if text]


def _words(heading: str, text: str) -> list[Block]:
    """Paragraphs under a heading, numbered, so that a meeting can refer to them; nothing where nothing was written."""
    paragraphs = [each.strip() for each in text.split("\n\n") if each.strip()]
    return [Heading(1, heading), *(Paragraph(each, numbered=True) for each in paragraphs)] if paragraphs else []


def _overview(parts: Parts) -> list[Block]:
    """Every finding in one line: what it is called, the answer, and by which actions."""
    if not parts.findings:
        return []
    rows = tuple(
        (
            each.reference,
            each.title,
            each.answer or "No response yet",
            listing([action.reference for action in each.actions]) or "None",
        )
        for each in parts.findings
    )
    columns = (Column("Finding", 2), Column("In short", 6), Column("Response", 3), Column("Actions", 3))
    return [
        Heading(1, "Findings and responses"),
        Table("Every finding that needs an answer", columns, rows, row_headings=True),
    ]


def _findings(parts: Parts) -> list[Block]:
    blocks: list[Block] = []
    kinds = list(dict.fromkeys(each.kind for each in parts.findings))
    for kind in kinds:
        blocks.append(Heading(1, kind))
        for each in parts.findings:
            if each.kind == kind:
                blocks += _finding(each)
    return blocks


def _finding(each: FindingPart) -> list[Block]:
    said: Text = (Strong(f"{each.answer or 'No response yet'}."), f" {each.said}") if each.said else (
        Strong(f"{each.answer or 'No response yet'}."),
    )  # fmt: skip
    blocks: list[Block] = [
        Heading(2, f"{each.reference} {each.title}"),
        Quotation(each.text, each.source),
        Paragraph(said),
    ]
    if not each.actions:
        return [*blocks, Paragraph("No action.")]
    columns = (
        Column("Action", 2), Column("What will be done", 5), Column("Lead and owner’s post", 4), Column("Due", 2),
        Column("Desired impact", 5),
    )  # fmt: skip
    return [
        *blocks,
        Table(f"Actions that answer {each.reference}", columns, tuple(map(_action, each.actions)), row_headings=True),
    ]


def _action(each: ActionPart) -> tuple[Cell | Text, ...]:
    done = (Strong(each.title), f"\n{each.detail}") if each.detail else (Strong(each.title),)
    lead = f"{each.lead}\n{each.owner_post}" if each.owner_post else each.lead
    return (each.reference, done, lead, short_day(each.due), "\n".join(each.impacts) or "None stated")


def _sign_off(signs: Sequence[Sign]) -> list[Block]:
    if not signs:
        return []
    return [Heading(1, _SIGNED_TOGETHER), Signatures(tuple(_row(each) for each in signs))]


def _row(sign: Sign) -> tuple[str, str, str]:
    on = f"{day(sign.on)}{' (on paper)' if sign.on_paper else ''}" if sign.on else ""
    return (f"{sign.post}, {sign.body}", sign.name, on)


def _key(parts: Parts) -> list[Block]:
    answers = [(each, MEANINGS[each]) for each in parts.answers if each in MEANINGS]
    terms = [*answers, *TERMS]
    return [Heading(1, "What the words mean"), Bullets(tuple((Strong(f"{term}."), f" {said}") for term, said in terms))]


def as_draft(document: Document, on: date) -> Document:
    """The paper marked as a draft, which nobody may take for the statement."""
    notice = Notice(f"DRAFT of {day(on)}. Not signed off, and not submitted.")
    return replace(
        document, title=f"DRAFT {document.title[:1].lower()}{document.title[1:]}", short_title="", prepared_on=on,
        blocks=(notice, *document.blocks),
    )  # fmt: skip


def finished(document: Document, signs: Sequence[Sign], *, submitted_on: date, submitted_to: str) -> Document:
    """The paper that was signed, with who signed it and when, and the day on which it was submitted."""
    sent = [("Submitted", day(submitted_on)), *([("Submitted to", submitted_to)] if submitted_to else [])]
    blocks: list[Block] = []
    for each in document.blocks:
        match each:
            case KeyFacts(rows):
                blocks.append(KeyFacts((*rows, *sent)))
            case Signatures():
                blocks.append(_signed(signs))
            case _:
                blocks.append(each)
    return replace(document, blocks=tuple(blocks), prepared_on=submitted_on)


def _signed(signs: Sequence[Sign]) -> Table:
    """Who has signed, when and how. Names only where the partnership has them printed."""
    has_names = any(each.name for each in signs)
    columns = [Column("For", 4), Column("Post", 4), Column("Name", 3), Column("Signed", 3), Column("How", 2)]
    rows = [
        (each.body, each.post, each.name, day(each.on) if each.on else "Not signed",
         "On paper" if each.on_paper else "In Throughline")
        for each in signs
    ]  # fmt: skip
    if not has_names:
        del columns[2]
        rows = [(*each[:2], *each[3:]) for each in rows]  # type: ignore[misc]
    return Table("Signed by the chief officers", tuple(columns), tuple(rows), row_headings=True)


def with_signatures(document: Document, signs: Sequence[Sign]) -> Document:
    """The paper as it is while it is being signed: who has signed so far."""
    return replace(
        document,
        blocks=tuple(
            Signatures(tuple(_row(sign) for sign in signs)) if isinstance(each, Signatures) else each
            for each in document.blocks
        ),
    )
