"""What is done once a written statement is signed off: submitted and frozen, printed, and what follows it filed."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import AccessDenied, allows, check
from throughline.documents import kept
from throughline.files import actions as files
from throughline.files.models import StoredFile
from throughline.files.store import Blob
from throughline.files.verdict import Kind as FileKind
from throughline.files.verdict import Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.jobs import queue
from throughline.methods.printed import day
from throughline.partners.models import Person
from throughline.statements import content, paper, queries
from throughline.statements.models import FollowUp, Statement, StatementFile
from throughline.statements.steps import CannotDo, as_stored, step, today_of

PRINT = "print_statement"
FORMATS = {"docx": FileKind.DOCX, "pdf": FileKind.PDF, "html": FileKind.TEXT}


@dataclass(frozen=True)
class Upload:
    """Bytes that passed the gate and are in the store."""

    blob: Blob
    verdict: Verdict
    name: str


@action("statement")
def submit(*, by: Person, statement: Statement, expected_version: int, on: date, to: str, now: datetime) -> Statement:
    """Freeze a statement that every chief officer has signed, as it goes to the inspectors. Its files follow by a job.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = as_stored(statement)
    state = step(by, "submit", current, now)
    if on > today_of(current, now):
        raise CannotDo("That day is still to come. Give the day on which it is sent.")
    signs = queries.signs_of(current, for_person=by)
    last = max((each.signed_on for each in signs if each.signed_on), default=on)
    if on < last:
        raise CannotDo(f"It was signed on {day(last)}. It cannot have been sent before.")
    document = paper.finished(
        kept.from_data(current.content or {}), content.printed_signs(current, signs), submitted_on=on, submitted_to=to
    )
    submitted = door.change(
        by=by, thing=current, expected_version=expected_version, verb="submitted", now=now, state=state.value,
        content=kept.to_data(document), submitted_on=on, submitted_to=to, submitted_by=by, frozen_at=now,
    )  # fmt: skip
    _enqueue(by, submitted, now)
    return submitted


def _enqueue(by: Person, statement: Statement, now: datetime, again: str = "") -> None:
    queue.enqueue(
        PRINT, by=by, arguments={"statement": str(statement.pk)},
        key=f"{PRINT}:{statement.pk}:{statement.version}{again}", now=now, partnership=statement.partnership,
    )  # fmt: skip


def digest_of(statement: Statement) -> str:
    """The SHA-256 of a statement's content, whatever the order in which a database gives its keys."""
    return hashlib.sha256(json.dumps(statement.content, sort_keys=True).encode()).hexdigest()


@action("statement")
def print_files(*, by: Person, statement: Statement, now: datetime) -> None:
    """Ask once more for the files of a submitted statement that has none. Raises AccessDenied, CannotDo."""
    current = as_stored(statement)
    check(by, "print", current, day_of(now))
    if StatementFile.objects.filter(statement=current, withdrawn_at__isnull=True).exists():
        raise CannotDo("Its files are there already.")
    _enqueue(by, current, now, again=f":{now.isoformat()}")


@action("statement")
def attach_files(*, by: Person, statement: Statement, blobs: Mapping[str, Blob], printed: str, now: datetime) -> bool:
    """Attach the printed files of a frozen statement, unless they are there. The bytes are in the store already.

    printed: `digest_of` the content that was printed. Words may have been taken out of it meanwhile: then nothing is
    attached, it is printed anew, and the answer is False, for whoever put the bytes there to remove them. Raises
    AccessDenied.
    """
    current = as_stored(statement)
    check(by, "print", current, day_of(now))
    if printed != digest_of(current):
        _enqueue(by, current, now, again=f":{now.isoformat()}")
        return False
    if StatementFile.objects.filter(statement=current, withdrawn_at__isnull=True).exists():
        return True
    name = f"written-statement-{current.letter.inspection.reference}"
    for format_, blob in blobs.items():
        stored = door.create(
            StoredFile, by=by, verb="stored", now=now, partnership_id=current.partnership_id, sha256=blob.sha256,
            size=blob.size, kind=FORMATS[format_].value, name=f"{name}.{format_}",
        )  # fmt: skip
        door.create(
            StatementFile, by=by, verb="attached", now=now, partnership_id=current.partnership_id, statement=current,
            format=format_, file=stored,
        )  # fmt: skip
    return True


@action("statement")
def withdraw_files(*, by: Person, statement: Statement, now: datetime) -> list[str]:
    """Withdraw files that repeat words which were redacted, and ask for new ones of the cleaned content.

    Follows an approved redaction, inside its transaction: whoever approved it was checked there. Returns the hashes of
    the bytes that nobody may be given any more.
    """
    taken = []
    for each in StatementFile.objects.filter(statement=statement, withdrawn_at__isnull=True).select_related("file"):
        reason = "It repeated words that were redacted."
        door.withdraw(by=by, thing=each, expected_version=each.version, now=now, reason=reason)
        door.withdraw(by=by, thing=each.file, expected_version=each.file.version, now=now, reason=reason)
        taken.append(each.file.sha256)
    if taken:
        prints = by if allows(by, "print", statement, day_of(now)) else statement.submitted_by
        _enqueue(prints or by, statement, now, again=":cleaned")
    return taken


@action("statement")
def file_receipt(
    *, by: Person, statement: Statement, expected_version: int, upload: Upload, on: date, reference: str, note: str,
    now: datetime,
) -> Statement:  # fmt: skip
    """File the inspectors' receipt against a submitted statement. Raises AccessDenied, Conflict, CannotDo."""
    current = as_stored(statement)
    state = step(by, "file_receipt", current, now)
    if current.submitted_on is not None and on < current.submitted_on:
        raise CannotDo(f"It was submitted on {day(current.submitted_on)}. The receipt cannot be older.")
    if on > today_of(current, now):
        raise CannotDo("That day is still to come. Give the day on which the receipt came.")
    stored = files.store_file(
        by=by, partnership=current.partnership, blob=upload.blob, verdict=upload.verdict, name=upload.name, now=now
    )
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="receipt filed", now=now, state=state.value,
        receipt_file=stored, receipt_on=on, receipt_reference=reference, receipt_note=note,
    )  # fmt: skip


@action("statement")
def add_follow_up(*, by: Person, statement: Statement, kind: str, on: date, text: str, now: datetime) -> FollowUp:
    """Record what followed a submitted statement. Raises AccessDenied, CannotDo."""
    current = as_stored(statement)
    step(by, "add_follow_up", current, now)
    if kind not in current.regime.follow_up:
        raise CannotDo("Choose what followed from the list.")
    if current.submitted_on is not None and on < current.submitted_on:
        raise CannotDo(f"It was submitted on {day(current.submitted_on)}. What followed cannot be older.")
    if on > today_of(current, now):
        raise CannotDo("That day is still to come.")
    return door.create(
        FollowUp, by=by, verb="recorded", now=now, partnership_id=current.partnership_id, statement=current, kind=kind,
        on=on, text=text,
    )  # fmt: skip


@action("file")
def record_download(*, by: Person, file: StatementFile, now: datetime) -> None:
    """Put on record that a person was given a statement's file. Raises AccessDenied."""
    check(by, "view", file, day_of(now))
    if file.withdrawn_at is not None:
        raise AccessDenied("withdrawn")
    door.note(by=by, thing=file, verb="downloaded", now=now)
