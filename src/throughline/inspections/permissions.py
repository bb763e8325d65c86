"""Who may see and change inspections, letters and findings: open to every member, kept by the business manager."""

from throughline.access.engine import OWN_BODY, Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)


def _register(name: str, printed: str, readers: tuple[Role, ...] = tuple(MEMBERS)) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(),
            verbs={"view": everyone(readers), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
        )
    )


INSPECTION = _register("inspections.inspection", "inspection")
LETTER = _register("inspections.letter", "letter")
FINDING = _register("inspections.finding", "finding")
PART = _register("inspections.finding_part", "part of a finding")
FINDING_AGENCY = _register("inspections.finding_agency", "agency named in a finding")
FINDING_THEME = _register("inspections.finding_theme", "theme of a finding")
RECURRENCE = _register("inspections.recurrence", "return of an earlier finding")
# What a recipient has done of its duties, its own agency says as well.
RECIPIENT = declare(
    Kind(
        name="inspections.recipient",
        printed="recipient of a letter",
        columns=Columns(bodies=("agency_id",)),
        verbs={
            "view": everyone(MEMBERS),
            "create": everyone(KEEPERS),
            "change": everyone(KEEPERS),
            "record": {**everyone(KEEPERS), **everyone((Role.AGENCY_LEAD, Role.DEPUTY), OWN_BODY)},
        },
    )
)
THEME = _register("inspections.theme", "theme")
TERMS = _register("inspections.framework_terms", "regime's terms")
# What a machine has read and nobody has confirmed is for those who confirm it.
PROPOSAL = _register("inspections.proposed_finding", "proposed finding", KEEPERS)
