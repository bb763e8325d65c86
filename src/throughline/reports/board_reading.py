"""The facts that a board is told beside the plan: as the register held them on a day, and as one person may see them.

Posts come from who holds which role on that day; names are never read.
"""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from throughline.access import Role
from throughline.history import asof, snapshots
from throughline.history.snapshots import State
from throughline.inspections.frameworks import FRAMEWORKS
from throughline.inspections.models import Inspection, Letter
from throughline.inspections.models.letter import Recipient
from throughline.line.tree import PlanLine
from throughline.partners.models import Group, Membership, Partnership, Person
from throughline.plans.models import Plan
from throughline.reports.board_facts import BoardFacts, InspectionFacts
from throughline.statements.models import Statement
from throughline.statements.states import FROZEN

_MODELS: tuple[Any, ...] = (Inspection, Letter, Recipient, Statement, Group)
Rows = dict[type, dict[UUID, State]]


def facts_of(plan: Plan, line: PlanLine, *, for_person: Person, as_of: date, on: date) -> BoardFacts:
    """What a board is told, as at the end of a day. The number of queries does not grow with the plan."""
    rows = _rows(plan.partnership_id, for_person, as_of, on)
    inspections = _in_order(line, rows)
    first = inspections[0] if inspections else None
    return BoardFacts(
        inspection=_inspection(first, rows, plan) if first else None,
        others=tuple(each["title"] for each in inspections[1:]),
        lead_officer=_post(plan.partnership, Role.LEAD_OFFICER, as_of),
        contact=_post(plan.partnership, Role.BUSINESS_MANAGER, as_of),
        groups=tuple(sorted(each["name"] for each in rows[Group].values())),
    )


def _rows(partnership_id: UUID, person: Person, as_of: date, on: date) -> Rows:
    """The standing rows as they were, of what the person may see now."""
    kinds = {model: snapshots.of_model(model).kind for model in _MODELS}
    states = asof.states_at(asof.moment_at(partnership_id, as_of), list(kinds.values()))
    found: Rows = {}
    for model in _MODELS:
        visible = set(
            model.objects.visible_to(person, on)
            .filter(partnership_id=partnership_id)
            .order_by()
            .values_list("pk", flat=True)
        )
        found[model] = {
            pk: state for pk, state in states[kinds[model]].items() if pk in visible and not state["withdrawn_at"]
        }
    return found


def _in_order(line: PlanLine, rows: Rows) -> list[State]:
    """The inspections whose findings the plan answers, the one with most of them first."""
    answered = {finding for each in line.actions for finding in each.findings}
    counts = Counter(
        each.inspection for each in line.findings if each.needs_action and (each.id in answered or each.areas)
    )
    found = [each for each in rows[Inspection].values() if counts[each["reference"]]]
    return sorted(
        found, key=lambda each: (-counts[each["reference"]], each["fieldwork_start"] or "", each["reference"])
    )


def _inspection(row: State, rows: Rows, plan: Plan) -> InspectionFacts:
    framework = FRAMEWORKS[row["framework"]]
    letters = sorted(
        (each for each in rows[Letter].values() if each["inspection_id"] == row["id"]), key=lambda each: each["number"]
    )
    letter: State = letters[0] if letters else {}
    statements = [
        each
        for each in rows[Statement].values()
        if letter and each["letter_id"] == letter["id"] and each["state"] in FROZEN
    ]
    recipients = sorted(
        (each["number"], each["printed"]) for each in rows[Recipient].values() if each["letter_id"] == letter.get("id")
    )
    return InspectionFacts(
        title=row["title"], framework=row["framework"], regime=framework.printed, short=framework.short,
        source=framework.source, response=framework.response, theme=row["theme"], area=row["area"],
        started=_day(row["fieldwork_start"]), ended=_day(row["fieldwork_end"]),
        inspectorates=tuple(row["inspectorates"]), team_size=row["team_size"],
        deep_dive_cases=row["deep_dive_cases"], did=row["what_inspectors_did"],
        published=_day(letter.get("published")), received=_day(letter.get("received")),
        response_due=_day(letter.get("statement_due")),
        principal_authority=letter.get("principal_authority", ""),
        recipients=tuple(printed for _, printed in recipients),
        submitted=_day(statements[0]["submitted_on"]) if statements else None,
    )  # fmt: skip


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _post(partnership: Partnership, role: Role, on: date) -> str:
    """The post of whoever held a role first on a day."""
    held = (
        Membership.objects.in_force(on)
        .filter(partnership=partnership, role=role)
        .select_related("person")
        .order_by("starts", "pk")
        .first()
    )
    return held.person.post_title if held else ""
