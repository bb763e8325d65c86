"""What a plan holds when something is brought into it: its actions with everything that belongs to them."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from throughline.inspections.models import Finding
from throughline.inspections.queries import findings_of
from throughline.partners.models import Agency, Group, Person
from throughline.partners.queries import bodies_of
from throughline.plans import placings, queries
from throughline.plans.models import (
    Action,
    ActionNote,
    Contributor,
    DesiredImpact,
    ImpactTest,
    ImprovementArea,
    Milestone,
    Plan,
    RememberedHeading,
)

Body = Agency | Group


@dataclass(frozen=True)
class HeldAction:
    """An action with what belongs to it."""

    act: Action
    findings: tuple[Finding, ...] = ()
    impacts: tuple[DesiredImpact, ...] = ()
    contributors: tuple[Contributor, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    notes: tuple[ActionNote, ...] = ()


@dataclass(frozen=True)
class Held:
    """A plan as one person sees it on a day, with the bodies and findings that rows may name.

    Read in a constant number of queries.
    """

    plan: Plan
    bodies: tuple[Body, ...]
    areas: tuple[ImprovementArea, ...]
    impacts: tuple[DesiredImpact, ...]
    tests: dict[UUID, list[ImpactTest]]
    findings: tuple[Finding, ...]
    placed: dict[UUID, ImprovementArea]
    actions: tuple[HeldAction, ...]
    on: date
    headings: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What changes whenever anything changes that an import compares itself with."""
        rows: list[Any] = [*self.areas, *self.impacts]
        for each in self.actions:
            rows += [each.act, *each.contributors, *each.milestones, *each.notes]
            rows += [*each.act.answers, *each.act.serves]  # type: ignore[attr-defined]
        for tests in self.tests.values():
            rows += tests
        text = " ".join(sorted(f"{each.pk}:{each.version}" for each in rows))
        return hashlib.sha256(text.encode()).hexdigest()


def held_in(plan: Plan, *, for_person: Person, on: date) -> Held:
    """What a plan holds, as `for_person` may see it."""
    actions = list(queries.actions_of(plan, for_person=for_person))
    bodies = dict.fromkeys(bodies_of(plan.partnership, for_person=for_person, on=on))
    bodies.update(dict.fromkeys(each.lead for each in actions))  # one that left since still leads what it leads
    findings = findings_of(plan.partnership, for_person=for_person).select_related("inspection")
    parts = {
        model: _by_action(_standing(model, plan, for_person))
        for model in (Contributor, Milestone, ActionNote)
    }  # fmt: skip
    tests: dict[UUID, list[ImpactTest]] = defaultdict(list)
    for test in ImpactTest.objects.visible_to(for_person).filter(desired_impact__plan=plan, withdrawn_at__isnull=True):
        tests[test.desired_impact_id].append(test)
    return Held(
        plan=plan,
        bodies=tuple(bodies),
        areas=tuple(queries.areas_of(plan, for_person=for_person)),
        impacts=tuple(queries.impacts_of(plan, for_person=for_person)),
        tests=dict(tests),
        findings=tuple(findings),
        placed={each.finding_id: each.area for each in placings.placed_in(plan, for_person=for_person)},
        actions=tuple(
            HeldAction(
                each,
                tuple(link.finding for link in each.answers),
                tuple(link.desired_impact for link in each.serves),
                tuple(parts[Contributor].get(each.pk, ())),
                tuple(parts[Milestone].get(each.pk, ())),
                tuple(parts[ActionNote].get(each.pk, ())),
            )
            for each in actions
        ),
        on=on,
        headings=remembered(plan, for_person=for_person),
    )


def remembered(plan: Plan, *, for_person: Person) -> dict[str, str]:
    """What this partnership's plans have called their columns: folded heading -> field."""
    found = RememberedHeading.objects.visible_to(for_person).filter(
        partnership_id=plan.partnership_id, withdrawn_at__isnull=True
    )
    return dict(found.values_list("heading", "field"))


def _standing(model: Any, plan: Plan, person: Person) -> Sequence[Any]:
    rows = model.objects.visible_to(person).filter(action__plan=plan, withdrawn_at__isnull=True)
    ends = ("agency", "group") if model is Contributor else ()
    return list(rows.select_related(*ends) if ends else rows)


def _by_action(rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for each in rows:
        found[each.action_id].append(each)
    return found
