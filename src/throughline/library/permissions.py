"""Who may see and keep the library: every member reads it, the business manager and the lead officer keep it."""

from throughline.access.engine import Columns, Kind, declare, everyone
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


LETTER = _register("library.letter", "letter in the library")
FINDING = _register("library.finding", "finding in the library")
UPLOAD = _register("library.upload", "files brought to the library", KEEPERS)
