"""Who may see and record what is judged about impact. Open to every member; judged by those whose judgement it is."""

from throughline.access.engine import Columns, Kind, Reach, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
EXECUTIVE, SCRUTINEER = "executive", "scrutineer"
WHOSE = (EXECUTIVE, SCRUTINEER)

_EXECUTIVE = Reach(stages=frozenset({EXECUTIVE}))
_SCRUTINEER = Reach(stages=frozenset({SCRUTINEER}))
# Keepers write down what the Executive Group decided in its meeting; the scrutineer's view is the scrutineer's alone.
JUDGEMENT = declare(
    Kind(
        name="impact.judgement",
        printed="judgement of impact",
        columns=Columns(stage="whose"),
        stages=WHOSE,
        verbs={
            "view": everyone(MEMBERS),
            "create": {
                **everyone((*KEEPERS, Role.EXECUTIVE_CHAIR), _EXECUTIVE),
                **everyone((Role.SCRUTINEER,), _SCRUTINEER),
            },
        },
    )
)
LATER_TEST = declare(
    Kind(
        name="impact.later_test",
        printed="test at a later inspection",
        columns=Columns(),
        verbs={"view": everyone(MEMBERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)
