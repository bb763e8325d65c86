"""The rows that the line is built from, as mappings in their canonical form: from live tables, or from the record.

Both ways give the same mapping for the same row, so that one builder serves both. What a person may see is decided
twice for the past: by what the row was then (a draft of then stays closed) and by what it is now.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models

from throughline.access import Kind, Scope, decide
from throughline.assurance.models import AssuranceActivity, TestedAction, TestedImpact
from throughline.evidence.models import Evidence, EvidenceLink, EvidenceSeen
from throughline.history import asof, snapshots
from throughline.history.asof import Moment
from throughline.history.snapshots import State
from throughline.impact.models import Judgement, LaterTest
from throughline.inspections.models import Finding, Inspection, Letter, Recurrence
from throughline.partners.models import Agency, Group, Person
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    Contributor,
    DesiredImpact,
    Extension,
    FindingArea,
    ImpactTest,
    ImprovementArea,
    Milestone,
    Plan,
    Verification,
)
from throughline.returns.models import ReportingPeriod, Return, Update
from throughline.scrutiny.models import Decision

MODELS: Mapping[str, type[models.Model]] = {
    "inspection": Inspection,
    "letter": Letter,
    "finding": Finding,
    "recurrence": Recurrence,
    "plan": Plan,
    "area": ImprovementArea,
    "placed": FindingArea,
    "action": Action,
    "answers": ActionFinding,
    "contributor": Contributor,
    "milestone": Milestone,
    "extension": Extension,
    "verification": Verification,
    "impact": DesiredImpact,
    "impact_test": ImpactTest,
    "serves": ActionImpact,
    "activity": AssuranceActivity,
    "tested_action": TestedAction,
    "tested_impact": TestedImpact,
    "judgement": Judgement,
    "later_test": LaterTest,
    "period": ReportingPeriod,
    "return": Return,
    "update": Update,
    "decision": Decision,
    "evidence": Evidence,
    "evidence_link": EvidenceLink,
    "evidence_seen": EvidenceSeen,
    "group": Group,
}
# Relations through which a kind's scope may be read, and the rows that they lead to.
_LEADS_TO = {"return_record": "return", "evidence": "evidence"}

Rows = dict[str, dict[str, State]]


def live_rows(partnership_id: UUID, person: Person, on: date) -> Rows:
    """Every row of these kinds that the person may see now, by kind and id. One query a kind."""
    found: Rows = {}
    for name, model in MODELS.items():
        snapshot = snapshots.of_model(model)
        visible = model.objects.visible_to(person, on).filter(partnership_id=partnership_id)  # type: ignore[attr-defined]
        found[name] = {
            str(row["id"]): snapshots.state_of(snapshot, row) for row in visible.order_by().values(*snapshot.columns)
        }
    return found


def rows_at(moment: Moment, person: Person, on: date) -> Rows:
    """The same as the record held it at a moment, of what the person may see now and might have seen then.

    Two queries for the record, and one a kind for what is visible now.
    """
    kinds = {name: snapshots.of_model(model).kind for name, model in MODELS.items()}
    states = asof.states_at(moment, list(kinds.values()))
    held = {each: {str(pk): state for pk, state in states[kinds[each]].items()} for each in _LEADS_TO.values()}
    grants = person.grants_on(on)
    found: Rows = {}
    for name, model in MODELS.items():
        visible = {
            str(pk)
            for pk in model.objects.visible_to(person, on)  # type: ignore[attr-defined]
            .filter(partnership_id=moment.partnership_id)
            .order_by()
            .values_list("pk", flat=True)
        }
        kind: Kind = model.access_kind  # type: ignore[attr-defined]
        found[name] = {
            str(pk): state
            for pk, state in states[kinds[name]].items()
            if str(pk) in visible and decide(grants, "view", kind, _scope_then(kind, state, held))
        }
    return found


def _scope_then(kind: Kind, state: State, held: Mapping[str, Mapping[str, State]]) -> Scope:
    """A row's scope as it was, read through the columns that its kind declares."""
    return Scope(
        partnerships=frozenset(map(UUID, _then(kind.columns.partnership, state, held))),
        bodies=frozenset(UUID(value) for each in kind.columns.bodies for value in _then(each, state, held)),
        people=frozenset(UUID(value) for each in kind.columns.people for value in _then(each, state, held)),
        stage=next(iter(_then(kind.columns.stage, state, held)), ""),
        sensitivity=next(iter(_then(kind.columns.sensitivity, state, held)), "ordinary"),
    )


def _then(lookup: str, state: State, held: Mapping[str, Mapping[str, State]]) -> Sequence[str]:
    if not lookup:
        return ()
    name, _, rest = lookup.partition("__")
    if not rest:
        value = state.get(name)
        return () if value is None else (str(value),)
    if name not in _LEADS_TO:
        raise LookupError(f"The line cannot read '{lookup}' from the record.")
    return _then(rest, held[_LEADS_TO[name]].get(str(state[f"{name}_id"]), {}), held)


def bodies(rows: Rows, moment: Moment, as_of: date | None) -> dict[str, Mapping[str, Any]]:
    """Agencies and groups by id, with their names as they were. Agencies stand in the deployment's own record."""
    snapshot = snapshots.of_model(Agency)
    wanted = _named(rows)
    live = Agency.objects.filter(pk__in=wanted).order_by().values(*snapshot.columns)
    found: dict[str, Mapping[str, Any]] = {str(row["id"]): snapshots.state_of(snapshot, row) for row in live}
    if as_of is not None:
        deployment = asof.moment_at(None, as_of)  # type: ignore[arg-type]
        then = asof.states_at(deployment, [snapshot.kind])[snapshot.kind]
        found |= {str(pk): state for pk, state in then.items() if str(pk) in found}
    return {**found, **rows["group"]}


_OF_BODIES = ("return", "update", "contributor", "activity", "decision", "evidence")


def _named(rows: Rows) -> set[str]:
    columns = (("action", "lead_agency_id"), ("area", "owner_agency_id"), *((each, "agency_id") for each in _OF_BODIES))
    return {row[column] for name, column in columns for row in rows[name].values() if row[column]}
