"""The database's own refusal to change or delete what was recorded, on SQLite and on PostgreSQL.

`install` is idempotent and runs after every migrate; `missing` says which triggers are not there, for the health page,
`throughline check` and `throughline verify`. The one change allowed is to the body of an event for which one person has
requested a redaction and another has approved it.
"""

from django.db import connection

REFUSED = "what was recorded does not change"

# A body may be replaced when two different people have recorded its redaction: one asked, another approved.
_TWO_PEOPLE = """
    SELECT 1 FROM history_event asked JOIN history_event approved
      ON approved.thing_id = asked.thing_id AND approved.by_id <> asked.by_id
    WHERE asked.verb = 'redaction requested' AND approved.verb = 'redacted'
      AND asked.thing_kind = 'history.redaction' AND approved.thing_kind = 'history.redaction'
      AND asked.thing_id = OLD.event_id AND asked.id <> approved.id
"""

_SQLITE = {
    "event_no_update": f"""CREATE TRIGGER event_no_update BEFORE UPDATE ON history_event
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "event_no_delete": f"""CREATE TRIGGER event_no_delete BEFORE DELETE ON history_event
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "body_no_update": f"""CREATE TRIGGER body_no_update BEFORE UPDATE ON history_eventbody
        WHEN NEW.event_id <> OLD.event_id OR NOT EXISTS ({_TWO_PEOPLE})
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
    "body_no_delete": f"""CREATE TRIGGER body_no_delete BEFORE DELETE ON history_eventbody
        BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END""",
}

_POSTGRESQL_FUNCTIONS = f"""
    CREATE OR REPLACE FUNCTION history_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN RAISE EXCEPTION '{REFUSED}'; END $body$;
    CREATE OR REPLACE FUNCTION history_body_guard() RETURNS trigger LANGUAGE plpgsql AS $body$
    BEGIN
        IF NEW.event_id <> OLD.event_id OR NOT EXISTS ({_TWO_PEOPLE}) THEN RAISE EXCEPTION '{REFUSED}'; END IF;
        RETURN NEW;
    END $body$;
"""

_POSTGRESQL = {
    "event_no_update": "BEFORE UPDATE ON history_event FOR EACH ROW EXECUTE FUNCTION history_refuse()",
    "event_no_delete": "BEFORE DELETE ON history_event FOR EACH ROW EXECUTE FUNCTION history_refuse()",
    "event_no_truncate": "BEFORE TRUNCATE ON history_event FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()",
    "body_no_update": "BEFORE UPDATE ON history_eventbody FOR EACH ROW EXECUTE FUNCTION history_body_guard()",
    "body_no_delete": "BEFORE DELETE ON history_eventbody FOR EACH ROW EXECUTE FUNCTION history_refuse()",
    "body_no_truncate": "BEFORE TRUNCATE ON history_eventbody FOR EACH STATEMENT EXECUTE FUNCTION history_refuse()",
}


def wanted() -> frozenset[str]:
    """The names of the triggers that this database must have."""
    return frozenset(_SQLITE if connection.vendor == "sqlite" else _POSTGRESQL)


def _present() -> dict[str, str]:
    """The triggers that are there, with what the database says they do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        return dict(cursor.fetchall())


def missing() -> frozenset[str]:
    """The triggers that are not there, are switched off, or (on SQLite, which keeps the text) say something else."""
    present = _present()
    if connection.vendor == "sqlite":
        return frozenset(
            name for name, text in _SQLITE.items() if " ".join(present.get(name, "").split()) != " ".join(text.split())
        )
    return frozenset(_POSTGRESQL) - frozenset(present)


def install(**_signal: object) -> None:
    """Make every trigger as it is written here. Does nothing where they already are; needs the tables' owner."""
    if "history_eventbody" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name in sorted(missing()):
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(_SQLITE[name])
            return
        cursor.execute(_POSTGRESQL_FUNCTIONS)
        for name, text in _POSTGRESQL.items():
            cursor.execute(f"CREATE OR REPLACE TRIGGER {name} {text}")
