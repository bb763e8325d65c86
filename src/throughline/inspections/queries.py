"""Reads of inspections, letters and findings. Everything starts from what the person may see."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from throughline.access import GuardedQuerySet
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.inspections.models import Finding, Inspection, Letter
from throughline.partners.models import Partnership, Person

NEEDS_ACTION = sorted(key for key, kind in FINDING_KINDS.items() if kind.needs_action)


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
        .select_related("file", "inspection")
    )


def findings_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The findings that stand, in the letter's order, each with `answered`: whether an action answers it."""
    link = Finding._meta.get_field("action_links").related_model  # type: ignore[union-attr]
    links: Any = link._base_manager  # type: ignore[union-attr]
    return (
        Finding.objects.visible_to(for_person)
        .filter(partnership=partnership, withdrawn_at__isnull=True)
        .select_related("inspection", "letter")
        .annotate(
            answered=Exists(
                links.filter(
                    finding=OuterRef("pk"), withdrawn_at__isnull=True, action__withdrawn_at__isnull=True
                )
            )
        )
    )


def same_letter(partnership: Partnership, sha256: str, *, for_person: Person) -> Letter | None:
    """A letter of the partnership with exactly these bytes, if the person may see one."""
    found: Letter | None = (
        Letter.objects.visible_to(for_person)
        .filter(partnership=partnership, file__sha256=sha256, withdrawn_at__isnull=True)
        .select_related("inspection")
        .first()
    )
    return found

