"""Who may see evidence and what is done with it.

Evidence that a body offers is open to every member once what it belongs to was submitted (`offered`); until then, and
for ever when it is restricted, it is the body's own. The independent scrutineer sees restricted evidence too: without
that nobody outside the body could ever be satisfied by it.
"""

from throughline.access.engine import OWN_BODY, Columns, Kind, Reach, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
OF_A_BODY = (
    Role.AGENCY_LEAD,
    Role.DEPUTY,
    Role.GROUP_CHAIR,
    Role.ACTION_OWNER,
    Role.ACCOUNTABLE_EXECUTIVE,
)
# Who may say that they have seen evidence, and whether it satisfied them.
SEERS = (
    *KEEPERS,
    Role.QUALITY_LEAD,
    Role.AUDITOR,
    Role.SCRUTINEER,
    Role.EXECUTIVE_CHAIR,
)
DRAFT, OFFERED = "draft", "offered"
STAGES = (DRAFT, OFFERED)
ORDINARY, RESTRICTED = "ordinary", "restricted"
SENSITIVITIES = (ORDINARY, RESTRICTED)

_OFFERED = Reach(stages=frozenset({OFFERED}), sensitivities=frozenset({ORDINARY}))
_SCRUTINY = Reach(stages=frozenset({OFFERED}))
_VIEW = {
    **everyone(MEMBERS, _OFFERED),
    **everyone((Role.SCRUTINEER,), _SCRUTINY),
    **everyone(OF_A_BODY, OWN_BODY, _OFFERED),
}

EVIDENCE = declare(
    Kind(
        name="evidence.evidence",
        printed="evidence",
        columns=Columns(bodies=("agency_id", "group_id"), stage="stage", sensitivity="sensitivity"),
        stages=STAGES,
        sensitivities=SENSITIVITIES,
        verbs={
            "view": _VIEW,
            "create": {**everyone(KEEPERS), **everyone(OF_A_BODY, OWN_BODY)},
            "change": {**everyone(KEEPERS, _OFFERED), **everyone(OF_A_BODY, OWN_BODY)},
            "see": {**everyone(SEERS, _OFFERED), **everyone((Role.SCRUTINEER,), _SCRUTINY)},
        },
    )
)


def _of_evidence(name: str, printed: str, prefix: str = "evidence__") -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(
                bodies=("agency_id", "group_id"), stage=f"{prefix}stage", sensitivity=f"{prefix}sensitivity"
            ),
            stages=STAGES,
            sensitivities=SENSITIVITIES,
            verbs={"view": _VIEW},
        )
    )


REVISION = _of_evidence("evidence.revision", "revision of evidence")
LINK = _of_evidence("evidence.link", "what evidence belongs to")
SEEN = _of_evidence("evidence.seen", "sighting of evidence")
