"""What is read from a letter: its facts, its findings, and the passages that a person may turn into findings."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

PREFIXES = {"headline": "HEA", "strength": "STR", "priority_action": "APA", "improvement": "AFI", "case_study": "CAS"}


@dataclass(frozen=True)
class Part:
    """A second-level bullet of a finding."""

    text: str


@dataclass(frozen=True)
class Finding:
    """One finding as printed. `text` is its lead, without bullet and without `parts`; paragraphs end with a line feed.

    `ref` counts within its kind in document order: AFI-17. `heading` is the heading that it stands under.
    """

    ref: str
    kind: str
    page: int
    end_page: int
    text: str
    parts: tuple[Part, ...] = ()
    heading: str = ""


@dataclass(frozen=True)
class Passage:
    """One paragraph that is no finding, with the heading that it stands under."""

    heading: str
    page: int
    text: str


@dataclass(frozen=True)
class Letter:
    """A letter as read. Dates are None where none is printed or none can be told.

    `structure` is '2016' (strengths and areas for improvement), '2022' (headline findings, what needs to improve) or
    empty when it is not recognised; there are no findings then and the whole text stands in `passages`. `due_doubts`
    are those of the warnings that are about the due date alone: whoever knows the day of receipt can say them better.
    """

    area: str
    published: date | None
    fieldwork_start: date | None
    fieldwork_end: date | None
    inspectorates: tuple[str, ...]
    theme: str
    principal_authority: str
    statement_sender: str
    statement_due: date | None
    statement_due_printed: str
    recipients: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    passages: tuple[Passage, ...] = ()
    warnings: tuple[str, ...] = ()
    due_doubts: tuple[str, ...] = ()
    title: str = ""
    area_printed: str = ""
    pages: int = 0
    structure: str = ""
    headings: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The letter as what JSON can hold. Dates are ISO 8601 or None."""
        return {
            "area": self.area,
            "published": _day(self.published),
            "fieldwork_start": _day(self.fieldwork_start),
            "fieldwork_end": _day(self.fieldwork_end),
            "inspectorates": list(self.inspectorates),
            "theme": self.theme,
            "principal_authority": self.principal_authority,
            "statement_due": _day(self.statement_due),
            "recipients": list(self.recipients),
            "findings": [
                {
                    "ref": each.ref,
                    "kind": each.kind,
                    "page": each.page,
                    "text": each.text,
                    "sub": [{"text": part.text} for part in each.parts],
                    "end_page": each.end_page,
                    "heading": each.heading,
                }
                for each in self.findings
            ],
            "passages": [{"heading": each.heading, "page": each.page, "text": each.text} for each in self.passages],
            "warnings": list(self.warnings),
            "due_doubts": list(self.due_doubts),
            "title": self.title,
            "area_printed": self.area_printed,
            "statement_sender": self.statement_sender,
            "statement_due_printed": self.statement_due_printed,
            "pages": self.pages,
            "structure": self.structure,
            "headings": list(self.headings),
        }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
