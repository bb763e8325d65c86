"""Printing a statement: the job that makes a frozen one's files, and drafts on request. Never inside a transaction."""

import io
from datetime import date, datetime
from uuid import UUID

from throughline.access import allows
from throughline.documents import fonts, html, kept, pdf, word
from throughline.documents.model import Document
from throughline.files import store
from throughline.jobs import Work
from throughline.partners.models import Person
from throughline.statements import content, paper, queries, redacted, submitting
from throughline.statements.models import Statement
from throughline.statements.notices import place_of

DRAFT_FORMATS = {"docx": "Word", "pdf": "PDF"}


def files_of(document: Document, *formats: str) -> dict[str, bytes]:
    """The document as Word, PDF and web page, or as those formats that are named."""
    makers = {
        "docx": lambda: word.render(document, font_dir=fonts.font_dir()),
        "pdf": lambda: pdf.render(document, font_dir=fonts.font_dir()),
        "html": lambda: html.render(document).encode(),
    }
    return {name: make() for name, make in makers.items() if not formats or name in formats}


def document_of(statement: Statement, *, by: Person, on: date) -> Document:
    """The statement as it is to be read now: marked as a draft until it is submitted, with the signatures so far."""
    if statement.content is None:
        return paper.as_draft(content.read(statement, by=by, on=on), on)
    document = kept.from_data(statement.content)
    if statement.is_frozen:
        return document
    signs = content.printed_signs(statement, queries.signs_of(statement, for_person=by))
    return paper.as_draft(paper.with_signatures(document, signs), on)


def run(work: Work) -> str:
    """Print a frozen statement and attach its files. Harmless to repeat."""
    statement = _statement_of(work.arguments["statement"])
    print_and_attach(statement, by=work.person, now=work.now)
    return place_of(statement)


def print_and_attach(statement: Statement, *, by: Person, now: datetime) -> None:
    """Print what is frozen as Word, PDF and web page, and attach the files unless they are there."""
    document = kept.from_data(statement.content or {})
    blobs = {name: store.put(io.BytesIO(data)) for name, data in files_of(document).items()}
    printed = submitting.digest_of(statement)
    if not submitting.attach_files(by=by, statement=statement, blobs=blobs, printed=printed, now=now):
        redacted.remove(tuple(each.sha256 for each in blobs.values()))


def _statement_of(id_: str) -> Statement:
    found: Statement = Statement.objects.select_related("letter__inspection__partnership", "partnership").get(
        pk=UUID(id_)
    )
    return found


def may_print(person: Person, arguments: object) -> bool:
    """Whether the person may still have it printed."""
    statement = Statement.objects.filter(pk=UUID(arguments["statement"])).first()  # type: ignore[index]
    return statement is not None and allows(person, "print", statement)
