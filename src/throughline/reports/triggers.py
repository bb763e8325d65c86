"""The database's own refusal to change a frozen report. Installed after every migrate, like the record's own triggers.

The one change allowed is the cleaning that follows a redaction which two people have recorded in the partnership.
"""

from django.db import connection

REFUSED = "a frozen report does not change"
_REDACTED = """SELECT 1 FROM history_redaction done WHERE done.partnership_id = OLD.partnership_id
        AND done.approved_by IS NOT NULL AND done.approved_by <> done.asked_by"""
_STAYS = (
    "stage",
    "sequence",
    "head_hash",
    "as_of",
    "frozen_at",
    "number",
    "reference",
    "kind",
    "audience",
    "period_id",
)

_SQLITE = f"""CREATE TRIGGER frozen_report_stays BEFORE UPDATE ON reports_report
    WHEN OLD.stage = 'frozen' AND (
        {" OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in _STAYS)}
        OR ((NEW.content IS NOT OLD.content OR NEW.title IS NOT OLD.title) AND NOT EXISTS ({_REDACTED})))
    BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END"""

_POSTGRESQL = f"""
    CREATE OR REPLACE FUNCTION reports_frozen_guard() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF OLD.stage = 'frozen' AND (
            {" OR ".join(f"NEW.{name} IS DISTINCT FROM OLD.{name}" for name in _STAYS)}
            OR ((NEW.content IS DISTINCT FROM OLD.content OR NEW.title IS DISTINCT FROM OLD.title)
                AND NOT EXISTS ({_REDACTED})))
        THEN RAISE EXCEPTION '{REFUSED}'; END IF;
        RETURN NEW;
    END $body$;
    CREATE OR REPLACE TRIGGER frozen_report_stays BEFORE UPDATE ON reports_report
        FOR EACH ROW EXECUTE FUNCTION reports_frozen_guard();
"""


def install(**_signal: object) -> None:
    """Make the trigger as it is written here. Needs the tables' owner."""
    tables = connection.introspection.table_names()
    if "reports_report" not in tables or "history_redaction" not in tables:
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS frozen_report_stays")
            cursor.execute(_SQLITE)
        else:
            cursor.execute(_POSTGRESQL)
