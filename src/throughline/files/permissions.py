"""Who may see and add stored files."""

from throughline.access.engine import Columns, Kind, declare, everyone
from throughline.access.roles import MEMBERS, Role

# A file is open to every member of its partnership: letters and what belongs to them. What is not (a draft, restricted
# evidence) needs a kind of its own before it may be stored.
FILE = declare(
    Kind(
        name="files.file",
        printed="file",
        columns=Columns(),
        verbs={
            "view": everyone(MEMBERS),
            "create": everyone((Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)),
        },
    )
)
