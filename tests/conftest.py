"""The databases and the cast that the tests share.

The suite runs on whichever database DATABASE_URL names (SQLite when it is unset; `python -m tests.on_postgresql` sets
it). Tests marked `django_db` are rolled back. Tests that commit use `own_database`: a copy of the migrated database, of
which nothing is left afterwards (the record's triggers make flushing tables impossible, and rightly so).
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Files, mail and reports of the tests lie in a folder of the run's own."""
    from django.conf import settings

    var = tmp_path_factory.mktemp("var")
    settings.VAR, settings.FILES_ROOT, settings.EMAIL_FILE_PATH = var, var / "files", var / "mail"
    settings.DEVELOPMENT = True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The test database's own name, so that several runs may share one server or one checkout."""
    from django.db import connection

    name = f"test_{uuid4().hex[:12]}"
    if connection.vendor == "sqlite":
        name = str(tmp_path_factory.mktemp("database") / f"{name}.sqlite3")
    connection.settings_dict["TEST"]["NAME"] = name


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings) -> Iterator[None]:
    """The test database, in every run: pytest-django's own makes it only for tests that it rolls back."""
    from django.test.utils import setup_databases, teardown_databases

    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"})
    yield
    with django_db_blocker.unblock():
        teardown_databases(made, verbosity=0)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker, tmp_path: Path) -> Iterator[str]:
    """A fresh migrated database for one test, in which transactions really commit. Gives its name."""
    from django.db import connection, connections

    with django_db_blocker.unblock():
        original = connection.settings_dict["NAME"]
        connections.close_all()
        if connection.vendor == "sqlite":
            name = str(tmp_path / "own.sqlite3")
            shutil.copyfile(original, name)
        else:
            name = f"own_{uuid4().hex[:12]}"
            _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
        connection.settings_dict["NAME"] = name
        try:
            yield name
        finally:
            connections.close_all()
            connection.settings_dict["NAME"] = original
            if connection.vendor == "postgresql":
                _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    """Run one statement on the PostgreSQL server, outside the test database."""
    import psycopg
    from django.db import connection

    settings = connection.settings_dict
    with psycopg.connect(
        host=settings["HOST"] or settings["OPTIONS"].get("host"), port=settings["PORT"] or None,
        user=settings["USER"], password=settings["PASSWORD"] or None, dbname="postgres", autocommit=True,
    ) as server:  # fmt: skip
        server.execute(statement)


@pytest.fixture
def cast(db):
    """The named cast in two partnerships. See tests/cast.py."""
    from tests.cast import assemble

    return assemble()


@pytest.fixture
def full_cast(cast):
    """The cast with something of everything in its partnerships."""
    return cast


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> None:
    """Passwords are hashed slowly on purpose; the cast has fifteen of them in every test."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
