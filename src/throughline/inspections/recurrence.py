"""Findings that come back: a finding is a return of one that an earlier inspection of the same partnership made.

That a finding comes back is the hardest test of what was done about it the first time.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from throughline.access import GuardedQuerySet, Scope, check, check_new
from throughline.history import door
from throughline.history.door import action
from throughline.history.moments import day_of
from throughline.inspections import permissions
from throughline.inspections.models import Finding, FindingTheme, Inspection, Letter, Recurrence
from throughline.inspections.queries import NEEDS_ACTION
from throughline.inspections.refusals import CannotDo
from throughline.methods.likeness import Candidate, alike
from throughline.partners.models import Partnership, Person

PROPOSED = 5
# For rows of findings: those that are marked as a return of an earlier one.
RETURNS = Q(
    pk__in=Recurrence.objects.filter(withdrawn_at__isnull=True, earlier__withdrawn_at__isnull=True)
    .order_by()
    .values("finding")
)


def is_earlier(one: date | None, other: date | None) -> bool:
    """Whether an inspection of one day came before an inspection of another; a day that nobody knows is not earlier."""
    return one is not None and other is not None and one < other


def day_of_inspection(inspection: Inspection, letters: Sequence[Letter]) -> date | None:
    """The day by which inspections are put in order: fieldwork's first, else the letter's publication or receipt."""
    if inspection.fieldwork_start:
        return inspection.fieldwork_start
    days = [each.published or each.received for each in letters]
    return min(days, default=None)


# -- reads -----------------------------------------------------------------------------------------------------------


def _dated(partnership: Partnership, *, for_person: Person) -> list[tuple[Inspection, date | None]]:
    """The partnership's inspections that stand, each with its day. Two queries."""
    letters = Letter.objects.visible_to(for_person).filter(withdrawn_at__isnull=True)
    found = (
        Inspection.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("partnership")
        .prefetch_related(Prefetch("letters", queryset=letters, to_attr="standing_letters"))
    )
    return [(each, day_of_inspection(each, each.standing_letters)) for each in found]


def earlier_inspections(inspection: Inspection, *, for_person: Person) -> list[tuple[Inspection, date]]:
    """The inspections of the same partnership that came before, newest first, each with its day. Two queries."""
    dated = _dated(inspection.partnership, for_person=for_person)
    own = next((day for each, day in dated if each.pk == inspection.pk), None)
    found = [(each, day) for each, day in dated if day is not None and is_earlier(day, own)]
    return sorted(found, key=lambda pair: (pair[1], pair[0].reference), reverse=True)


def findings_to_return(inspections: Sequence[Inspection], finding: Finding, *, for_person: Person) -> GuardedQuerySet:
    """The findings of these inspections that stand and that `finding` is not marked as a return of, with themes."""
    themes = FindingTheme.objects.filter(withdrawn_at__isnull=True).select_related("theme")
    taken = Recurrence.objects.filter(finding=finding, earlier=OuterRef("pk"), withdrawn_at__isnull=True)
    return (
        Finding.objects.visible_to(for_person)
        .filter(~Exists(taken), inspection__in=inspections, withdrawn_at__isnull=True)
        .select_related("inspection__partnership")
        .prefetch_related(Prefetch("theme_links", queryset=themes, to_attr="standing_themes"))
        .order_by("-inspection__fieldwork_start", "inspection__reference", "place")
    )


def themes_named(finding: Finding) -> list[str]:
    """The names of a finding's themes, from what `findings_to_return` has fetched."""
    return [each.theme.name for each in finding.standing_themes]  # type: ignore[attr-defined]


def proposed_for(
    finding: Finding, themes: Collection[str], among: Sequence[Finding]
) -> list[tuple[Finding, Candidate]]:
    """Those of `among` that need action and that a finding may well be a return of, at most five, best first. Pure.

    `themes` are the names of the finding's own; `among` comes from `findings_to_return`.
    """
    able = [each for each in among if each.kind in NEEDS_ACTION]
    found = alike(finding.text, themes, [(each.text, themes_named(each)) for each in able])
    return [(able[each.place], each) for each in found[:PROPOSED]]


def themes_of_finding(finding: Finding, *, for_person: Person) -> list[FindingTheme]:
    """The themes that a finding has, each as its link, in the list's order. One query."""
    return list(
        FindingTheme.objects.visible_to(for_person)
        .filter(finding=finding, withdrawn_at__isnull=True)
        .select_related("theme")
        .order_by("theme__number", "theme__name")
    )


