"""Who may see and make reports. Board readers see only what is frozen and meant for a public meeting."""

from throughline.access.engine import Columns, Kind, Reach, at_stages, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
# A report in a board's fixed form is drafted by those who keep the plan before it is built and frozen.
DRAFTING, BUILDING, FROZEN, FAILED = "drafting", "building", "frozen", "failed"
STAGES = (DRAFTING, BUILDING, FROZEN, FAILED)
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
            "write": everyone(KEEPERS, at_stages(DRAFTING)),
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
# What a section says before it is frozen, and what was drafted for it, is for those who write it.
SECTION = declare(
    Kind(
        name="reports.section",
        printed="section of a report",
        columns=Columns(stage="report__stage"),
        stages=STAGES,
        verbs={"view": everyone(KEEPERS), "write": everyone(KEEPERS, at_stages(DRAFTING))},
    )
)
# Every member may see which words may go before the public, and who decided so.
RELEASE = declare(
    Kind(
        name="reports.release",
        printed="release of words to the public",
        columns=Columns(),
        verbs={"view": everyone(MEMBERS), "create": everyone(KEEPERS), "take_back": everyone(KEEPERS)},
    )
)
