"""What those whom a letter names must do, and how far they have done it.

Recipients publish the letter on their websites and supply copies to whoever asks for one (SI 2015/1792, regulation 3),
and co-operate with whoever makes the written statement (regulation 4).
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Count, Q

from throughline.access import GuardedQuerySet, Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.models import Event
from throughline.history.moments import day_of
from throughline.inspections import permissions, record_rules
from throughline.inspections.models import Inspection, Letter, Recipient
from throughline.inspections.record_rules import Duties
from throughline.inspections.refusals import CannotDo
from throughline.partners.models import Agency, Participation, Person

PUBLISHED = Q(published_on__isnull=False)
CONTRIBUTED = Q(contributed_on__isnull=False)
SIGNED = Q(signed_on__isnull=False)
# The verbs under which a signature on the statement reaches those whom the letter names, and falls again.
WITH_STATEMENT, FELL_WITH_STATEMENT = "signed with the statement", "signature fell with the statement"


# -- reads -----------------------------------------------------------------------------------------------------------


def recipients_of(inspection: Inspection, *, for_person: Person) -> GuardedQuerySet:
    """Those whom the inspection's letters name and who stand, in the letters' order, each with its agency."""
    return (
        Recipient.objects.visible_to(for_person)
        .filter(letter__inspection=inspection, letter__withdrawn_at__isnull=True, withdrawn_at__isnull=True)
        .select_related("agency", "letter__inspection__partnership")
        .order_by("letter__number", "number")
    )


def recipient_of(letter: Letter, number: int, *, for_person: Person) -> Recipient:
    """One recipient of a letter who stands. Raises DoesNotExist, also when it is not for this person to see."""
    found: Recipient = (
        Recipient.objects.visible_to(for_person)
        .select_related("agency", "letter__inspection__partnership")
        .get(letter=letter, number=number, withdrawn_at__isnull=True)
    )
    return found


@dataclass(frozen=True)
class DutyCounts:
    """How many recipients there are, and how many of them have done each duty."""

    recipients: int
    published: int
    contributed: int
    signed: int
    without_agency: int


def counts_of(inspection: Inspection, *, for_person: Person) -> DutyCounts:
    """The duties of an inspection's recipients, counted. One query."""
    rows = recipients_of(inspection, for_person=for_person).order_by()
    return DutyCounts(
        **rows.aggregate(
            recipients=Count("pk"),
            published=Count("pk", filter=PUBLISHED),
            contributed=Count("pk", filter=CONTRIBUTED),
            signed=Count("pk", filter=SIGNED),
            without_agency=Count("pk", filter=Q(agency__isnull=True)),
        )
    )


def proposals(recipients: Iterable[Recipient], agencies: Iterable[Agency]) -> list[tuple[Recipient, Agency]]:
    """For recipients without an agency: the one that their line names, where it names one for certain. Pure."""
    bodies = list(agencies)
    names = [(each.name, each.short_name) for each in bodies]
    return [
        (each, bodies[found])
        for each in recipients
        if each.agency_id is None and (found := record_rules.named_in(each.printed, names)) is not None
    ]


# -- verbs -----------------------------------------------------------------------------------------------------------


@action("letter")
def add_recipient(
    *, by: Person, letter: Letter, printed: str, now: datetime, agency: Agency | None = None
) -> Recipient:
    """Add one of those whom a letter names, after the others. Raises AccessDenied, CannotDo."""
    check_new(by, "create", permissions.RECIPIENT, Scope(frozenset({letter.partnership_id})), day_of(now))
    line = _line(letter, printed)
    _check_takes_part(letter, agency)
    numbers = Recipient.objects.filter(letter=letter).order_by("-number").values_list("number", flat=True)
    return door.create(
        Recipient, by=by, verb="added", now=now, partnership_id=letter.partnership_id, letter=letter,
        number=(numbers.first() or 0) + 1, printed=line, agency=agency,
    )  # fmt: skip