def _recurrences(*, for_person: Person) -> GuardedQuerySet:
    """Marks that stand, between findings that stand."""
    return (
        Recurrence.objects.visible_to(for_person)
        .filter(withdrawn_at__isnull=True, finding__withdrawn_at__isnull=True, earlier__withdrawn_at__isnull=True)
        .select_related("finding__inspection__partnership", "earlier__inspection__partnership")
    )


def recurrences_of(finding: Finding, *, for_person: Person) -> tuple[list[Recurrence], list[Recurrence]]:
    """What a finding is a return of, and what returned it later. One query."""
    found = _recurrences(for_person=for_person).filter(Q(finding=finding) | Q(earlier=finding))
    rows = list(found.order_by("finding__inspection__reference", "finding__place", "earlier__place"))
    return [each for each in rows if each.finding_id == finding.pk], [
        each for each in rows if each.earlier_id == finding.pk
    ]


def returns_in(inspection: Inspection, *, for_person: Person) -> GuardedQuerySet:
    """The marks on an inspection's findings, in their order."""
    return _recurrences(for_person=for_person).filter(finding__inspection=inspection).order_by("finding__place", "pk")


def recurrence_of(finding: Finding, earlier: Finding, *, for_person: Person) -> Recurrence | None:
    """The mark between two findings, if it stands."""
    found: Recurrence | None = (
        _recurrences(for_person=for_person).filter(finding=finding, earlier=earlier).first()
    )  # fmt: skip
    return found


@dataclass(frozen=True)
class ReturnCounts:
    """How many of an inspection's findings came back from earlier ones, and how many came back later."""

    returns: int
    returned: int


def counts_of(inspection: Inspection, *, for_person: Person) -> ReturnCounts:
    """Findings, not marks: one that returns two earlier ones counts once. One query."""
    rows = _recurrences(for_person=for_person).order_by()
    found = rows.filter(Q(finding__inspection=inspection) | Q(earlier__inspection=inspection)).aggregate(
        returns=Count("finding", filter=Q(finding__inspection=inspection), distinct=True),
        returned=Count("earlier", filter=Q(earlier__inspection=inspection), distinct=True),
    )
    return ReturnCounts(**found)


# -- verbs -----------------------------------------------------------------------------------------------------------


@action("finding")
def mark_return(*, by: Person, finding: Finding, earlier: Finding, now: datetime, note: str = "") -> Recurrence:
    """Mark a finding as a return of an earlier inspection's. Raises AccessDenied, CannotDo, Foreign."""
    check_new(by, "create", permissions.RECURRENCE, Scope(frozenset({finding.partnership_id})), day_of(now))
    check(by, "view", earlier, day_of(now))
    for each in (finding, earlier):
        if each.withdrawn_at is not None:
            raise CannotDo(f"{each.reference} was withdrawn. Choose a finding that stands.")
    if finding.inspection_id == earlier.inspection_id:
        raise CannotDo("A finding returns one of an earlier inspection, not of its own.")
    days = [
        day_of_inspection(
            each.inspection, list(Letter.objects.filter(inspection=each.inspection_id, withdrawn_at=None))
        )
        for each in (earlier, finding)
    ]
    if not is_earlier(days[0], days[1]):
        raise CannotDo(
            f"‘{earlier.inspection.title}’ is not known to be earlier than ‘{finding.inspection.title}’. "
            "Put the first day of fieldwork right in both records"
        )
    if Recurrence.objects.filter(finding=finding, earlier=earlier, withdrawn_at__isnull=True).exists():
        raise CannotDo(f"{finding.reference} is marked as a return of {earlier.reference} already.")
    return door.link(
        Recurrence, by=by, verb="marked", now=now, partnership_id=finding.partnership_id, finding=finding,
        earlier=earlier, note=note,
    )  # fmt: skip


@action("recurrence")
def change_note(*, by: Person, recurrence: Recurrence, expected_version: int, note: str, now: datetime) -> Recurrence:
    """Put right what a mark says came back. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, recurrence, now)
    return door.change(
        by=by, thing=recurrence, expected_version=expected_version, verb="note changed", now=now, note=note
    )


@action("recurrence")
def undo_return(*, by: Person, recurrence: Recurrence, expected_version: int, reason: str, now: datetime) -> Recurrence:
    """Take a mark away that was made by mistake. Raises AccessDenied, Conflict, CannotDo."""
    _check_standing(by, recurrence, now)
    if not reason.strip():
        raise CannotDo("Say why the mark is taken away.")
    return door.unlink(by=by, thing=recurrence, expected_version=expected_version, now=now, reason=reason)


def _check_standing(by: Person, recurrence: Recurrence, now: datetime) -> None:
    check(by, "change", recurrence, day_of(now))
    if recurrence.withdrawn_at is not None:
        raise CannotDo("This mark was taken away already.")
