"""Reads of inspections, letters and findings. Everything starts from what the person may see."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from throughline.access import GuardedQuerySet
from throughline.inspections import answers
from throughline.inspections.frameworks import FINDING_KINDS, FindingKind
from throughline.inspections.models import (
    Finding,
    FindingAgency,
    FindingPart,
    FindingTheme,
    Inspection,
    Letter,
    ProposedFinding,
)
from throughline.inspections.models.proposal import OPEN
from throughline.partners.models import Agency, Participation, Partnership, Person

NEEDS_ACTION = sorted(key for key, kind in FINDING_KINDS.items() if kind.needs_action)
# For rows of `findings_of`.
ANSWERED = Q(answered=True)
UNANSWERED = Q(answered=False, kind__in=NEEDS_ACTION)


def inspections_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's inspections, newest first, each with the number of its findings, in one query."""
    return (
        Inspection.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .annotate(findings_marked=Count("findings", filter=Q(findings__withdrawn_at__isnull=True)))
        .order_by("-fieldwork_start", "reference")
    )


def letters_of(inspection: Inspection, *, for_person: Person) -> GuardedQuerySet:
    """The letters of an inspection, in order, with their files."""
    return (
        Letter.objects.visible_to(for_person)
        .filter(inspection=inspection, withdrawn_at__isnull=True)
        .select_related("file", "inspection__partnership")
    )


def inspection_of(partnership: Partnership, reference: str, *, for_person: Person) -> Inspection:
    """One inspection. Raises DoesNotExist, also when it is not for this person to see."""
    found: Inspection = (
        Inspection.objects.visible_to(for_person)
        .select_related("partnership")
        .get(partnership=partnership, reference=reference, withdrawn_at__isnull=True)
    )
    return found


def letter_of(inspection: Inspection, number: int, *, for_person: Person) -> Letter:
    """One letter with its file. Raises DoesNotExist, also when it is not for this person to see."""
    found: Letter = letters_of(inspection, for_person=for_person).get(number=number)
    return found


def finding_of(inspection: Inspection, reference: str, *, for_person: Person) -> Finding:
    """One finding, a withdrawn one too: its page stays. `standing_parts`, `names` and `about` are what it is linked to.

    Raises DoesNotExist.
    """
    found: Finding = (
        Finding.objects.visible_to(for_person)
        .select_related("inspection__partnership", "letter__file", "letter__inspection__partnership")
        .prefetch_related(
            Prefetch("agency_links", queryset=_named(), to_attr="names"),
            Prefetch("theme_links", queryset=_themed(), to_attr="about"),
            Prefetch(
                "parts",
                queryset=FindingPart.objects.filter(withdrawn_at__isnull=True).select_related("agency"),
                to_attr="standing_parts",
            ),
        )
        .get(inspection=inspection, reference=reference)
    )
    return found


def findings_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The findings that stand, in the letter's order, each with `answered`: whether an action answers it.

    The links that answer each, with their actions, are its `answered_by`; `names` has its links to agencies and `about`
    those to themes. Four queries, however many findings.
    """
    links = answers.standing()
    return (
        Finding.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("inspection__partnership", "letter")
        .annotate(answered=Exists(links.filter(finding=OuterRef("pk"))))
        .prefetch_related(
            Prefetch(
                "action_links",
                queryset=links.select_related("action__plan").order_by("action__number"),
                to_attr="answered_by",
            ),
            Prefetch("agency_links", queryset=_named(), to_attr="names"),
            Prefetch("theme_links", queryset=_themed(), to_attr="about"),
        )
    )


def _named() -> GuardedQuerySet:
    return FindingAgency.objects.filter(withdrawn_at__isnull=True).select_related("agency").order_by("agency__name")


def _themed() -> GuardedQuerySet:
    return FindingTheme.objects.filter(withdrawn_at__isnull=True).select_related("theme").order_by("theme__number")


@dataclass(frozen=True)
class KindCount:
    """How many findings of one kind an inspection has, and how many of those no action answers."""

    kind: FindingKind
    marked: int
    without_action: int


def counts_of(inspection: Inspection, *, for_person: Person) -> list[KindCount]:
    """The findings that stand, counted by kind in the framework's order. One query."""
    rows = (
        Finding.objects.visible_to(for_person)
        .filter(inspection=inspection, withdrawn_at__isnull=True)
        .annotate(answered=Exists(answers.standing().filter(finding=OuterRef("pk"))))
        .order_by()
        .values_list("kind")
        .annotate(marked=Count("pk"), without=Count("pk", filter=Q(answered=False)))
    )
    counted = {kind: (marked, without) for kind, marked, without in rows}
    return [
        KindCount(kind, counted[key][0], counted[key][1] if kind.needs_action else 0)
        for key, kind in FINDING_KINDS.items()
        if key in counted
    ]


def marked_on(letter: Letter, *, for_person: Person) -> GuardedQuerySet:
    """The findings that stand and were marked in a letter, in their printed order."""
    return Finding.objects.visible_to(for_person).filter(letter=letter, withdrawn_at__isnull=True).order_by("place")


def agencies_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """Every agency that takes part or once did, by name: an old letter names old bodies."""
    taking_part = Participation.objects.visible_to(for_person).filter(
        partnership=partnership, withdrawn_at__isnull=True
    )
    return Agency.objects.filter(pk__in=taking_part.values("agency"), withdrawn_at__isnull=True).order_by("name")


def proposals_of(letter: Letter, *, for_person: Person) -> GuardedQuerySet:
    """What was read in a letter and is to be confirmed, in its order, whatever has become of it. One query."""
    return (
        ProposedFinding.objects.visible_to(for_person)
        .filter(letter=letter, withdrawn_at__isnull=True)
        .select_related("finding")
        .order_by("position", "id")
    )


def proposal_of(letter: Letter, pk: UUID, *, for_person: Person, merged_too: bool = False) -> ProposedFinding:
    """One proposal of a letter, one that was merged into another only where asked for. Raises DoesNotExist."""
    every = ProposedFinding.objects.visible_to(for_person).filter(letter=letter).select_related("finding")
    found: ProposedFinding = (every if merged_too else every.filter(withdrawn_at__isnull=True)).get(pk=pk)
    found.letter = letter
    return found


def open_of(inspection: Inspection, *, for_person: Person) -> dict[UUID, tuple[int, int]]:
    """For each letter of an inspection from which something was read: how much of it is open, of how much. One query.

    Empty for those who do not confirm what was read.
    """
    rows = (
        ProposedFinding.objects.visible_to(for_person)
        .filter(letter__inspection=inspection, letter__withdrawn_at__isnull=True, withdrawn_at__isnull=True)
        .order_by()
        .values_list("letter")
        .annotate(waiting=Count("pk", filter=Q(state=OPEN)), every=Count("pk"))
    )
    return {letter: (waiting, every) for letter, waiting, every in rows}
