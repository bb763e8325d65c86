"""Who may see and change partnerships, the people and bodies in them, and their memberships."""

from throughline.access.engine import EVERYTHING, OWN_SELF, Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.ADMINISTRATOR)

PARTNERSHIP = declare(
    Kind(
        name="partners.partnership",
        printed="partnership",
        columns=Columns(partnership="id"),
        verbs={"view": everyone(Role), "change": everyone(KEEPERS)},
    )
)

# An agency's name is public; which agencies take part is open to every member of the partnership.
AGENCY = declare(
    Kind(
        name="partners.agency",
        printed="agency",
        columns=Columns(partnership="participations__partnership_id"),
        verbs={"view": everyone(Role)},
    )
)

PARTICIPATION = declare(
    Kind(
        name="partners.participation",
        printed="participation",
        columns=Columns(bodies=("agency_id",)),
        verbs={"view": everyone(Role), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)

GROUP = declare(
    Kind(
        name="partners.group",
        printed="group",
        columns=Columns(bodies=("id",)),
        verbs={"view": everyone(Role), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)

PERSON = declare(
    Kind(
        name="partners.person",
        printed="person",
        columns=Columns(partnership="memberships__partnership_id", people=("id",)),
        verbs={
            "view": {**everyone(MEMBERS | {Role.ADMINISTRATOR}), Role.BOARD_READER: (OWN_SELF,)},
            "change": {**everyone(Role, OWN_SELF), Role.ADMINISTRATOR: (EVERYTHING,)},
            "close": everyone(KEEPERS),
        },
    )
)

MEMBERSHIP = declare(
    Kind(
        name="partners.membership",
        printed="membership",
        columns=Columns(people=("person_id",), bodies=("agency_id", "group_id")),
        verbs={
            "view": {**everyone(MEMBERS | {Role.ADMINISTRATOR}), Role.BOARD_READER: (OWN_SELF,)},
            "create": everyone(KEEPERS),
            "change": everyone(KEEPERS),
        },
    )
)

INVITATION = declare(
    Kind(
        name="partners.invitation",
        printed="invitation",
        columns=Columns(),
        verbs={"view": everyone(KEEPERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
    )
)
