"""Who may see and do what with returns.

That a return exists, its state and its dates are open to every member: who has not returned is a matter for all. What
it says is its own body's alone until it is submitted; then the business manager, the chair and the scrutineer read it;
once accepted, every member does.
"""

from throughline.access.engine import OWN_BODY, Columns, Kind, at_stages, declare, everyone
from throughline.access.roles import MEMBERS, Role
from throughline.returns.states import ReturnState

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
REPORTERS = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR, Role.ACTION_OWNER)
SUBMITTERS = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR, Role.ACCOUNTABLE_EXECUTIVE)
SIGNATORIES = (Role.ACCOUNTABLE_EXECUTIVE, Role.GROUP_CHAIR)
OF_A_BODY = (*REPORTERS, Role.ACCOUNTABLE_EXECUTIVE)
READERS_BEFORE_ALL = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER, Role.EXECUTIVE_CHAIR, Role.SCRUTINEER)

PERIOD = declare(
    Kind(
        name="returns.period",
        printed="reporting period",
        columns=Columns(),
        verbs={"view": everyone(MEMBERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)

RETURN = declare(
    Kind(
        name="returns.return",
        printed="return",
        columns=Columns(bodies=("agency_id", "group_id"), stage="state"),
        stages=tuple(ReturnState),
        verbs={
            "view": everyone(MEMBERS),
            "create": everyone(KEEPERS),
            "report": everyone(REPORTERS, OWN_BODY),
            "sign": everyone(SIGNATORIES, OWN_BODY),
            "submit": everyone(SUBMITTERS, OWN_BODY),
            "accept": everyone(KEEPERS),
            "send_back": everyone(KEEPERS),
        },
    )
)

_CONTENT = {
    **everyone(MEMBERS, at_stages(ReturnState.ACCEPTED)),
    **everyone(READERS_BEFORE_ALL, at_stages(ReturnState.SUBMITTED, ReturnState.ACCEPTED)),
    **everyone(OF_A_BODY, OWN_BODY, at_stages(ReturnState.ACCEPTED)),
}


def _content(name: str, printed: str) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(bodies=("agency_id", "group_id"), stage="return_record__state"),
            stages=tuple(ReturnState),
            verbs={"view": _CONTENT},
        )
    )


UPDATE = _content("returns.update", "update")
MILESTONE_UPDATE = _content("returns.milestone_update", "update of a milestone")
OUTCOME = _content("returns.outcome", "outcome of an assurance activity")

# Why a return was sent back is between its body and those who read it first.
COMMENT = declare(
    Kind(
        name="returns.comment",
        printed="comment on a return",
        columns=Columns(bodies=("agency_id", "group_id")),
        verbs={"view": {**everyone(READERS_BEFORE_ALL), **everyone(OF_A_BODY, OWN_BODY)}},
    )
)
