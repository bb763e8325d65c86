"""What a later inspection said about an earlier finding: recorded, put right, taken back. The last link of the line."""

from datetime import date, datetime

from throughline.access import Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.impact import permissions, rules
from throughline.impact.judgements import CannotDo
from throughline.impact.models import LaterTest
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.inspections.recurrence import day_of_inspection
from throughline.partners.models import Person


def day_it_began(inspection: Inspection) -> date | None:
    """The day by which an inspection is put in order: fieldwork's first, else that of its letter. One query."""
    if inspection.fieldwork_start is not None:
        return inspection.fieldwork_start
    return day_of_inspection(inspection, list(Letter.objects.filter(inspection=inspection, withdrawn_at__isnull=True)))


def _check_words(finding: Finding, inspection: Inspection, said: str, says: str, page: int | None) -> None:
    wrong = rules.why_not_later_test(
        said, says, page, known=LaterTest.SAID, found=day_it_began(finding.inspection), later=day_it_began(inspection)
    )
    if wrong:
        raise CannotDo(" ".join(sentence for _, sentence in wrong))


@action("finding")
def record(
    *, by: Person, finding: Finding, inspection: Inspection, said: str, says: str, page: int | None, now: datetime
) -> LaterTest:
    """Record what a later inspection said about a finding. Once for each inspection.

    `inspection` must have begun after the finding's own. Raises AccessDenied, Foreign, CannotDo.
    """
    check_new(by, "create", permissions.LATER_TEST, Scope(frozenset({finding.partnership_id})), day_of(now))
    current = Finding.objects.select_related("inspection").get(pk=finding.pk)
    if current.withdrawn_at is not None:
        raise CannotDo(f"{current.reference} was withdrawn. Choose another finding.")
    if inspection.withdrawn_at is not None:
        raise CannotDo(f"{inspection} was withdrawn. Choose another inspection.")
    _check_words(current, inspection, said, says, page)
    if LaterTest.objects.filter(finding=current, inspection=inspection, withdrawn_at__isnull=True).exists():
        raise CannotDo(f"What {inspection} said about {current.reference} is on record already. Change that instead.")
    return door.create(
        LaterTest, by=by, verb="recorded", now=now, partnership_id=current.partnership_id, finding=current,
        inspection=inspection, said=said, says=says.strip(), page=page,
    )  # fmt: skip


@action("test")
def change(
    *, by: Person, test: LaterTest, expected_version: int, said: str, says: str, page: int | None, now: datetime
) -> LaterTest:
    """Put right what a later inspection is recorded to have said. Raises AccessDenied, Conflict, CannotDo."""
    current = _standing(test)
    check(by, "change", current, day_of(now))
    _check_words(current.finding, current.inspection, said, says, page)
    return door.change(
        by=by, thing=current, expected_version=expected_version, verb="changed", now=now, said=said, says=says.strip(),
        page=page,
    )  # fmt: skip


@action("test")
def withdraw(*, by: Person, test: LaterTest, expected_version: int, reason: str, now: datetime) -> LaterTest:
    """Take back what a later inspection was recorded to have said, with the reason.

    Raises AccessDenied, Conflict, CannotDo.
    """
    current = _standing(test)
    check(by, "change", current, day_of(now))
    if not reason.strip():
        raise CannotDo("Say why it is taken back. The reason stays on record.")
    return door.withdraw(by=by, thing=current, expected_version=expected_version, now=now, reason=reason)


def _standing(test: LaterTest) -> LaterTest:
    current = LaterTest.objects.select_related("finding__inspection", "inspection").get(pk=test.pk)
    if current.withdrawn_at is not None:
        raise CannotDo("This was taken back already. Record it anew if it does hold.")
    return current
