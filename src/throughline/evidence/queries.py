"""Reads of evidence. Everything starts from what the person may see."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from throughline.access import GuardedQuerySet
from throughline.evidence import links
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceRevision, EvidenceSeen
from throughline.partners.models import Partnership, Person


def evidence_of(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The partnership's evidence with what a list shows of it, in four queries.

    Each has `body_name`, `is_linked`, `is_shared`, `is_seen` and `satisfied` (somebody was), and its standing rows in
    `shown_links`, `shown_revisions` and `shown_sightings`.
    """
    return with_parts(
        Evidence.objects.visible_to(for_person).filter(partnership=partnership, withdrawn_at__isnull=True)
    )


def with_parts(rows: GuardedQuerySet) -> GuardedQuerySet:
    """Evidence with what belongs to it: whoever may see the evidence may see that."""
    own = {"evidence": OuterRef("pk"), "withdrawn_at__isnull": True}
    revisions = EvidenceRevision.objects.filter(withdrawn_at__isnull=True).select_related("file").order_by("-number")
    sightings = EvidenceSeen.objects.filter(withdrawn_at__isnull=True).order_by("-on", "-pk")
    return (
        rows.select_related("agency", "group", "partnership")
        .annotate(
            body_name=Coalesce("agency__name", "group__name"),
            is_linked=Exists(EvidenceLink.objects.filter(**own)),
            is_shared=Exists(EvidenceRevision.objects.filter(**own)),
            is_seen=Exists(EvidenceSeen.objects.filter(**own)),
            satisfied=Exists(EvidenceSeen.objects.filter(**own, satisfied=True)),
            doubted=Exists(EvidenceSeen.objects.filter(**own, satisfied=False)),
        )
        .prefetch_related(
            Prefetch("links", queryset=EvidenceLink.objects.filter(withdrawn_at__isnull=True), to_attr="shown_links"),
            Prefetch("revisions", queryset=revisions, to_attr="shown_revisions"),
            Prefetch("sightings", queryset=sightings, to_attr="shown_sightings"),
        )
        .order_by("number")
    )


def one(partnership: Partnership, reference: str, *, for_person: Person) -> Evidence:
    """One piece of evidence. Raises DoesNotExist, also when it is not for this person to see."""
    found: Evidence = evidence_of(partnership, for_person=for_person).get(reference=reference)
    return found


def belonging_to(thing: Model, *, for_person: Person) -> GuardedQuerySet:
    """The evidence that belongs to a thing, as far as the person may see it."""
    ids = ids_linked_to([thing])
    return with_parts(Evidence.objects.visible_to(for_person).filter(pk__in=ids, withdrawn_at__isnull=True))


def ids_linked_to(things: Iterable[Model]) -> QuerySet[Any, Any]:
    """The ids of the evidence that belongs to one of these things, as a sub-query."""
    where = Q(pk__in=[])
    for thing in things:
        where |= Q(thing_kind=links.kind_of(thing).name, thing_id=thing.pk)
    return EvidenceLink.objects.filter(where, withdrawn_at__isnull=True).values("evidence")


def revision_of(evidence: Evidence, number: int, *, for_person: Person) -> EvidenceRevision:
    """A standing file or link of a piece of evidence. Raises DoesNotExist."""
    found: EvidenceRevision = (
        EvidenceRevision.objects.visible_to(for_person)
        .filter(evidence=evidence, number=number, withdrawn_at__isnull=True)
        .select_related("file", "evidence__partnership", "evidence__agency", "evidence__group")
        .get()
    )
    return found


def link_of(evidence: Evidence, pk: UUID, *, for_person: Person) -> EvidenceLink:
    """One standing link of a piece of evidence. Raises DoesNotExist."""
    found: EvidenceLink = (
        EvidenceLink.objects.visible_to(for_person)
        .select_related("evidence")
        .get(evidence=evidence, pk=pk, withdrawn_at__isnull=True)
    )
    return found


def sighting_of(evidence: Evidence, pk: UUID, *, for_person: Person) -> EvidenceSeen:
    """One standing sighting of a piece of evidence. Raises DoesNotExist."""
    found: EvidenceSeen = (
        EvidenceSeen.objects.visible_to(for_person)
        .select_related("evidence")
        .get(evidence=evidence, pk=pk, withdrawn_at__isnull=True)
    )
    return found


def expired(on: date) -> Q:
    """Evidence that shows nothing any more on a day: `rules.has_expired` as a query."""
    return Q(expires__lt=on)
