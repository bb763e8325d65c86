"""Who may see and plan assurance activities: open to every member, planned by keepers and the quality lead."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

PLANNERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER, Role.QUALITY_LEAD)


def _open(name: str, printed: str, *bodies: str) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(bodies=bodies),
            verbs={"view": everyone(MEMBERS), "create": everyone(PLANNERS), "change": everyone(PLANNERS)},
        )
    )


ACTIVITY = _open("assurance.activity", "assurance activity", "agency_id", "group_id")
TESTED_ACTION = _open("assurance.tested_action", "action that an assurance activity tests")
TESTED_IMPACT = _open("assurance.tested_impact", "desired impact that an assurance activity tests")
