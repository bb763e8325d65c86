"""Who may see and change the plan: open to every member, kept by the business manager and the lead officer."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)


def _register(name: str, printed: str, *bodies: str) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(bodies=bodies),
            verbs={"view": everyone(MEMBERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
        )
    )


PLAN = _register("plans.plan", "plan")
AREA = _register("plans.improvement_area", "improvement area")
ACTION = _register("plans.action", "action", "lead_agency_id", "lead_group_id")
ACTION_FINDING = _register("plans.action_finding", "link between an action and a finding")
IMPACT = _register("plans.desired_impact", "desired impact")
ACTION_IMPACT = _register("plans.action_impact", "link between an action and a desired impact")
FINDING_AREA = _register("plans.finding_area", "finding placed in an improvement area")
IMPACT_FINDING = _register("plans.impact_finding", "link between a desired impact and a finding")
IMPACT_TEST = _register("plans.impact_test", "test of a desired impact")
