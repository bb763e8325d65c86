"""The one read model: a plan with everything on its line, live or as at a date, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from throughline.history import asof
from throughline.history.asof import Moment
from throughline.history.moments import day_of
from throughline.history.snapshots import State
from throughline.inspections.frameworks import FINDING_KINDS
from throughline.line.rows import Rows, bodies, live_rows, rows_at
from throughline.line.tree import (
    ActionLine,
    AreaLine,
    Body,
    FindingLine,
    ImpactLine,
    PeriodLine,
    PlanLine,
    ReturnLine,
    UpdateLine,
)
from throughline.partners.models import Person
from throughline.plans.delivery import Delivery
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


def build(
    plan_id: str, rows: Rows, named: Mapping[str, Mapping[str, Any]], *, moment: Moment, as_of: date | None, plan: Plan
) -> PlanLine:
    """The tree from rows, whether they come from tables or from the record."""
    state = rows["plan"].get(plan_id)
    given: dict[str, Any] = {
        "id": plan_id, "reference": plan.reference, "title": state["title"] if state else plan.title, "as_of": as_of,
        "sequence": moment.sequence, "head_hash": moment.hash,
    }  # fmt: skip
    if state is None or state["withdrawn_at"]:
        return PlanLine(**given, findings=(), areas=(), actions=(), impacts=(), periods=())
    actions = {each["id"]: each for each in _standing(rows["action"]) if each["plan_id"] == plan_id}
    periods = [each for each in _standing(rows["period"]) if each["plan_id"] == plan_id]
    about, general = _updates(rows, periods, named)
    answers, elsewhere = _links(rows["answers"], rows["finding"], actions, rows["action"], "finding_id")
    serves, _ = _links(rows["serves"], rows["impact"], actions, rows["action"], "desired_impact_id")
    findings = _findings(rows, elsewhere - {each for ids in answers.values() for each in ids})
    order = {each.id: number for number, each in enumerate(findings)}
    impacts = sorted(
        (each for each in _standing(rows["impact"]) if each["plan_id"] == plan_id), key=lambda each: each["number"]
    )
    areas = sorted(
        (each for each in _standing(rows["area"]) if each["plan_id"] == plan_id), key=lambda each: each["number"]
    )
    return PlanLine(
        **given,
        findings=findings,
        areas=tuple(AreaLine(each["id"], each["number"], each["title"]) for each in areas),
        actions=tuple(
            _action(
                each, named, sorted(answers[each["id"]], key=lambda id_: order.get(id_, 0)),
                sorted(serves[each["id"]], key=lambda id_: rows["impact"][id_]["number"]), about[each["id"]],
            )
            for each in sorted(actions.values(), key=lambda each: each["number"])
        ),
        impacts=tuple(
            ImpactLine(each["id"], each["reference"], each["for_whom"], each["would_see"]) for each in impacts
        ),
        periods=tuple(
            _period(each, rows["return"], named, general)
            for each in sorted(periods, key=lambda each: (each["opens"], each["reference"]))
        ),
    )  # fmt: skip


def _standing(rows: Mapping[str, State]) -> Iterable[State]:
    return (each for each in rows.values() if not each["withdrawn_at"])


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _day_of(value: str | None) -> date | None:
    return day_of(datetime.fromisoformat(value)) if value else None


def _body(row: State, named: Mapping[str, Mapping[str, Any]], prefix: str = "") -> Body:
    id_ = row[f"{prefix}agency_id"] or row[f"{prefix}group_id"]
    found = named.get(id_, {})
    return Body(str(id_), found.get("name", ""), found.get("short_name", ""))


def _links(
    links: Mapping[str, State],
    ends: Mapping[str, State],
    ours: Mapping[str, State],
    all_: Mapping[str, State],
    end: str,
) -> tuple[dict[str, set[str]], set[str]]:
    """By our action: the standing ends it is linked with; and every end that another plan's action is linked with."""
    found: dict[str, set[str]] = defaultdict(set)
    elsewhere: set[str] = set()
    for link in _standing(links):
        target, action = ends.get(link[end]), all_.get(link["action_id"])
        if target is None or target["withdrawn_at"] or action is None or action["withdrawn_at"]:
            continue
        if link["action_id"] in ours:
            found[link["action_id"]].add(link[end])
        else:
            elsewhere.add(link[end])
    return found, elsewhere


