"""What is done to inspections, letters and findings."""

from dataclasses import dataclass
from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.files import actions as files
from throughline.files.models import StoredFile
from throughline.files.store import Blob
from throughline.files.verdict import Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import answers, permissions, rules
from throughline.inspections.frameworks import FINDING_KINDS, FRAMEWORKS
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.inspections.refusals import CannotDo as CannotDo
from throughline.partners.models import Partnership, Person


class SameLetter(CannotDo):
    """The partnership has exactly this file as a letter already: `letter`."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(
            f"You have this letter already: it is letter {letter.number} of ‘{letter.inspection.title}’. "
            "Open that one, or choose another file"
        )
        self.letter = letter


@dataclass(frozen=True)
class LetterDates:
    """The dates of a letter. `statement_due` is the one that it prints, never a computed one."""

    received: date
    published: date | None = None
    statement_due: date | None = None


@dataclass(frozen=True)
class ReadLetter:
    """A letter's bytes that passed the gate and are in the store, with the number of their pages."""

    blob: Blob
    verdict: Verdict
    name: str
    pages: int


@action("partnership")
def create_inspection(
    *, by: Person, partnership: Partnership, reference: str, title: str, framework: str, now: datetime,
    theme: str = "", fieldwork_start: date | None = None, fieldwork_end: date | None = None,
) -> Inspection:  # fmt: skip
    """Record an inspection. Raises AccessDenied, CannotDo when the reference is taken."""
    check_new(by, "create", permissions.INSPECTION, Scope(frozenset({partnership.pk})), day_of(now))
    if Inspection.objects.filter(partnership=partnership, reference=reference).exists():
        raise CannotDo(f"There is an inspection '{reference}' already. Open it, or choose another short name.")
    return door.create(
        Inspection, by=by, verb="created", now=now, partnership=partnership, reference=reference, title=title,
        framework=framework, theme=theme, fieldwork_start=fieldwork_start, fieldwork_end=fieldwork_end,
    )  # fmt: skip


@action("inspection")
def add_letter(
    *, by: Person, inspection: Inspection, file: StoredFile, pages: int, received: date, now: datetime,
    published: date | None = None, statement_due: date | None = None,
) -> Letter:  # fmt: skip
    """Attach a letter that is already stored. `statement_due` is the date that it prints, never a computed one."""
    check(by, "change", inspection, day_of(now))
    number = Letter.objects.filter(inspection=inspection).count() + 1
    return door.create(
        Letter, by=by, verb="added", now=now, partnership_id=inspection.partnership_id, inspection=inspection,
        number=number, file=file, pages=pages, received=received, published=published, statement_due=statement_due,
    )  # fmt: skip


@action("partnership")
def begin_inspection(
    *, by: Person, partnership: Partnership, title: str, framework: str, letter: ReadLetter, dates: LetterDates,
    now: datetime, theme: str = "", fieldwork_start: date | None = None, fieldwork_end: date | None = None,
) -> Letter:  # fmt: skip
    """Record an inspection together with the letter that reports it. Its reference is its regime and year: jtai-2018.

    Raises AccessDenied, SameLetter.
    """
    check_new(by, "create", permissions.INSPECTION, Scope(frozenset({partnership.pk})), day_of(now))
    _refuse_same(partnership, letter.blob)
    taken = set(Inspection.objects.filter(partnership=partnership).values_list("reference", flat=True))
    year = (fieldwork_start or dates.published or dates.received).year
    inspection = create_inspection(
        by=by, partnership=partnership, title=title, framework=framework, theme=theme,
        reference=rules.reference_from(f"{FRAMEWORKS[framework].short} {year}", taken),
        fieldwork_start=fieldwork_start, fieldwork_end=fieldwork_end, now=now,
    )  # fmt: skip
    return _keep(by, inspection, letter, dates, now)


@action("inspection")
def receive_letter(
    *, by: Person, inspection: Inspection, letter: ReadLetter, dates: LetterDates, now: datetime
) -> Letter:
    """Add another letter to an inspection. Raises AccessDenied, SameLetter."""
    check(by, "change", inspection, day_of(now))
    _refuse_same(inspection.partnership, letter.blob)
    return _keep(by, inspection, letter, dates, now)


