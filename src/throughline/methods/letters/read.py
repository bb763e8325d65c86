"""Read a letter: its facts, its findings and its passages. One opening of the file serves letter and page texts.

The file was written by strangers: run this in a process of its own with limits of time and memory.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from throughline.methods.letters import doubts, facts
from throughline.methods.letters.dates import Printed, dates_in, spans_in
from throughline.methods.letters.headings import FINDINGS, Section
from throughline.methods.letters.letter import Letter, Passage
from throughline.methods.letters.lines import Line
from throughline.methods.letters.pages import (
    PageText,
    Unreadable,
    has_text,
    is_word,
    pdf_pages,
    scanned_sentence,
    word_document,
)
from throughline.methods.letters.paragraphs import (
    Joiner,
    Measure,
    Paragraph,
    joined,
    measure,
    once,
    paragraphs_of,
    without_furniture,
)
from throughline.methods.letters.recipients import is_named, recipients_in
from throughline.methods.letters.recognise import early_pages, is_letter, not_a_letter
from throughline.methods.letters.sections import Sorted, heading_in, sort_paragraphs
from throughline.methods.letters.word_lines import word_lines

_DEAR = re.compile(r"D\s?ear\s", re.IGNORECASE)
_DATED_WORDS = 8
_NO_ADDRESSEE = re.compile(
    r"(?:sent |by |via )+e-?mail\b|(?:our |your )?ref(?:erence)?\b|(?:cc|to):|www\.|https?:|"
    r"(?:tel(?:ephone)?|textphone|t|e)[ :]+[\d(]|.*@",
    re.IGNORECASE,
)
_LETTERHEAD = 200.0  # points from the margin: further right stands who sends the letter


@dataclass(frozen=True)
class _Front:
    """What stands before the title, and the lines behind the salutation."""

    published: date | None
    addressed: list[Line]
    salutation: str
    pages: list[list[Line]]
    title: str


def read_letter(path: Path, *, name: str = "") -> Letter:
    """The letter in a PDF or Word file. `name` is what sentences call the file.

    Raises Unreadable for a file that is damaged, protected, too long, a scan, or not such a letter. A letter whose
    structure is not recognised is none of these: it has no findings, a warning, and its whole text as passages.
    """
    shown = name or path.name
    pages = list(_opened(path, shown, whole=False))
    return _read(pages, shown)


def letter_task(path: Path, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """`read_letter` as a reader's task: {'letter': as_json or None, 'pages': [...], 'note': sentence or ''}.

    With the argument 'pages' the pages are given as `pages.read_task` gives them, and a file that is no letter gives
    None and a note instead of a refusal. Without it 'pages' is empty.
    """
    name = arguments.get("name", "") or path.name
    whole = bool(arguments.get("pages"))
    pages = list(_opened(path, name, whole=whole))
    if not whole:
        return {"letter": _read(pages, name).as_json(), "pages": [], "note": ""}, b""
    letter, note = None, ""
    try:
        letter = _read(pages, name).as_json()
    except Unreadable as error:
        note = error.sentence
    return {"letter": letter, "pages": [asdict(page) for page, _ in pages], "note": note}, b""


def _opened(path: Path, name: str, *, whole: bool) -> Iterator[tuple[PageText, list[Line]]]:
    """Pages with their lines. Unless `whole` is asked for, a file that is no letter is not read to its end."""
    if is_word(path):
        document, texts = word_document(path, name=name)
        yield from zip(texts, word_lines(document.paragraphs, len(texts)), strict=True)
        return
    early: list[str] = []
    for page, lines in pdf_pages(path, name=name):
        yield page, lines
        early.append(page.text)
        if not whole and len(early) == early_pages() and any(each.strip() for each in early) and not is_letter(early):
            return


def _read(pages: Sequence[tuple[PageText, list[Line]]], name: str) -> Letter:
    texts = [page for page, _ in pages]
    if not has_text(texts):
        raise Unreadable(scanned_sentence(name))
    if not is_letter([page.text for page in texts]):
        raise Unreadable(not_a_letter([page.text for page in texts], name))
    lines = [joined(each) for _, each in pages]
    usual = measure(lines)
    clean = without_furniture(lines, usual, [page.height for page in texts])
    repaired = _repair(clean)
    front = _front(clean, usual)
    joiner = Joiner(line for each in clean for line in each)
    paragraphs = paragraphs_of(front.pages, usual, joiner)
    at = facts.title_at([each.text for each in paragraphs])
    title = paragraphs[at].text if at is not None else front.title
    found = sort_paragraphs(paragraphs[(at + 1 if at is not None else 0) :], usual, title)
    recipients = tuple(recipients_in(front.addressed, usual, joiner))
    return _letter(front, title, recipients, paragraphs, found, usual, len(texts), repaired)


def _repair(pages: list[list[Line]]) -> list[str]:
    """Make what was printed twice single, in place, and say so."""
    warnings = []
    for number, lines in enumerate(pages, start=1):
        for index, line in enumerate(lines):
            single = once(line.words)
            if single is not None:
                lines[index] = replace(line, words=single)
                warnings.append(
                    f"A line on page {number} is printed twice over itself and was read once: check ‘{single}’."
                )
    return warnings


def _front(pages: Sequence[Sequence[Line]], usual: Measure) -> _Front:
    """Date, addressees and salutation, from the lines before the title."""
    published: date | None = None
    addressed: list[Line] = []
    before: list[Line] = []
    for number, lines in enumerate(pages[:2]):
        for index, line in enumerate(lines):
            if _DEAR.match(line.words):
                rest = [list(lines[index + 1 :]), *(list(each) for each in pages[number + 1 :])]
                kept = addressed or _addressees_among(before)
                title = _title_among(kept)
                kept = [each for each in kept if each not in title]
                words = " ".join(each.words for each in title)
                return _Front(published, kept, line.words, [[] for _ in range(number)] + rest, words)
            dated = dates_in(line.words) if len(line.words.split()) <= _DATED_WORDS else []
            if dated and published is None:
                published = dated[0].day
            elif not _NO_ADDRESSEE.match(line.words) and line.left < usual.left + _LETTERHEAD:
                (before if published is None else addressed).append(line)
    return _Front(published, [], "", [list(each) for each in pages], "")


def _addressees_among(lines: Sequence[Line]) -> list[Line]:
    """The addressees, where the date stands below them or nowhere: from the first line that names a person on."""
    first = next((n for n, line in enumerate(lines) if is_named(line.words) and "," in line.words), None)
    return list(lines[first:]) if first is not None else [each for each in lines if "," in each.words]


def _title_among(lines: Sequence[Line]) -> list[Line]:
    """The title's lines, where it is printed above the salutation: from the words of the genre on, while in bold."""
    start = facts.title_at([line.words for line in lines])
    if start is None or not lines[start].bold:
        return []
    return [lines[start], *takewhile(lambda line: line.bold, lines[start + 1 :])]


