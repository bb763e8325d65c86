"""Who may see and do what with written statements.

Until every chief officer has signed, a statement is for those who keep it and for those who are to sign it. Then every
member reads it. Nobody signs for another body; a signature that was given on paper is recorded by a keeper.
"""

from throughline.access.engine import OWN_BODY, Columns, Kind, Reach, at_stages, declare, everyone
from throughline.access.roles import MEMBERS, Role
from throughline.statements.states import FROZEN, OPEN_TO_MEMBERS, StatementState

KEEPERS = (Role.BUSINESS_MANAGER, Role.LEAD_OFFICER)
SIGNATORIES = (Role.CHIEF_OFFICER, Role.ACCOUNTABLE_EXECUTIVE)
# Whoever approves a redaction and reads statements has the cleaned content printed again. An administrator, who may
# approve one too, reads no content: then it is printed for whoever submitted it.
PRINTERS = (*KEEPERS, Role.EXECUTIVE_CHAIR, Role.SCRUTINEER)

_FROZEN = Reach(stages=frozenset(FROZEN))
_READ = {
    **everyone(MEMBERS, at_stages(*OPEN_TO_MEMBERS)),
    **everyone(SIGNATORIES, OWN_BODY, at_stages(*OPEN_TO_MEMBERS)),
    **everyone(KEEPERS),
}


def _columns(before: str = "") -> Columns:
    """A statement belongs to the bodies that are to sign it, whichever of its rows is looked at."""
    signs = f"{before}signs__"
    return Columns(bodies=(f"{signs}agency_id", f"{signs}group_id"), stage=f"{before}state")


STATEMENT = declare(
    Kind(
        name="statements.statement",
        printed="written statement",
        columns=_columns(),
        stages=tuple(StatementState),
        verbs={
            "view": _READ,
            "create": everyone(KEEPERS),
            "write": everyone(KEEPERS),
            "open_for_signature": everyone(KEEPERS),
            "reopen": everyone(KEEPERS),
            "submit": everyone(KEEPERS),
            "file_receipt": everyone(KEEPERS),
            "add_follow_up": everyone(KEEPERS),
            "print": everyone(PRINTERS, _FROZEN),
        },
    )
)


def _part(name: str, printed: str) -> Kind:
    return declare(
        Kind(
            name=name, printed=printed, columns=_columns("statement__"), stages=tuple(StatementState),
            verbs={"view": _READ},
        )
    )  # fmt: skip


RESPONSE = _part("statements.response", "response to a finding")
FILE = _part("statements.file", "file of a written statement")
FOLLOW_UP = _part("statements.follow_up", "what followed a written statement")
# Whoever reads the statement sees who signs it. Which body a signature is for is checked with that body's own scope.
SIGN_OFF = declare(
    Kind(
        name="statements.sign_off",
        printed="sign-off",
        columns=_columns("statement__"),
        stages=tuple(StatementState),
        verbs={
            "view": _READ,
            "sign": everyone(SIGNATORIES, OWN_BODY),
            "record_signature": everyone(KEEPERS),
        },
    )
)