def _refuse_same(partnership: Partnership, blob: Blob) -> None:
    same = (
        Letter.objects.filter(partnership=partnership, file__sha256=blob.sha256, withdrawn_at__isnull=True)
        .select_related("inspection")
        .first()
    )
    if same is not None:
        raise SameLetter(same)


def _keep(by: Person, inspection: Inspection, letter: ReadLetter, dates: LetterDates, now: datetime) -> Letter:
    file = files.store_file(
        by=by, partnership=inspection.partnership, blob=letter.blob, verdict=letter.verdict, name=letter.name, now=now
    )
    return add_letter(
        by=by, inspection=inspection, file=file, pages=letter.pages, received=dates.received,
        published=dates.published, statement_due=dates.statement_due, now=now,
    )  # fmt: skip


@action("letter")
def change_dates(*, by: Person, letter: Letter, expected_version: int, dates: LetterDates, now: datetime) -> Letter:
    """Correct the dates of a letter. Raises AccessDenied, Conflict."""
    check(by, "change", letter, day_of(now))
    return door.change(
        by=by, thing=letter, expected_version=expected_version, verb="dates corrected", now=now,
        received=dates.received, published=dates.published, statement_due=dates.statement_due,
    )  # fmt: skip


@action("inspection")
def mark_finding(
    *, by: Person, inspection: Inspection, kind: str, text: str, title: str, now: datetime,
    letter: Letter | None = None, page: int | None = None,
) -> Finding:  # fmt: skip
    """Mark one finding. It gets the next reference of its kind. Raises AccessDenied, CannotDo."""
    check_new(by, "create", permissions.FINDING, Scope(frozenset({inspection.partnership_id})), day_of(now))
    if letter is not None and letter.inspection_id != inspection.pk:
        raise CannotDo("That letter belongs to another inspection.")
    if letter is not None and (page is None or not 1 <= page <= letter.pages):
        raise CannotDo(f"The letter has {letter.pages} pages. Give the page on which the words stand.")
    found = FINDING_KINDS[kind]
    taken = Finding.objects.filter(inspection=inspection).values_list("reference", flat=True)
    reference = rules.next_reference(found, taken)
    return door.create(
        Finding, by=by, verb="marked", now=now, partnership_id=inspection.partnership_id, inspection=inspection,
        letter=letter, reference=reference, place=rules.place_of(reference, found), kind=kind, page=page, text=text,
        title=title,
    )  # fmt: skip


@action("finding")
def change_finding(
    *, by: Person, finding: Finding, expected_version: int, text: str, title: str, page: int | None, now: datetime,
    reason: str = "",
) -> Finding:  # fmt: skip
    """Correct a finding's words, page or title. Its kind and reference stay. Raises AccessDenied, Conflict."""
    check(by, "change", finding, day_of(now))
    if finding.withdrawn_at is not None:
        raise CannotDo(f"{finding.reference} was withdrawn and stays as it was. Mark the finding anew.")
    if finding.letter is not None and (page is None or not 1 <= page <= finding.letter.pages):
        raise CannotDo(f"The letter has {finding.letter.pages} pages. Give the page on which the words stand.")
    return door.change(
        by=by, thing=finding, expected_version=expected_version, verb="changed", now=now, reason=reason,
        text=text, title=title, page=page,
    )  # fmt: skip


@action("finding")
def withdraw_finding(*, by: Person, finding: Finding, expected_version: int, reason: str, now: datetime) -> Finding:
    """Take a finding that was marked by mistake out of the register; it stays in the record.

    Raises AccessDenied, Conflict, CannotDo while an action answers it.
    """
    check(by, "change", finding, day_of(now))
    if finding.withdrawn_at is not None:
        raise CannotDo(f"{finding.reference} is withdrawn already.")
    if not reason.strip():
        raise CannotDo("Say why the finding is withdrawn.")
    answer = answers.standing().filter(finding=finding).select_related("action").first()
    if answer is not None:
        raise CannotDo(
            f"{finding.reference} is answered by {answer.action.reference}. Take it off that action first, then "
            "withdraw it."
        )
    return door.withdraw(by=by, thing=finding, expected_version=expected_version, now=now, reason=reason)
