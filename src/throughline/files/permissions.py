"""Who may see and add stored files."""

from throughline.access.engine import Columns, Kind, Reach, declare, everyone
from throughline.access.roles import MEMBERS, Role

# An open file is for every member of its partnership: letters and what belongs to them. One that is kept with its thing
# (evidence) is given out by that thing's own room only, to those who may see the thing.
OPEN, WITH_ITS_THING = "ordinary", "with_its_thing"
KEPT = (OPEN, WITH_ITS_THING)
_OPEN = Reach(sensitivities=frozenset({OPEN}))
FILE = declare(
    Kind(
        name="files.file",
        printed="file",
        columns=Columns(sensitivity="kept"),
        sensitivities=KEPT,
        verbs={
            "view": everyone(MEMBERS, _OPEN),
            "create": everyone((Role.BUSINESS_MANAGER, Role.LEAD_OFFICER), _OPEN),
        },
    )
)