def _findings(rows: Rows, elsewhere: set[str]) -> tuple[FindingLine, ...]:
    inspections, letters = rows["inspection"], rows["letter"]

    def place(each: State) -> tuple[str, int]:
        return inspections.get(each["inspection_id"], {}).get("reference", ""), each["place"]

    found = []
    for each in sorted(_standing(rows["finding"]), key=place):
        inspection, kind = inspections.get(each["inspection_id"], {}), FINDING_KINDS[each["kind"]]
        letter = letters.get(each["letter_id"] or "", {})
        found.append(
            FindingLine(
                id=each["id"], reference=each["reference"], inspection=inspection.get("reference", ""),
                inspection_title=inspection.get("title", ""), kind=each["kind"], kind_printed=kind.printed,
                needs_action=kind.needs_action, title=each["title"], text=each["text"], page=each["page"],
                letter=letter.get("number"), answered_elsewhere=each["id"] in elsewhere,
            )
        )  # fmt: skip
    return tuple(found)


def _updates(
    rows: Rows, periods: Iterable[State], named: Mapping[str, Mapping[str, Any]]
) -> tuple[dict[str, tuple[UpdateLine, ...]], dict[str, UpdateLine]]:
    """By action, the newest period first; and by return, what it says beside its actions."""
    by_period = {each["id"]: each for each in periods}
    found: dict[str, list[tuple[str, UpdateLine]]] = defaultdict(list)
    general: dict[str, UpdateLine] = {}
    for each in _standing(rows["update"]):
        return_ = rows["return"].get(each["return_record_id"])
        period = by_period.get(return_["period_id"]) if return_ else None
        if return_ is None or period is None:
            continue
        line = UpdateLine(
            id=each["id"], period=period["reference"], period_label=period["label"], body=_body(each, named),
            stage=return_["state"], self_rating=each["self_rating"], progress=each["progress"],
            brought_forward=each["brought_forward"], accepted_at=return_["accepted_at"],
        )  # fmt: skip
        if each["action_id"] is None:
            general[each["return_record_id"]] = line
        else:
            found[each["action_id"]].append((period["opens"], line))
    newest: dict[str, tuple[UpdateLine, ...]] = defaultdict(tuple)
    for action, lines in found.items():
        newest[action] = tuple(line for _, line in sorted(lines, key=lambda pair: (pair[0], pair[1].id), reverse=True))
    return newest, general


def _action(
    row: State, named: Mapping[str, Mapping[str, Any]], findings: Iterable[str], impacts: Iterable[str],
    updates: tuple[UpdateLine, ...],
) -> ActionLine:  # fmt: skip
    return ActionLine(
        id=row["id"], reference=row["reference"], area=row["area_id"], title=row["title"], detail=row["detail"],
        lead=_body(row, named, "lead_"), owner_post=row["owner_post"],
        original_due=date.fromisoformat(row["original_due"]), due=date.fromisoformat(row["due"]),
        delivery=Delivery(row["delivery"]), findings=tuple(findings), impacts=tuple(impacts), updates=updates,
    )  # fmt: skip


def _period(
    row: State, returns: Mapping[str, State], named: Mapping[str, Mapping[str, Any]], general: Mapping[str, UpdateLine]
) -> PeriodLine:
    owed = sorted(
        (each for each in _standing(returns) if each["period_id"] == row["id"]), key=lambda each: each["slug"]
    )
    return PeriodLine(
        id=row["id"], reference=row["reference"], label=row["label"], opens=date.fromisoformat(row["opens"]),
        data_to=date.fromisoformat(row["data_to"]), due=date.fromisoformat(row["due"]),
        papers_out=_day(row["papers_out"]), meeting=_day(row["meeting"]),
        returns=tuple(
            ReturnLine(
                id=each["id"], slug=each["slug"], body=_body(each, named), state=each["state"], nil=each["nil"],
                submitted_on=_day_of(each["submitted_at"]), accepted_on=_day_of(each["accepted_at"]),
                general=general.get(each["id"]),
            )
            for each in owed
        ),
    )  # fmt: skip
