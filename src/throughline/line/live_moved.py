"""What moved since the last quarter, from the record and the tables: only what has an event since is looked at.

Neither day's tree is built. What was done to an action since is read from its state then and its row now; new actions,
new judgements and days that have passed are counted in the database and the first few fetched.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Max, Q, QuerySet, Window
from django.db.models.functions import Coalesce

from throughline.history import asof, snapshots
from throughline.history.asof import Moment
from throughline.history.models import Event, EventBody
from throughline.history.snapshots import State
from throughline.impact.models import Judgement
from throughline.impact.scale import Impact
from throughline.line import moved
from throughline.line.live_matrix import standing_actions
from throughline.line.moved import SHOWN, Move, Moves, Since
from throughline.partners.models import Person
from throughline.plans.delivery import Delivery, shown_delivery
from throughline.plans.models import Action, Plan
from throughline.plans.queries import overdue
from throughline.returns.models import ReportingPeriod


def live_since(plan: Plan, *, for_person: Person, on: date) -> Since | None:
    """`moved.since` of the plan's periods as they are now, in one query."""
    periods = ReportingPeriod.objects.visible_to(for_person).filter(plan=plan, withdrawn_at__isnull=True)
    return moved.since(periods.only("label", "opens", "meeting"), on)


def live_moves(plan: Plan, since: Since, *, for_person: Person, on: date) -> tuple[Moves, ...]:
    """`moved.moved` between the end of a day and now, by kind, in six queries however many actions there are."""
    looking = _Looking(plan, for_person, since.day, on, asof.moment_at(plan.partnership_id, since.day))
    then = looking.states_then()
    changed = [move for row in looking.rows_now(list(then)) for move in looking.of_row(then[row["pk"]], row)]
    by_kind = {kind: [each for each in changed if each.kind == kind] for kind in moved.KINDS}
    late, of_late = looking.late_beside(list(then))
    new, of_new = looking.added(list(then))
    said, of_said = looking.judged()
    found = {
        "delivery": moved.group("delivery", by_kind["delivery"]),
        "judged": moved.group("judged", said, of_said),
        "re-dated": moved.group("re-dated", by_kind["re-dated"]),
        "newly overdue": moved.group(
            "newly overdue", [*by_kind["newly overdue"], *late], len(by_kind["newly overdue"]) + of_late
        ),
        "added": moved.group("added", new, of_new),
    }
    return tuple(found[kind] for kind in moved.KINDS)


@dataclass(frozen=True)
class _Looking:
    """One look back: at which plan, for whom, from the end of which day, and as seen on which."""

    plan: Plan
    person: Person
    since: date
    on: date
    moment: Moment

    def _events(self, model: type, **limits: Any) -> QuerySet[Any, Any]:
        return Event.objects.filter(
            chain__partnership_id=self.plan.partnership_id, thing_kind=snapshots.of_model(model).kind, **limits
        ).values("thing_id")

    def _touched(self, model: type) -> QuerySet[Any, Any]:
        """The ids of what has an event since."""
        return self._events(model, sequence__gt=self.moment.sequence)

    def _known(self, model: type) -> QuerySet[Any, Any]:
        """The ids of what had one by then."""
        return self._events(model, sequence__lte=self.moment.sequence)

    @property
    def _actions(self) -> QuerySet[Any, Any]:
        return standing_actions(self.plan, for_person=self.person)

    def states_then(self) -> dict[UUID, State]:
        """How the plan's standing actions that were touched since stood then, by id."""
        kind = snapshots.of_model(Action).kind
        last = (
            self._known(Action)
            .filter(thing_id__in=self._touched(Action))
            .annotate(last=Max("sequence"))
            .order_by()
            .values("last")
        )
        bodies = EventBody.objects.filter(
            event__chain__partnership_id=self.plan.partnership_id, event__sequence__in=last
        ).values_list("event__thing_id", "text")
        states = {thing: asof.state_in(kind, text) for thing, text in bodies}
        return {
            thing: state
            for thing, state in states.items()
            if state["plan_id"] == str(self.plan.pk) and not state["withdrawn_at"]
        }

    def rows_now(self, ids: list[UUID]) -> QuerySet[Any, Any]:
        """The same actions now."""
        return self._actions.filter(pk__in=ids).values("pk", "reference", "delivery", "due", "original_due")

    def of_row(self, then: State, row: dict[str, Any]) -> list[Move]:
        """`moved.of_action` of a state and a row."""
        found, reference = [], row["reference"]
        if then["delivery"] != row["delivery"]:
            found.append(moved.stepped(reference, Delivery(then["delivery"]), Delivery(row["delivery"])))
        due_then = date.fromisoformat(then["due"])
        if due_then != row["due"]:
            found.append(moved.redated(reference, due_then, row["due"]))
        was = shown_delivery(Delivery(then["delivery"]), due_then, None, self.since)
        now = shown_delivery(Delivery(row["delivery"]), row["due"], None, self.on)
        if now.overdue and not was.overdue:
            found.append(moved.late(reference, row["due"]))
        return found

    def late_beside(self, ids: list[UUID]) -> tuple[list[Move], int]:
        """What became overdue among actions that are new or were not touched since: the first few, and how many."""
        late = self._actions.filter(overdue(self.on)).exclude(pk__in=ids)
        late = late.filter(Q(due__gte=self.since) | Q(pk__in=self._touched(Action)))
        rows = list(
            late.annotate(of_all=Window(Count("pk"))).order_by("number").values("reference", "due", "of_all")[:SHOWN]
        )
        return [moved.late(each["reference"], each["due"]) for each in rows], rows[0]["of_all"] if rows else 0

    def added(self, ids: list[UUID]) -> tuple[list[Move], int]:
        """The actions that were not there then: the first few, and how many."""
        new = self._actions.filter(pk__in=self._touched(Action)).exclude(pk__in=ids)
        rows = list(
            new.annotate(of_all=Window(Count("pk")), lead=Coalesce("lead_agency__name", "lead_group__name"))
            .order_by("number")
            .values("reference", "title", "lead", "of_all")[:SHOWN]
        )
        found = [moved.added(each["reference"], each["title"], each["lead"]) for each in rows]
        return found, rows[0]["of_all"] if rows else 0

    def judged(self) -> tuple[list[Move], int]:
        """The judgements that were not there then: the first few, and how many."""
        new = (
            Judgement.objects.visible_to(self.person)
            .filter(
                desired_impact__plan=self.plan, withdrawn_at__isnull=True, desired_impact__withdrawn_at__isnull=True,
                pk__in=self._touched(Judgement),
            )
            .exclude(pk__in=self._known(Judgement))
        )  # fmt: skip
        rows = list(
            new.annotate(of_all=Window(Count("pk")), reference=F("desired_impact__reference"))
            .order_by("desired_impact__number", "on", "number")
            .values("reference", "whose", "state", "of_all")[:SHOWN]
        )
        found = [moved.judged(each["reference"], each["whose"], Impact(each["state"])) for each in rows]
        return found, rows[0]["of_all"] if rows else 0
