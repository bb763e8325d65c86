"""The database's own refusal to change or delete what was recorded, on SQLite and on PostgreSQL.

`install` is idempotent and runs after every migrate; `missing` says which triggers are not there, for the health page,
`throughline check` and `throughline verify`. The one change allowed is to the body of an event for which one person has
requested a redaction and another has approved it.
"""

from dataclasses import dataclass

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


@dataclass(frozen=True)
class Guard:
    """One trigger. `when` is the SQL condition under which the change is refused ('' refuses always).

    On SQLite it stands in WHEN, where `IS NOT` compares NULLs; on PostgreSQL in a function of the guard's name, with
    `IS DISTINCT FROM` instead. `event` is UPDATE, DELETE or TRUNCATE (which only PostgreSQL has).
    """

    name: str
    table: str
    event: str
    when: str = ""
    refused: str = REFUSED

    @property
    def sqlite(self) -> str:
        """The statement that makes it on SQLite."""
        when = f" WHEN {self.when}" if self.when else ""
        return (
            f"CREATE TRIGGER {self.name} BEFORE {self.event} ON {self.table}{when}"
            f" BEGIN SELECT RAISE(ABORT, '{self.refused}'); END"
        )

    @property
    def source(self) -> str:
        """The body of its function on PostgreSQL."""
        refuse = f"RAISE EXCEPTION '{self.refused}';"
        if self.when:
            condition = self.when.replace("IS NOT OLD.", "IS DISTINCT FROM OLD.")
            refuse = f"IF {condition} THEN {refuse} END IF;"
        return f" BEGIN {refuse} RETURN NEW; END "

    @property
    def postgresql(self) -> str:
        """The statements that make it on PostgreSQL."""
        each = "STATEMENT" if self.event == "TRUNCATE" else "ROW"
        return (
            f"CREATE OR REPLACE FUNCTION guard_{self.name}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $body${self.source}$body$;"
            f"CREATE OR REPLACE TRIGGER {self.name} BEFORE {self.event} ON {self.table}"
            f" FOR EACH {each} EXECUTE FUNCTION guard_{self.name}();"
        )


_GUARDS: dict[str, Guard] = {}


def guard(each: Guard) -> Guard:
    """Have a table guarded. Rooms call it when they load; two guards of one name are a mistake (ValueError)."""
    if _GUARDS.get(each.name, each) != each:
        raise ValueError(f"the trigger {each.name} is declared twice")
    _GUARDS[each.name] = each
    return each


OWN = tuple(
    guard(each)
    for each in (
        Guard("event_no_update", "history_event", "UPDATE"),
        Guard("event_no_delete", "history_event", "DELETE"),
        Guard("event_no_truncate", "history_event", "TRUNCATE"),
        Guard(
            "body_no_update",
            "history_eventbody",
            "UPDATE",
            when=f"NEW.event_id <> OLD.event_id OR NOT EXISTS ({_TWO_PEOPLE})",
        ),
        Guard("body_no_delete", "history_eventbody", "DELETE"),
        Guard("body_no_truncate", "history_eventbody", "TRUNCATE"),
    )
)


def guards() -> dict[str, Guard]:
    """The guards that this database must have, by name."""
    return {
        name: each for name, each in _GUARDS.items() if each.event != "TRUNCATE" or connection.vendor == "postgresql"
    }


def wanted() -> frozenset[str]:
    """Their names."""
    return frozenset(guards())


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def missing() -> frozenset[str]:
    """The triggers that are not there, are switched off, or do something else than what is written here."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid"
                " WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
            )
        present = {name: _squeezed(text or "") for name, text in cursor.fetchall()}
    does = {name: each.sqlite if connection.vendor == "sqlite" else each.source for name, each in guards().items()}
    return frozenset(name for name, text in does.items() if present.get(name) != _squeezed(text))


def install(**_signal: object) -> None:
    """Make every trigger as it is written here. Does nothing where they already are; needs the tables' owner.

    A guard whose table is still to come is made when it has come: this runs after every migrate.
    """
    tables = set(connection.introspection.table_names())
    lacking = missing()
    with connection.cursor() as cursor:
        for name, each in guards().items():
            if name not in lacking or each.table not in tables or "history_redaction" not in tables:
                continue
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(each.sqlite)
            else:
                cursor.execute(each.postgresql)