@action("recipient")
def change_recipient(
    *, by: Person, recipient: Recipient, expected_version: int, printed: str, agency: Agency | None, now: datetime
) -> Recipient:
    """Put a recipient's line or agency right. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, "change", recipient, now)
    line = _line(recipient.letter, printed, but=recipient)
    if agency is not None and agency.pk != recipient.agency_id:
        _check_takes_part(recipient.letter, agency)
    return door.change(
        by=by, thing=recipient, expected_version=expected_version, verb="changed", now=now, printed=line, agency=agency
    )


@action("inspection")
def link_agencies(*, by: Person, inspection: Inspection, now: datetime) -> list[Recipient]:
    """Link each recipient without an agency to the one that its line names for certain. Returns those linked.

    Harmless to repeat. Raises AccessDenied.
    """
    check(by, "change", inspection, day_of(now))
    waiting = Recipient.objects.filter(
        letter__inspection=inspection, letter__withdrawn_at__isnull=True, withdrawn_at__isnull=True, agency__isnull=True
    ).order_by("letter__number", "number")
    linked = []
    for each, agency in proposals(list(waiting), agencies_of(inspection)):
        linked.append(
            door.change(
                by=by, thing=each, expected_version=each.version, verb="agency linked", now=now, agency=agency,
                reason="The line names the agency.",
            )
        )  # fmt: skip
    return linked


@action("recipient")
def record_duties(
    *, by: Person, recipient: Recipient, expected_version: int, duties: Duties, today: date, now: datetime
) -> Recipient:
    """Record what a recipient has done of its duties: its own agency's lead may, and whoever keeps the inspection.

    Raises AccessDenied, Conflict, CannotDo.
    """
    _check_standing(by, "record", recipient, now)
    wrong = record_rules.wrong_duties(duties, today)
    if wrong:
        raise CannotDo(next(iter(wrong.values())))
    return door.change(
        by=by, thing=recipient, expected_version=expected_version, verb="duties recorded", now=now, **asdict(duties)
    )


@action("letter")
def signed_with_statement(
    *, by: Person, letter: Letter, agency: Agency, signed_on: date, post: str, now: datetime
) -> list[Recipient]:
    """Follow a signature on the letter's statement: the agency's lines that say nothing of one yet say so too.

    A consequence, inside the transaction of the signature: whether `by` may sign or record it was checked there, and
    keeping duties is no right that this needs. Only a reader of the letter comes here. What a person recorded stays.
    Raises AccessDenied.
    """
    check(by, "view", letter, day_of(now))
    return [
        door.change(
            by=by, thing=each, expected_version=each.version, verb=WITH_STATEMENT, now=now, signed_on=signed_on,
            signed_by=post,
        )
        for each in _lines_of(letter, agency).filter(signed_on__isnull=True)
    ]  # fmt: skip


@action("letter")
def signature_fell(
    *, by: Person, letter: Letter, agency: Agency, signed_on: date, post: str, reason: str, now: datetime
) -> list[Recipient]:
    """Follow a signature that fell when the statement was opened again: undo what it had brought, and no more.

    A consequence like `signed_with_statement`. A line on which a person has recorded another day or post since, or
    recorded it before, stays. Raises AccessDenied.
    """
    check(by, "view", letter, day_of(now))
    brought = [
        each for each in _lines_of(letter, agency).filter(signed_on=signed_on, signed_by=post) if _was_brought(each)
    ]
    return [
        door.change(
            by=by, thing=each, expected_version=each.version, verb=FELL_WITH_STATEMENT, now=now, reason=reason,
            signed_on=None, signed_by="",
        )
        for each in brought
    ]  # fmt: skip


def _lines_of(letter: Letter, agency: Agency) -> GuardedQuerySet:
    return Recipient.objects.filter(letter=letter, agency=agency, withdrawn_at__isnull=True).order_by("number")


def _was_brought(recipient: Recipient) -> bool:
    """Whether the last that befell a recipient by its statement's signatures was one that came, not one that fell."""
    last = Event.objects.filter(thing_id=recipient.pk, verb__in=(WITH_STATEMENT, FELL_WITH_STATEMENT))
    return last.order_by("-sequence").values_list("verb", flat=True).first() == WITH_STATEMENT


@action("recipient")
def withdraw_recipient(
    *, by: Person, recipient: Recipient, expected_version: int, reason: str, now: datetime
) -> Recipient:
    """Take somebody whom the letter does not name out of the list. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, "change", recipient, now)
    if not reason.strip():
        raise CannotDo("Say why the recipient is taken off the list.")
    return door.withdraw(by=by, thing=recipient, expected_version=expected_version, now=now, reason=reason)


def agencies_of(inspection: Inspection) -> list[Agency]:
    """Every agency that takes or took part in the inspection's partnership: an old letter names old bodies."""
    taking_part = Participation.objects.filter(
        partnership_id=inspection.partnership_id, withdrawn_at__isnull=True
    ).values("agency")
    return list(Agency.objects.filter(pk__in=taking_part, withdrawn_at__isnull=True).order_by("name"))


def _check_standing(by: Person, verb: str, recipient: Recipient, now: datetime) -> None:
    check(by, verb, recipient, day_of(now))
    if recipient.withdrawn_at is not None:
        raise CannotDo(f"‘{recipient.printed}’ was taken off the list. Add it anew if the letter names it.")


def _line(letter: Letter, printed: str, but: Recipient | None = None) -> str:
    line = " ".join(printed.split())
    if not line:
        raise CannotDo("Enter the recipient as the letter prints it.")
    others = Recipient.objects.filter(letter=letter, withdrawn_at__isnull=True)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if any(each.casefold() == line.casefold() for each in others.values_list("printed", flat=True)):
        raise CannotDo(f"‘{line}’ is on the list already.")
    return line


def _check_takes_part(letter: Letter, agency: Agency | None) -> None:
    if agency is None:
        return
    if not Participation.objects.filter(
        partnership_id=letter.partnership_id, agency=agency, withdrawn_at__isnull=True
    ).exists():
        raise CannotDo(f"{agency} does not take part in this partnership. Choose another agency, or none.")
