"""What is done to inspections, letters and findings."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.files.models import StoredFile
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import permissions, rules
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.partners.models import Partnership, Person


class CannotDo(ValueError):
    """What was asked breaks a rule of the room; the sentence says which and what to do."""


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
    """Attach a letter that is already stored. `statement_due` is the date that the letter prints, never a computed one."""
    check(by, "change", inspection, day_of(now))
    number = Letter.objects.filter(inspection=inspection).count() + 1
    return door.create(
        Letter, by=by, verb="added", now=now, partnership_id=inspection.partnership_id, inspection=inspection,
        number=number, file=file, pages=pages, received=received, published=published, statement_due=statement_due,
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
    return door.change(
        by=by, thing=finding, expected_version=expected_version, verb="changed", now=now, reason=reason,
        text=text, title=title, page=page,
    )  # fmt: skip


@action("finding")
def withdraw_finding(
    *, by: Person, finding: Finding, expected_version: int, reason: str, now: datetime
) -> Finding:
    """Take a finding that was marked by mistake out of the register; it stays in the record.

    Raises AccessDenied, Conflict, CannotDo while an action answers it.
    """
    check(by, "change", finding, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why the finding is withdrawn.")
    answered_by = finding.action_links.filter(withdrawn_at__isnull=True).count()  # type: ignore[attr-defined]
    if answered_by:
        raise CannotDo(f"{finding.reference} is answered by an action. Unlink it from the action first.")
    return door.withdraw(
        by=by, thing=finding, expected_version=expected_version, now=now, reason=reason
    )
