"""Reads of decisions. Everything starts from what the person may see."""

from datetime import date

from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from throughline.access import GuardedQuerySet, Scope, allows_new
from throughline.partners.models import Agency, Group, Partnership, Person
from throughline.plans.models import Action, Plan
from throughline.scrutiny import permissions
from throughline.scrutiny.models import Decision
from throughline.scrutiny.states import OPEN

# Who seeks a decision when no agency or group does.
THE_PARTNERSHIP = "The partnership"
WAITING = Q(outcome__in=[each.value for each in OPEN])


def _standing(for_person: Person) -> GuardedQuerySet:
    return (
        Decision.objects.visible_to(for_person)
        .filter(withdrawn_at__isnull=True)
        .select_related("agency", "group", "action__plan__partnership", "period", "plan__partnership")
        .annotate(body_name=Coalesce("agency__name", "group__name", Value(THE_PARTNERSHIP)))
        .order_by("number")
    )


def decisions_of(plan: Plan, *, for_person: Person) -> GuardedQuerySet:
    """A plan's decisions in order, each with `body_name`: who seeks it. One query."""
    return _standing(for_person).filter(plan=plan)


def decision_of(plan: Plan, reference: str, *, for_person: Person) -> Decision:
    """One decision. Raises DoesNotExist, also when it is not for this person to see."""
    found: Decision = decisions_of(plan, for_person=for_person).get(reference=reference)
    return found


def decisions_about(act: Action, *, for_person: Person) -> GuardedQuerySet:
    """The decisions that are about an action."""
    return _standing(for_person).filter(action=act)


def waiting_in(partnership: Partnership, *, for_person: Person) -> GuardedQuerySet:
    """The decisions of a partnership that wait for an answer, the longest waiting first."""
    return _standing(for_person).filter(WAITING, partnership=partnership).order_by("sought_on", "number")


def may_answer(person: Person, partnership: Partnership, on: date | None = None) -> bool:
    """Whether a person may record what the Executive Group answered."""
    return allows_new(person, "answer", permissions.DECISION, Scope(frozenset({partnership.pk})), on)


def seeks_for(
    person: Person, partnership: Partnership, bodies: list[Agency | Group], on: date | None = None
) -> list[Agency | Group | None]:
    """For whom a person may seek a decision, among these bodies: None is the partnership itself."""
    candidates: list[Agency | Group | None] = [None, *bodies]
    return [
        each
        for each in candidates
        if allows_new(
            person, "create", permissions.DECISION,
            Scope(frozenset({partnership.pk}), frozenset({each.pk}) if each is not None else frozenset()), on,
        )
    ]  # fmt: skip


def may_seek(person: Person, partnership: Partnership, on: date) -> bool:
    """Whether a person may seek a decision here at all, for whomever: without asking the database."""
    bodies = {grant.body for grant in person.grants_on(on) if grant.partnership == partnership.pk and grant.body}
    scopes = [frozenset(), *(frozenset({each}) for each in bodies)]
    return any(
        allows_new(person, "create", permissions.DECISION, Scope(frozenset({partnership.pk}), each), on)
        for each in scopes
    )
