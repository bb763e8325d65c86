"""What a machine reads in a stored letter: its facts, its findings and the passages between them.

Read once in a reader's process and kept beside the store. What is kept is derived: it may be deleted at any time, and
is read again.
"""

import hashlib
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings

from throughline.files import child, store
from throughline.inspections import letter_pages
from throughline.methods.mentions import searchable

_SECONDS = 20.0
# Part of the kept file's name: a reader that reads better must not be given what an older one read.
_READER = 3


@dataclass(frozen=True)
class ReadFinding:
    """One finding as it was read: `text` is its lead and `parts` what stands under it, each without its bullet."""

    kind: str
    page: int
    text: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """A paragraph that is no finding, with the heading that it stands under. `number` counts from 1 in the letter."""

    number: int
    heading: str
    page: int
    text: str


@dataclass(frozen=True)
class Reading:
    """A letter as it was read. Facts are empty or None where the letter prints none, or is no such letter.

    `note` is the reader's sentence about a file in which it recognised nothing; there are no findings then.
    """

    texts: tuple[str, ...]
    note: str = ""
    title: str = ""
    area: str = ""
    theme: str = ""
    inspectorates: tuple[str, ...] = ()
    published: date | None = None
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None
    principal_authority: str = ""
    statement_due: date | None = None
    statement_due_printed: str = ""
    recipients: tuple[str, ...] = ()
    findings: tuple[ReadFinding, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_recognised(self) -> bool:
        """Whether findings were read in it."""
        return bool(self.findings)

    @property
    def is_scan(self) -> bool:
        """Whether it has pictures of pages only."""
        return not any(each.strip() for each in self.texts)

    @property
    def words_sha256(self) -> str:
        """By what the same letter is known when it was saved anew as another file; empty for a scan."""
        words = searchable(" ".join(self.texts)).strip()
        return hashlib.sha256(words.encode()).hexdigest() if words else ""


def reading_of(sha256: str, *, name: str) -> Reading:
    """What is read in stored bytes. Raises Refused for what cannot be opened, and `store.Missing`.

    Checks no rights: the caller has found the file among those that the person may see, or has just been given it.
    """
    kept = _kept(sha256)
    if kept.exists():
        return _from_json(json.loads(kept.read_text(encoding="utf-8")))
    with store.open_blob(sha256) as file:
        path = Path(file.name)
    answer = child.run("letter", path, arguments={"name": name, "pages": True}, name=name, seconds=_SECONDS)
    texts = [page["text"] for page in answer.value["pages"]]
    letter_pages.keep(sha256, texts)
    value = {"letter": answer.value["letter"], "texts": texts, "note": answer.value["note"]}
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=kept.parent, delete=False, encoding="utf-8") as temporary:
        json.dump(value, temporary)
    Path(temporary.name).replace(kept)
    return _from_json(value)


def forget(sha256: str) -> None:
    """Delete what any reader read of these bytes, the texts of the pages as well: it repeats words that had to go."""
    letter_pages.forget(sha256)
    for kept in _kept(sha256).parent.glob(f"{sha256[2:]}-*.json"):
        kept.unlink(missing_ok=True)


def _kept(sha256: str) -> Path:
    return Path(settings.VAR) / "derived" / "letters" / sha256[:2] / f"{sha256[2:]}-{_READER}.json"


def _from_json(value: Mapping[str, Any]) -> Reading:
    texts, letter = tuple(value["texts"]), value["letter"]
    if letter is None:
        return Reading(texts, note=value["note"])
    return Reading(
        texts,
        note=value["note"],
        title=_line(letter.get("title")),
        area=_line(letter["area"]),
        theme=_line(letter["theme"]),
        inspectorates=tuple(letter["inspectorates"]),
        published=_day(letter["published"]),
        fieldwork_start=_day(letter["fieldwork_start"]),
        fieldwork_end=_day(letter["fieldwork_end"]),
        principal_authority=_line(letter["principal_authority"]),
        statement_due=_day(letter["statement_due"]),
        statement_due_printed=_line(letter.get("statement_due_printed"))[:100],
        recipients=tuple(_line(each) for each in letter["recipients"]),
        findings=tuple(_finding(each) for each in letter["findings"] if each["text"].strip() or each["sub"]),
        passages=tuple(_passages(letter["passages"])),
        # The letter's clock, which knows the day of receipt, says what is odd about the due date.
        warnings=tuple(each for each in letter["warnings"] if each not in letter["due_doubts"]),
    )


def _finding(read: Mapping[str, Any]) -> ReadFinding:
    text, parts = read["text"].strip(), [each["text"].strip() for each in read["sub"]]
    if not text:  # parts without a lead: the first of them leads
        text, parts = parts[0], parts[1:]
    return ReadFinding(read["kind"], read["page"], text, tuple(parts))


def _passages(read: Sequence[Mapping[str, Any]]) -> list[Passage]:
    return [
        Passage(number, _line(each["heading"]), each["page"], each["text"].strip())
        for number, each in enumerate(read, start=1)
        if each["text"].strip()
    ]


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