def _letter(
    front: _Front,
    title: str,
    recipients: tuple[str, ...],
    paragraphs: Sequence[Paragraph],
    found: Sorted,
    usual: Measure,
    pages: int,
    repaired: Sequence[str],
) -> Letter:
    intro = _intro(paragraphs, usual)
    answer = facts.answer_in(_next_steps(paragraphs, usual), published=front.published)
    body = " ".join(each.text for each in paragraphs)
    area, theme, gathered = facts.area_and_theme(title, intro, front.salutation, body)
    spans = spans_in(intro, published=front.published) or spans_in(body, published=front.published)
    span = spans[0] if spans else None
    inspectorates = facts.inspectorates_in(intro)
    structure = _structure(found)
    due_doubts = tuple(doubts.about_due(answer.due, front.published))
    warnings = [
        *due_doubts,
        *doubts.about_facts(
            {
                "published": front.published, "area": area, "fieldwork": span, "inspectorates": inspectorates,
                "theme": theme, "authority": answer.authority, "recipients": recipients,
                "fieldwork_inferred": bool(span and span.inferred),
            },
            answer.due,
            area_gathered=gathered,
        ),
        *repaired,
        *(found.warnings if structure else [_UNKNOWN]),
    ]  # fmt: skip
    return Letter(
        area=facts.bare_area(area) if area else "",
        published=front.published,
        fieldwork_start=span.first if span else None,
        fieldwork_end=span.last if span else None,
        inspectorates=inspectorates,
        theme=theme,
        principal_authority=answer.authority,
        statement_sender=answer.sender,
        statement_due=answer.due.day if answer.due else None,
        statement_due_printed=_due_words(answer.due),
        recipients=recipients,
        findings=tuple(found.findings) if structure else (),
        passages=tuple(found.passages) if structure else tuple(_all_text(paragraphs, usual)),
        warnings=tuple(dict.fromkeys(warnings)),
        due_doubts=due_doubts,
        title=title,
        area_printed=area,
        pages=pages,
        structure=structure,
        headings=tuple(each.text for each in found.headings),
    )


_UNKNOWN = (
    "The letter’s headings are not ones that are known, so no finding was read: mark the findings by hand in its text."
)


def _due_words(due: Printed | None) -> str:
    return due.words if due else ""


def _structure(found: Sorted) -> str:
    """Which of the two structures a letter has, by its headings; empty when it has neither."""
    met = {each.section for each in found.headings}
    deficits = met & {Section.IMPROVEMENT, Section.PRIORITY_ACTION}
    if not deficits or not found.findings or len(met & (FINDINGS | {Section.MAIN, Section.NEXT_STEPS})) < 2:
        return ""
    return "2022" if met & {Section.HEADLINE, Section.MAIN} else "2016"


def _intro(paragraphs: Sequence[Paragraph], usual: Measure) -> str:
    """The paragraphs between the title and the first heading that the table knows."""
    kept: list[str] = []
    for paragraph in paragraphs:
        heading = heading_in(paragraph, usual)
        if heading is not None and heading.section is not Section.OTHER and kept:
            break
        if facts.title_at([paragraph.text]) is None or not heading:
            kept.append(paragraph.text)
    return "\n".join(kept)


def _next_steps(paragraphs: Sequence[Paragraph], usual: Measure) -> str:
    """The paragraphs under 'Next steps'; the last twelve of the letter where there is no such heading."""
    for index in range(len(paragraphs) - 1, -1, -1):
        heading = heading_in(paragraphs[index], usual)
        if heading is not None and heading.section is Section.NEXT_STEPS:
            return "\n".join(each.text for each in paragraphs[index + 1 :])
    return "\n".join(each.text for each in paragraphs[-12:])


def _all_text(paragraphs: Sequence[Paragraph], usual: Measure) -> Iterator[Passage]:
    printed = ""
    for paragraph in paragraphs:
        heading = heading_in(paragraph, usual)
        if heading is not None:
            printed = heading.text
        else:
            yield Passage(printed, paragraph.page, paragraph.text)
