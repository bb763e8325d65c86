"""Who may see and change inspections, letters and findings: open to every member, kept by the business manager."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)


def _register(name: str, printed: str) -> Kind:
    return declare(
        Kind(
            name=name,
            printed=printed,
            columns=Columns(),
            verbs={"view": everyone(MEMBERS), "create": everyone(KEEPERS), "change": everyone(KEEPERS)},
        )
    )


INSPECTION = _register("inspections.inspection", "inspection")
LETTER = _register("inspections.letter", "letter")
FINDING = _register("inspections.finding", "finding")
