"""The database's own refusal to change a frozen report, guarded like the record itself.

The one change allowed is the cleaning that follows a redaction which two people have recorded in the partnership.
"""

from throughline.history.triggers import Guard, guard

_REDACTED = """SELECT 1 FROM history_redaction done WHERE done.partnership_id = OLD.partnership_id
        AND done.approved_by IS NOT NULL AND done.approved_by <> done.asked_by"""
_STAYS = (
    "stage", "sequence", "head_hash", "as_of", "frozen_at", "number", "reference", "kind", "audience", "period_id",
)  # fmt: skip

FROZEN_REPORT_STAYS = guard(
    Guard(
        "frozen_report_stays",
        "reports_report",
        "UPDATE",
        when=f"""OLD.stage = 'frozen' AND ({" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _STAYS)}
            OR ((NEW.content IS NOT OLD.content OR NEW.title IS NOT OLD.title) AND NOT EXISTS ({_REDACTED})))""",
        refused="a frozen report does not change",
    )
)
