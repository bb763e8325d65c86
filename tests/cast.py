"""The named cast: two partnerships, Ashvale and Brackley, and the same people in every test.

Bea manages Ashvale's business, Otto Brackley's. Pauline leads for the police, which takes part in both partnerships,
and so does she. Hana leads for the hospital trust, Dev is her deputy and Hugo the trust's accountable executive.
Esther chairs Ashvale's Executive Group, Sian is its independent scrutineer, Rita reads board papers, Ada administers
accounts, Gil chairs the strategy meetings group, Olu owns actions for the police, Quin leads on quality.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from throughline.access import Role
from throughline.partners import actions
from throughline.partners.models import Agency, Group, Partnership, Person

NOW = datetime(2026, 1, 12, 9, 30, tzinfo=UTC)
SINCE = date(2025, 9, 1)
PASSWORD = "correct horse battery staple"


@dataclass
class Cast:
    """Who and what there is. `nobody` is a person without any membership."""

    ashvale: Partnership
    brackley: Partnership
    police: Agency
    hospital: Agency
    council: Agency
    brackley_council: Agency
    strategy_group: Group
    bea: Person
    otto: Person
    pauline: Person
    olu: Person
    hana: Person
    dev: Person
    hugo: Person
    connie: Person
    gil: Person
    esther: Person
    sian: Person
    quin: Person
    rita: Person
    ada: Person
    nobody: Person

    @property
    def people(self) -> dict[str, Person]:
        """Everybody, by the name used in tests."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}


def assemble() -> Cast:
    """Make the cast through the same actions as everybody else."""
    system = actions.system_person()

    def person(name: str, post: str = "") -> Person:
        return actions.create_person(
            by=system, name=name, email=f"{name.split()[0].lower()}@example.org", post_title=post, password=PASSWORD,
            now=NOW,
        )  # fmt: skip

    def agency(name: str, short: str) -> Agency:
        return actions.create_agency(by=system, name=name, short_name=short, now=NOW)

    ashvale = actions.create_partnership(by=system, slug="ashvale", name="Ashvale Safeguarding Partnership", now=NOW)
    brackley = actions.create_partnership(by=system, slug="brackley", name="Brackley Safeguarding Partnership", now=NOW)
    police = agency("Vale Police", "Police")
    hospital = agency("Ashvale Hospitals NHS Trust", "Hospitals")
    council = agency("Ashvale Council children's services", "Council")
    theirs = agency("Brackley Council children's services", "Brackley Council")
    for body in (police, hospital, council):
        actions.join(by=system, partnership=ashvale, agency=body, starts=SINCE, now=NOW)
    for body in (police, theirs):
        actions.join(by=system, partnership=brackley, agency=body, starts=SINCE, now=NOW)
    group = actions.create_group(
        by=system, partnership=ashvale, name="Strategy meetings group", short_name="Strategy meetings", now=NOW
    )
    cast = Cast(
        ashvale=ashvale, brackley=brackley, police=police, hospital=hospital, council=council, brackley_council=theirs,
        strategy_group=group,
        bea=person("Bea Lindqvist", "Partnership business manager"),
        otto=person("Otto Barraclough", "Business manager"),
        pauline=person("Pauline Okafor", "Detective superintendent"), olu=person("Olu Adeyemi", "Detective inspector"),
        hana=person("Hana Whitcombe", "Named nurse"), dev=person("Dev Ramanathan", "Deputy named nurse"),
        hugo=person("Hugo Penhaligon", "Chief nurse"), connie=person("Connie Marsh", "Head of safeguarding"),
        gil=person("Gil Fairweather", "Chair of the group"), esther=person("Esther Vance", "Chair"),
        sian=person("Sian Prothero", "Independent scrutineer"), quin=person("Quin Ashby", "Quality lead"),
        rita=person("Rita Coombe", "Councillor"), ada=person("Ada Nkemelu", "Systems administrator"),
        nobody=person("Nobody Special"),
    )  # fmt: skip
    seats = (
        (cast.bea, ashvale, Role.BUSINESS_MANAGER, None),
        (cast.otto, brackley, Role.BUSINESS_MANAGER, None),
        (cast.pauline, ashvale, Role.AGENCY_LEAD, police),
        (cast.pauline, brackley, Role.AGENCY_LEAD, police),
        (cast.olu, ashvale, Role.ACTION_OWNER, police),
        (cast.hana, ashvale, Role.AGENCY_LEAD, hospital),
        (cast.dev, ashvale, Role.DEPUTY, hospital),
        (cast.hugo, ashvale, Role.ACCOUNTABLE_EXECUTIVE, hospital),
        (cast.connie, ashvale, Role.AGENCY_LEAD, council),
        (cast.esther, ashvale, Role.EXECUTIVE_CHAIR, None),
        (cast.sian, ashvale, Role.SCRUTINEER, None),
        (cast.quin, ashvale, Role.QUALITY_LEAD, None),
        (cast.rita, ashvale, Role.BOARD_READER, None),
        (cast.ada, ashvale, Role.ADMINISTRATOR, None),
    )
    for who, where, role, body in seats:
        actions.give_role(by=system, partnership=where, person=who, role=role, agency=body, starts=SINCE, now=NOW)
    actions.give_role(
        by=system, partnership=ashvale, person=cast.gil, role=Role.GROUP_CHAIR, group=group, starts=SINCE, now=NOW
    )
    return cast
