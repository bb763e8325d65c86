"""PostgreSQL as docs/how-to/run-on-postgresql.md sets it up: the web role works, and cannot take the triggers away."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

HOW_TO = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "run-on-postgresql.md"


@pytest.fixture
def addresses(django_db_setup) -> Iterator[tuple[str, str]]:
    """A database set up by the very statements of the page, under names of its own: owner's and web's address."""
    if connection.vendor != "postgresql":
        pytest.skip("roles are PostgreSQL's")
    settings, mark = connection.settings_dict, uuid4().hex[:8]
    where = {
        "host": settings["HOST"] or settings["OPTIONS"].get("host"), "port": settings["PORT"] or None,
        "user": settings["USER"], "password": settings["PASSWORD"] or None,
    }  # fmt: skip
    statements = re.search(r"```sql\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.S).group(1)
    statements = re.sub(r"--.*", "", statements).replace("throughline", f"two{mark}").replace("…", "secret")
    before, _, after = statements.partition(f"\\c two{mark}")
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        for statement in filter(str.strip, before.split(";")):
            server.execute(statement)
    with psycopg.connect(**where, dbname=f"two{mark}", autocommit=True) as server:
        for statement in filter(str.strip, after.split(";")):
            server.execute(statement)
    rest = f"@/two{mark}?host={where['host']}" + (f"&port={where['port']}" if where["port"] else "")
    yield tuple(f"postgres://two{mark}_{role}:secret{rest}" for role in ("owner", "web"))
    with psycopg.connect(**where, dbname="postgres", autocommit=True) as server:
        server.execute(f"DROP DATABASE two{mark} WITH (FORCE)")
        for role in ("owner", "web"):
            server.execute(f"DROP ROLE two{mark}_{role}")


def test_the_web_role_does_the_work_and_owns_nothing(addresses: tuple[str, str], command) -> None:
    owner, web = addresses
    assert command("migrate", url=owner).returncode == 0
    made = command("partnership", "create", "ashvale", "--name", "Ashvale Partnership", url=web)
    assert made.returncode == 0, made.stderr
    assert command("check", url=web).returncode == 0
    assert command("verify", url=web).returncode == 0
    refused = ("DROP TRIGGER event_no_update ON history_event", "DELETE FROM history_event", "TRUNCATE history_event")
    for statement in refused:
        with psycopg.connect(web, autocommit=True) as server, pytest.raises(psycopg.Error):
            server.execute(statement)
    assert command("verify", url=web).returncode == 0
