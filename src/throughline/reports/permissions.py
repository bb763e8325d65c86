"""Who may see and make reports. Board readers see only what is frozen and meant for a public meeting."""

from throughline.access.engine import Columns, Kind, Reach, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
BUILDING, FROZEN, FAILED = "building", "frozen", "failed"
STAGES = (BUILDING, FROZEN, FAILED)
EXECUTIVE_ONLY, PUBLIC_MEETING = "executive", "public"
AUDIENCES = (EXECUTIVE_ONLY, PUBLIC_MEETING)

_PUBLIC = Reach(stages=frozenset({FROZEN}), sensitivities=frozenset({PUBLIC_MEETING}))
_VIEW = {
    **everyone(MEMBERS, Reach(stages=frozenset({FROZEN}))),
    **everyone(KEEPERS),
    Role.BOARD_READER: (_PUBLIC,),
}

REPORT = declare(
    Kind(
        name="reports.report",
        printed="report",
        columns=Columns(stage="stage", sensitivity="audience"),
        stages=STAGES,
        sensitivities=AUDIENCES,
        verbs={
            "view": _VIEW,
            "create": everyone(KEEPERS),
            "change": everyone(KEEPERS),
            # Whoever may approve a redaction has the cleaned content printed again.
            "print_again": everyone(
                (*KEEPERS, Role.ADMINISTRATOR, Role.EXECUTIVE_CHAIR, Role.SCRUTINEER), Reach(stages=frozenset({FROZEN}))
            ),
        },
    )
)
REPORT_FILE = declare(
    Kind(
        name="reports.report_file",
        printed="report file",
        columns=Columns(stage="report__stage", sensitivity="report__audience"),
        stages=STAGES,
        sensitivities=AUDIENCES,
        verbs={"view": _VIEW},
    )
)
