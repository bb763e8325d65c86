"""The one read model: a plan with everything on its line, live or as at a date, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone

from throughline.history import asof
from throughline.history.asof import Moment
from throughline.line import building
from throughline.line.building import Given, Named
from throughline.line.rows import Rows, bodies, live_rows, rows_at
from throughline.line.tree import PlanLine
from throughline.partners.models import Person
from throughline.plans.models import Plan


def plan_line(plan: Plan, *, for_person: Person, as_of: date | None = None, on: date | None = None) -> PlanLine:
    """The line of a plan as `for_person` may see it, now or as at the end of a day.

    `on` is the day whose memberships count (today unless given). The number of queries does not grow with the plan.
    """
    today = on or timezone.localdate()
    if as_of is None:
        moment = asof.head(plan.partnership_id)
        rows = live_rows(plan.partnership_id, for_person, today)
    else:
        moment = asof.moment_at(plan.partnership_id, as_of)
        rows = rows_at(moment, for_person, today)
    return build(str(plan.pk), rows, bodies(rows, moment, as_of), moment=moment, as_of=as_of, plan=plan)


def build(plan_id: str, rows: Rows, named: Named, *, moment: Moment, as_of: date | None, plan: Plan) -> PlanLine:
    """The tree from rows, whether they come from tables or from the record."""
    state = rows["plan"].get(plan_id)
    about: dict[str, Any] = {
        "id": plan_id, "reference": plan.reference, "title": state["title"] if state else plan.title, "as_of": as_of,
        "sequence": moment.sequence, "head_hash": moment.hash,
    }  # fmt: skip
    if state is None or state["withdrawn_at"]:
        return PlanLine(**about, findings=(), areas=(), actions=(), impacts=(), periods=())
    given = Given(plan_id, rows, named)
    actions = {each["id"]: each for each in given.of_plan("action")}
    updates, general = building.updates_of(given)
    answers, elsewhere = building.links(rows["answers"], rows["finding"], actions, rows["action"], "finding_id")
    serves, _ = building.links(rows["serves"], rows["impact"], actions, rows["action"], "desired_impact_id")
    findings = building.findings_of(given, elsewhere - {each for ids in answers.values() for each in ids})
    screened = state["equality_screened"]
    return PlanLine(
        **about,
        findings=findings,
        areas=building.areas_of(given),
        actions=building.actions_of(
            given,
            _in_order(answers, {each.id: number for number, each in enumerate(findings)}),
            _in_order(serves, {id_: each["number"] for id_, each in rows["impact"].items()}),
            updates,
        ),
        impacts=building.impacts_of(given),
        periods=building.periods_of(given, general),
        activities=building.activities_of(given),
        decisions=building.decisions_of(given),
        evidence=building.evidence_of(given),
        equality_screened=date.fromisoformat(screened) if screened else None,
        equality_note=state["equality_note"],
    )


def _in_order(ends: Mapping[str, set[str]], order: Mapping[str, int]) -> dict[str, list[str]]:
    """By action: what it is linked with, as it is printed."""
    found: dict[str, list[str]] = defaultdict(list)
    for action, ids in ends.items():
        found[action] = sorted(ids, key=lambda id_: order.get(id_, 0))
    return found
