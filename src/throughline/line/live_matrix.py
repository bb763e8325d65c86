"""The plan on a page from the tables, counted in the database: its cost does not follow the number of actions."""

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, Exists, F, OuterRef, Q, QuerySet, Value, When

from throughline.impact.permissions import EXECUTIVE
from throughline.impact.queries import newest
from throughline.impact.scale import Impact
from throughline.line.matrix import Matrix, Tally, assembled
from throughline.line.tree import AreaLine, Body
from throughline.partners.models import Agency, Group, Person
from throughline.plans.delivery import ENDED, Delivery, Shown, rating
from throughline.plans.models import Action, ActionImpact, ImprovementArea, Plan
from throughline.plans.queries import overdue

_PLACE = ("area_id", "lead_agency_id", "lead_group_id")


def standing_actions(plan: Plan, *, for_person: Person) -> QuerySet[Any, Any]:
    """The plan's actions that were not withdrawn from the register, in no order."""
    found: QuerySet[Any, Any] = Action.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True)
    return found.order_by()


def serving(plan: Plan, *, for_person: Person) -> QuerySet[Any, Any]:
    """The links between the plan's actions and their desired impacts that hold."""
    found: QuerySet[Any, Any] = ActionImpact.objects.visible_to(for_person).filter(
        withdrawn_at__isnull=True, action__plan=plan, action__withdrawn_at__isnull=True,
        desired_impact__withdrawn_at__isnull=True,
    )  # fmt: skip
    return found.order_by()


def live_matrix(plan: Plan, *, for_person: Person, on: date) -> Matrix:
    """`matrix.matrix_of` of the plan's line as it is now, in five queries however many actions there are."""
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    for row in _delivered(plan, for_person, on):
        _count(tallies[_place(row)], row)
    for row in _judged(plan, for_person):
        tallies[_place(row)].states.add(Impact(row["judged"]) if row["judged"] else None)
    return assembled(_areas(plan, for_person), _bodies({body for _, body in tallies}), tallies)


def _place(row: dict[str, Any]) -> tuple[str, str]:
    return str(row["area_id"]), str(row["lead_agency_id"] or row["lead_group_id"])


def _delivered(plan: Plan, person: Person, on: date) -> QuerySet[Any, Any]:
    """How many actions there are of each place, state and lateness, and how many of those serve nothing."""
    is_late = Case(When(overdue(on), then=Value(True)), default=Value(False), output_field=BooleanField())
    serves = Exists(serving(plan, for_person=person).filter(action=OuterRef("pk")))
    return (
        standing_actions(plan, for_person=person)
        .annotate(is_late=is_late, serves=serves)
        .values(*_PLACE, "delivery", "is_late")
        .annotate(number=Count("pk"), bare=Count("pk", filter=Q(serves=False)))
    )


def _count(tally: Tally, row: dict[str, Any]) -> None:
    state = Delivery(row["delivery"])
    tally.counts[rating(Shown(state, row["is_late"], redated=False)).key] += row["number"]
    if state not in ENDED:
        tally.standing += row["number"]
        tally.bare += row["bare"]


def _judged(plan: Plan, person: Person) -> QuerySet[Any, Any]:
    """The judgements that count of what each place serves, each once."""
    links = serving(plan, for_person=person).exclude(action__delivery__in=ENDED)
    place = {name: F(f"action__{name}") for name in _PLACE}
    return links.values(**place).annotate(judged=newest(EXECUTIVE, "state", "desired_impact")).distinct()


def _areas(plan: Plan, person: Person) -> list[AreaLine]:
    rows = ImprovementArea.objects.visible_to(person).filter(plan=plan, withdrawn_at__isnull=True)
    return [
        AreaLine(str(each.pk), each.number, each.title, _body(each.owner) if each.owner else None, each.owner_post)
        for each in rows.select_related("owner_agency", "owner_group").order_by("number")
    ]


def _bodies(ids: set[str]) -> list[Body]:
    found: list[Agency | Group] = [*Agency.objects.filter(pk__in=ids), *Group.objects.filter(pk__in=ids)]
    return [_body(each) for each in found]


def _body(each: Agency | Group) -> Body:
    return Body(str(each.pk), each.name, each.short_name)
