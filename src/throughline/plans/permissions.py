"""Who may see and change the plan: open to every member, kept by the business manager and the lead officer."""

from throughline.access.engine import OWN_BODY, OWN_SELF, Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role
from throughline.plans.verifying import LEVELS

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
CONTRIBUTOR = _register("plans.contributor", "contributor to an action", "agency_id", "group_id")
MILESTONE = _register("plans.milestone", "milestone")
HEADING = declare(
    Kind(
        name="plans.heading",
        printed="remembered column heading",
        columns=Columns(),
        verbs={"view": everyone(KEEPERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)
ACTION_NOTE = _register("plans.action_note", "dated note on an action")

# Whoever answers for the lead body may ask for another day; keepers and the Executive Group's chair decide.
ASK_EXTENSION = (Role.AGENCY_LEAD, Role.DEPUTY, Role.GROUP_CHAIR, Role.ACTION_OWNER)
EXTENSION = declare(
    Kind(
        name="plans.extension",
        printed="extension of a due date",
        columns=Columns(bodies=("agency_id", "group_id")),
        verbs={
            "view": everyone(MEMBERS),
            "create": {**everyone(KEEPERS), **everyone(ASK_EXTENSION, OWN_BODY)},
            "take back": {**everyone(KEEPERS), **everyone(ASK_EXTENSION, OWN_BODY)},
            "decide": everyone((*KEEPERS, Role.EXECUTIVE_CHAIR)),
        },
    )
)
# Which level a capacity reaches, and when it is not independent, are rules (verifying.py).
VERIFIERS = tuple(role for terms in LEVELS.values() for role in terms.roles)
VERIFICATION = declare(
    Kind(
        name="plans.verification",
        printed="verification of an action",
        columns=Columns(),
        verbs={"view": everyone(MEMBERS), "create": everyone(VERIFIERS)},
    )
)
CONFLICT = declare(
    Kind(
        name="plans.conflict",
        printed="declared conflict of interest",
        columns=Columns(people=("person_id",)),
        verbs={
            "view": everyone(MEMBERS),
            "create": {**everyone(VERIFIERS, OWN_SELF), **everyone(KEEPERS)},
            "change": everyone(KEEPERS),
        },
    )
)
