"""What is done to inspections, letters and findings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from throughline.access import Scope, check, check_new
from throughline.files import actions as files
from throughline.files.models import StoredFile
from throughline.files.store import Blob
from throughline.files.verdict import Verdict
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import answers, links, permissions, proposing, rules, sameness
from throughline.inspections.frameworks import FINDING_KINDS, FRAMEWORKS
from throughline.inspections.letter_reading import ReadFinding
from throughline.inspections.models import Finding, Inspection, Letter, Recipient, Theme
from throughline.inspections.proposals import Words
from throughline.inspections.refusals import CannotDo as CannotDo
from throughline.partners.models import Agency, Partnership, Person


class SameLetter(CannotDo):
    """The partnership has this letter, or an inspection like its own, already: `noticed`."""

    def __init__(self, noticed: Sequence[sameness.Noticed]) -> None:
        super().__init__(f"{noticed[0].why} Open that one, add this letter to it, or say that it is another.")
        self.noticed = tuple(noticed)

    @property
    def letter(self) -> Letter | None:
        """The letter that is here, where it is a letter."""
        return self.noticed[0].letter


@dataclass(frozen=True)
class LetterDates:
    """The dates of a letter. `statement_due` is the one that it prints, never a computed one."""

    received: date
    published: date | None = None
    statement_due: date | None = None


@dataclass(frozen=True)
class ReadLetter:
    """A letter's bytes that passed the gate and are in the store, with the number of their pages and what was read.

    `findings` are proposed and enter nothing. `words_sha256` is what `Reading.words_sha256` gives; `notes` are the
    reader's sentences for a person to check.
    """

    blob: Blob
    verdict: Verdict
    name: str
    pages: int
    words_sha256: str = ""
    findings: tuple[ReadFinding, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class LetterSays:
    """What else a letter prints: to whom it went, who answers it, and the words of its due date."""

    recipients: tuple[str, ...] = ()
    principal_authority: str = ""
    statement_due_printed: str = ""


@dataclass(frozen=True)
class About:
    """What an inspection was about, by whom it was made and when."""

    title: str
    framework: str
    theme: str = ""
    area: str = ""
    inspectorates: tuple[str, ...] = ()
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None

    def year(self, dates: LetterDates) -> int:
        """The year by which the inspection is called."""
        return (self.fieldwork_start or dates.published or dates.received).year


NOTHING = LetterSays()


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
    published: date | None = None, statement_due: date | None = None, says: LetterSays = NOTHING,
    read: ReadLetter | None = None,
) -> Letter:  # fmt: skip
    """Attach a letter that is already stored. `statement_due` is the date that it prints, never a computed one."""
    check(by, "change", inspection, day_of(now))
    number = Letter.objects.filter(inspection=inspection).count() + 1
    return door.create(
        Letter, by=by, verb="added", now=now, partnership=inspection.partnership, inspection=inspection,
        number=number, file=file, pages=pages, received=received, published=published, statement_due=statement_due,
        statement_due_printed=says.statement_due_printed,
        principal_authority=says.principal_authority, was_read=bool(read and read.findings),
        reading_notes=list(read.notes) if read else [], words_sha256=read.words_sha256 if read else "",
    )  # fmt: skip


@action("partnership")
def begin_inspection(
    *, by: Person, partnership: Partnership, about: About, letter: ReadLetter, dates: LetterDates, now: datetime,
    says: LetterSays = NOTHING, knowing: Collection[UUID] = (),
) -> Letter:  # fmt: skip
    """Record an inspection with the letter that reports it, those whom it names and the findings that were read in it.

    Its reference is its regime and year: jtai-2018. `knowing`: the ids of what looks the same and was seen and passed
    over. Raises AccessDenied, SameLetter.
    """
    check_new(by, "create", permissions.INSPECTION, Scope(frozenset({partnership.pk})), day_of(now))
    refuse_same(by, partnership, marks_of(letter, dates, about), knowing)
    taken = set(Inspection.objects.filter(partnership=partnership).values_list("reference", flat=True))
    inspection = door.create(
        Inspection, by=by, verb="created", now=now, partnership=partnership, title=about.title,
        reference=rules.reference_from(f"{FRAMEWORKS[about.framework].short} {about.year(dates)}", taken),
        framework=about.framework, theme=about.theme, area=about.area, inspectorates=list(about.inspectorates),
        fieldwork_start=about.fieldwork_start, fieldwork_end=about.fieldwork_end,
    )  # fmt: skip
    return _keep(by, inspection, letter, dates, says, now)


@action("inspection")
def receive_letter(
    *, by: Person, inspection: Inspection, letter: ReadLetter, dates: LetterDates, now: datetime,
    says: LetterSays = NOTHING, knowing: Collection[UUID] = (),
) -> Letter:  # fmt: skip
    """Add another letter to an inspection, with those whom it names and the findings that were read in it.

    Raises AccessDenied, SameLetter.
    """
    check(by, "change", inspection, day_of(now))
    refuse_same(by, inspection.partnership, marks_of(letter, dates, inspection), knowing, within=inspection)
    return _keep(by, inspection, letter, dates, says, now)


def marks_of(letter: ReadLetter, dates: LetterDates, about: About | Inspection) -> sameness.Marks:
    """By what a letter that is about to be kept is known again."""
    begins = about.fieldwork_start
    return sameness.Marks(
        sha256=letter.blob.sha256, words_sha256=letter.words_sha256, framework=about.framework, area=about.area,
        published=dates.published, fieldwork_start=begins, fieldwork_end=about.fieldwork_end,
        year=begins.year if begins else None,
    )  # fmt: skip


def refuse_same(
    by: Person, partnership: Partnership, marks: sameness.Marks, knowing: Collection[UUID],
    within: Inspection | None = None,
) -> None:  # fmt: skip
    """Raise SameLetter for what looks the same and was not seen by whoever goes on."""
    found = sameness.noticed(partnership, marks, for_person=by, within=within)
    unseen = [each for each in found if each.key not in knowing]
    if unseen:
        raise SameLetter(unseen)


def _keep(
    by: Person, inspection: Inspection, letter: ReadLetter, dates: LetterDates, says: LetterSays, now: datetime
) -> Letter:
    file = files.store_file(
        by=by, partnership=inspection.partnership, blob=letter.blob, verdict=letter.verdict, name=letter.name, now=now
    )
    kept = add_letter(
        by=by, inspection=inspection, file=file, pages=letter.pages, received=dates.received,
        published=dates.published, statement_due=dates.statement_due, says=says, read=letter, now=now,
    )  # fmt: skip
    door.bulk(
        Recipient, by=by, verb="read", now=now,
        rows=[
            {"partnership": inspection.partnership, "letter": kept, "number": number, "printed": line}
            for number, line in enumerate(says.recipients, start=1)
        ],
    )  # fmt: skip
    proposing.propose(by=by, letter=kept, findings=letter.findings, now=now)
    return kept


@action("letter")
def change_dates(
    *, by: Person, letter: Letter, expected_version: int, dates: LetterDates, now: datetime,
    principal_authority: str | None = None,
) -> Letter:  # fmt: skip
    """Correct the dates of a letter, and who answers it unless that is None. Raises AccessDenied, Conflict."""
    check(by, "change", letter, day_of(now))
    # A day put right is no longer as it was printed.
    printed = letter.statement_due_printed if dates.statement_due == letter.statement_due else ""
    authority = letter.principal_authority if principal_authority is None else principal_authority
    return door.change(
        by=by, thing=letter, expected_version=expected_version, verb="dates corrected", now=now,
        received=dates.received, published=dates.published, statement_due=dates.statement_due,
        statement_due_printed=printed, principal_authority=authority,
    )  # fmt: skip


@action("inspection")
def mark_finding(
    *, by: Person, inspection: Inspection, kind: str, text: str, title: str, now: datetime,
    letter: Letter | None = None, page: int | None = None, words: Words | None = None,
    agencies: Sequence[Agency] = (), themes: Sequence[Theme] = (), bodies: Sequence[Agency] = (),
) -> Finding:  # fmt: skip
    """Mark one finding. It gets the next reference of its kind. Raises AccessDenied, CannotDo.

    `words`, where the finding has parts, is the text in its parts: `text` is then `words.whole`, and `bodies` has the
    agencies that its parts name.
    """
    check_new(by, "create", permissions.FINDING, Scope(frozenset({inspection.partnership_id})), day_of(now))
    if letter is not None and letter.inspection_id != inspection.pk:
        raise CannotDo("That letter belongs to another inspection.")
    if letter is not None and (page is None or not 1 <= page <= letter.pages):
        raise CannotDo(f"The letter has {letter.pages} pages. Give the page on which the words stand.")
    found = FINDING_KINDS[kind]
    taken = Finding.objects.filter(inspection=inspection).values_list("reference", flat=True)
    reference = rules.next_reference(found, taken)
    marked = door.create(
        Finding, by=by, verb="marked", now=now, partnership_id=inspection.partnership_id, inspection=inspection,
        letter=letter, reference=reference, place=rules.place_of(reference, found), kind=kind, page=page,
        text=words.whole if words else text, title=title,
    )  # fmt: skip
    given = links.Given(marked, words or Words(text), tuple(agencies), tuple(themes), tuple(bodies))
    links.give(by=by, given=[given], now=now)
    return marked


@action("finding")
def change_finding(
    *, by: Person, finding: Finding, expected_version: int, text: str, title: str, page: int | None, now: datetime,
    reason: str = "", given: links.Given | None = None,
) -> Finding:  # fmt: skip
    """Correct a finding's words, page or title. Its kind and reference stay. Raises AccessDenied, Conflict.

    `given`, where its parts, agencies and themes are put right too, has all of its words: `text` is then not read.
    """
    check(by, "change", finding, day_of(now))
    if finding.withdrawn_at is not None:
        raise CannotDo(f"{finding.reference} was withdrawn and stays as it was. Mark the finding anew.")
    if finding.letter is not None and (page is None or not 1 <= page <= finding.letter.pages):
        raise CannotDo(f"The letter has {finding.letter.pages} pages. Give the page on which the words stand.")
    changed = door.change(
        by=by, thing=finding, expected_version=expected_version, verb="changed", now=now, reason=reason,
        text=given.words.whole if given else text, title=title, page=page,
    )  # fmt: skip
    if given is not None:
        links.put_right(by=by, given=given, now=now)
    return changed


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
