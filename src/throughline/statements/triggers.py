"""The database's own refusal to change a submitted statement, guarded like the record itself.

The one change allowed is the cleaning that follows a redaction which two people have recorded in the partnership.
"""

from throughline.history.triggers import Guard, guard

_REDACTED = """SELECT 1 FROM history_redaction done WHERE done.partnership_id = OLD.partnership_id
        AND done.approved_by IS NOT NULL AND done.approved_by <> done.asked_by"""
_IS_FROZEN = """SELECT 1 FROM statements_statement frozen WHERE frozen.id = OLD.statement_id
        AND frozen.state IN ('submitted', 'receipt_filed')"""


def _differs(*names: str) -> str:
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in names)


FROZEN_STATEMENT_STAYS = guard(
    Guard(
        "frozen_statement_stays",
        "statements_statement",
        "UPDATE",
        when=f"""OLD.state IN ('submitted', 'receipt_filed') AND (
            {_differs("letter_id", "plan_id", "prints_names", "sequence", "head_hash", "fixed_at", "submitted_on",
                      "submitted_by_id", "frozen_at")}
            OR (NEW.state IS NOT OLD.state AND NOT (OLD.state = 'submitted' AND NEW.state = 'receipt_filed'))
            OR (OLD.state = 'receipt_filed' AND ({_differs("receipt_file_id", "receipt_on")}))
            OR (({_differs("content", "introduction", "oversight", "submitted_to")}) AND NOT EXISTS ({_REDACTED})))""",
        refused="a submitted statement does not change",
    )
)  # fmt: skip
FROZEN_STATEMENT_REMAINS = guard(
    Guard("statement_no_delete", "statements_statement", "DELETE", refused="a statement is never deleted")
)
FROZEN_RESPONSE_STAYS = guard(
    Guard(
        "frozen_response_stays",
        "statements_findingresponse",
        "UPDATE",
        when=f"""EXISTS ({_IS_FROZEN}) AND ({_differs("statement_id", "finding_id", "answer", "withdrawn_at")}
            OR ({_differs("text")} AND NOT EXISTS ({_REDACTED})))""",
        refused="a submitted statement does not change",
    )
)
FROZEN_SIGNATURE_STAYS = guard(
    Guard(
        "frozen_signature_stays",
        "statements_signoff",
        "UPDATE",
        when=f"""EXISTS ({_IS_FROZEN}) AND ({_differs("statement_id", "agency_id", "group_id", "signed_on", "how",
                                                       "signed_by_id", "withdrawn_at")}
            OR (({_differs("post", "name", "note", "body_name")}) AND NOT EXISTS ({_REDACTED})))""",
        refused="a submitted statement does not change",
    )
)  # fmt: skip
