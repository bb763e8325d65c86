"""The practice people: who they are and what they hold. All invented; one of them serves two partnerships."""

from collections.abc import Mapping
from dataclasses import dataclass

from throughline.access import Role

# slug -> (name, short name)
AGENCIES: Mapping[str, tuple[str, str]] = {
    "council": ("Practice Council children's social care", "Council"),
    "police": ("Practice Constabulary", "Police"),
    "hospitals": ("Practice Hospitals NHS Foundation Trust", "Hospitals"),
    "probation": ("Probation Service, Practice", "Probation"),
    "schools": ("Practice schools and colleges", "Schools"),
    "neighbour": ("Neighbour Council children's services", "Neighbour Council"),
}
GROUPS: Mapping[str, tuple[str, str]] = {"strategy": ("Strategy meetings group", "Strategy meetings")}


@dataclass(frozen=True)
class Seat:
    """One role of one practice person. `body` is a key of AGENCIES or GROUPS, or empty."""

    partnership: str
    role: Role
    body: str = ""


@dataclass(frozen=True)
class PracticePerson:
    """A practice person. The address is name@practice.example, which no mail server will ever accept."""

    key: str
    name: str
    post: str
    seats: tuple[Seat, ...]

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.key}@practice.example"


PRACTICE, NEIGHBOUR = "practice", "neighbour"


def _one(key: str, name: str, post: str, role: Role, body: str = "", partnership: str = PRACTICE) -> PracticePerson:
    return PracticePerson(key, name, post, (Seat(partnership, role, body),))


PEOPLE: tuple[PracticePerson, ...] = (
    _one("priya", "Priya Nair", "Partnership business manager", Role.BUSINESS_MANAGER),
    _one("lionel", "Lionel Achebe", "Director of children's services", Role.LEAD_OFFICER),
    PracticePerson(
        "marcus", "Marcus Bell", "Detective superintendent, safeguarding",
        (Seat(PRACTICE, Role.AGENCY_LEAD, "police"), Seat(NEIGHBOUR, Role.AGENCY_LEAD, "police")),
    ),
    _one("ingrid", "Ingrid Solberg", "Detective inspector", Role.DEPUTY, "police"),
    _one("ruth", "Ruth Carver", "Assistant chief constable", Role.ACCOUNTABLE_EXECUTIVE, "police"),
    _one("amara", "Amara Osei", "Head of safeguarding and quality", Role.AGENCY_LEAD, "council"),
    _one("tomasz", "Tomasz Zielinski", "Assistant director", Role.ACCOUNTABLE_EXECUTIVE, "council"),
    _one("helen", "Helen Garrity", "Named nurse for safeguarding children", Role.AGENCY_LEAD, "hospitals"),
    _one("samir", "Samir Haddad", "Chief nurse", Role.ACCOUNTABLE_EXECUTIVE, "hospitals"),
    _one("joan", "Joan Pickering", "Senior probation officer", Role.AGENCY_LEAD, "probation"),
    _one("victor", "Victor Ellery", "Head of probation delivery unit", Role.ACCOUNTABLE_EXECUTIVE, "probation"),
    _one("nadia", "Nadia Farouk", "Head teacher, schools' representative", Role.AGENCY_LEAD, "schools"),
    _one("peter", "Peter Lowry", "Chair of the schools forum", Role.ACCOUNTABLE_EXECUTIVE, "schools"),
    _one("grace", "Grace Mbeki", "Chair of the strategy meetings group", Role.GROUP_CHAIR, "strategy"),
    _one("quentin", "Quentin Rowe", "Quality assurance manager", Role.QUALITY_LEAD),
    _one("eleanor", "Eleanor Voss", "Chair of the Executive Group", Role.EXECUTIVE_CHAIR),
    _one("simon", "Simon Teague", "Independent scrutineer", Role.SCRUTINEER),
    _one("rosalind", "Rosalind Hart", "Councillor, Health and Wellbeing Board", Role.BOARD_READER),
    _one("adam", "Adam Kowalczyk", "Systems administrator", Role.ADMINISTRATOR),
    _one("olivia", "Olivia Brandt", "Business manager of the neighbouring partnership", Role.BUSINESS_MANAGER,
         partnership=NEIGHBOUR),
)  # fmt: skip

PARTNERSHIPS: Mapping[str, str] = {
    PRACTICE: "Practice Safeguarding Children Partnership",
    NEIGHBOUR: "Neighbour Safeguarding Children Partnership (practice)",
}
TAKES_PART: Mapping[str, tuple[str, ...]] = {
    PRACTICE: ("council", "police", "hospitals", "probation", "schools"),
    NEIGHBOUR: ("neighbour", "police"),
}
