"""Who may take words out of the record. Two different people, always; the rule is also in the database."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.access.roles import Role

_KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER, Role.EXECUTIVE_CHAIR, Role.SCRUTINEER, Role.ADMINISTRATOR)

REDACTION = declare(
    Kind(
        name="history.redaction",
        printed="redaction",
        columns=Columns(),
        verbs={
            "view": everyone(_KEEPERS),
            "request": everyone((Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)),
            "approve": everyone(_KEEPERS),
        },
    )
)
