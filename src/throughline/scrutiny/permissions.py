"""Who may see, seek and answer decisions. Open to every member; sought by keepers and bodies, answered by the chair."""

from throughline.access.engine import OWN_BODY, Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
SEEKERS = (Role.AGENCY_LEAD, Role.GROUP_CHAIR, Role.DEPUTY)

DECISION = declare(
    Kind(
        name="scrutiny.decision",
        printed="decision",
        columns=Columns(bodies=("agency_id", "group_id")),
        verbs={
            "view": everyone(MEMBERS),
            "create": {
                **everyone((*KEEPERS, Role.EXECUTIVE_CHAIR, Role.SCRUTINEER, Role.QUALITY_LEAD)),
                **everyone(SEEKERS, OWN_BODY),
            },
            "change": {**everyone(KEEPERS), **everyone(SEEKERS, OWN_BODY)},
            "answer": everyone((*KEEPERS, Role.EXECUTIVE_CHAIR)),
        },
    )
)
