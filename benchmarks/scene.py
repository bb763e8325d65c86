"""A partnership of 12 agencies with a plan of any size, to measure on. Written through the door, many rows at once."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from throughline.access import Role
from throughline.history import door
from throughline.history.door import action
from throughline.inspections import actions as inspections
from throughline.inspections.models import Finding, Inspection
from throughline.partners import actions as partners
from throughline.partners.models import Agency, Partnership, Person
from throughline.plans import actions as plans
from throughline.plans.models import (
    Action,
    ActionFinding,
    ActionImpact,
    Contributor,
    DesiredImpact,
    Extension,
    ImprovementArea,
    Milestone,
    Plan,
    Verification,
)

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
SINCE = date(2025, 9, 1)
AGENCIES, AREAS, FINDINGS, IMPACTS = 12, 5, 43, 12
_DELIVERY = ("on_track", "on_track", "at_risk", "not_started", "delivered_claimed", "delivered_verified", "withdrawn")
_WORDS = ("assess", "record", "supervise", "share", "audit", "visit", "refer", "plan", "review", "train")


@dataclass(frozen=True)
class Scene:
    """A partnership, who manages its business, and its plan."""

    partnership: Partnership
    manager: Person
    plan: Plan


def build(size: int) -> Scene:
    """A partnership of its own with a plan of `size` actions, their links, contributors, milestones and the rest."""
    system = partners.system_person()
    partnership = partners.create_partnership(by=system, slug=f"bench-{size}", name=f"Bench of {size}", now=NOW)
    agencies = []
    for number in range(AGENCIES):
        agencies.append(
            partners.create_agency(
                by=system, name=f"Agency {number:02d} of {size}", short_name=f"A{number:02d}-{size}", now=NOW
            )
        )
        partners.join(by=system, partnership=partnership, agency=agencies[-1], starts=SINCE, now=NOW)
    manager = partners.create_person(by=system, name=f"Manager of {size}", email=f"bench-{size}@example.org", now=NOW)
    partners.give_role(
        by=system, partnership=partnership, person=manager, role=Role.BUSINESS_MANAGER, starts=SINCE, now=NOW
    )
    inspection = inspections.create_inspection(
        by=manager, partnership=partnership, reference="jtai", title="Inspection", framework="jtai", now=NOW,
        fieldwork_start=date(2025, 9, 8), fieldwork_end=date(2025, 9, 26),
    )  # fmt: skip
    plan = plans.create_plan(by=manager, partnership=partnership, reference="plan", title="Our plan", now=NOW)
    _fill(by=manager, plan=plan, inspection=inspection, agencies=agencies, size=size, now=NOW)
    return Scene(partnership, manager, plan)


@action("plan")
def _fill(*, by: Person, plan: Plan, inspection: Inspection, agencies: list[Agency], size: int, now: datetime) -> None:
    def many(model: type, rows: list[dict]) -> list:
        return door.bulk(
            model, by=by, verb="created", now=now, rows=[{"partnership_id": plan.partnership_id, **row} for row in rows]
        )

    areas = many(ImprovementArea, [
        {"plan": plan, "number": n, "title": f"Improvement area {n}", "owner_post": "Head of service",
         "owner_agency": agencies[n]} for n in range(1, AREAS + 1)
    ])  # fmt: skip
    findings = many(Finding, [
        {"inspection": inspection, "reference": f"AFI-{n}", "place": 1000 + n, "kind": "improvement", "page": 2,
         "text": f"Meetings are held late and key agencies are absent. ({n})", "title": f"Meetings are late ({n})"}
        for n in range(1, FINDINGS + 1)
    ])  # fmt: skip
    impacts = many(DesiredImpact, [
        {"plan": plan, "number": n, "reference": f"IMP-{n:02d}", "for_whom": "Children at risk",
         "would_see": f"Fewer of them wait a day ({n})"} for n in range(1, IMPACTS + 1)
    ])  # fmt: skip
    made = many(Action, [_action(plan, areas, agencies, n) for n in range(1, size + 1)])
    many(ActionFinding, [
        {"action": each, "finding": findings[(n * 7 + k) % FINDINGS]}
        for n, each in enumerate(made) if n % 9 for k in range(1 + n % 2)
    ])  # fmt: skip
    many(
        ActionImpact, [{"action": each, "desired_impact": impacts[n % IMPACTS]} for n, each in enumerate(made) if n % 7]
    )
    many(Contributor, [
        {"action": each, "agency": agencies[(n + 1 + k) % AGENCIES], "part": "Its own part."}
        for n, each in enumerate(made) for k in range(n % 3)
    ])  # fmt: skip
    many(Milestone, [
        {"action": each, "number": k + 1, "title": f"Step {k + 1}", "original_due": each.due, "due": each.due,
         "reached": date(2026, 1, 5) if k == 0 else None}
        for n, each in enumerate(made) for k in range(n % 4)
    ])  # fmt: skip
    many(Extension, [
        {"action": each, "agency": each.lead_agency, "number": 1, "was_due": each.due,
         "proposed": each.due + timedelta(days=60), "reason": "Posts are vacant.", "asked_on": date(2026, 1, 6),
         "asked_by_name": "Somebody"} for n, each in enumerate(made) if n % 20 == 3
    ])  # fmt: skip
    many(Verification, [
        {"action": each, "number": 1, "level": "checked", "satisfied": True, "basis": "The evidence was seen.",
         "on": date(2026, 1, 6), "by": by, "by_name": by.name, "capacity": "Business manager"}
        for each in made if each.delivery == "delivered_verified"
    ])  # fmt: skip


def _action(plan: Plan, areas: list[ImprovementArea], agencies: list[Agency], n: int) -> dict:
    due = date(2025, 11, 1) + timedelta(days=n * 37 % 400)
    return {
        "plan": plan, "area": areas[n % AREAS], "number": n, "reference": f"ACT-{n:03d}",
        "title": f"The agency will {_WORDS[n % 10]} within a day, as the procedure of part {n % 97} says",
        "detail": f"Managers look at {n % 13} cases a week and write down what they found. " * 2,
        "lead_agency": agencies[n % AGENCIES], "owner_post": f"Head of service {n % 30}", "due": due,
        "original_due": due - timedelta(days=30) if n % 5 == 0 else due, "delivery": _DELIVERY[n % 7],
        "own_number": f"{n % AREAS + 1}.{n}", "resources": ("", "within_existing", "additional")[n % 3],
        "equality": ("", "no_effect")[n % 2],
    }  # fmt: skip
